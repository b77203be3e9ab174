// One partition's log: batches go in at the end and come out by offset.
import { invariant } from '@millrace/runtime'
import {
  attributesOf,
  isLogAppendTime,
  lastOffsetDeltaOf,
  leaderEpochOf,
  maxTimestampOf,
  producerIdOf,
  sizeOf,
  stampBatch,
} from '../format/batch.ts'
import { duplicateInfo, inspectBatches } from './append-check.ts'
import type { CommitLevel } from '../commit/committer.ts'
import type { LogConfig } from '../api/config.ts'
import type { EpochCache } from '../epochs/epoch-cache.ts'
import { LogError, storageError } from '../api/errors.ts'
import { TailEntry, PartitionTail } from '../tail/hot-tail.ts'
import { readBack } from '../read/log-read.ts'
import { findMaxTimestamp, findTimestamp } from '../read/log-times.ts'
import { PartitionFiles } from './partition-files.ts'
import { type GroupMark, type PartitionLogState, writtenFate } from './partition-log-state.ts'
import type { ProducerStates } from '../producers/producer-states.ts'
import { ReadCursors } from '../read/read-cursors.ts'
import { mustRoll } from '../segment/roll-policy.ts'
import { Segment } from '../segment/segment.ts'
import type { SegmentList } from '../segment/segment-list.ts'
import { partitionDirectoryName } from '../format/segment-name.ts'
import type { Storage } from '../storage/storage.ts'
import type {
  AbortedTransaction,
  AppendInfo,
  AppendOptions,
  ProducerView,
  ReadOptions,
  ReadResult,
  SegmentView,
  TimestampOffset,
} from '../api/types.ts'

/** Made by `LogManager`. Methods that change something throw `LogError`. */
export class PartitionLog {
  readonly topic: string
  readonly partition: number
  /** UUID in Kafka's string form. */
  readonly topicId: string
  /** @internal */ readonly storage: Storage
  /** @internal */ readonly segments: SegmentList
  /** @internal */ readonly producers: ProducerStates
  /** @internal */ readonly epochs: EpochCache
  /** @internal */ readonly tail = new PartitionTail()
  /** @internal */ readonly files: PartitionFiles
  /** @internal */ readonly cursors = new ReadCursors()
  /** @internal Number and slot of the journal that last named this partition. */
  journalNumber = -1
  /** @internal */ journalSlot = -1
  #config: LogConfig
  #logStartOffset: number
  /** The checkpoint has it, durably, or does not need it. */
  #storedLogStart: number
  #logEndOffset: number
  #highWatermark: number
  #mark: GroupMark | undefined
  #closed: string | undefined

  /** @internal */
  constructor(state: PartitionLogState) {
    this.storage = state.storage
    this.topic = state.topic
    this.partition = state.partition
    this.topicId = state.topicId
    this.segments = state.segments
    this.producers = state.producers
    this.epochs = state.epochs
    this.#config = state.config
    this.#logStartOffset = state.logStartOffset
    this.#storedLogStart = state.storage.checkpoints.logStart(this.name)
    this.#logEndOffset = state.segments.active.nextOffset
    this.#highWatermark = this.#logEndOffset
    this.files = new PartitionFiles(this, state)
  }

  /** Stamped into batches that are appended without a leader epoch of their own. */
  get leaderEpoch(): number {
    return Math.max(this.storage.leaderEpoch, this.epochs.latest)
  }

  /** Name of its directory: `topic-partition`. */
  get name(): string {
    return partitionDirectoryName(this.topic, this.partition)
  }

  /** First offset that can be read. */
  get logStartOffset(): number {
    return this.#logStartOffset
  }

  /** Offset that the next record gets. */
  get logEndOffset(): number {
    return this.#logEndOffset
  }

  /** Readers see what is below: what the configured commit level has made safe. */
  get highWatermark(): number {
    return this.#highWatermark
  }

