// One segment of a partition's log: a .log file and its indexes.
import { CachedFile } from '../disk/file-cache.ts'
import { lastOffsetOf, maxTimestampOf } from '../format/batch.ts'
import { segmentPath, type SegmentSuffix, segmentSuffixes } from '../format/segment-name.ts'
import { AbortedFile } from './aborted-file.ts'
import { scanBatches } from './batch-scan.ts'
import { IndexFiles, type SegmentIndexes } from './index-files.ts'
import type { SegmentStorage } from './segment-storage.ts'
import type { TimeEntry } from './time-index.ts'
import type { AbortedEntry } from './transaction-index.ts'

/** What an append changes in a segment, to be able to take it back. */
export interface SegmentMark {
  readonly sizeInBytes: number
  readonly nextOffset: number
  readonly maxTimestamp: number
  readonly maxTimestampOffset: number
  readonly rollTimestamp: number
  readonly bytesSinceIndexEntry: number
}

/** The largest timestamp of the records from `start` (the log start offset of then) to below `end`, and an offset of the batch that has it. */
export interface TimestampWalk {
  readonly start: number
  readonly end: number
  readonly largest: { readonly timestamp: number; readonly offset: number }
}

export class Segment {
  readonly baseOffset: number
  readonly file: CachedFile
  /** When it was begun, or its file last written before it was loaded: its age where its first batch has no timestamp. */
  readonly createdAtMs: number
  /** When a batch was last put in, as far as `largestTimestamp` needs it: kept up by batches without a timestamp alone. */
  modifiedAtMs: number
  /** Bytes of the segment, those that are in memory only included. */
  sizeInBytes = 0
  /** Bytes that are in the .log file. */
  filedBytes = 0
  /** Bytes of them that are known to be durable. */
  syncedBytes = 0
  /** The name of the .log file is durable. */
  nameSynced = false
  /** A .log file exists. */
  created = false
  /** Offset after the last record; the base offset while empty. Only kept up for the active segment. */
  nextOffset: number
  /** Largest timestamp and the last offset of the batch that has it; −1 for none, NaN while not looked up. */
  maxTimestamp = -1
  maxTimestampOffset = -1
  /** What was found where that record is deleted; undefined while nobody has looked, or the segment was cut since. */
  timestampWalk: TimestampWalk | undefined
  /** Largest timestamp of the first batch, from which the age is counted; −1 for none, NaN while not looked up. */
  rollTimestamp = -1
  bytesSinceIndexEntry = 0
  /** Taken off `segment.ms` for this segment. */
  rollJitterMs = 0
  readonly #storage: SegmentStorage
  readonly #directory: string
  readonly #indexFiles: IndexFiles
  readonly #abortedFile: AbortedFile
  /** Counts the writings of the index files, and which of them is known to be durable. */
  indexesWritten = 0
  indexesDurable = 0

  constructor(storage: SegmentStorage, directory: string, baseOffset: number, createdAtMs: number) {
    this.#storage = storage
    this.#directory = directory
    this.baseOffset = baseOffset
    this.nextOffset = baseOffset
    this.createdAtMs = createdAtMs
    this.modifiedAtMs = createdAtMs
    this.file = new CachedFile(this.path(segmentSuffixes.log))
    this.#indexFiles = new IndexFiles(storage, directory, baseOffset)
    this.#abortedFile = new AbortedFile(storage.disk, directory, baseOffset)
  }

  /** A segment that nothing was ever appended to. */
  static fresh(storage: SegmentStorage, directory: string, baseOffset: number, createdAtMs: number): Segment {
    const segment = new Segment(storage, directory, baseOffset, createdAtMs)
    segment.#indexFiles.reset()
    segment.#abortedFile.begin()
    return segment
  }

  /** A segment that stands on disk with this size; everything else is looked up when it is needed. */
  static existing(
    storage: SegmentStorage,
    directory: string,
    baseOffset: number,
    sizeInBytes: number,
    createdAtMs: number,
  ): Segment {
    const segment = new Segment(storage, directory, baseOffset, createdAtMs)
    segment.sizeInBytes = sizeInBytes
    segment.filedBytes = sizeInBytes
    segment.syncedBytes = sizeInBytes
    segment.nameSynced = true
    segment.created = true
    segment.maxTimestamp = Number.NaN
    segment.rollTimestamp = Number.NaN
    return segment
  }

