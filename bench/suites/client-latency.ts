// How long a record takes by each client, on the same broker: one at a time and at fixed rates.
import { join } from 'node:path'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import type { LatencyReport, Percentiles } from '../latency/main.ts'
import { runChild } from '../harness/child.ts'
import { installFranzGo } from '../harness/foreign-clients.ts'
import { installPeers } from '../harness/peers.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic } from '../harness/topics.ts'

const sizeBytes = 100
const runTimeoutMs = 120_000
/** Records a second; 0: one at a time, each read before the next is sent. */
const rates = [0, 1_000, 10_000]

interface Load {
  readonly bootstrap: string
  readonly topic: string
  readonly perSecond: number
  readonly warmUpMs: number
  readonly measuredMs: number
}

interface Contender {
  readonly name: string
  run(load: Load): Promise<LatencyReport>
}

const toArguments = (named: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(named).map(([name, value]) => `--${name}=${value}`)

function nodeClient(name: string, system: string, peers: string): Contender {
  const program = join(repositoryDir, 'bench', 'latency', 'main.ts')
  return {
    name,
    async run({ bootstrap, topic, perSecond, warmUpMs, measuredMs }) {
      const args = toArguments({
        system,
        address: bootstrap,
        topic,
        peers,
        size: sizeBytes,
        seconds: measuredMs / 1000,
        'warm-up': warmUpMs / 1000,
        rate: perSecond,
        reader: 'plain',
      })
      const command = ['--conditions=@millrace/source', program, ...args]
      return (await runChild<LatencyReport>(process.execPath, command, { timeoutMs: runTimeoutMs })).report
    },
  }
}

function goClient(program: string): Contender {
  return {
    name: 'franz-go (Go)',
    async run({ bootstrap, topic, perSecond, warmUpMs, measuredMs }) {
      const args = toArguments({
        mode: 'latency',
        brokers: bootstrap,
        topic,
        size: sizeBytes,
        rate: perSecond,
        'warm-up-ms': warmUpMs,
        milliseconds: measuredMs,
      })
      return (await runChild<LatencyReport>(program, args, { timeoutMs: runTimeoutMs })).report
    },
  }
}

const own = nodeClient('Millrace', 'kafka', '')

function contenders(smoke: boolean): readonly Contender[] {
  const peers = installPeers()
  const list = [
    own,
    nodeClient('KafkaJS', 'kafkajs', peers),
    nodeClient('@platformatic/kafka', 'platformatic', peers),
  ]
  const go = smoke ? undefined : installFranzGo()
  return go === undefined ? list : [...list, goClient(go)]
}

const rateName = (perSecond: number): string =>
  perSecond === 0 ? 'one at a time' : `${perSecond.toLocaleString('en')}/s`

type Results = ReadonlyMap<Contender, readonly LatencyReport[]>

function tableOf(side: Side, perSecond: number, results: Results, { rounds }: SuiteOptions): ResultTable {
  const rows = [...results].map(([contender, reports]) => {
    const of = (pick: (report: LatencyReport) => number) => median(reports.map(pick))
    const three = (pick: (report: LatencyReport) => Percentiles) =>
      (['p50Ms', 'p99Ms', 'p999Ms'] as const).map(which => of(report => pick(report)[which]))
    const acknowledged = three(report => report.acknowledged)
    const arrived = three(report => report.arrived!)
    const rate = of(report => report.records / report.seconds)
    const cpu = of(report => report.cpuMicrosPerRecord)
    return {
      contender,
      acknowledged,
      arrived,
      cells: [rate, cpu, of(report => report.residentPeakMegabytes)],
    }
  })
  const mine = rows.find(({ contender }) => contender === own)!
  return {
    title: `${rateName(perSecond)}, written and read, on ${sideName(side)}`,
    settings:
      `${sizeBytes} B, acks=all, producer and consumer of one process, medians of ${rounds} rounds in turn; milliseconds from the time a record was due, ` +
      `whatever became of those before it; each client with its defaults (franz-go without its linger)`,
    columns: [
      'client',
      'ack p50',
      'p99',
      'p99.9',
      'arrival p50',
      'arrival p99',
      'p99.9',
      'records/s',
      'µs CPU/record',
      'peak MB',
    ],
    rows: rows.map(({ contender, acknowledged, arrived, cells }) => [
      contender.name,
      ...acknowledged,
      ...arrived,
      ...cells,
    ]),
    verdicts: rows
      .filter(({ contender }) => contender !== own)
      .flatMap(({ contender: { name }, arrived }) => [
        verdict(`arrival, p50, against ${name}`, mine.arrived[0]! / arrived[0]!, '<=', 1, '×'),
        verdict(`arrival, p99, against ${name}`, mine.arrived[1]! / arrived[1]!, '<=', 1, '×'),
      ]),
    chartColumn: 'arrival p99',
  }
}

async function compare(
  side: Side,
  list: readonly Contender[],
  options: SuiteOptions,
): Promise<ResultTable[]> {
  const results = new Map(
    rates.map(rate => [
      rate,
      new Map(list.map((contender): [Contender, LatencyReport[]] => [contender, []])),
    ]),
  )
  const times = options.smoke ? { warmUpMs: 100, measuredMs: 300 } : { warmUpMs: 3000, measuredMs: 4000 }
  await withEngine(side, async ({ bootstrap }) => {
    for (let round = 0; round < options.rounds; round++) {
      for (const perSecond of rates) {
        for (const contender of list) {
          const topic = `latency-${round}-${perSecond}-${list.indexOf(contender)}`
          await createTopic(bootstrap, { name: topic, partitions: 1 })
          const report = await contender.run({ bootstrap, topic, perSecond, ...times })
          results.get(perSecond)!.get(contender)!.push(report)
          const { p50Ms, p99Ms } = report.arrived!
          console.log(
            `  ${sideName(side)}, round ${round + 1}, ${rateName(perSecond)}, ${contender.name}: arrived in ${p50Ms?.toFixed(2)} / ${p99Ms?.toFixed(2)} ms`,
          )
        }
      }
    }
  })
  return rates.map(rate => tableOf(side, rate, results.get(rate)!, options))
}

export const clientLatencySuite: Suite = {
  name: 'client-latency',
  question: 'How long does a record take by each client?',
  async run(options) {
    const list = contenders(options.smoke)
    const sides: Side[] = options.smoke
      ? [{ engine: 'millrace', sync: false }]
      : [
          { engine: 'apache', sync: false },
          { engine: 'millrace', sync: false },
        ]
    const tables: ResultTable[] = []
    for (const side of sides) {
      for (const table of await compare(side, list, options)) {
        printTable(table, options.smoke)
        tables.push(table)
      }
    }
    return tables
  },
}
