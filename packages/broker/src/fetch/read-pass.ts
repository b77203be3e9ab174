// Attempts to answer a fetch: reads each partition in order until the byte limit. Stays synchronous while the hot tail of
// the logs has what is wanted.
import type { PartitionLog, ReadResult } from '@millrace/log'
import { ErrorCode, type FetchResponseInit, zeroUuid } from '@millrace/protocol'
import type { BrokerCore } from '../core.ts'
import { storageErrorCode } from '../storage-error.ts'
import type { ReplyBudget } from './reply-budget.ts'
import type { FetchPartition } from './session.ts'

export type PartitionReply = NonNullable<
  NonNullable<FetchResponseInit['responses']>[number]['partitions']
>[number]

export interface PartitionResult {
  readonly target: FetchPartition
  readonly topic: string
  readonly topicId: string
  readonly log: PartitionLog | undefined
  /** Where reading ended: the high watermark or the last stable offset. */
  readonly upperOffset: number
  readonly reply: PartitionReply
  readonly bytes: number
}

export interface ReadLimits {
  readonly maxBytes: number
  readonly readCommitted: boolean
  readonly replies: ReplyBudget
  /** Whether the client may read a topic that exists. */
  readonly mayRead: (topic: string) => boolean
}

const noRecords: readonly Uint8Array[] = []

/** What a read has brought, if anything. */
interface Found extends Pick<ReadResult, 'nextOffset' | 'abortedTransactions'> {
  readonly chunks: readonly Uint8Array[]
}

export class ReadPass {
  readonly results: PartitionResult[] = []
  /** Bytes of records found. */
  bytes = 0
  /** An error, a diverging epoch, or more data than this reply takes: it must not wait. */
  urgent = false
  readonly #core: BrokerCore
  readonly #targets: readonly FetchPartition[]
  readonly #limits: ReadLimits
  readonly #releases: (() => void)[] = []
  #heldBytes = 0

  constructor(core: BrokerCore, targets: readonly FetchPartition[], limits: ReadLimits) {
    this.#core = core
    this.#targets = targets
    this.#limits = limits
  }

  /** Reads all; returns a promise only if something has to come from the disk. */
  run(): void | Promise<void> {
    while (this.results.length < this.#targets.length) {
      const pending = this.#readOne(this.#targets[this.results.length]!)
      if (pending) return pending.then(() => this.run())
    }
  }

  /** Reads all anew. */
  again(): void | Promise<void> {
    this.release()
    this.results.length = 0
    this.bytes = 0
    this.urgent = false
    return this.run()
  }

  /** The logs that could bring more. */
  logs(): PartitionLog[] {
    return this.results.flatMap(({ log }) => (log ? [log] : []))
  }

  /** Whether a log went on since it was read: then there is no point in waiting for it. */
  get outdated(): boolean {
    return this.results.some(
      ({ log, upperOffset }) => log !== undefined && this.#upperOffset(log) !== upperOffset,
    )
  }

  /** Whether a partition that was read is no more. */
  get vanished(): boolean {
    return this.results.some(
      ({ log, topic, target }) => log !== undefined && this.#core.partition(topic, target.partition) !== log,
    )
  }

