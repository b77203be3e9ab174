// `npm run torture [-- --seconds N --workers N --pause-ms N --seed N --transaction-version 1|2|changing --brokers HOST:PORT]`: the long form of the exactly-once torture test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Broker } from '@millrace/broker'
import { SimRandom } from '../sim/index.ts'
import { torture } from './torture.ts'
import type { TransactionVersionChoice } from './transaction-level.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    workers: { type: 'string', default: '3' },
    'pause-ms': { type: 'string', default: '1500' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    'transaction-version': { type: 'string' },
    brokers: { type: 'string' },
  },
})

const version = values['transaction-version']
const versions: readonly (TransactionVersionChoice | undefined)[] = [undefined, 0, 1, 2, 'changing']
const transactionVersion = versions.find(each => String(each) === String(version))
if (String(transactionVersion) !== String(version))
  throw new Error(`--transaction-version is 0, 1, 2 or changing, not ${version}`)

const random = new SimRandom(Number(values.seed))
const dir = mkdtempSync(join(tmpdir(), 'millrace-torture-'))
const config = {
  'group.initial.rebalance.delay.ms': 0,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
}
const start = (port: number) => Broker.start({ dataDir: dir, port, config })
let broker = values.brokers === undefined ? await start(0) : undefined
const port = broker ? Number(broker.address.split(':')[1]) : 0
console.log(`seed ${values.seed}, against ${values.brokers ?? broker!.address}`)
try {
  const report = await torture({
    brokers: values.brokers?.split(',') ?? [broker!.address],
    durationMs: Number(values.seconds) * 1000,
    pauseMs: Number(values['pause-ms']),
    workers: Number(values.workers),
    random: () => random.float(),
    ...(transactionVersion !== undefined && { transactionVersion }),
    log: line => console.log(`${(performance.now() / 1000).toFixed(1)} s: ${line}`),
    ...(broker && {
      restartBroker: async () => {
        await broker!.close()
        broker = await start(port)
      },
    }),
  })
  console.log(JSON.stringify(report, undefined, 2))
  process.exitCode = report.violations.length > 0 ? 1 : 0
} finally {
  await broker?.close()
  rmSync(dir, { recursive: true, force: true })
}
