// Partitions in memory that a consumer reads, and how tests take records from it.
import assert from 'node:assert/strict'
import {
  FetchApi,
  type FetchRequest,
  RecordBatchWriter,
  type RecordHeaderInit,
  readBatchHeader,
  setLeaderEpoch,
} from '@millrace/protocol'
import { Consumer, type ConsumerOptions, type ConsumerRecord } from '../../src/index.ts'
import { type Arrival, FakeCluster } from './fake-broker.ts'

export const batchRecords = 5

/** Partitions with logs of batches of five records, whose values are their offsets; sessions as a broker keeps them. */
export class FakeLogs {
  readonly ends: number[]
  readonly topicId: string
  leaderEpoch = 0
  /** Hurts the bytes of a batch on their way out. */
  damage: ((baseOffset: number, bytes: Buffer) => void) | undefined
  /** Headers of the record with an offset; records have none by default. */
  headersOf: ((offset: number) => readonly RecordHeaderInit[]) | undefined
  /** What fetches asked for, by partition. */
  readonly asked: { readonly partition: number; readonly offset: number }[] = []
  readonly requests: { readonly partitions: readonly number[]; readonly maxWaitMs: number }[] = []
  #session = new Map<number, number>()
  #sessionEpoch = 0

  constructor(topicId: string, ends: number[]) {
    this.topicId = topicId
    this.ends = ends
  }

  forgetSession(): void {
    this.#sessionEpoch = -1
  }

  fetch({ request }: Arrival<FetchRequest>, error: (partition: number) => number = () => 0) {
    const head = { throttleTimeMs: 0, errorCode: 0, sessionId: 42 }
    if (request.sessionEpoch === 0) {
      this.#session = new Map()
      this.#sessionEpoch = 0
    } else if (request.sessionEpoch !== this.#sessionEpoch) {
      return { ...head, errorCode: 71, sessionId: 0, responses: [] }
    }
    this.#sessionEpoch++
    for (const { partitions } of request.forgottenTopicsData) {
      for (const partition of partitions) this.#session.delete(partition)
    }
    for (const { partitions } of request.topics) {
      for (const { partition, fetchOffset } of partitions) this.#session.set(partition, fetchOffset)
    }
    this.requests.push({ partitions: [...this.#session.keys()], maxWaitMs: request.maxWaitMs })
    const partitions = [...this.#session].map(([partitionIndex, offset]) => {
      this.asked.push({ partition: partitionIndex, offset })
      return this.answer(partitionIndex, offset, error(partitionIndex))
    })
    return { ...head, responses: [{ topicId: this.topicId, partitions }] }
  }

  /** What one partition answers. */
  answer(partitionIndex: number, offset: number, errorCode = 0) {
    const highWatermark = this.ends[partitionIndex]!
    const records = errorCode === 0 && offset < highWatermark ? [this.#batch(partitionIndex, offset)] : null
    return { partitionIndex, errorCode, highWatermark, lastStableOffset: highWatermark, records }
  }

  /** The batch that contains an offset. */
  #batch(partition: number, offset: number): Buffer {
    const baseOffset = Math.floor(offset / batchRecords) * batchRecords
    const writer = new RecordBatchWriter()
    writer.reset({ baseOffset })
    const end = Math.min(baseOffset + batchRecords, this.ends[partition]!)
    for (let at = baseOffset; at < end; at++)
      writer.append(1_000, null, String(at), this.headersOf?.(at) ?? [])
    const bytes = Buffer.from(writer.finish())
    setLeaderEpoch(readBatchHeader(bytes), this.leaderEpoch)
    this.damage?.(baseOffset, bytes)
    return bytes
  }
}

export function setUp(ends: number[], options: Partial<ConsumerOptions> = {}, brokers = [1]) {
  const cluster = new FakeCluster(brokers)
  const topic = cluster.topic(
    't',
    ends.map(() => brokers[0]!),
  )
  const logs = new FakeLogs(topic.topicId, ends)
  cluster.on(FetchApi, arrival => logs.fetch(arrival))
  const consumer = new Consumer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    retryBackoffMs: 1,
    retryBackoffMaxMs: 5,
    reconnectBackoffMs: 1,
    ...options,
  })
  return { cluster, topic, logs, consumer }
}

/** The next `count` records, the last one processed as the others are. */
export async function take(consumer: Consumer, count: number): Promise<ConsumerRecord[]> {
  const records: ConsumerRecord[] = []
  for await (const record of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
    records.push(record)
    consumer.markProcessed(record)
    if (records.length === count) break
  }
  return records
}

export function assertRun(records: readonly ConsumerRecord[], from: number, to: number): void {
  assert.deepEqual(
    records.map(({ offset }) => offset),
    Array.from({ length: to - from }, (_, index) => from + index),
  )
  for (const record of records) assert.equal(record.value!.toString(), String(record.offset))
}
