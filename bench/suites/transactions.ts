// What transactions cost: producing in them, and copying a topic exactly once, on both brokers, with Java's client and with ours.
import type { Engine } from '../../conformance/harness/engine.ts'
import { copyAtFullSpeed, fillSource } from '../harness/transaction-streams.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic, deleteTopic } from '../harness/topics.ts'
import {
  compileTransactionLoad,
  type LoadClient,
  loadTransactions,
  type TransactionLoad,
  type TransactionResult,
} from '../harness/transaction-load.ts'

const recordsPerTransaction = 100
const inputRecords = 100_000
/** A broker that has just started is slower, and a JVM more so than Node: the first shape would pay for it. */
const brokerWarmUpMs = 8000

type Shape = Pick<TransactionLoad, 'client' | 'mode' | 'producers' | 'sizeBytes'>

const clients: readonly LoadClient[] = ['Java', 'Millrace']

const shapesOf = (sizeBytes: number): Shape[] =>
  clients.flatMap((client): Shape[] => [
    { client, mode: 'produce', producers: 1, sizeBytes },
    { client, mode: 'produce', producers: 8, sizeBytes },
    { client, mode: 'copy', producers: 1, sizeBytes },
  ])

const workName = ({ mode, producers, sizeBytes }: Shape): string =>
  mode === 'copy'
    ? `consume, transform, produce ${sizeBytes} B`
    : `produce ${sizeBytes} B, ${producers} producer${producers > 1 ? 's' : ''}`

const shapeName = (shape: Shape): string => `${workName(shape)}, ${shape.client}`

function timesOf(smoke: boolean) {
  return smoke ? { warmUpMs: 300, measuredMs: 700 } : { warmUpMs: 4000, measuredMs: 5000 }
}

async function measureShape(engine: Engine, shape: Shape, smoke: boolean): Promise<TransactionResult> {
  const topic = `${shape.client.toLowerCase()}-${shape.mode}-${shape.sizeBytes}-${shape.producers}`
  const source = `${topic}-source`
  const copies = shape.mode === 'copy'
  if (copies) await fillSource(engine, source, shape.sizeBytes, inputRecords)
  await createTopic(engine.bootstrap, { name: topic, partitions: shape.producers })
  const load = { ...shape, topic, recordsPerTransaction, ...timesOf(smoke) }
  const result = await loadTransactions(engine, copies ? { ...load, source } : load)
  await deleteTopic(engine.bootstrap, topic)
  if (copies) await deleteTopic(engine.bootstrap, source)
  return result
}

/** Transactions that nobody counts. */
async function warmUp(engine: Engine): Promise<void> {
  const [topic, producers] = ['warm-up', 8]
  await createTopic(engine.bootstrap, { name: topic, partitions: producers })
  const load = {
    client: 'Java',
    mode: 'produce',
    topic,
    producers,
    sizeBytes: 100,
    recordsPerTransaction,
  } as const
  await loadTransactions(engine, { ...load, warmUpMs: 0, measuredMs: brokerWarmUpMs })
  await deleteTopic(engine.bootstrap, topic)
}

interface Row {
  readonly transactions: number
  readonly records: number
  readonly p50: number
  readonly p99: number
  readonly cpuMs: number
  readonly peakMegabytes: number
}

function summarize(results: readonly TransactionResult[]): Row {
  const of = (pick: (result: TransactionResult) => number) => median(results.map(pick))
  return {
    transactions: of(result => result.transactions / result.seconds),
    records: of(result => result.records / result.seconds),
    p50: of(result => result.p50Ms),
    p99: of(result => result.p99Ms),
    cpuMs: of(result => result.brokerCpuMsPerTransaction),
    peakMegabytes: of(result => result.brokerResidentPeakMegabytes),
  }
}

/** Every shape on one broker after the other, in each round. */
async function measure(
  sides: readonly Side[],
  shapes: readonly Shape[],
  { rounds, smoke }: SuiteOptions,
): Promise<Row[][]> {
  const results = sides.map(() => shapes.map((): TransactionResult[] => []))
  for (let round = 0; round < rounds; round++) {
    for (const [at, side] of sides.entries()) {
      await withEngine(side, async engine => {
        if (!smoke) await warmUp(engine)
        for (const [index, shape] of shapes.entries()) {
          const result = await measureShape(engine, shape, smoke)
          const rate = Math.round(result.transactions / result.seconds)
          console.log(`  ${sideName(side)}, round ${round + 1}, ${shapeName(shape)}: ${rate} transactions/s`)
          results[at]![index]!.push(result)
        }
      })
    }
  }
  return results.map(list => list.map(summarize))
}

