// What a service costs on top of the client, and beside what others have: no-op handlers over the same records, each framework in a process of its own.
import { join } from 'node:path'
import { json, Producer, string, topic } from '@millrace/client'
import type { Engine } from '../../conformance/harness/engine.ts'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import { type Outcome, warmUpRecords } from '../clients/measure.ts'
import { runChild } from '../harness/child.ts'
import { installPeers } from '../harness/peers.ts'
import { printTable, type ResultTable, show, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic } from '../harness/topics.ts'
import type { Noted } from '../services/run.ts'

const topicName = 'noted'
const timeoutMs = 240_000
/** What readers fetch ahead of what they count. */
const slackRecords = 100_000

interface Contender {
  readonly name: string
  readonly program: 'bare' | 'nest' | 'peers' | 'service'
  readonly variant: string
  /** Records that take seconds, after as many of a warm-up as `warmUpRecords` says. */
  readonly records: number
}

const fast = 1_000_000
const slow = 200_000
const contender = (
  name: string,
  program: Contender['program'],
  variant: string,
  records: number,
): Contender => ({ name, program, variant, records })

const bareBatch = contender('client, batches', 'bare', 'batch', fast)
const bareRecord = contender('client, records', 'bare', 'record', fast)
const bareAsync = contender('client, run with an async handler', 'bare', 'async', fast)
const ownBatch = contender('service, handleBatch', 'service', 'batch', fast)
const ownRecord = contender('service, handler that returns at once', 'service', 'record', fast)
const ownAsync = contender('service, async handler', 'service', 'async', fast)
const ownNest = contender('NestJS on ours', 'nest', 'millrace', slow)
const theirNest = contender('NestJS on KafkaJS', 'nest', 'kafkajs', slow)
const kafkaJs = contender('KafkaJS, eachMessage', 'peers', 'kafkajs', slow)
const platformatic = contender('@platformatic/kafka, data events', 'peers', 'platformatic', slow)

const contenders = [
  bareBatch,
  ownBatch,
  bareRecord,
  ownRecord,
  bareAsync,
  ownAsync,
  ownNest,
  theirNest,
  kafkaJs,
  platformatic,
]

type Outcomes = ReadonlyMap<Contender, readonly Outcome[]>

async function fill({ bootstrap }: Engine, records: number): Promise<void> {
  await createTopic(bootstrap, { name: topicName, partitions: 1 })
  await using producer = new Producer({ brokers: [bootstrap] })
  const values = topic(topicName, { key: string(), value: json<Noted>() })
  const note = 'x'.repeat(60)
  for (let n = 0; n < records; n++) {
    const record = { topic: values, key: `user-${n % 1_000}`, value: { n, note } }
    while (!producer.enqueue(record)) await producer.ready()
  }
}

async function runOne(
  { program, variant }: Contender,
  { bootstrap }: Engine,
  records: number,
  peers: string,
): Promise<Outcome> {
  const wanted = { mode: 'consume', brokers: bootstrap, topic: topicName, records, variant, peers }
  const args = Object.entries(wanted).flatMap(([name, value]) => [`--${name}`, `${value}`])
  const file = join(repositoryDir, 'bench', 'services', `${program}.ts`)
  return (
    await runChild<Outcome>(process.execPath, ['--conditions=@millrace/source', file, ...args], { timeoutMs })
  ).report
}

async function measureAll(engine: Engine, { rounds, smoke }: SuiteOptions): Promise<Outcomes> {
  const recordsOf = (each: Contender) => (smoke ? 20_000 : each.records)
  const most = Math.max(...contenders.map(recordsOf))
  await fill(engine, most + warmUpRecords(most) + slackRecords)
  const peers = installPeers()
  const outcomes = new Map<Contender, Outcome[]>(contenders.map(each => [each, []]))
  for (let round = 0; round < rounds; round++) {
    for (const each of contenders) {
      const outcome = await runOne(each, engine, recordsOf(each), peers)
      outcomes.get(each)!.push(outcome)
      console.log(
        `  round ${round + 1}, ${each.name}: ${show(outcome.records / outcome.seconds)} records/s, ${outcome.cpuMicrosPerRecord.toFixed(2)} µs`,
      )
    }
  }
  return outcomes
}

/** Against what each is held: the bare client that reads in the same way, and Nest on KafkaJS. */
function tableOf(outcomes: Outcomes, { rounds }: SuiteOptions, side: Side): ResultTable {
  const rateOf = (each: Contender) =>
    median(outcomes.get(each)!.map(({ records, seconds }) => records / seconds))
  const cpuOf = (each: Contender) => median(outcomes.get(each)!.map(outcome => outcome.cpuMicrosPerRecord))
  const memoryOf = (each: Contender) =>
    median(outcomes.get(each)!.map(outcome => outcome.residentPeakMegabytes))
  const held = (each: Contender, against: Contender, bound: number) =>
    verdict(`${each.name}, rate against ${against.name}`, rateOf(each) / rateOf(against), '>=', bound, '×')
  return {
    title: `no-op handlers on ${sideName(side)}`,
    settings:
      `1 topic of 1 partition, JSON of some 90 B, a group each with automatic commits; our service and its adapter with three attempts, a retry topic, dead letters and metrics; ` +
      `medians of ${rounds} rounds in turn, ${fast.toLocaleString('en')} or ${slow.toLocaleString('en')} records after a warm-up of half as many; CPU is the process's`,
    columns: ['side', 'records/s', 'µs CPU/record', 'peak MB', 'of NestJS on KafkaJS'],
    rows: contenders.map(each => [
      each.name,
      rateOf(each),
      cpuOf(each),
      memoryOf(each),
      rateOf(each) / rateOf(theirNest),
    ]),
    verdicts: [
      held(ownBatch, bareBatch, 0.85),
      held(ownRecord, bareRecord, 0.6),
      held(ownAsync, bareAsync, 0.6),
      held(ownNest, theirNest, 1),
      held(ownAsync, platformatic, 1),
    ],
    chartColumn: 'records/s',
  }
}

export const serviceSuite: Suite = {
  name: 'service',
  question:
    'What does the service framework cost on top of the client, and how does it stand beside NestJS and others?',
  async run(options) {
    const side: Side = { engine: 'millrace', sync: false }
    return await withEngine(side, async engine => {
      const table = tableOf(await measureAll(engine, options), options, side)
      printTable(table, options.smoke)
      return [table]
    })
  },
}
