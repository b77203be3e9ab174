// One partition's log as the rest of this package handles it: its parts, and what makes them one. What users see is `PartitionLog`.
import type { LogConfig } from '../api/config.ts'
import { storageError } from '../api/errors.ts'
import type { AppendFate } from '../api/types.ts'
import { Turns } from '../disk/turns.ts'
import type { EpochCache } from '../epochs/epoch-cache.ts'
import { LeaderEpochs } from '../epochs/leader-epochs.ts'
import { partitionDirectoryName } from '../format/segment-name.ts'
import { ProducerSnapshots } from '../producers/producer-snapshots.ts'
import type { ProducerStates } from '../producers/producer-states.ts'
import { ReadCursors } from '../read/read-cursors.ts'
import type { SegmentList } from '../segment/segment-list.ts'
import type { Segment, SegmentMark } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import { PartitionTail, type TailEntry } from '../tail/partition-tail.ts'
import { LogOffsets } from './log-offsets.ts'
import { RecoveryPoint } from './recovery-point.ts'
import { SegmentSyncs } from './segment-syncs.ts'
import { SegmentWriter } from './segment-writer.ts'

/** State before the appends of the current group, to go back to when they cannot be written. */
export interface PendingAppends extends AppendFate {
  readonly segment: Segment
  readonly segmentMark: SegmentMark
  readonly logEndOffset: number
  state: AppendFate['state']
  /** They have to be written on a full disk, too: see `AppendOptions.makesRoom`. */
  makesRoom: boolean
}

/** What brings appended batches to the disk (`commit/`), as far as a log knows of it. */
export interface CommitQueue {
  /** A log has its first append since the last write. */
  enlist(log: LocalLog): void
  /** What a log appends now is to be written on a full disk, too. */
  enlistMakingRoom(): void
  put(entry: TailEntry<LocalLog>): void
  /** An append of so many bytes is whole. */
  appended(bytes: number): void
  /** Writes what is pending at once. */
  writeNow(): void
  /** Brings everything of one log into its files, durably. Rejects with KAFKA_STORAGE_ERROR or the disk's error. */
  flush(log: LocalLog): Promise<void>
  /** The same, and out of the journals' reach. */
  settle(log: LocalLog): Promise<void>
}

/** What a log is made from: an empty directory, or what recovery found. */
export interface LocalLogState {
  readonly storage: Storage
  readonly commits: CommitQueue
  readonly directory: string
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  readonly segments: SegmentList
  readonly producers: ProducerStates
  readonly epochs: EpochCache
  readonly logStartOffset: number
  readonly recoveryPoint: number
  readonly config: LogConfig
  /** Made just now: its directory is not known to be durable. */
  readonly fresh: boolean
  /** Its `partition.metadata` was written just now. */
  readonly metadataWritten: boolean
}

export class LocalLog {
  readonly storage: Storage
  readonly commits: CommitQueue
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  /** Of its directory: `topic-partition`. */
  readonly name: string
  readonly directory: string
  readonly offsets: LogOffsets
  readonly segments: SegmentList
  readonly tail = new PartitionTail()
  readonly writer: SegmentWriter
  readonly syncs: SegmentSyncs
  readonly producers: ProducerStates
  readonly snapshots: ProducerSnapshots
  readonly epochs: LeaderEpochs
  readonly recoveryPoint: RecoveryPoint
  readonly cursors = new ReadCursors()
  config: LogConfig
  /** Number and slot of the journal that last named this partition. */
  journalNumber = -1
  journalSlot = -1
  /** Appends of the current group, if there are any. */
  pending: PendingAppends | undefined
  /** Called when readers can see more. */
  onHighWatermark: () => void = () => {}
  /** Everything below is durable, though recovery would look at it: see `flushDue`. */
  #flushedOffset: number
  /** The checkpoint has it, durably, or does not need it. */
  #storedStart: number
  #closed: string | undefined
  #segmentTurns: Turns | undefined

