// A connection to the leader of one partition, for whoever wants the log itself: no group, no fetching ahead, no batching; one request a call.
import { ErrorCode, type FetchResponsePartitionData, ListOffsetsApi } from '@millrace/protocol'
import { isDate } from '../config/kinds.ts'
import { OffsetSpec } from '../admin/partitions/list-offsets.ts'
import { Cluster } from '../cluster/cluster.ts'
import type { BrokerNode } from '../cluster/metadata.ts'
import { clusterPart } from '../config/cluster-table.ts'
import type { DottedOptions } from '../config/option-table.ts'
import { show } from '../config/show.ts'
import { ConsumerBatch } from '../consumer/batch.ts'
import type { LoopOptions, WaitOptions } from '../consumer/call-arguments.ts'
import { checkStart } from '../consumer/check-offset.ts'
import { FetchedChunk } from '../consumer/fetched-chunk.ts'
import { type OffsetTarget, PartitionState } from '../consumer/partition-state.ts'
import type { RecordSource } from '../consumer/record.ts'
import { recordSources } from '../consumer/record-sources.ts'
import {
  BrokerError,
  PositionError,
  ProtocolError,
  RecordTooLargeError,
  StateError,
} from '../errors/index.ts'
import { argumentChecks as check } from './call-arguments.ts'
import { late, LeaderLine } from './leader-line.ts'
import {
  type PartitionConnectionOptions,
  readPartitionOptions,
  type ResolvedPartitionOptions,
  resolvePartitionOptions,
} from './options.ts'
import { fetchOnce, type ReadBatchOptions } from './read-batch.ts'
import { type PartitionRecord, writeOnce, type WrittenBatch } from './write-batch.ts'

const dialTimeoutMs = 10_000

/**
 * Connects to the leader of a partition, as kafka-go's `DialLeader` does. Waits for a topic that is being made or a leader that is being elected, for
 * `timeoutMs` (default 10,000). Throws ConfigError, StateError for wrong arguments, BrokerError for a partition that there is not or that may not be read,
 * OperationTimeoutError, AuthenticationError, the signal's reason.
 *
 *     await using orders = await dialLeader({ brokers: ['localhost:9092'] }, 'orders', 0)
 *     const batch = await orders.readBatch({ minBytes: 1, maxBytes: 1_000_000 })
 */
export async function dialLeader(
  given: PartitionConnectionOptions | (Partial<PartitionConnectionOptions> & DottedOptions),
  topic: string,
  partition: number,
  dial: WaitOptions = {},
): Promise<PartitionConnection> {
  const options = readPartitionOptions(given)
  const resolved = resolvePartitionOptions(options)
  check.partition('dialLeader: partition', { topic, partition })
  check.dial('dialLeader: dial', dial)
  const cluster = new Cluster({
    ...clusterPart(options),
    allowAutoTopicCreation: options.allowAutoTopicCreation ?? false,
  })
  try {
    const leader = await findLeader(cluster, topic, partition, dial)
    return new PartitionConnection(
      new LeaderLine(cluster, { topic, partition }, leader, resolved.redials),
      resolved,
    )
  } catch (error) {
    cluster.close()
    throw error
  }
}

async function findLeader(
  cluster: Cluster,
  topic: string,
  partition: number,
  { timeoutMs = dialTimeoutMs, signal }: WaitOptions,
): Promise<BrokerNode> {
  const { partitions } = await cluster.topic(topic, { timeoutMs, signal })
  const what = `dialling the leader of ${topic}-${partition}`
  if (partition >= partitions.length) {
    const there = `topic "${topic}" has ${partitions.length} partitions, numbered from 0`
    throw new BrokerError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, what, there)
  }
  const attempt = (limit?: AbortSignal) =>
    cluster.connectionTo({ leaderOf: { topic, partition } }, 'fetch', limit)
  await cluster.retry(what, attempt, { timeoutMs, signal })
  return cluster.metadata.nodes.get(cluster.metadata.partition(topic, partition)!.leader)!
}

/**
 * The leader of one partition, dialled by {@link dialLeader}. Reads and writes go over sockets of their own, so that a read that waits for records holds up no write.
 * Calls end with OperationTimeoutError when their deadline is over; the connection is as good as before then.
 */
