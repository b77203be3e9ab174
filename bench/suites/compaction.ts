// How fast a log is compacted, and what producers notice of it, against Apache Kafka.
import { randomBytes } from 'node:crypto'
import { Admin, Producer, throwFirst } from '@millrace/client'
import type { Engine, EngineName } from '../../conformance/harness/engine.ts'
import { sendInBatches } from '../clients/measure.ts'
import { bareSend } from '../harness/bare.ts'
import { cleanedLines, lookAtTopic } from '../harness/cleaned-files.ts'
import { type LoopDelay, LoopDelayMeter, noLoopDelay } from '../harness/loop-delay.ts'
import { processStats } from '../harness/process-stats.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic, deleteTopic } from '../harness/topics.ts'

const recordBytes = 1000
const segmentBytes = 8 * 1024 * 1024
const backoffMs = 100
const properties = { 'log.cleaner.backoff.ms': String(backoffMs), 'log.cleaner.delete.retention.ms': '0' }
const cleanTimeoutMs = 180_000
const pollMs = 20
/** How often, in polls, the size of the topic on the disk is looked at. */
const pollsPerLook = 10

interface Shape {
  readonly title: string
  readonly codec: 'none' | 'lz4'
  readonly records: number
}

/** Every key comes so often. */
const recordsPerKey = 6

const shapesOf = (smoke: boolean): Shape[] => [
  { title: 'uncompressed records', codec: 'none', records: smoke ? 50_000 : 300_000 },
  { title: 'records in lz4', codec: 'lz4', records: smoke ? 50_000 : 300_000 },
  { title: `${smoke ? '0.1' : '2'} GB at a time`, codec: 'none', records: smoke ? 100_000 : 2_000_000 },
]

interface Round {
  readonly megabytesPerSecond: number
  readonly cpuSecondsPerGigabyte: number
  readonly peakMegabytes: number
  /** Of the topic that is compacted, on the disk, at most. */
  readonly diskMegabytes: number
  /** Of requests of one record, one at a time, to another topic. */
  readonly restP99Ms: number
  readonly cleaningP99Ms: number
  /** Of the event loop meanwhile. */
  readonly delay: LoopDelay
}

/** Many, of which half is random: a codec makes them half as large. */
function makeValues(): Buffer[] {
  return Array.from({ length: 2000 }, () =>
    Buffer.concat([randomBytes(recordBytes / 2), Buffer.alloc(recordBytes / 2, 'x')]),
  )
}

/** Fills a topic that is not compacted yet. */
async function fill(engine: Engine, topic: string, { codec, records }: Shape): Promise<void> {
  const configs = { 'cleanup.policy': 'delete', 'segment.bytes': String(segmentBytes) }
  await createTopic(engine.bootstrap, { name: topic, partitions: 1, configs })
  await using producer = new Producer({ brokers: [engine.bootstrap], compression: codec })
  const values = makeValues()
  const keys = Math.floor(records / recordsPerKey)
  let number = 0
  // Every key comes as often as the others, and far from itself.
  const next = () => ({ topic, key: `key-${number++ % keys}`, value: values[number % values.length]! })
  await sendInBatches(records, count => producer.send(Array.from({ length: count }, next)))
}

interface Cleaning {
  /** Until the broker says that the topic is compacted. */
  readonly seconds: number
  /** Of the topic on the disk, at most. */
  readonly bytesMax: number
}