  /** Read-committed readers see what is below: up to the first record of an undecided transaction. */
  get lastStableOffset(): number {
    const unstable = this.producers.firstUnstableOffset(this.#highWatermark)
    return unstable === undefined ? this.#highWatermark : Math.min(unstable, this.#highWatermark)
  }

  /** Bytes of all segments. */
  get sizeInBytes(): number {
    return this.segments.sizeInBytes()
  }

  /** The segments, oldest first. */
  describeSegments(): SegmentView[] {
    return this.segments.views()
  }

  get config(): LogConfig {
    return this.#config
  }

  /** Changes the settings; they hold from the next append or retention on. */
  configure(config: LogConfig): void {
    this.#config = config
  }

  /**
   * Appends contiguous record batches (magic 2), whose headers and CRCs the caller has checked. They are copied: the caller's memory is
   * free again when this returns. They get the next offsets and are written at the end of this turn of the event loop;
   * `LogManager.commit` tells when. Throws a `LogError` with Kafka's code, and then nothing was appended:
   * OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE, TRANSACTION_COORDINATOR_FENCED,
   * RECORD_LIST_TOO_LARGE, INVALID_RECORD, CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR.
   */
  append(batches: Buffer, options: AppendOptions = {}): AppendInfo {
    const { makesRoom = false } = options
    if (makesRoom) this.#assertSound()
    else this.#assertWritable()
    const client = options.origin !== 'coordinator'
    const { duplicate, maxTimestamp, offsetCount } = inspectBatches(batches, this.producers, {
      client,
      transactionV2: options.transactionV2 ?? false,
    })
    if (duplicate) {
      const mark = this.#mark
      const pending = mark !== undefined && duplicate.lastOffset >= mark.logEndOffset
      return duplicateInfo(duplicate, batches, this.#logStartOffset, pending ? mark : writtenFate)
    }
    if (batches.length > this.#config.segmentBytes) {
      throw new LogError(
        'RECORD_LIST_TOO_LARGE',
        `${batches.length} bytes do not fit into a segment of ${this.#config.segmentBytes} bytes`,
      )
    }
    const baseOffset = this.#logEndOffset
    const fate = this.#enlist(makesRoom)
    this.#rollIfDue(batches.length, maxTimestamp, baseOffset + offsetCount - 1, makesRoom)
    const epoch = options.leaderEpoch ?? this.leaderEpoch
    this.#noteEpoch(epoch, baseOffset)
    for (let at = 0; at < batches.length; ) {
      const size = sizeOf(batches, at)
      const batch = size === batches.length ? batches : batches.subarray(at, at + size)
      this.storage.committer.put(this.#put(batch, epoch))
      at += size
    }
    const info = {
      baseOffset,
      lastOffset: this.#logEndOffset - 1,
      logAppendTimeMs: isLogAppendTime(attributesOf(batches, 0)) ? maxTimestamp : -1,
      logStartOffset: this.#logStartOffset,
      duplicate: false,
      fate,
    }
    this.storage.committer.appended(batches.length)
    return info
  }

  /**
   * @internal Takes a batch in that a journal has and the files have not. It has its offset and epoch, and its segment is stated, not
   * chosen. Visible after `replayed`.
   */
  replay(batch: Buffer, baseOffset: number, segmentBase: number): void {
    const { active } = this.segments
    if (active.sizeInBytes === 0 && this.segments.count === 1) this.restartAt(segmentBase)
    else if (segmentBase > active.baseOffset) {
      this.files.snapshots.writeIfRoom(this.#logEndOffset)
      this.#beginSegment(segmentBase)
    }
    this.#logEndOffset = baseOffset
    const epoch = leaderEpochOf(batch, 0)
    this.#noteEpoch(epoch, baseOffset)
    this.#put(batch, epoch)
    this.tail.markWritten()
  }

  /** @internal Gives up what the files hold and goes on at `baseOffset`. */
  beginAgain(baseOffset: number): void {
    this.#logStartOffset = Math.max(this.storage.checkpoints.logStart(this.name), baseOffset)
    this.restartAt(baseOffset)
    this.epochs.truncateFromEnd(baseOffset)
    this.files.snapshots.beginAt(baseOffset)
  }

  /** @internal All journals have been read and are durable. */
  replayed(): void {
    this.#highWatermark = this.#logEndOffset
  }

  /** @internal Everything that there is has been found. What was deleted up to beyond it goes on where the deletion said. */
  recovered(): void {
    if (this.#logEndOffset < this.#logStartOffset) this.beginAgain(this.#logStartOffset)
    invariant(
      this.#logStartOffset <= this.#highWatermark && this.#highWatermark <= this.#logEndOffset,
      'a log begins before its high watermark, and that is not beyond its end',
    )
  }

  #enlist(makesRoom: boolean): GroupMark {
    if (makesRoom) this.storage.committer.enlistMakingRoom()
    if (this.#mark) {
      if (makesRoom) this.#mark.makesRoom = true
      return this.#mark
    }
    const segment = this.segments.active
    const segmentMark = segment.mark()
    this.#mark = { segment, segmentMark, logEndOffset: this.#logEndOffset, makesRoom, state: 'pending' }
    this.storage.committer.enlist(this)
    return this.#mark
  }

  /** Takes one batch in at the end of the log. Must not fail: what can is checked before. */
  #put(bytes: Buffer, epoch: number): TailEntry {
    const segment = this.segments.active
    const baseOffset = this.#logEndOffset
    const place = this.storage.arena.store(bytes)
    const batch = place.bytes
    stampBatch(batch, 0, baseOffset, epoch)
    const lastOffset = baseOffset + lastOffsetDeltaOf(batch, 0)
    const position = segment.sizeInBytes
    const maxTimestamp = maxTimestampOf(batch, 0)
    segment.note(batch.length, lastOffset, maxTimestamp, this.#config.indexIntervalBytes)
    if (maxTimestamp < 0) segment.modifiedAtMs = this.storage.clock.now()
    this.#logEndOffset = lastOffset + 1
    if (producerIdOf(batch, 0) >= 0) {
      const completed = this.producers.apply(batch, 0)
      if (completed?.aborted) segment.addAborted(completed)
    }
    this.producers.mapEndOffset = lastOffset + 1
    const entry = new TailEntry(this, segment, position, baseOffset, lastOffset + 1, place)
    this.storage.hotTail.push(entry)
    return entry
  }

  #noteEpoch(epoch: number, offset: number): void {
    if (this.epochs.assign(epoch, offset)) this.files.epochsChanged = true
  }

  #rollIfDue(sizeInBytes: number, maxTimestamp: number, lastOffset: number, makesRoom: boolean): void {
    const { clock, room } = this.storage
    const next = { sizeInBytes, maxTimestamp, lastOffset }
    if (!mustRoll(this.segments.active, this.#config, next, () => clock.now())) return
    if (makesRoom) room.makingNow(() => this.roll())
    else this.roll()
  }

  /** Closes the active segment and begins the next, unless it is empty. */
  roll(): void {
    if (this.segments.active.sizeInBytes > 0) this.#rollTo(this.#logEndOffset)
  }

  #rollTo(baseOffset: number): void {
    this.#assertSound()
    // A snapshot at the start of each segment: recovery of a segment begins with it.
    this.files.snapshots.write(this.#logEndOffset)
    this.#beginSegment(baseOffset)
  }

  #beginSegment(baseOffset: number): void {
    this.segments.active.close()
    this.files.closing.push(this.segments.active)
    this.segments.push(this.#newSegment(baseOffset))
    this.#logEndOffset = baseOffset
  }

  #newSegment(baseOffset: number): Segment {
    const { clock, random } = this.storage
    const segment = Segment.fresh(this.storage, this.files.directory, baseOffset, clock.now())
    const { segmentJitterMs, segmentMs } = this.#config
    segment.rollJitterMs = Math.floor(random.float() * Math.min(segmentJitterMs, segmentMs))
    return segment
  }

  /** @internal Begins anew at an offset, with nothing in the log. */
  restartAt(baseOffset: number): void {
    if (this.segments.count === 1 && this.segments.active.baseOffset === baseOffset && this.sizeInBytes === 0)
      return
    this.tail.clear()
    for (const segment of this.segments.clear()) this.files.removeSegmentNow(segment)
    this.segments.push(this.#newSegment(baseOffset))
    this.#logStartOffset = Math.max(this.#logStartOffset, baseOffset)
    this.#logEndOffset = baseOffset
    this.#highWatermark = baseOffset
  }

  /** @internal Writes to the segment files what is in the journal only. Throws the disk's error; then nothing more is there than before. */
  file(): void {
    this.files.writeTail(false)
  }

  /** @internal The group of the appends since the last call is in a file: its mark is of no more use. */
  groupWritten(): number {
    if (this.#mark) this.#mark.state = 'written'
    this.#mark = undefined
    return this.#logEndOffset
  }

  /** @internal Everything below `offset` is as safe as the configuration asks for. */
  advance(offset: number): boolean {
    if (offset <= this.#highWatermark || this.#closed !== undefined) return false
    invariant(offset <= this.#logEndOffset, 'the high watermark is not beyond the end of the log')
    this.#highWatermark = offset
    return true
  }

  /** @internal Takes back the appends of the current group, which could not be written. */
  rollBack(): void {
    const mark = this.#mark
    if (!mark) return
    this.#mark = undefined
    mark.state = 'takenBack'
    this.tail.dropPending()
    for (const segment of this.segments.removeAfter(mark.segment)) {
      this.files.removeSegmentNow(segment)
    }
    this.files.reopen(mark.segment)
    mark.segment.restore(mark.segmentMark)
    this.#logEndOffset = mark.logEndOffset
    if (this.epochs.truncateFromEnd(mark.logEndOffset)) this.files.epochsChanged = true
    this.files.cutBack(mark.segment)
    this.cursors.clear()
    this.files.snapshots.rebuild(mark.logEndOffset)
  }

  /**
   * Whether what was appended is still there and as safe as `level` asks for: what to ask after a `LogManager.commit` of that level that was
   * rejected. The high watermark alone does not tell: what was taken back leaves its offsets to others.
   */
  holds({ fate, lastOffset }: Pick<AppendInfo, 'fate' | 'lastOffset'>, level: CommitLevel): boolean {
    if (level === 'written') return fate.state === 'written'
    return fate.state !== 'takenBack' && this.#highWatermark > lastOffset
  }

  /** @internal The appends that are not written are to be written on a full disk, too. */
  get makesRoom(): boolean {
    return this.#mark?.makesRoom ?? false
  }

  /**
   * Whole batches from the one that holds `offset`, below the high watermark (or `upperOffset`), up to `maxBytes`. At once when
   * the newest batches in memory hold it, else a promise. Throws or rejects with OFFSET_OUT_OF_RANGE, KAFKA_STORAGE_ERROR.
   */
  read(offset: number, maxBytes: number, options: ReadOptions = {}): ReadResult | Promise<ReadResult> {
    if (offset < this.#logStartOffset || offset > this.#logEndOffset) {
      throw new LogError(
        'OFFSET_OUT_OF_RANGE',
        `offset ${offset} is not in ${this.#logStartOffset} … ${this.#logEndOffset} of ${this.topic}-${this.partition}`,
      )
    }
    this.#assertOpen()
    const upperOffset = Math.min(options.upperOffset ?? this.#highWatermark, this.#highWatermark)
    return readBack(this, offset, maxBytes, upperOffset, options.minOneBatch ?? true)
  }

  /**
   * The first record at or behind the log start offset whose timestamp is at least `timestamp`; undefined when there is none.
   * Records above the high watermark are not looked at.
   */
  offsetForTimestamp(timestamp: number): Promise<TimestampOffset | undefined> {
    this.#assertOpen()
    return findTimestamp(this, timestamp)
  }

  /** The first record with the largest timestamp below `upperOffset`, at most the high watermark; undefined when no record has one. */
  maxTimestamp(upperOffset = this.#highWatermark): Promise<TimestampOffset | undefined> {
    this.#assertOpen()
    return findMaxTimestamp(this, Math.min(upperOffset, this.#highWatermark))
  }

  /** The largest epoch at or below `epoch` and where it ends (OffsetForLeaderEpoch); −1, −1 when nothing is known. */
  epochEndOffset(epoch: number): { leaderEpoch: number; endOffset: number } {
    const found = this.epochs.endOffsetFor(epoch, this.leaderEpoch, this.#logEndOffset)
    return { leaderEpoch: found.epoch, endOffset: found.endOffset }
  }

  /** The epoch of the batch at `offset`, −1 when not known. */
  epochAt(offset: number): number {
    return this.epochs.epochAt(offset)
  }

  /** Aborted transactions that a reader of `[fromOffset, upperOffset)` has to leave out. */
  abortedTransactions(fromOffset: number, upperOffset: number): AbortedTransaction[] {
    return this.segments.aborted(fromOffset, upperOffset)
  }

  /** Producers with state here. */
  activeProducers(): ProducerView[] {
    return this.producers.views()
  }

  /**
   * Moves the log start offset up to `offset` (−1: the high watermark); resolves with the log start offset when that is durable.
   * Segments wholly below go with the next retention. Throws OFFSET_OUT_OF_RANGE above the high watermark.
   */
  async deleteRecords(offset: number): Promise<number> {
    this.#assertSound()
    const target = offset === -1 ? this.#highWatermark : offset
    if (target < 0 || target > this.#highWatermark) {
      throw new LogError(
        'OFFSET_OUT_OF_RANGE',
        `${this.topic}-${this.partition} cannot delete up to ${target}: its high watermark is ${this.#highWatermark}`,
      )
    }
    this.startAt(target)
    await this.storage.room.making(() => this.storeLogStart())
    return this.#logStartOffset
  }

  /** @internal Makes the log start offset durable, unless it is. Rejects with KAFKA_STORAGE_ERROR. */
  async storeLogStart(): Promise<void> {
    const offset = this.#logStartOffset
    if (offset <= this.#storedLogStart) return
    await this.storage.checkpoints.setLogStart(this.name, offset)
    this.#storedLogStart = Math.max(this.#storedLogStart, offset)
  }

  /** @internal */
  startAt(offset: number): boolean {
    if (offset <= this.#logStartOffset) return false
    invariant(offset <= this.#highWatermark, 'a log does not begin beyond its high watermark')
    this.#logStartOffset = offset
    if (this.epochs.truncateFromStart(offset)) this.files.epochsChanged = true
    return true
  }

  /** Takes everything from `offset` on out of the log, durably. For repair: readers may have seen it. */
  async truncateTo(offset: number): Promise<void> {
    this.#assertWritable()
    if (offset >= this.#logEndOffset) return
    if (offset < this.#logStartOffset)
      throw new LogError('OFFSET_OUT_OF_RANGE', `${offset} is below the log start offset`)
    // What comes while it settles has to settle too: a group under way would move the high watermark to where nothing is any more.
    while (this.#mark || this.#highWatermark < this.#logEndOffset || this.tail.hasUnfiled) {
      await this.storage.committer.settle(this)
      this.#assertSound()
    }
    this.files.truncate(offset)
    const { active } = this.segments
    this.#logEndOffset = active.nextOffset
    this.#highWatermark = Math.min(this.#highWatermark, this.#logEndOffset)
    this.cursors.clear()
    if (this.epochs.truncateFromEnd(this.#logEndOffset)) this.files.epochsChanged = true
    this.files.snapshots.rebuild(this.#logEndOffset)
    await this.files.sync()
  }

  /** @internal The partition takes and gives nothing any more; `why` is for those who still hold it. */
  markClosed(why: string): void {
    this.#closed = why
  }

  /** @internal */
  get closed(): boolean {
    return this.#closed !== undefined
  }

  #assertOpen(): void {
    if (this.#closed !== undefined) throw storageError(`${this.topic}-${this.partition} ${this.#closed}`)
  }

  #assertSound(): void {
    this.#assertOpen()
    this.storage.assertSound()
  }

  #assertWritable(): void {
    this.#assertOpen()
    this.storage.assertWritable()
  }
}
