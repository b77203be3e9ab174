// One partition's log, as users of the package hold it: batches go in at the end and come out by offset.
import type { LogConfig } from '../api/config.ts'
import { LogError } from '../api/errors.ts'
import type {
  AbortedTransaction,
  AppendInfo,
  AppendOptions,
  CommitLevel,
  ProducerView,
  ReadOptions,
  ReadResult,
  SegmentView,
  TimestampOffset,
  TransactionVerification,
} from '../api/types.ts'
import type { FirstBatch } from '../producers/transaction-verification.ts'
import { findMaxTimestamp, findTimestamp } from '../read/find-timestamp.ts'
import { readBack } from '../read/read-back.ts'
import { appendBatches } from './append.ts'
import type { LocalLog } from './local-log.ts'
import { rollLog } from './roll.ts'
import { truncateLog } from './truncation.ts'

/** Made by `LogManager`. Methods that change something throw `LogError`. */
export class PartitionLog {
  readonly #log: LocalLog

  constructor(log: LocalLog) {
    this.#log = log
  }

  get topic(): string {
    return this.#log.topic
  }

  get partition(): number {
    return this.#log.partition
  }

  /** UUID in Kafka's string form. */
  get topicId(): string {
    return this.#log.topicId
  }

  /** Name of its directory: `topic-partition`. */
  get name(): string {
    return this.#log.name
  }

  /** Stamped into batches that are appended without a leader epoch of their own. */
  get leaderEpoch(): number {
    return this.#log.leaderEpoch
  }

  /** First offset that can be read. */
  get logStartOffset(): number {
    return this.#log.offsets.start
  }

  /** Offset that the next record gets. */
  get logEndOffset(): number {
    return this.#log.offsets.end
  }

  /** Readers see what is below: what the configured commit level has made safe. */
  get highWatermark(): number {
    return this.#log.offsets.highWatermark
  }

  /** Read-committed readers see what is below: up to the first record of an undecided transaction. */
  get lastStableOffset(): number {
    return this.#log.lastStableOffset
  }

  /** Bytes of all segments. */
  get sizeInBytes(): number {
    return this.#log.segments.sizeInBytes()
  }

  /** The segments, oldest first. */
  describeSegments(): SegmentView[] {
    return this.#log.segments.views()
  }

  /** Its settings now. */
  get config(): LogConfig {
    return this.#log.config
  }

  /** Changes the settings; they hold from the next append or retention on. */
  configure(config: LogConfig): void {
    this.#log.config = config
  }