export class PartitionConnection implements AsyncDisposable {
  readonly #line: LeaderLine
  readonly #options: ResolvedPartitionOptions
  readonly #state: PartitionState
  readonly #source: RecordSource<Buffer, Buffer>
  /** On the monotonic clock. */
  #readDeadline = Number.POSITIVE_INFINITY
  #writeDeadline = Number.POSITIVE_INFINITY
  #reading = false

  /** @internal Made by {@link dialLeader}. */
  constructor(line: LeaderLine, options: ResolvedPartitionOptions) {
    const { topic, partition } = line.partition
    this.#line = line
    this.#options = options
    this.#state = new PartitionState(topic, partition)
    this.#source = recordSources<Buffer, Buffer>({})(this.#state)
  }

  /** Name of the topic. */
  get topic(): string {
    return this.#state.topic
  }

  /** Number of the partition, from 0 on. */
  get partition(): number {
    return this.#state.partition
  }

  /** The broker that is asked: the one that was dialled, or with `onLeaderChange: 'redial'` the one that led when it was last asked. */
  get leader(): BrokerNode {
    return this.#line.leader
  }

  /** Where the next `readBatch` starts; undefined before the first one, which starts where the log does. */
  get offset(): number | undefined {
    return this.#state.fetchOffset
  }

  /** Sets both deadlines, as Go's `SetDeadline`: calls from now on end at that time. Undefined takes them away. Throws StateError for what is no Date. */
  setDeadline(at: Date | undefined): void {
    this.setReadDeadline(at)
    this.setWriteDeadline(at)
  }

  /** The deadline of `readBatch`, of the look-ups of offsets, and of `seek`. Throws StateError for what is no Date. */
  setReadDeadline(at: Date | undefined): void {
    this.#readDeadline = this.#deadlineAt('setReadDeadline', at)
  }

  /** The deadline of `write`. Throws StateError for what is no Date. */
  setWriteDeadline(at: Date | undefined): void {
    this.#writeDeadline = this.#deadlineAt('setWriteDeadline', at)
  }

