// `npm run memory [-- --seconds N --every N --brokers HOST:PORT]`: whether a process under full load keeps to its budgets; its memory over time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Broker } from '@millrace/broker'
import { inMebibytes, type MemorySample, residentMaxBytes } from './budget.ts'
import { budgets, testMemory } from './memory-test.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    every: { type: 'string', default: '10' },
    brokers: { type: 'string' },
  },
})

const columns = [
  'seconds',
  'resident',
  'heap',
  'external',
  'buffers',
  'to produce',
  'fetched',
  'produced',
  'read',
]

function row(sample: MemorySample): (string | number)[] {
  const { seconds, rss, heapUsed, external, arrayBuffers, producing, consuming } = sample
  return [
    seconds,
    ...[rss, heapUsed, external, arrayBuffers, producing].map(inMebibytes),
    consuming.map(inMebibytes).join(' + '),
    sample.recordsProduced,
    sample.recordsConsumed.join(' + '),
  ]
}

const print = (cells: readonly (string | number)[]) =>
  console.log(cells.map(cell => String(cell).padStart(16)).join(''))

const dir = mkdtempSync(join(tmpdir(), 'millrace-memory-'))
const broker = values.brokers === undefined ? await Broker.start({ dataDir: dir, port: 0 }) : undefined
try {
  console.log(`at most ${inMebibytes(residentMaxBytes(budgets))} may be resident\n`)
  print(columns)
  const violations = await testMemory({
    brokers: values.brokers?.split(',') ?? [broker!.address],
    seconds: Number(values.seconds),
    onSample: sample => {
      if (sample.seconds % Number(values.every) === 0) print(row(sample))
    },
  })
  for (const violation of violations) console.error(violation)
  console.log(violations.length === 0 ? '\nit has kept to its budgets' : '')
  process.exitCode = violations.length === 0 ? 0 : 1
} finally {
  await broker?.close()
  rmSync(dir, { recursive: true, force: true })
}
