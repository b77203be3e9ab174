// How fast a topic is copied, exactly once and without transactions, by Java's client and by ours.
import type { Engine } from '../../conformance/harness/engine.ts'
import { bareSend } from './bare.ts'
import { type ResultTable, verdict } from './report.ts'
import { type Side, sideName } from './sides.ts'
import { median } from './statistics.ts'
import type { SuiteOptions } from './suite.ts'
import { createTopic, deleteTopic } from './topics.ts'
import { loadTransactions, type TransactionLoad, type TransactionResult } from './transaction-load.ts'

interface Stream extends Pick<TransactionLoad, 'client' | 'sizeBytes'> {
  readonly mode: 'stream' | 'stream-plain'
}

const streamIntervalMs = 100
const streamRecords = (sizeBytes: number, smoke: boolean) =>
  smoke ? 30_000 : sizeBytes <= 100 ? 3_000_000 : 900_000

async function measureStream(
  engine: Engine,
  stream: Stream,
  source: string,
  smoke: boolean,
): Promise<TransactionResult> {
  const topic = `${stream.client.toLowerCase()}-${stream.mode}-${stream.sizeBytes}`
  await createTopic(engine.bootstrap, { name: topic, partitions: 1 })
  const result = await loadTransactions(engine, {
    ...stream,
    topic,
    source,
    producers: 1,
    recordsPerTransaction: 500,
    records: streamRecords(stream.sizeBytes, smoke),
    intervalMs: streamIntervalMs,
    warmUpMs: 0,
    measuredMs: 0,
  })
  await deleteTopic(engine.bootstrap, topic)
  return result
}

/** One table for a broker. */
export async function copyAtFullSpeed(
  engine: Engine,
  side: Side,
  options: SuiteOptions,
): Promise<ResultTable> {
  const streams = (options.smoke ? [100] : [100, 1024]).flatMap(sizeBytes =>
    (['Java', 'Millrace'] as const).flatMap((client): Stream[] => [
      { client, mode: 'stream', sizeBytes },
      { client, mode: 'stream-plain', sizeBytes },
    ]),
  )
  const results = new Map(streams.map(stream => [stream, [] as TransactionResult[]]))
  for (const sizeBytes of new Set(streams.map(stream => stream.sizeBytes)))
    await fillSource(engine, `source-${sizeBytes}`, sizeBytes, streamRecords(sizeBytes, options.smoke))
  for (let round = 0; round < options.rounds; round++)
    for (const [stream, list] of results)
      list.push(await measureStream(engine, stream, `source-${stream.sizeBytes}`, options.smoke))
  const rateOf = (list: readonly TransactionResult[]) =>
    median(list.map(({ records, seconds }) => records / seconds))
  const find = (client: Stream['client'], mode: Stream['mode'], sizeBytes: number) =>
    rateOf(
      [...results].find(
        ([each]) => each.client === client && each.mode === mode && each.sizeBytes === sizeBytes,
      )![1],
    )
  return {
    title: `copying a topic at full speed on ${sideName(side)}`,
    settings: `one partition to one partition, read committed with transactions, each a transaction of ${streamIntervalMs} ms; without, a flush and a commit of offsets every ${streamIntervalMs} ms; the first third is the warm-up; Millrace's is ExactlyOnceProcessor, Java's polls and sends until the interval is over; CPU is the client's whole process; medians of ${options.rounds} rounds in turn`,
    columns: ['client', 'size', 'transactions', 'records/s', 'MB/s', 'txn/s', 'µs CPU/record'],
    rows: [...results].map(([{ client, mode, sizeBytes }, list]) => [
      client,
      `${sizeBytes} B`,
      mode === 'stream' ? 'yes' : 'no',
      rateOf(list),
      (rateOf(list) * sizeBytes) / 1e6,
      median(list.map(({ transactions, seconds }) => transactions / seconds)),
      median(list.map(({ clientCpuMicrosPerRecord }) => clientCpuMicrosPerRecord)),
    ]),
    verdicts: [...new Set(streams.map(stream => stream.sizeBytes))].flatMap(sizeBytes => [
      verdict(
        `${sizeBytes} B exactly once, our rate against Java's`,
        find('Millrace', 'stream', sizeBytes) / find('Java', 'stream', sizeBytes),
        '>=',
        1,
        '×',
      ),
      verdict(
        `${sizeBytes} B exactly once, against ours without transactions`,
        find('Millrace', 'stream', sizeBytes) / find('Millrace', 'stream-plain', sizeBytes),
        '>=',
        0.8,
        '×',
      ),
    ]),
  }
}

/** Fills a topic that a copy reads: without transactions, so that both sides read the same. */
export async function fillSource(
  engine: Engine,
  topic: string,
  sizeBytes: number,
  records: number,
): Promise<void> {
  await createTopic(engine.bootstrap, { name: topic, partitions: 1 })
  const how = { size: sizeBytes, 'batch-bytes': 16_000, 'warm-up': 0 }
  await bareSend(engine, { topic, records, ...how })
}
