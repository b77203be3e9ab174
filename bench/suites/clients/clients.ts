// Producer and consumer against their peers, in TypeScript, Java, C and Go, on Apache Kafka and on our broker.
import { join } from 'node:path'
import type { Engine } from '../../../conformance/harness/engine.ts'
import { repositoryDir } from '../../../conformance/harness/paths.ts'
import { type Outcome, topicOf, warmUpRecords } from '../../clients/measure.ts'
import { runChild } from '../../harness/child.ts'
import { printTable, type ResultTable, verdict } from '../../harness/report.ts'
import { type Side, sideName, withEngine } from '../../harness/sides.ts'
import { median } from '../../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../../harness/suite.ts'
import { createTopic, deleteTopic } from '../../harness/topics.ts'
import { type Contender, contenders, type Kind } from './contenders.ts'
import { smokeWorkloads, type Workload, workloadName, workloads } from './workload.ts'

const fillTimeoutMs = 240_000
/** What readers fetch ahead of what they count: a fetch of records that compress well brings a hundred thousand. */
const slackRecords = 400_000

type Outcomes = ReadonlyMap<Contender, readonly Outcome[]>

const topicNames = (name: string, { topics }: Workload): string[] =>
  Array.from({ length: topics }, (_, index) => topicOf(name, index, topics))

async function createAll(engine: Engine, name: string, workload: Workload): Promise<void> {
  for (const topic of topicNames(name, workload))
    await createTopic(engine.bootstrap, { name: topic, partitions: 1 })
}

async function deleteAll(engine: Engine, name: string, workload: Workload): Promise<void> {
  for (const topic of topicNames(name, workload)) await deleteTopic(engine.bootstrap, topic)
}

/** Writes what readers are to read: by our producer, whose batches are of 128 KiB and more, for all of them. */
async function fill(engine: Engine, name: string, workload: Workload): Promise<void> {
  const { records, sizeBytes, codec, topics } = workload
  const wanted = {
    mode: 'produce',
    variant: 'enqueue',
    brokers: engine.bootstrap,
    topic: name,
    topics,
    size: sizeBytes,
    codec,
    records: records + slackRecords,
  }
  const args = Object.entries(wanted).flatMap(([option, value]) => [`--${option}`, `${value}`])
  const program = join(repositoryDir, 'bench', 'clients', 'millrace.ts')
  await runChild(process.execPath, ['--conditions=@millrace/source', program, ...args], {
    timeoutMs: fillTimeoutMs,
  })
}

async function measureRow(
  engine: Engine,
  workload: Workload,
  list: readonly Contender[],
  { rounds }: SuiteOptions,
): Promise<Outcomes> {
  const entered = list.filter(contender => contender.does(workload))
  const outcomes = new Map<Contender, Outcome[]>(entered.map(contender => [contender, []]))
  const reads = workload.mode === 'consume'
  const filled = 'filled'
  if (reads) {
    await createAll(engine, filled, workload)
    await fill(engine, filled, workload)
  }
  for (let round = 0; round < rounds; round++) {
    for (const contender of entered) {
      const topic = reads ? filled : `produced-${round}-${entered.indexOf(contender)}`
      if (!reads) await createAll(engine, topic, workload)
      const outcome = await contender.run(workload, engine, topic)
      const rate = Math.round(outcome.records / outcome.seconds)
      console.log(
        `  ${workloadName(workload)}, round ${round + 1}, ${contender.name}: ${rate} records/s, ${outcome.cpuMicrosPerRecord.toFixed(2)} µs`,
      )
      outcomes.get(contender)!.push(outcome)
      if (!reads) await deleteAll(engine, topic, workload)
    }
  }
  if (reads) await deleteAll(engine, filled, workload)
  return outcomes
}

interface Row {
  readonly name: string
  readonly kind: Kind
  readonly sameAs: string | undefined
  readonly rate: number
  readonly cpu: number
  readonly memory: number
}

const fastest = (rows: readonly Row[]): Row | undefined =>
  rows.reduce<Row | undefined>((best, row) => (best && best.rate >= row.rate ? best : row), undefined)