  constructor(state: LocalLogState) {
    const { storage, directory, segments } = state
    this.storage = storage
    this.commits = state.commits
    this.topic = state.topic
    this.partition = state.partition
    this.topicId = state.topicId
    this.name = partitionDirectoryName(state.topic, state.partition)
    this.directory = directory
    this.config = state.config
    this.offsets = new LogOffsets(state.logStartOffset, segments.active.nextOffset)
    this.segments = segments
    this.syncs = new SegmentSyncs(state)
    this.writer = new SegmentWriter(storage, this.tail, this.syncs)
    this.producers = state.producers
    this.snapshots = new ProducerSnapshots(this, directory, state.fresh)
    this.epochs = new LeaderEpochs(storage.disk, directory, state.epochs)
    this.recoveryPoint = new RecoveryPoint({
      storage,
      name: this.name,
      segments,
      snapshots: this.snapshots,
      offset: state.recoveryPoint,
    })
    this.#flushedOffset = state.recoveryPoint
    this.#storedStart = storage.checkpoints.logStart(this.name)
  }

  /** For what takes closed segments out of the log, or others in, and waits for the disk in between. */
  get segmentTurns(): Turns {
    this.#segmentTurns ??= new Turns()
    return this.#segmentTurns
  }

  /** Stamped into batches that are appended without a leader epoch of their own. */
  get leaderEpoch(): number {
    return Math.max(this.storage.leaderEpoch, this.epochs.cache.latest)
  }

  /** Read-committed readers see what is below. */
  get lastStableOffset(): number {
    const { start, highWatermark } = this.offsets
    const unstable = this.producers.firstUnstableOffset(highWatermark)
    // What an open transaction has written may have been deleted.
    return unstable === undefined ? highWatermark : Math.min(Math.max(unstable, start), highWatermark)
  }

  /** The appends that are not written are to be written on a full disk, too. */
  get makesRoom(): boolean {
    return this.pending?.makesRoom ?? false
  }

  /** The group of the appends since the last call is in a file. Returns where it ends. */
  groupWritten(): number {
    if (this.pending) this.pending.state = 'written'
    this.pending = undefined
    return this.offsets.end
  }

  /** Writes to the segment files what is in the journal only. Throws the disk's error; then nothing more is there than before. */
  file(): void {
    this.writer.write(false)
  }

  /** Everything below `offset` is as safe as the configuration asks for. */
  advance(offset: number): void {
    if (this.#closed === undefined && this.offsets.advance(offset)) this.onHighWatermark()
  }

  /** With `fsync: 'never'`: as many records wait for a sync as `flush.messages` allows. */
  get flushDue(): boolean {
    const synced = Math.max(this.#flushedOffset, this.recoveryPoint.offset)
    return this.offsets.end - synced >= this.config.flushMessages
  }

  /** Everything below `offset` has been synced. */
  flushed(offset: number): void {
    this.#flushedOffset = offset
  }

  /** Moves the log start up; false when it is there already. */
  startAt(offset: number): boolean {
    if (!this.offsets.startAt(offset)) return false
    this.epochs.truncateFromStart(offset)
    return true
  }

  /** Makes the log start offset durable, unless it is. Rejects with KAFKA_STORAGE_ERROR. */
  async storeStart(): Promise<void> {
    // On a full disk it is tried again, and the name may be another partition's by then.
    this.assertOpen()
    const offset = this.offsets.start
    if (offset <= this.#storedStart) return
    await this.storage.checkpoints.setLogStart(this.name, offset)
    this.#storedStart = Math.max(this.#storedStart, offset)
  }

  /** The log has been cut, and ends at `offset`. */
  cutAt(offset: number): void {
    this.offsets.cutAt(offset)
    this.recoveryPoint.cutAt(offset)
    this.#flushedOffset = Math.min(this.#flushedOffset, offset)
    this.cursors.clear()
    this.epochs.truncateFromEnd(offset)
    this.snapshots.rebuild(offset)
  }

  /** The partition takes and gives nothing any more; `why` is for those who still hold it. */
  markClosed(why: string): void {
    this.#closed = why
  }

  get closed(): boolean {
    return this.#closed !== undefined
  }

  /** Gives its handles and the memory of its indexes back. */
  release(): void {
    for (const segment of this.segments.all) {
      this.storage.files.release(segment.file)
      this.storage.indexCache.remove(segment)
    }
  }

  assertOpen(): void {
    if (this.#closed !== undefined) throw storageError(`${this.name} ${this.#closed}`)
  }

  assertSound(): void {
    this.assertOpen()
    this.storage.assertSound()
  }

  assertWritable(): void {
    this.assertOpen()
    this.storage.assertWritable()
  }
}