  #upperOffset(log: PartitionLog): number {
    return this.#limits.readCommitted ? log.lastStableOffset : log.highWatermark
  }

  /** Gives back buffers that reads have borrowed. */
  release(): void {
    for (const release of this.#releases) release()
    this.#releases.length = 0
    this.#limits.replies.giveBack(this.#heldBytes)
    this.#heldBytes = 0
  }

  #readOne(target: FetchPartition): void | Promise<void> {
    const { image } = this.#core.metadata
    const byId = target.topicId !== zeroUuid
    const topic = byId ? image.topicById(target.topicId) : image.topic(target.topic)
    if (topic) topic.traffic.fetchRequests++
    const name = topic?.name ?? target.topic
    if (!topic) {
      if (!byId && !this.#limits.mayRead(name)) {
        this.#fail(target, name, undefined, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
        return
      }
      this.#fail(target, name, undefined, byId ? this.#unknownId(name) : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
      return
    }
    if (byId) target.topic = name
    if (!this.#limits.mayRead(name)) {
      this.#fail(target, name, undefined, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
      return
    }
    const log = this.#core.partition(name, target.partition)
    if (!log) {
      this.#fail(target, name, undefined, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
      return
    }
    return this.#readLog(target, name, log)
  }

  /** What became of an id that is not there; `name` is what it stood for in this session, empty if it never did. */
  #unknownId(name: string): number {
    if (name === '') return ErrorCode.UNKNOWN_TOPIC_ID
    const madeAnew = this.#core.metadata.image.topic(name) !== undefined
    return madeAnew ? ErrorCode.INCONSISTENT_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  }

  #readLog(target: FetchPartition, topic: string, log: PartitionLog): void | Promise<void> {
    const { currentLeaderEpoch, fetchOffset, lastFetchedEpoch } = target
    if (currentLeaderEpoch !== -1 && currentLeaderEpoch !== log.leaderEpoch) {
      const fenced = currentLeaderEpoch < log.leaderEpoch
      this.#fail(target, topic, log, fenced ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH)
      return
    }
    if (lastFetchedEpoch !== -1 && this.#diverges(target, topic, log)) return
    const { maxBytes, replies } = this.#limits
    const upperOffset = this.#upperOffset(log)
    if (fetchOffset < log.logStartOffset || fetchOffset > log.logEndOffset) {
      this.#fail(target, topic, log, ErrorCode.OFFSET_OUT_OF_RANGE)
      return
    }
    const budget = Math.min(target.maxBytes, maxBytes - this.bytes, replies.leftBytes)
    // The first batch of the whole reply comes whole whatever its size (KIP-74), so that a consumer never stands still.
    const minOneBatch = this.bytes === 0
    if (fetchOffset >= upperOffset || (budget <= 0 && !minOneBatch)) {
      this.#found(target, topic, log, { chunks: noRecords, nextOffset: fetchOffset }, upperOffset)
      return
    }
    try {
      const { readCommitted } = this.#limits
      const read = log.read(fetchOffset, Math.max(budget, 0), { upperOffset, minOneBatch, readCommitted })
      if (read instanceof Promise) {
        // Others read meanwhile: what this one may bring is taken before it is there.
        const reservedBytes = Math.min(Math.max(budget, 0), log.sizeInBytes)
        replies.take(reservedBytes)
        return read.then(
          result => {
            replies.giveBack(reservedBytes)
            if (result.release) this.#releases.push(result.release)
            this.#found(target, topic, log, result, upperOffset)
          },
          (error: unknown) => {
            replies.giveBack(reservedBytes)
            this.#readFailed(target, topic, log, error)
          },
        )
      }
      if (read.release) this.#releases.push(read.release)
      this.#found(target, topic, log, read, upperOffset)
    } catch (error) {
      this.#readFailed(target, topic, log, error)
    }
  }

  #readFailed(target: FetchPartition, topic: string, log: PartitionLog, error: unknown): void {
    const code = storageErrorCode(error)
    this.#core.logger.log('error', 'fetch.read_failed', {
      partition: `${topic}-${target.partition}`,
      offset: target.fetchOffset,
      error: String(error),
    })
    const image = this.#core.metadata.image.topic(topic)
    if (image) image.traffic.failedFetchRequests++
    this.#fail(target, topic, log, code)
  }

  /** Whether the log went another way after the epoch that the reader has last seen (KIP-595), or knows nothing of that: it is told. */
  #diverges(target: FetchPartition, topic: string, log: PartitionLog): boolean {
    const { fetchOffset, lastFetchedEpoch } = target
    const { leaderEpoch: epoch, endOffset } = log.epochEndOffset(lastFetchedEpoch)
    if (epoch < 0 || endOffset < 0 || fetchOffset < log.logStartOffset) {
      this.#fail(target, topic, log, ErrorCode.OFFSET_OUT_OF_RANGE)
      return true
    }
    if (epoch >= lastFetchedEpoch && endOffset >= fetchOffset) return false
    this.urgent = true
    this.#push(target, topic, log, -1, {
      errorCode: ErrorCode.NONE,
      ...this.#offsets(log),
      divergingEpoch: { epoch, endOffset },
      records: noRecords,
    })
    return true
  }

  #offsets(log: PartitionLog) {
    return {
      highWatermark: log.highWatermark,
      lastStableOffset: log.lastStableOffset,
      logStartOffset: log.logStartOffset,
    }
  }

  #found(
    target: FetchPartition,
    topic: string,
    log: PartitionLog,
    { chunks: records, nextOffset, abortedTransactions: aborted = [] }: Found,
    upperOffset: number,
  ): void {
    let bytes = 0
    for (const chunk of records) bytes += chunk.length
    this.#heldBytes += bytes
    this.#limits.replies.take(bytes)
    const abortedTransactions = this.#limits.readCommitted ? [...aborted] : null
    this.bytes += bytes
    // A read ends with its segment, and where memory goes on from the files: waiting would not bring what is there already.
    if (nextOffset < upperOffset && this.bytes > 0) this.urgent = true
    this.#push(
      target,
      topic,
      log,
      upperOffset,
      { errorCode: ErrorCode.NONE, ...this.#offsets(log), abortedTransactions, records },
      bytes,
    )
  }

  #fail(target: FetchPartition, topic: string, log: PartitionLog | undefined, errorCode: number): void {
    this.urgent = true
    const offsets = { highWatermark: -1, lastStableOffset: -1, logStartOffset: -1 }
    // Kafka's answer is an empty list where it has no log to read, and null where it has.
    const abortedTransactions = log === undefined ? [] : null
    this.#push(target, topic, log, -1, { errorCode, ...offsets, abortedTransactions, records: noRecords })
  }

  #push(
    target: FetchPartition,
    topic: string,
    log: PartitionLog | undefined,
    upperOffset: number,
    reply: Omit<PartitionReply, 'partitionIndex'>,
    bytes = 0,
  ): void {
    const { topicId, partition } = target
    this.results.push({
      target,
      topic,
      topicId,
      log,
      upperOffset,
      bytes,
      reply: { partitionIndex: partition, ...reply },
    })
  }
}
