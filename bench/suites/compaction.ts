// How fast a log is compacted, and what producers notice of it, against Apache Kafka.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Admin, Producer, throwFirst } from '@millrace/client'
import type { Engine } from '../../conformance/harness/engine.ts'
import { sendInBatches } from '../clients/measure.ts'
import { bareSend } from '../harness/bare.ts'
import { processStats } from '../harness/process-stats.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic } from '../harness/topics.ts'

const recordBytes = 1000
const segmentBytes = 8 * 1024 * 1024
const backoffMs = 100
const properties = { 'log.cleaner.backoff.ms': String(backoffMs), 'log.cleaner.delete.retention.ms': '0' }
const cleanTimeoutMs = 180_000
const pollMs = 20

interface Shape {
  readonly codec: 'none' | 'lz4'
  readonly records: number
  readonly keys: number
}

interface Round {
  readonly megabytesPerSecond: number
  readonly cpuSecondsPerGigabyte: number
  readonly peakMegabytes: number
  /** Of requests of one record, one at a time, to another topic. */
  readonly restP99Ms: number
  readonly cleaningP99Ms: number
}

/** Many, of which half is random: a codec makes them half as large. */
function makeValues(): Buffer[] {
  return Array.from({ length: 2000 }, () =>
    Buffer.concat([randomBytes(recordBytes / 2), Buffer.alloc(recordBytes / 2, 'x')]),
  )
}

/** Fills a topic that is not compacted yet. */
async function fill(engine: Engine, topic: string, { codec, records, keys }: Shape): Promise<void> {
  const configs = { 'cleanup.policy': 'delete', 'segment.bytes': String(segmentBytes) }
  await createTopic(engine.bootstrap, { name: topic, partitions: 1, configs })
  await using producer = new Producer({ brokers: [engine.bootstrap], compression: codec })
  const values = makeValues()
  let number = 0
  // Every key comes as often as the others, and far from itself.
  const next = () => ({ topic, key: `key-${number++ % keys}`, value: values[number % values.length]! })
  await sendInBatches(records, count => producer.send(Array.from({ length: count }, next)))
}

/** Has the topic compacted; resolves with the seconds until the broker says that it is. */
async function clean(engine: Engine, topic: string): Promise<number> {
  await using admin = new Admin({ brokers: [engine.bootstrap] })
  const changes = [
    { name: 'cleanup.policy', value: 'compact' },
    { name: 'min.cleanable.dirty.ratio', value: '0.01' },
  ]
  const began = performance.now()
  throwFirst(await admin.alterConfigs([{ resource: { type: 'topic', name: topic }, changes }]))
  // Both note in the same file up to where they have cleaned.
  const path = join(engine.dataDir, 'cleaner-offset-checkpoint')
  while (!readIfThere(path).includes(`\n${topic} 0 `)) {
    if (performance.now() - began > cleanTimeoutMs)
      throw new Error(`${topic} was not compacted within ${cleanTimeoutMs} ms:\n${engine.logTail()}`)
    await new Promise(resolve => setTimeout(resolve, pollMs))
  }
  return (performance.now() - began) / 1000
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Sends requests of one record, one after the other. */
function sendSingly(engine: Engine, topic: string, records: number) {
  return bareSend(engine, {
    topic,
    records,
    size: recordBytes,
    'batch-bytes': 1,
    'in-flight': 1,
    'warm-up': 200,
  })
}

async function measureRound(engine: Engine, shape: Shape, smoke: boolean): Promise<Round> {
  await createTopic(engine.bootstrap, { name: 'beside', partitions: 1 })
  const rest = await sendSingly(engine, 'beside', smoke ? 200 : 4000)
  await fill(engine, 'alone', shape)
  const before = processStats(engine.pid)
  const seconds = await clean(engine, 'alone')
  const after = processStats(engine.pid)
  const gigabytes = (shape.records * recordBytes) / 1e9
  await fill(engine, 'with-producer', shape)
  const perSecond = rest.records / rest.seconds
  const cleaning = clean(engine, 'with-producer')
  // Compaction takes longer beside a producer: all of these fall into it.
  const beside = await sendSingly(engine, 'beside', Math.max(100, Math.floor(perSecond * seconds * 0.7)))
  await cleaning
  return {
    megabytesPerSecond: (gigabytes * 1000) / seconds,
    cpuSecondsPerGigabyte: (after.cpuSeconds - before.cpuSeconds) / gigabytes,
    peakMegabytes: processStats(engine.pid).residentPeakBytes / 2 ** 20,
    restP99Ms: rest.p99Ms,
    cleaningP99Ms: beside.p99Ms,
  }
}

async function compare(shape: Shape, { rounds, smoke }: SuiteOptions): Promise<ResultTable> {
  const sides: Side[] = [{ engine: 'millrace', sync: false }]
  if (!smoke) sides.push({ engine: 'apache', sync: false })
  const results = new Map<Side, Round[]>(sides.map(side => [side, []]))
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      const result = await withEngine(side, engine => measureRound(engine, shape, smoke), properties)
      results.get(side)!.push(result)
      console.log(`  ${sideName(side)}, round ${round + 1}: ${result.megabytesPerSecond.toFixed(0)} MB/s`)
    }
  }
  const rows = sides.map(side => {
    const of = (pick: (round: Round) => number) => median(results.get(side)!.map(pick))
    return {
      name: sideName(side),
      speed: of(round => round.megabytesPerSecond),
      cpu: of(round => round.cpuSecondsPerGigabyte),
      peak: of(round => round.peakMegabytes),
      restP99: of(round => round.restP99Ms),
      cleaningP99: of(round => round.cleaningP99Ms),
    }
  })
  const [own, apache] = rows as [(typeof rows)[number], (typeof rows)[number] | undefined]
  return {
    title: `compaction of ${shape.codec === 'none' ? 'uncompressed records' : `records in ${shape.codec}`}`,
    settings:
      `1 partition, ${shape.records} records of ${recordBytes} bytes, ${shape.keys} keys, segments of 8 MiB, cleaned from the first record on; the time counts ` +
      `from the change of cleanup.policy to the line in cleaner-offset-checkpoint, ${backoffMs} ms of waiting included; p99 of requests with one record, one at a time, to ` +
      `another topic, at rest and meanwhile; medians of ${rounds} rounds in turn`,
    columns: ['side', 'MB/s', 'CPU s/GB', 'peak MB', 'p99 at rest ms', 'p99 meanwhile ms'],
    rows: rows.map(row => [row.name, row.speed, row.cpu, row.peak, row.restP99, row.cleaningP99]),
    verdicts: apache
      ? [
          verdict('compaction against Apache Kafka', own.speed / apache.speed, '>=', 1, '×'),
          verdict('p99 meanwhile against Apache Kafka', own.cleaningP99 / apache.cleaningP99, '<=', 1, '×'),
        ]
      : [],
  }
}

export const compactionSuite: Suite = {
  name: 'compaction',
  question: 'How fast is a log compacted, and what do producers notice of it?',
  async run(options) {
    const tables: ResultTable[] = []
    for (const codec of ['none', 'lz4'] as const) {
      const records = options.smoke ? 50_000 : 300_000
      const table = await compare({ codec, records, keys: Math.floor(records / 6) }, options)
      printTable(table, options.smoke)
      tables.push(table)
    }
    return tables
  },
}