  path(suffix: SegmentSuffix): string {
    return segmentPath(this.#directory, this.baseOffset, suffix)
  }

  /** The indexes, read from their files when they are not in memory, rebuilt from the log when the files are not there. */
  indexes(): SegmentIndexes {
    return this.#indexFiles.loaded ?? this.#loadIndexes()
  }

  #loadIndexes(): SegmentIndexes {
    if (!this.#indexFiles.read(this.sizeInBytes)) this.rebuildIndexes()
    const loaded = this.#indexFiles.loaded!
    this.#storage.indexCache.add(this, loaded.offsets.memoryBytes + loaded.times.memoryBytes)
    return loaded
  }

  /** Bytes of the offset and the time index, without reading them. */
  indexSizes(): { readonly offsetIndexBytes: number; readonly timeIndexBytes: number } {
    return this.#indexFiles.sizes()
  }

  /** Gives the memory of the indexes back, if the files have them. */
  dropIndexes(): boolean {
    if (!this.#indexFiles.loaded || !this.indexesStored) return false
    this.lookUpTimestamps()
    this.#indexFiles.drop()
    this.#abortedFile.drop()
    return true
  }

  /** The index files are as the memory is. */
  get indexesStored(): boolean {
    return this.#indexFiles.stored && this.#abortedFile.stored
  }

  /** Makes the indexes from the batches in the file. Offsets and sizes are believed, see recovery for doubt. */
  rebuildIndexes(): void {
    this.resetIndexes()
    const size = this.sizeInBytes
    this.sizeInBytes = 0
    if (size === 0) return
    scanBatches(this.#storage.files.use(this.file), 0, size, (buffer, at, batchBytes) => {
      this.note(
        batchBytes,
        lastOffsetOf(buffer, at),
        maxTimestampOf(buffer, at),
        this.#storage.indexIntervalBytes,
      )
      return true
    })
    this.sizeInBytes = size
  }

  /**
   * Goes back to the last index entry for an offset at or below `offset`, so that the batches from there on can be noted again.
   * Returns the position where they begin.
   */
  rewind(offset: number): number {
    // Missing indexes are not rebuilt here: nobody has verified yet what they would be made from.
    if (!this.#indexFiles.loaded && !this.#indexFiles.read(this.sizeInBytes)) this.resetIndexes()
    const { offsets, times } = this.#indexFiles.loaded!
    const position = offsets.lookup(offset - this.baseOffset)
    if (position === 0) {
      this.resetIndexes()
    } else {
      this.#indexFiles.truncateToPosition(position)
      this.#takeMaxTimestamp(times.last())
      this.bytesSinceIndexEntry = Number.POSITIVE_INFINITY
    }
    this.timestampWalk = undefined
    this.nextOffset = this.baseOffset
    this.sizeInBytes = position
    return position
  }

  /** Makes an empty .log file, to say where the log goes on. */
  createFile(): void {
    this.#storage.files.use(this.file)
    this.created = true
  }

  /** Forgets what the indexes hold; the files will be written anew. */
  resetIndexes(): void {
    this.#indexFiles.reset()
    this.timestampWalk = undefined
    this.maxTimestamp = -1
    this.maxTimestampOffset = -1
    this.rollTimestamp = -1
    this.bytesSinceIndexEntry = 0
  }

  /** Takes account of one batch that was put behind the last one: size, timestamps, index entries. Kafka's `LogSegment.append`. */
  note(batchBytes: number, lastOffset: number, maxTimestamp: number, indexIntervalBytes: number): void {
    if (this.sizeInBytes === 0) this.rollTimestamp = maxTimestamp
    if (maxTimestamp > this.maxTimestamp) {
      this.maxTimestamp = maxTimestamp
      this.maxTimestampOffset = lastOffset
    }
    if (this.bytesSinceIndexEntry > indexIntervalBytes) {
      const { offsets, times } = this.indexes()
      offsets.append(lastOffset - this.baseOffset, this.sizeInBytes)
      if (this.maxTimestampOffset >= 0)
        times.maybeAppend(this.maxTimestamp, this.maxTimestampOffset - this.baseOffset)
      this.bytesSinceIndexEntry = 0
    }
    this.bytesSinceIndexEntry += batchBytes
    this.sizeInBytes += batchBytes
    this.nextOffset = lastOffset + 1
  }

  /** Finds out the timestamps of a segment that came from disk. */
  lookUpTimestamps(): void {
    if (Number.isNaN(this.maxTimestamp)) {
      this.#takeMaxTimestamp(this.indexes().times.last())
    }
    if (!Number.isNaN(this.rollTimestamp)) return
    this.rollTimestamp = -1
    if (this.filedBytes > 0) {
      scanBatches(this.#storage.files.use(this.file), 0, this.filedBytes, (buffer, at) => {
        this.rollTimestamp = maxTimestampOf(buffer, at)
        return false
      })
    }
  }

  /** The largest timestamp of its records, or when the last of them was written if they have none. Kafka's `LogSegment.largestTimestamp`. */
  largestTimestamp(): number {
    this.lookUpTimestamps()
    return this.maxTimestamp >= 0 ? this.maxTimestamp : this.modifiedAtMs
  }

  aborted(): readonly AbortedEntry[] {
    return this.#abortedFile.entries()
  }

  addAborted(entry: AbortedEntry): void {
    this.#abortedFile.add(entry)
  }

  /** Forgets transactions that ended at `offset` or later: recovery fills them in anew. */
  cutAborted(offset: number): void {
    this.#abortedFile.cut(offset)
  }

  mark(): SegmentMark {
    return {
      sizeInBytes: this.sizeInBytes,
      nextOffset: this.nextOffset,
      maxTimestamp: this.maxTimestamp,
      maxTimestampOffset: this.maxTimestampOffset,
      rollTimestamp: this.rollTimestamp,
      bytesSinceIndexEntry: this.bytesSinceIndexEntry,
    }
  }

  /** Takes back what was noted since `mark`. */
  restore(mark: SegmentMark): void {
    this.sizeInBytes = mark.sizeInBytes
    this.nextOffset = mark.nextOffset
    this.maxTimestamp = mark.maxTimestamp
    this.maxTimestampOffset = mark.maxTimestampOffset
    this.rollTimestamp = mark.rollTimestamp
    this.bytesSinceIndexEntry = mark.bytesSinceIndexEntry
    this.#indexFiles.truncate(mark.sizeInBytes, mark.nextOffset - this.baseOffset)
    this.#abortedFile.restore(mark.nextOffset)
  }

  #takeMaxTimestamp(last: TimeEntry | undefined): void {
    this.maxTimestamp = last?.timestamp ?? -1
    this.maxTimestampOffset = last ? last.relativeOffset + this.baseOffset : -1
  }