  /**
   * Appends contiguous record batches (magic 2), whose headers and CRCs the caller has checked. They are copied: the caller's memory is
   * free again when this returns. They get the next offsets and are written at the end of this turn of the event loop;
   * `LogManager.commit` tells when. Throws a `LogError` with Kafka's code, and then nothing was appended:
   * OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE, TRANSACTION_COORDINATOR_FENCED,
   * RECORD_LIST_TOO_LARGE, INVALID_RECORD, CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR.
   */
  append(batches: Buffer, options: AppendOptions = {}): AppendInfo {
    return appendBatches(this.#log, batches, options)
  }

  /**
   * Whether what was appended is still there and as safe as `level` asks for: what to ask after a `LogManager.commit` of that level that was
   * rejected. The high watermark alone does not tell: what was taken back leaves its offsets to others.
   */
  holds({ fate, lastOffset }: Pick<AppendInfo, 'fate' | 'lastOffset'>, level: CommitLevel): boolean {
    if (level === 'written') return fate.state === 'written'
    return fate.state !== 'takenBack' && this.highWatermark > lastOffset
  }

  /**
   * To be called before the transaction coordinator is asked whether it knows that the producer's transaction is to begin here. Undefined where
   * the transaction is open: nobody needs to be asked. Else the result goes into `AppendOptions.verification`. It is void once its
   * transaction was ended: a batch that was on its way then is refused (INVALID_TXN_STATE), and opens no transaction that nobody would end. Throws INVALID_PRODUCER_EPOCH to a producer that was fenced: it must not stand in the way
   * of the one that has taken over.
   */
  startVerification(batch: FirstBatch): TransactionVerification | undefined {
    const { producers, storage } = this.#log
    producers.checkEpoch(batch.producerId, batch.producerEpoch)
    if (producers.hasOpenTransaction(batch.producerId, batch.producerEpoch)) return undefined
    return producers.verifications.begin(batch, storage.clock.now())
  }

  /** Makes everything appended durable, with fsync `never` too. Rejects with KAFKA_STORAGE_ERROR. */
  flush(): Promise<void> {
    return this.#log.commits.flush(this.#log)
  }

  /**
   * Whole batches from the one that holds `offset`, below the high watermark (or `upperOffset`), up to `maxBytes`. At once when
   * the newest batches in memory hold it, else a promise. Throws or rejects with OFFSET_OUT_OF_RANGE, KAFKA_STORAGE_ERROR.
   */
  read(offset: number, maxBytes: number, options: ReadOptions = {}): ReadResult | Promise<ReadResult> {
    return readBack(this.#log, offset, maxBytes, options)
  }

  /**
   * The first record at or behind the log start offset whose timestamp is at least `timestamp`; undefined when there is none.
   * Records above the high watermark are not looked at.
   */
  offsetForTimestamp(timestamp: number): Promise<TimestampOffset | undefined> {
    this.#log.assertOpen()
    return findTimestamp(this.#log, timestamp)
  }

  /** The first record with the largest timestamp below `upperOffset`, at most the high watermark; undefined when no record has one. */
  maxTimestamp(upperOffset = this.highWatermark): Promise<TimestampOffset | undefined> {
    this.#log.assertOpen()
    return findMaxTimestamp(this.#log, Math.min(upperOffset, this.highWatermark))
  }

  /** The largest epoch at or below `epoch` and where it ends (OffsetForLeaderEpoch); −1, −1 when nothing is known. */
  epochEndOffset(epoch: number): { leaderEpoch: number; endOffset: number } {
    const { epochs, leaderEpoch, offsets } = this.#log
    const found = epochs.cache.endOffsetFor(epoch, leaderEpoch, offsets.end)
    return { leaderEpoch: found.epoch, endOffset: found.endOffset }
  }

  /** The epoch of the batch at `offset`, −1 when not known. */
  epochAt(offset: number): number {
    return this.#log.epochs.cache.epochAt(offset)
  }

  /** Aborted transactions that a reader of `[fromOffset, upperOffset)` has to leave out. */
  abortedTransactions(fromOffset: number, upperOffset: number): AbortedTransaction[] {
    return this.#log.segments.aborted(fromOffset, upperOffset)
  }

  /** Producers with state here. */
  activeProducers(): ProducerView[] {
    return this.#log.producers.views()
  }

  /**
   * Moves the log start offset up to `offset` (−1: the high watermark); resolves with the log start offset when that is durable.
   * Segments wholly below go with the next retention. Throws OFFSET_OUT_OF_RANGE above the high watermark.
   */
  async deleteRecords(offset: number): Promise<number> {
    const log = this.#log
    log.assertSound()
    const { highWatermark } = log.offsets
    const target = offset === -1 ? highWatermark : offset
    if (target < 0 || target > highWatermark) {
      throw new LogError(
        'OFFSET_OUT_OF_RANGE',
        `${log.name} cannot delete up to ${target}: its high watermark is ${highWatermark}`,
      )
    }
    log.startAt(target)
    await log.storage.room.making(() => log.storeStart())
    return log.offsets.start
  }

  /** Closes the active segment and begins the next, unless it is empty. */
  roll(): void {
    rollLog(this.#log)
  }

  /** Takes everything from `offset` on out of the log, durably. For repair: readers may have seen it. */
  truncateTo(offset: number): Promise<void> {
    return truncateLog(this.#log, offset)
  }
}