  /**
   * Reads on at {@link offset}: resolves as soon as `minBytes` are there, with whole record batches up to `maxBytes`, and with undefined when nothing came within `maxWaitMs`
   * (so with 0 it never waits). What is there with `minBytes` 1 is never waited for, as kafka-go's `ReadBatch` may. The next call starts behind the whole batch, however much of it was
   * walked over. Throws PositionError `OFFSET_OUT_OF_RANGE` for an offset that the log does not have, CorruptRecordError, RecordTooLargeError for a batch larger than `maxBytes` from brokers
   * that cut it off, OperationTimeoutError, BrokerError, ConnectionError, StateError while another read is under way.
   */
  async readBatch(options: ReadBatchOptions = {}): Promise<ConsumerBatch | undefined> {
    check.read('readBatch: options', options)
    if (this.#reading) throw new StateError('readBatch: the call before still reads; await it')
    this.#reading = true
    try {
      if (this.#state.fetchOffset === undefined)
        await this.seek('earliest', { ...(options.signal && { signal: options.signal }) })
      return await this.#read(this.#state.fetchOffset!, options)
    } finally {
      this.#reading = false
    }
  }

  async #read(offset: number, options: ReadBatchOptions): Promise<ConsumerBatch | undefined> {
    const state = this.#state
    const { generation } = state
    const leftMs = this.#left(this.#readDeadline, 'reading')
    const data = await this.#fetch(offset, leftMs, options)
    state.highWatermark = data.highWatermark
    state.lastStableOffset = data.lastStableOffset
    if (data.logStartOffset >= 0) state.logStartOffset = data.logStartOffset
    const bytes = data.records?.[0]
    if (!bytes || bytes.length === 0) return undefined
    const { checkCrcs, decompressedMaxBytes, readCommitted } = this.#options
    const chunk = new FetchedChunk({
      topic: state.topic,
      partition: state.partition,
      bytes,
      fetchOffset: offset,
      aborted: readCommitted ? (data.abortedTransactions ?? []) : undefined,
      checkCrcs,
      decompressedMaxBytes,
    })
    if (chunk.isEmpty)
      throw new RecordTooLargeError(
        `the batch at offset ${offset} of ${state.name} does not fit into maxBytes`,
      )
    const batch = new ConsumerBatch(chunk, this.#source, state)
    // Unless it was sought meanwhile.
    if (state.generation === generation) state.fetchOffset = chunk.endOffset
    return batch
  }

  async #fetch(
    offset: number,
    leftMs: number,
    options: ReadBatchOptions,
  ): Promise<FetchResponsePartitionData> {
    const { topic, partition } = this
    try {
      return await fetchOnce(this.#line, offset, this.#options.readCommitted, leftMs, options)
    } catch (error) {
      const isOutOfRange = error instanceof BrokerError && error.errorCode === ErrorCode.OFFSET_OUT_OF_RANGE
      if (!isOutOfRange) throw error
      const message = `offset ${offset} is not in the log: seek to where to go on`
      throw new PositionError('OFFSET_OUT_OF_RANGE', topic, partition, message)
    }
  }

  /**
   * Where the log starts, one past its last record (the last stable offset with `read_committed`), or the first offset at or after a time in ms since the epoch. Undefined where no record is
   * that young. Throws as {@link readBatch} does.
   */
  async offsetOf(place: OffsetTarget, options: LoopOptions = {}): Promise<number | undefined> {
    check.loop('offsetOf: options', options)
    checkStart(this.#state.name, place, ['earliest', 'latest'])
    const { topic, partition } = this
    const timestamp = typeof place === 'object' ? place.timestamp : OffsetSpec[place]
    const isolationLevel = this.#options.readCommitted ? 1 : 0
    const what = `looking up an offset of ${this.#state.name}`
    const { topics } = await this.#line.ask(
      ListOffsetsApi,
      version => ({
        replicaId: -1,
        ...(version >= 2 && { isolationLevel }),
        topics: [{ name: topic, partitions: [{ partitionIndex: partition, timestamp }] }],
      }),
      {
        what,
        purpose: 'general',
        minVersion: 1,
        leftMs: this.#left(this.#readDeadline, 'looking up an offset of'),
        signal: options.signal,
        errorOf: found => ({ errorCode: found.topics[0]?.partitions[0]?.errorCode ?? 0 }),
      },
    )
    const found = topics[0]?.partitions[0]
    if (!found) throw new ProtocolError(`${what}: the response leaves it out`)
    return found.offset < 0 ? undefined : found.offset
  }

  /**
   * Moves {@link offset} and returns it: to a number without asking anybody, to the start or the end of the log, or to the first record at or after a time (to the end where no record is
   * that young). Throws StateError for what is no place, and as {@link readBatch} does.
   */
  async seek(to: number | OffsetTarget, options: LoopOptions = {}): Promise<number> {
    checkStart(this.#state.name, to, ['earliest', 'latest'])
    const found = typeof to === 'number' ? to : await this.offsetOf(to, options)
    const offset = found ?? (await this.offsetOf('latest', options)) ?? 0
    this.#state.moveTo(offset)
    return offset
  }

  /**
   * Writes records as one batch, in order, and resolves when the leader has answered (`acks`). Nothing is repeated but, with `onLeaderChange: 'redial'`, what a broker refused: a batch whose
   * answer is lost may or may not be in the log, and the error says so by its class. Throws StateError for no records and for what is none, BrokerError (`MESSAGE_TOO_LARGE`,
   * `NOT_ENOUGH_REPLICAS`, …), ConnectionError, OperationTimeoutError.
   */
  async write(records: readonly PartitionRecord[], options: LoopOptions = {}): Promise<WrittenBatch> {
    check.loop('write: options', options)
    const { acks, codec, compressionLevel } = this.#options
    const leftMs = this.#left(this.#writeDeadline, 'writing to')
    return writeOnce(this.#line, records, { acks, codec, compressionLevel, leftMs, signal: options.signal })
  }

  /** Closes the sockets at once. What is under way fails with ClosedError, and so does every later call. */
  close(): void {
    this.#line.cluster.close()
  }

  /** `await using`: the same at the end of the block. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }

  #deadlineAt(call: string, at: Date | undefined): number {
    if (at === undefined) return Number.POSITIVE_INFINITY
    if (!isDate(at) || Number.isNaN(at.getTime()))
      throw new StateError(`${call}: at is ${show(at)}: write a Date, or undefined for none`)
    const { clock } = this.#line.cluster
    return clock.monotonic() + at.getTime() - clock.now()
  }

  /** Time that is left, in ms. Throws OperationTimeoutError when there is none. */
  #left(deadline: number, doing: string): number {
    const leftMs = deadline - this.#line.cluster.clock.monotonic()
    if (leftMs <= 0) throw late(`${doing} ${this.#state.name}`)
    return leftMs
  }
}