/** First everywhere: twice the best peer or near what a client can do at all, and no slower or dearer than the best of any language. */
function verdictsOf(rows: readonly Row[]): string[] {
  const of = (kind: Kind) => rows.filter(row => row.kind === kind)
  const own = fastest(of('own'))!
  const leanest = Math.min(...of('own').map(({ cpu }) => cpu))
  const bare = fastest(of('bare'))
  const peer = fastest(of('peer'))
  const verdicts: string[] = []
  if (bare)
    verdicts.push(verdict(`${own.name}, rate of the bare program's`, own.rate / bare.rate, '>=', 0.9, '×'))
  if (peer) {
    const atTheLimit = bare !== undefined && own.rate >= 0.9 * bare.rate
    const name = `${own.name}, rate against ${peer.name}${atTheLimit ? ', at the bare program’s limit' : ''}`
    verdicts.push(verdict(name, own.rate / peer.rate, '>=', atTheLimit ? 1 : 2, '×'))
  }
  for (const door of of('door')) {
    const same = rows.find(({ name }) => name === door.sameAs)
    if (!same) continue
    verdicts.push(verdict(`${door.name}, rate against ${same.name}`, door.rate / same.rate, '>=', 1, '×'))
    verdicts.push(
      verdict(`${door.name}, CPU a record against ${same.name}`, door.cpu / same.cpu, '<=', 1, '×'),
    )
  }
  for (const native of of('native')) {
    verdicts.push(verdict(`${own.name}, rate against ${native.name}`, own.rate / native.rate, '>=', 1, '×'))
    verdicts.push(
      verdict(`our least CPU a record against ${native.name}`, leanest / native.cpu, '<=', 1, '×'),
    )
  }
  return verdicts
}

const titleOf = (side: Side, workload: Workload): string => `${workloadName(workload)} on ${sideName(side)}`

function tableOf(side: Side, workload: Workload, outcomes: Outcomes, { rounds }: SuiteOptions): ResultTable {
  const rows = [...outcomes].map(
    ([{ name, kind, sameAs }, list]): Row => ({
      name,
      kind,
      sameAs,
      rate: median(list.map(outcome => outcome.records / outcome.seconds)),
      cpu: median(list.map(outcome => outcome.cpuMicrosPerRecord)),
      memory: median(list.map(outcome => outcome.residentPeakMegabytes)),
    }),
  )
  const ceiling = rows.find(({ kind }) => kind === 'bare')?.rate
  return {
    title: titleOf(side, workload),
    settings:
      `${workload.topics === 1 ? '1 topic' : `${workload.topics} topics`} of 1 partition, acks=all, ${workload.records.toLocaleString('en')} records of the same bytes, medians of ${rounds} rounds in turn, ` +
      `each after a warm-up of ${warmUpRecords(workload.records).toLocaleString('en')} records; CPU is the client's process (Java's with its start)`,
    columns: ['client', 'records/s', 'MB/s', 'µs CPU/record', 'peak MB', 'of bare'],
    rows: rows.map(({ name, rate, cpu, memory }) => [
      name,
      rate,
      (rate * workload.sizeBytes) / 1e6,
      cpu,
      memory,
      ceiling === undefined ? '-' : rate / ceiling,
    ]),
    verdicts: verdictsOf(rows),
    chartColumn: 'records/s',
  }
}

export const clientsSuite: Suite = {
  name: 'clients',
  question: 'Is our client ahead of its peers in any language, and how near to the least a client can do?',
  parts: true,
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
      const chosen = (options.smoke ? smokeWorkloads : workloads).filter(workload =>
        options.wanted(titleOf(side, workload)),
      )
      if (chosen.length === 0) continue
      await withEngine(side, async engine => {
        for (const workload of chosen) {
          const table = tableOf(side, workload, await measureRow(engine, workload, list, options), options)
          printTable(table, options.smoke)
          options.keep(table)
          tables.push(table)
        }
      })
    }
    return tables
  },
}
