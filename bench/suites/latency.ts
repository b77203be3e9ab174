// One record at a time and at fixed rates: how long until it is acknowledged, and until a reader has it.
import { join } from 'node:path'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import type { LatencyReport, Percentiles } from '../latency/main.ts'
import { runChild } from '../harness/child.ts'
import { installPeers } from '../harness/peers.ts'
import { processStats } from '../harness/process-stats.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { findNats, findRedis, type RunningServer, withNats, withRedis } from '../harness/servers.ts'
import { withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic } from '../harness/topics.ts'

const recordBytes = 100
const runTimeoutMs = 120_000

interface Load {
  readonly title: string
  /** Records a second; 0: one at a time. */
  readonly perSecond: number
  readonly reader: 'none' | 'plain' | 'commit'
}

const loads: readonly Load[] = [
  { title: 'one at a time, no reader', perSecond: 0, reader: 'none' },
  ...[0, 1_000, 10_000].flatMap((perSecond): Load[] => {
    const pace = perSecond === 0 ? 'one at a time' : `${perSecond.toLocaleString('en')}/s`
    return [
      { title: `${pace}, read`, perSecond, reader: 'plain' },
      { title: `${pace}, read, each committed`, perSecond, reader: 'commit' },
    ]
  }),
]

/** A server of one kind; `sync` says whether a record is on the disk before it is acknowledged. */
interface Contender {
  readonly name: string
  readonly system: 'kafka' | 'redis' | 'nats'
  run<T>(sync: boolean, work: (server: RunningServer) => Promise<T>): Promise<T>
}

function kafka(name: string, engine: 'millrace' | 'apache'): Contender {
  return {
    name,
    system: 'kafka',
    run: (sync, work) =>
      withEngine({ engine, sync }, ({ bootstrap, pid }) => work({ address: bootstrap, pid })),
  }
}

const own = kafka('Millrace', 'millrace')

function contenders(smoke: boolean): Contender[] {
  const list = [own]
  if (!smoke) list.push(kafka('Apache Kafka', 'apache'))
  const redis = findRedis()
  if (redis !== undefined)
    list.push({ name: 'Redis Streams', system: 'redis', run: (sync, work) => withRedis(redis, sync, work) })
  const nats = smoke ? undefined : findNats()
  if (nats !== undefined)
    list.push({ name: 'NATS JetStream', system: 'nats', run: (sync, work) => withNats(nats, sync, work) })
  return list
}

interface Outcome extends LatencyReport {
  readonly serverCpuMicrosPerRecord: number
  readonly serverMegabytes: number
}

async function measureLoad(
  { system }: Contender,
  { address, pid }: RunningServer,
  { perSecond, reader }: Load,
  topic: string,
  peers: string,
  smoke: boolean,
): Promise<Outcome> {
  if (system === 'kafka') await createTopic(address, { name: topic, partitions: 1 })
  const options = {
    system,
    address,
    topic,
    peers,
    size: recordBytes,
    seconds: smoke ? 0.3 : 3,
    'warm-up': smoke ? 0.1 : 3,
    rate: perSecond,
    reader,
  }
  const program = join(repositoryDir, 'bench', 'latency', 'main.ts')
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
  const before = processStats(pid).cpuSeconds
  const { report } = await runChild<LatencyReport>(
    process.execPath,
    ['--conditions=@millrace/source', program, ...args],
    { timeoutMs: runTimeoutMs },
  )
  const after = processStats(pid)
  // The warm-up is work for the server as well.
  const share = options.seconds / (options.seconds + options['warm-up'])
  return {
    ...report,
    serverCpuMicrosPerRecord: ((after.cpuSeconds - before) * share * 1e6) / report.records,
    serverMegabytes: after.residentBytes / 2 ** 20,
  }
}

type Results = ReadonlyMap<Contender, readonly Outcome[]>

interface Row {
  readonly contender: Contender
  readonly acknowledged: Percentiles
  readonly arrived: Percentiles | undefined
  readonly perSecond: number
  readonly clientCpu: number
  readonly serverCpu: number
  readonly serverMegabytes: number
}

/** JSON has no Infinity: a percentile that is null is of a record that never arrived. */
const number = (value: number | null): number => value ?? Number.POSITIVE_INFINITY