/** Our client against Java's, each with the same work on the same broker. */
function clientVerdicts(shapes: readonly Shape[], rows: readonly Row[], broker: string): string[] {
  return shapes.flatMap((shape, at) => {
    if (shape.client !== 'Millrace') return []
    const java = shapes.findIndex(other => other.client === 'Java' && workName(other) === workName(shape))
    const rate = rows[at]!.records / rows[java]!.records
    return [verdict(`${workName(shape)} on ${broker}, our client's rate against Java's`, rate, '>=', 1, '×')]
  })
}

function verdictsOf(shape: Shape, own: Row, apache: Row): string[] {
  const name = shapeName(shape)
  return [
    verdict(`${name}, rate against Apache Kafka`, own.records / apache.records, '>=', 1, '×'),
    verdict(`${name}, p99 against Apache Kafka`, own.p99 / apache.p99, '<=', 1, '×'),
    verdict(`${name}, CPU against Apache Kafka`, own.cpuMs / apache.cpuMs, '<=', 1, '×'),
  ]
}

async function compare(sync: boolean, options: SuiteOptions): Promise<ResultTable> {
  const sides: Side[] = [{ engine: 'millrace', sync }]
  if (!options.smoke) sides.push({ engine: 'apache', sync })
  const shapes = options.smoke ? shapesOf(100) : [100, 1024].flatMap(shapesOf)
  const [own, apache] = await measure(sides, shapes, options)
  const { warmUpMs, measuredMs } = timesOf(options.smoke)
  return {
    title: `transactions, sync ${sync ? 'on' : 'off'} on both`,
    settings:
      `producers and consumers of Java and of Millrace with their defaults (acks=all), a flush before each commit of Java's, ${recordsPerTransaction} records a transaction, one transaction at a time and a partition for each producer; ` +
      `the copy reads committed records, ${recordsPerTransaction} a poll, and sends its offsets; transaction.version 2; sync on is log.fsync=group here and ` +
      `log.flush.interval.messages=1 there, the topics of coordinators included; ${measuredMs} ms after a warm-up of ${warmUpMs} ms, on a broker that had transactions for ${brokerWarmUpMs} ms before; medians of ${options.rounds} rounds in turn; ` +
      `times are from begin to acknowledged commit; CPU and memory are the broker's process`,
    columns: ['load', 'side', 'txn/s', 'records/s', 'p50 ms', 'p99 ms', 'CPU ms/txn', 'peak MB'],
    rows: shapes.flatMap((shape, index) =>
      sides.map((side, at) => {
        const row = [own, apache][at]![index]!
        const { transactions, records, p50, p99, cpuMs, peakMegabytes } = row
        return [shapeName(shape), sideName(side), transactions, records, p50, p99, cpuMs, peakMegabytes]
      }),
    ),
    verdicts: [
      ...(apache ? shapes.flatMap((shape, index) => verdictsOf(shape, own![index]!, apache[index]!)) : []),
      ...[own, apache].flatMap((list, at) =>
        list && !options.smoke ? clientVerdicts(shapes, list, sideName(sides[at]!)) : [],
      ),
    ],
  }
}

export const transactionsSuite: Suite = {
  name: 'transactions',
  question: 'What do transactions cost, and copying a topic exactly once?',
  async run(options) {
    await compileTransactionLoad()
    const tables: ResultTable[] = []
    for (const sync of [false, true]) {
      const table = await compare(sync, options)
      printTable(table, options.smoke)
      tables.push(table)
    }
    const sides: Side[] = [{ engine: 'millrace', sync: false }]
    if (!options.smoke) sides.unshift({ engine: 'apache', sync: false })
    for (const side of sides) {
      await withEngine(side, async engine => {
        const table = await copyAtFullSpeed(engine, side, options)
        printTable(table, options.smoke)
        tables.push(table)
      })
    }
    return tables
  },
}