  /**
   * Cuts the file after `sizeInBytes`, where a batch ends and `nextOffset` follows, and puts the indexes right. Everything must be
   * filed. The caller makes it durable.
   */
  cut(sizeInBytes: number, nextOffset: number): void {
    const { offsets, times } = this.indexes()
    this.#indexFiles.truncate(sizeInBytes, nextOffset - this.baseOffset)
    this.#abortedFile.cut(nextOffset)
    if (this.created) this.#storage.files.use(this.file).truncate(sizeInBytes)
    this.filedBytes = sizeInBytes
    this.syncedBytes = Math.min(this.syncedBytes, sizeInBytes)
    this.timestampWalk = undefined
    // The largest timestamp may have been cut off: count again from the last index entry on.
    const from = offsets.lastPosition()
    this.#takeMaxTimestamp(times.last())
    this.sizeInBytes = from
    this.bytesSinceIndexEntry = 0
    if (sizeInBytes > 0) {
      scanBatches(this.#storage.files.use(this.file), from, sizeInBytes, (buffer, at, batchBytes) => {
        const maxTimestamp = maxTimestampOf(buffer, at)
        if (maxTimestamp > this.maxTimestamp) {
          this.maxTimestamp = maxTimestamp
          this.maxTimestampOffset = lastOffsetOf(buffer, at)
        }
        this.bytesSinceIndexEntry += batchBytes
        return true
      })
    } else {
      this.rollTimestamp = -1
    }
    this.sizeInBytes = sizeInBytes
    this.nextOffset = nextOffset
  }

  /** Adds the closing entry of the time index: the segment takes no more batches. */
  close(): void {
    this.lookUpTimestamps()
    if (this.maxTimestampOffset < 0) return
    this.indexes().times.maybeAppend(this.maxTimestamp, this.maxTimestampOffset - this.baseOffset)
  }

  /**
   * Brings the index files up to date with the memory, un-synced. Entries for batches that are not in the .log file yet go too:
   * whoever reads them after a crash leaves out what points beyond the log.
   */
  storeIndexes(): void {
    if (this.indexesStored) return
    this.indexesWritten++
    this.#indexFiles.store()
    this.#abortedFile.store()
  }

  /**
   * Writes the index files of a segment that is to take the place of others, under names with this `ending`, un-synced. Returns the suffixes of
   * all its files: with `.txnindex` where `withAborted` or where it has entries. Throws the disk's error.
   */
  storeAs(ending: string, withAborted: boolean): SegmentSuffix[] {
    this.#indexFiles.storeAs(ending)
    const suffixes: SegmentSuffix[] = [segmentSuffixes.log, segmentSuffixes.index, segmentSuffixes.timeIndex]
    if (!withAborted && this.aborted().length === 0) return suffixes
    this.#abortedFile.storeAs(ending)
    return [...suffixes, segmentSuffixes.transactionIndex]
  }

  /** Its files are there and durable, whatever their names are at the moment. */
  complete(): void {
    this.created = true
    this.nameSynced = true
    this.filedBytes = this.sizeInBytes
    this.syncedBytes = this.sizeInBytes
  }

  /** The indexes may leave the memory from now on: their files stand where they are looked for. */
  settleIndexes(): void {
    const { offsets, times } = this.indexes()
    this.#storage.indexCache.add(this, offsets.memoryBytes + times.memoryBytes)
  }

  /** Paths of the files beside the .log that exist or may. */
  indexPaths(): string[] {
    const paths = [this.path(segmentSuffixes.index), this.path(segmentSuffixes.timeIndex)]
    if (this.aborted().length > 0) paths.push(this.#abortedFile.path)
    return paths
  }
}
