// What becomes of start-up, throughput, latency and memory as partitions and connections grow.
import { MetadataApi } from '@millrace/protocol'
import { requestFrame, Wire } from '../bare/wire.ts'
import { bareSend, type BareResult } from '../harness/bare.ts'
import { processStats } from '../harness/process-stats.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic, deleteTopic } from '../harness/topics.ts'

const recordBytes = 1024
/** One record to each partition a request: the batch holds one record of 1 KiB. */
const oneRecordBatch = 1

interface Growth {
  readonly send: BareResult
  readonly restartMs: number
}

async function firstMetadata(bootstrap: string): Promise<void> {
  const [host = '', port = ''] = bootstrap.split(':')
  let wire: Wire | undefined
  await new Promise<void>((resolve, reject) => {
    Wire.open(host, Number(port), () => resolve()).then(opened => {
      wire = opened
      wire.send(requestFrame(MetadataApi, 9, { topics: null }, { clientId: 'bench' }))
    }, reject)
  })
  wire?.close()
}

/** A second and more of each: what is over sooner measures how a broker's code is compiled. A synced Apache Kafka takes minutes for that. */
function requestsOf({ engine, sync }: Side, partitions: number): number {
  if (partitions >= 10_000) return 10
  if (partitions >= 1000) return 300
  return engine === 'apache' && sync ? 5000 : 40_000
}

async function growPartitions(side: Side, partitions: number, smoke: boolean): Promise<Growth> {
  const requests = smoke ? 20 : requestsOf(side, partitions)
  return withEngine(
    side,
    async engine => {
      await createTopic(engine.bootstrap, { name: 'growth', partitions })
      const send = await bareSend(engine, {
        topic: 'growth',
        partitions,
        records: requests * partitions,
        size: recordBytes,
        'batch-bytes': oneRecordBatch,
        'warm-up': Math.ceil(requests / 10) * partitions,
      })
      await engine.stop()
      const started = performance.now()
      await engine.start()
      await firstMetadata(engine.bootstrap)
      return { send, restartMs: performance.now() - started }
    },
    { 'max.incremental.fetch.session.cache.slots': '1000' },
  )
}

async function partitionsTable(partitions: number, { rounds, smoke }: SuiteOptions): Promise<ResultTable> {
  const engines = smoke ? (['millrace'] as const) : (['millrace', 'apache'] as const)
  const sides: Side[] = [false, true].flatMap(sync => engines.map(engine => ({ engine, sync })))
  const results = new Map<Side, Growth[]>(sides.map(side => [side, []]))
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      const result = await growPartitions(side, partitions, smoke)
      console.log(
        `  ${partitions} partitions, ${sideName(side)}, round ${round + 1}: ${Math.round(result.send.records / result.send.seconds)} records/s, start ${Math.round(result.restartMs)} ms`,
      )
      results.get(side)!.push(result)
    }
  }
  const rows = sides.map(side => {
    const list = results.get(side)!
    return {
      side,
      rate: median(list.map(({ send }) => send.records / send.seconds)),
      p99: median(list.map(({ send }) => send.p99Ms)),
      memory: median(list.map(({ send }) => send.brokerResidentMegabytes)),
      restart: median(list.map(({ restartMs }) => restartMs)),
    }
  })
  const rateOf = (engine: Side['engine'], sync: boolean) =>
    rows.find(row => row.side.engine === engine && row.side.sync === sync)?.rate
  const own = rateOf('millrace', true)!
  const verdicts: string[] = []
  const unsynced = rateOf('apache', false)
  const synced = rateOf('apache', true)
  if (partitions === 1000 && unsynced !== undefined && synced !== undefined) {
    verdicts.push(
      verdict('durable produce against Apache Kafka without sync', own / unsynced, '>=', 1, '×'),
      verdict('durable produce against Apache Kafka with sync', own / synced, '>=', 10, '×'),
    )
  }
  return {
    title: `${partitions} partitions, one 1 KiB record to each a request`,
    settings: `1 connection, 5 in flight, acks=all; restart is a clean stop and start to the first Metadata answer for all topics; medians of ${rounds} rounds in turn`,
    columns: ['side', 'records/s', 'p99 ms', 'resident MB', 'restart ms'],
    rows: rows.map(row => [sideName(row.side), row.rate, row.p99, row.memory, row.restart]),
    verdicts,
  }
}

async function connectionsTable({ rounds, smoke }: SuiteOptions): Promise<ResultTable> {
  const sides: Side[] = smoke
    ? [{ engine: 'millrace', sync: false }]
    : [
        { engine: 'millrace', sync: false },
        { engine: 'millrace', sync: true },
        { engine: 'apache', sync: false },
      ]
  const rows: (string | number)[][] = []
  for (const side of sides) {
    await withEngine(side, async engine => {
      for (const connections of smoke ? [1, 20] : [1, 100, 1000]) {
        const results: BareResult[] = []
        for (let round = 0; round < rounds; round++) {
          const topic = `connections-${connections}-${round}`
          await createTopic(engine.bootstrap, { name: topic, partitions: 1 })
          results.push(
            await bareSend(engine, {
              topic,
              connections,
              'in-flight': 1,
              records: smoke ? 20_000 : 200_000,
              size: recordBytes,
              'batch-bytes': 16_000,
            }),
          )
          await deleteTopic(engine.bootstrap, topic)
        }
        console.log(`  ${sideName(side)}, ${connections} connections`)
        rows.push([
          `${sideName(side)}, ${connections} connections`,
          median(results.map(result => result.records / result.seconds)),
          median(results.map(result => result.p99Ms)),
          processStats(engine.pid).residentBytes / 2 ** 20,
        ])
      }
    })
  }
  return {
    title: 'connections',
    settings: `1 partition, 1 KiB records, 16 KB requests, 1 in flight on each connection, acks=all; medians of ${rounds} rounds`,
    columns: ['side', 'records/s', 'p99 ms', 'resident MB'],
    rows,
    verdicts: [],
  }
}

/** Prints each table when it is there: the last ones take minutes. */
function printed(table: ResultTable, { smoke }: SuiteOptions): ResultTable {
  printTable(table, smoke)
  return table
}

export const growthSuite: Suite = {
  name: 'growth',
  question: 'What happens with 10,000 partitions?',
  async run(options) {
    const tables: ResultTable[] = []
    for (const partitions of options.smoke ? [10, 100] : [10, 1000, 10_000]) {
      tables.push(printed(await partitionsTable(partitions, options), options))
    }
    return tables
  },
}

export const connectionsSuite: Suite = {
  name: 'connections',
  question: 'What happens with 1,000 connections?',
  async run(options) {
    return [printed(await connectionsTable(options), options)]
  },
}