function summarize(contender: Contender, outcomes: readonly Outcome[]): Row {
  const of = (pick: (outcome: Outcome) => number) => median(outcomes.map(pick))
  const percentiles = (pick: (outcome: Outcome) => Percentiles): Percentiles => ({
    p50Ms: of(outcome => number(pick(outcome).p50Ms)),
    p99Ms: of(outcome => number(pick(outcome).p99Ms)),
    p999Ms: of(outcome => number(pick(outcome).p999Ms)),
  })
  return {
    contender,
    acknowledged: percentiles(outcome => outcome.acknowledged),
    arrived: outcomes[0]!.arrived && percentiles(outcome => outcome.arrived!),
    perSecond: of(outcome => outcome.records / outcome.seconds),
    clientCpu: of(outcome => outcome.cpuMicrosPerRecord),
    serverCpu: of(outcome => outcome.serverCpuMicrosPerRecord),
    serverMegabytes: of(outcome => outcome.serverMegabytes),
  }
}

/** Goals: never behind NATS, and not behind Redis where both sync. */
function verdicts(rows: readonly Row[], sync: boolean): string[] {
  const mine = rows.find(row => row.contender === own)!
  const rivals = rows.filter(
    ({ contender }) => contender.system === 'nats' || (sync && contender.system === 'redis'),
  )
  return rivals.flatMap(rival => {
    const kinds =
      mine.arrived && rival.arrived ? (['acknowledged', 'arrived'] as const) : (['acknowledged'] as const)
    return kinds.flatMap(kind =>
      (['p50Ms', 'p99Ms'] as const).flatMap(which => {
        const ratio = mine[kind]![which] / rival[kind]![which]
        const name = `${kind}, ${which.slice(0, 3)}, against ${rival.contender.name}`
        // Where neither arrived there is nothing to compare.
        return Number.isNaN(ratio) ? [] : [verdict(name, ratio, '<=', 1, '×')]
      }),
    )
  })
}

function tableOf(load: Load, sync: boolean, results: Results, { rounds }: SuiteOptions): ResultTable {
  const rows = [...results].map(([contender, outcomes]) => summarize(contender, outcomes))
  const three = (percentiles: Percentiles | undefined) =>
    percentiles ? [percentiles.p50Ms, percentiles.p99Ms, percentiles.p999Ms] : ['-', '-', '-']
  return {
    title: `${load.title}, ${sync ? 'synced before the acknowledgement' : 'not synced'}`,
    settings:
      `${recordBytes} B, producer and reader in one process, medians of ${rounds} rounds in turn; milliseconds from the time a record was due; ` +
      `Millrace log.fsync=${sync ? 'group' : 'never'}, Apache Kafka ${sync ? 'log.flush.interval.messages=1' : 'without flushes'} (both by our client, acks=all), ` +
      `Redis appendfsync ${sync ? 'always' : 'everysec'}, NATS sync_interval ${sync ? 'always' : '2m'}`,
    columns: [
      'system',
      'ack p50',
      'p99',
      'p99.9',
      'arrival p50',
      'p99',
      'p99.9',
      'records/s',
      'client µs CPU',
      'server µs CPU',
      'server MB',
    ],
    rows: rows.map(row => [
      row.contender.name,
      ...three(row.acknowledged),
      ...three(row.arrived),
      row.perSecond,
      row.clientCpu,
      row.serverCpu,
      row.serverMegabytes,
    ]),
    verdicts: verdicts(rows, sync),
  }
}

export const latencySuite: Suite = {
  name: 'latency',
  question: 'How long does one record take, alone and at a fixed rate?',
  async run(options) {
    const peers = options.smoke ? '' : installPeers()
    const list = contenders(options.smoke)
    const tables: ResultTable[] = []
    for (const sync of [true, false]) {
      const results = new Map(
        loads.map(load => [load, new Map(list.map((contender): [Contender, Outcome[]] => [contender, []]))]),
      )
      for (let round = 0; round < options.rounds; round++) {
        for (const contender of list) {
          await contender.run(sync, async server => {
            for (const load of loads) {
              const topic = `latency-${round}-${loads.indexOf(load)}`
              const outcome = await measureLoad(contender, server, load, topic, peers, options.smoke)
              results.get(load)!.get(contender)!.push(outcome)
              const { acknowledged, arrived } = outcome
              console.log(
                `  ${contender.name}, ${sync ? 'synced' : 'unsynced'}, round ${round + 1}, ${load.title}: acknowledged in ${acknowledged.p50Ms.toFixed(2)} / ${acknowledged.p99Ms.toFixed(2)} ms` +
                  (arrived
                    ? `, arrived in ${number(arrived.p50Ms).toFixed(2)} / ${number(arrived.p99Ms).toFixed(2)} ms`
                    : ''),
              )
            }
          })
        }
      }
      for (const load of loads) {
        const table = tableOf(load, sync, results.get(load)!, options)
        printTable(table, options.smoke)
        tables.push(table)
      }
    }
    return tables
  },
}
