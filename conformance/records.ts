// Record batches against Kafka's own classes: Java reads what we write, and our fixtures are what Java writes.
// node conformance/records.ts [class path]   (default: the environment's KAFKA_LIBS, a folder of jars or a
// class path)
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  BatchHeader,
  codecs,
  compressionNames,
  RecordBatchWriter,
  readBatchHeader,
  recompressBatch,
  setBaseOffset,
  setLeaderEpoch,
  setLogAppendTime,
  setProducerState,
  writeTransactionMarker,
} from '@millrace/protocol'
import { describeBatches } from '../packages/protocol/test/records/describe.ts'

const oracle = fileURLToPath(new URL('java/RecordsOracle.java', import.meta.url))
const fixtureFile = fileURLToPath(
  new URL('../packages/protocol/test/records/fixtures/kafka.txt', import.meta.url),
)
const outputBytesMax = 64 * 1024 * 1024
const timeoutMs = 120_000

function classPath(): string {
  const given = process.argv[2] ?? process.env['KAFKA_LIBS']
  if (given === undefined) {
    console.error('Where are Kafka’s jars? Pass their folder, or set KAFKA_LIBS.')
    process.exit(2)
  }
  return !given.includes('*') && statSync(given, { throwIfNoEntry: false })?.isDirectory() === true
    ? join(given, '*')
    : given
}

function java(mode: string, input: string): string {
  const result = spawnSync('java', ['-cp', classPath(), oracle, mode], {
    input,
    encoding: 'utf8',
    maxBuffer: outputBytesMax,
    timeout: timeoutMs,
  })
  if (result.error !== undefined) throw result.error
  if (result.status !== 0) throw new Error(`RecordsOracle ${mode} failed:\n${result.stderr}`)
  return result.stdout
}

/** Batches of every kind that we write, by name. */
function ourBatches(): Map<string, Buffer> {
  const batches = new Map<string, Buffer>()
  const writer = new RecordBatchWriter()
  for (const name of compressionNames) {
    const codec = codecs[name]
    for (const count of [1, 100, 20_000]) {
      appendKinds(writer, count)
      batches.set(`${name}-${count}`, writer.finish({ codec }))
    }
    writer.append(1, 'one', 'x'.repeat(5_000_000))
    batches.set(`${name}-large-record`, writer.finish({ codec }))
    writer.append(1, 'noise', noise(300_000))
    batches.set(`${name}-incompressible`, writer.finish({ codec }))
    if (codec.levels !== undefined) {
      for (const level of [codec.levels.min, codec.levels.max]) {
        appendKinds(writer, 1000)
        batches.set(`${name}-level${level}`, writer.finish({ codec, level }))
      }
    }
    appendKinds(writer, 500)
    const other = writer.finish({ codec: codecs.gzip, producerId: 5, producerEpoch: 1, baseSequence: 77 })
    batches.set(`gzip-recompressed-${name}`, recompressBatch(readBatchHeader(other), codec))
  }
  appendKinds(writer, 10)
  const stamped = writer.finish({ codec: codecs.zstd })
  const header = readBatchHeader(stamped, 0, new BatchHeader())
  setBaseOffset(header, 2 ** 40)
  setLeaderEpoch(header, 12)
  setLogAppendTime(header, 1_700_000_123_456)
  setProducerState(header, {
    producerId: 2 ** 41,
    producerEpoch: 32_766,
    baseSequence: 0,
    transactional: true,
  })
  batches.set('stamped', stamped)
  batches.set(
    'commit-marker',
    writeTransactionMarker({
      producerId: 3,
      producerEpoch: 2,
      coordinatorEpoch: 9,
      commit: true,
      timestamp: 1,
    }),
  )
  writer.reset({ baseOffset: 7, baseTimestamp: 5 })
  writer.appendAt(9, 3, 'k', null)
  batches.set('compacted', writer.finish({ deleteHorizonMs: 5, lastOffset: 30 }))
  return batches
}

function appendKinds(writer: RecordBatchWriter, count: number): void {
  for (let index = 0; index < count; index++) {
    const timestamp = 1_700_000_000_000 + ((index * 7919) % 5000) * (index % 11 === 0 ? -1e6 : 1)
    const headers = index % 3 === 0 ? [{ key: `größe-${index}`, value: index % 2 === 0 ? null : 'v' }] : []
    writer.append(
      timestamp,
      index % 5 === 0 ? null : `key-${index}`,
      index % 7 === 0 ? null : `value ${index}`,
      headers,
    )
  }
}

/** Bytes that do not compress, the same in every run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = 1
  for (let index = 0; index < length; index++) {
    state = Math.imul(state, 1_103_515_245) + 12_345
    bytes[index] = state >>> 16
  }
  return bytes
}

function checkOurs(): number {
  const batches = ourBatches()
  const input = [...batches].map(([name, batch]) => `${name} ${batch.toString('hex')}\n`).join('')
  const parts = java('read', input).split('@ ').slice(1)
  const read = new Map(
    parts.map(part => {
      const [name, ...lines] = part.trimEnd().split('\n')
      return [name!, lines.join('\n')]
    }),
  )
  let failed = 0
  for (const [name, batch] of batches) {
    const same = read.get(name) === describeBatches(batch).join('\n')
    console.log(`${same ? 'pass' : 'FAIL'}  Java reads what we wrote: ${name}`)
    if (!same) failed++
  }
  return failed
}

function checkFixtures(): number {
  const same = java('fixtures', '').trimEnd() === readFileSync(fixtureFile, 'utf8').trimEnd()
  console.log(`${same ? 'pass' : 'FAIL'}  the fixtures are what Java writes`)
  return same ? 0 : 1
}

const failed = checkFixtures() + checkOurs()
console.log(failed === 0 ? 'records: all passed' : `records: ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