/** Has the topic compacted. */
async function clean(engine: Engine, topic: string): Promise<Cleaning> {
  await using admin = new Admin({ brokers: [engine.bootstrap] })
  const changes = [
    { name: 'cleanup.policy', value: 'compact' },
    { name: 'min.cleanable.dirty.ratio', value: '0.01' },
  ]
  const began = performance.now()
  let bytesMax = 0
  throwFirst(await admin.alterConfigs([{ resource: { type: 'topic', name: topic }, changes }]))
  for (let poll = 0; cleanedLines(engine.dataDir, topic) === ''; poll++) {
    if (performance.now() - began > cleanTimeoutMs)
      throw new Error(`${topic} was not compacted within ${cleanTimeoutMs} ms:\n${engine.logTail()}`)
    if (poll % pollsPerLook === 0) bytesMax = Math.max(bytesMax, lookAtTopic(engine.dataDir, topic).bytes)
    await new Promise(resolve => setTimeout(resolve, pollMs))
  }
  return { seconds: (performance.now() - began) / 1000, bytesMax }
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

async function measureRound(
  engine: Engine,
  shape: Shape,
  meter: LoopDelayMeter | undefined,
  smoke: boolean,
): Promise<Round> {
  await createTopic(engine.bootstrap, { name: 'beside', partitions: 1 })
  const rest = await sendSingly(engine, 'beside', smoke ? 200 : 4000)
  await fill(engine, 'alone', shape)
  const before = processStats(engine.pid)
  const { seconds, bytesMax } = await clean(engine, 'alone')
  const after = processStats(engine.pid)
  await deleteTopic(engine.bootstrap, 'alone')
  const gigabytes = (shape.records * recordBytes) / 1e9
  await fill(engine, 'with-producer', shape)
  const perSecond = rest.records / rest.seconds
  await meter?.look()
  const cleaning = clean(engine, 'with-producer')
  // Compaction takes longer beside a producer: all of these fall into it.
  const beside = await sendSingly(engine, 'beside', Math.max(100, Math.floor(perSecond * seconds * 0.7)))
  await cleaning
  return {
    megabytesPerSecond: (gigabytes * 1000) / seconds,
    cpuSecondsPerGigabyte: (after.cpuSeconds - before.cpuSeconds) / gigabytes,
    peakMegabytes: processStats(engine.pid).residentPeakBytes / 2 ** 20,
    diskMegabytes: bytesMax / 1e6,
    restP99Ms: rest.p99Ms,
    cleaningP99Ms: beside.p99Ms,
    delay: (await meter?.look()) ?? noLoopDelay,
  }
}

async function measure(side: Side, shape: Shape, smoke: boolean): Promise<Round> {
  const meter = side.engine === 'millrace' ? await LoopDelayMeter.create() : undefined
  const set = { ...properties, ...(meter && { 'http.listener': meter.listener }) }
  return await withEngine(side, engine => measureRound(engine, shape, meter, smoke), set)
}

const speed = (round: Round) => round.megabytesPerSecond
const p99Meanwhile = (round: Round) => round.cleaningP99Ms

const columns: readonly (readonly [name: string, pick: (round: Round) => number])[] = [
  ['MB/s', speed],
  ['CPU s/GB', round => round.cpuSecondsPerGigabyte],
  ['peak MB', round => round.peakMegabytes],
  ['p99 at rest ms', round => round.restP99Ms],
  ['p99 meanwhile ms', p99Meanwhile],
  ['delay p99 ms', round => round.delay.p99Ms],
  ['delay max ms', round => round.delay.maxMs],
  ['on disk MB', round => round.diskMegabytes],
]

async function compare(shape: Shape, { rounds, smoke }: SuiteOptions): Promise<ResultTable> {
  const sides: Side[] = [{ engine: 'millrace', sync: false }]
  if (!smoke) sides.push({ engine: 'apache', sync: false })
  const results = new Map<Side, Round[]>(sides.map(side => [side, []]))
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      const result = await measure(side, shape, smoke)
      results.get(side)!.push(result)
      console.log(`  ${sideName(side)}, round ${round + 1}: ${result.megabytesPerSecond.toFixed(0)} MB/s`)
    }
  }
  const of = (engine: EngineName, pick: (round: Round) => number) =>
    median([...results].find(([side]) => side.engine === engine)![1].map(pick))
  const against = (pick: (round: Round) => number) => of('millrace', pick) / of('apache', pick)
  return {
    title: `compaction of ${shape.title}`,
    settings:
      `1 partition, ${shape.records} records of ${recordBytes} bytes, every key ${recordsPerKey} times, segments of 8 MiB, cleaned from the first record on; the time counts ` +
      `from the change of cleanup.policy to the line in cleaner-offset-checkpoint, ${backoffMs} ms of waiting included; p99 of requests with one record, one at a time, to ` +
      `another topic, at rest and meanwhile; delay of timers of the event loop meanwhile (its metrics are read for it); medians of ${rounds} rounds in turn`,
    columns: ['side', ...columns.map(([name]) => name)],
    rows: sides.map(side => [sideName(side), ...columns.map(([, pick]) => of(side.engine, pick))]),
    verdicts: smoke
      ? []
      : [
          verdict('compaction against Apache Kafka', against(speed), '>=', 1, '×'),
          verdict('p99 meanwhile against Apache Kafka', against(p99Meanwhile), '<=', 1, '×'),
        ],
  }
}

export const compactionSuite: Suite = {
  name: 'compaction',
  question: 'How fast is a log compacted, and what do producers notice of it?',
  async run(options) {
    const tables: ResultTable[] = []
    for (const shape of shapesOf(options.smoke)) {
      const table = await compare(shape, options)
      printTable(table, options.smoke)
      tables.push(table)
    }
    return tables
  },
}
