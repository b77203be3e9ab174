// One segment of a partition's log: a .log file and its indexes.
import { CachedFile } from '../disk/file-cache.ts'
import { lastOffsetOf, maxTimestampOf } from '../format/batch.ts'
import { segmentFileName, type SegmentSuffix, segmentSuffixes } from '../format/segment-name.ts'
import { scanBatches } from './batch-scan.ts'
import { offsetEntryBytes, OffsetIndex } from './offset-index.ts'
import type { SegmentStorage } from './segment-storage.ts'
import { timeEntryBytes, TimeIndex } from './time-index.ts'
import {
  type AbortedEntry,
  decodeAborted,
  encodeAborted,
  transactionEntryBytes,
} from './transaction-index.ts'

/** The offset and time index of a segment, in memory. */
export interface SegmentIndexes {
  readonly offsets: OffsetIndex
  readonly times: TimeIndex
}

/** What an append changes in a segment, to be able to take it back. */
export interface SegmentMark {
  readonly sizeInBytes: number
  readonly nextOffset: number
  readonly maxTimestamp: number
  readonly maxTimestampOffset: number
  readonly rollTimestamp: number
  readonly bytesSinceIndexEntry: number
  readonly abortedCount: number
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
  /** Largest timestamp of the first batch, from which the age is counted; −1 for none, NaN while not looked up. */
  rollTimestamp = -1
  bytesSinceIndexEntry = 0
  /** Taken off `segment.ms` for this segment. */
  rollJitterMs = 0
  readonly #storage: SegmentStorage
  readonly #directory: string
  #indexes: SegmentIndexes | undefined
  #aborted: AbortedEntry[] | undefined
  /** Entries of the index files that are on disk as they are in memory. */
  #storedOffsets = 0
  #storedTimes = 0
  #storedAborted = 0
  /** Counts the writings of the index files, and which of them is known to be durable. */
  indexesWritten = 0
  indexesDurable = 0
  /** The index files on disk may hold more or other than the memory does: write them whole. */
  #storedStale = false

  constructor(storage: SegmentStorage, directory: string, baseOffset: number, createdAtMs: number) {
    this.#storage = storage
    this.#directory = directory
    this.baseOffset = baseOffset
    this.nextOffset = baseOffset
    this.createdAtMs = createdAtMs
    this.modifiedAtMs = createdAtMs
    this.file = new CachedFile(`${directory}/${segmentFileName(baseOffset, segmentSuffixes.log)}`)
  }

  /** A segment that nothing was ever appended to. */
  static fresh(storage: SegmentStorage, directory: string, baseOffset: number, createdAtMs: number): Segment {
    const segment = new Segment(storage, directory, baseOffset, createdAtMs)
    segment.#indexes = segment.#emptyIndexes()
    segment.#aborted = []
    segment.#storedStale = true
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
    return `${this.#directory}/${segmentFileName(this.baseOffset, suffix)}`
  }

  #emptyIndexes(): SegmentIndexes {
    const { segmentIndexBytes } = this.#storage
    return { offsets: new OffsetIndex(segmentIndexBytes), times: new TimeIndex(segmentIndexBytes) }
  }

  /** The indexes, read from their files when they are not in memory, rebuilt from the log when the files are not there. */
  indexes(): SegmentIndexes {
    if (this.#indexes) return this.#indexes
    if (!this.#readIndexes()) this.rebuildIndexes()
    const loaded = this.#indexes!
    this.#storage.indexCache.add(this, loaded.offsets.memoryBytes + loaded.times.memoryBytes)
    return loaded
  }

  #readIndexes(): boolean {
    const { disk, segmentIndexBytes } = this.#storage
    const offsetBytes = disk.readFile(this.path(segmentSuffixes.index))
    const timeBytes = disk.readFile(this.path(segmentSuffixes.timeIndex))
    if (!offsetBytes || !timeBytes) return false
    const offsets = OffsetIndex.parse(offsetBytes, segmentIndexBytes, this.sizeInBytes)
    const times = TimeIndex.parse(timeBytes, segmentIndexBytes)
    this.#indexes = { offsets, times }
    this.#storedOffsets = offsets.count
    this.#storedTimes = times.count
    this.#storedStale =
      offsets.count * offsetEntryBytes !== offsetBytes.length ||
      times.count * timeEntryBytes !== timeBytes.length
    return true
  }

  /** Gives the memory of the indexes back, if the files have them. */
  dropIndexes(): boolean {
    if (!this.#indexes || !this.indexesStored) return false
    this.lookUpTimestamps()
    this.#indexes = undefined
    return true
  }

  /** The index files are as the memory is. */
  get indexesStored(): boolean {
    if (this.#aborted && this.#storedAborted !== this.#aborted.length) return false
    const indexes = this.#indexes
    if (!indexes) return true
    return (
      !this.#storedStale &&
      this.#storedOffsets === indexes.offsets.count &&
      this.#storedTimes === indexes.times.count
    )
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
    if (!this.#indexes && !this.#readIndexes()) this.resetIndexes()
    const { offsets, times } = this.#indexes!
    const position = offsets.lookup(offset - this.baseOffset)
    if (position === 0) {
      this.resetIndexes()
    } else {
      const relative = offsets.truncateToPosition(position)
      times.truncateTo(relative)
      this.#clampStored()
      const last = times.last()
      this.maxTimestamp = last?.timestamp ?? -1
      this.maxTimestampOffset = last ? last.relativeOffset + this.baseOffset : -1
      this.bytesSinceIndexEntry = Number.POSITIVE_INFINITY
    }
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
    this.#indexes = this.#emptyIndexes()
    this.#storedOffsets = 0
    this.#storedTimes = 0
    this.#storedStale = true
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
      const last = this.indexes().times.last()
      this.maxTimestamp = last?.timestamp ?? -1
      this.maxTimestampOffset = last ? last.relativeOffset + this.baseOffset : -1
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
    if (!this.#aborted) {
      const bytes = this.#storage.disk.readFile(this.path(segmentSuffixes.transactionIndex))
      this.#aborted = bytes ? decodeAborted(bytes) : []
      this.#storedAborted = this.#aborted.length
      if (bytes && bytes.length !== this.#aborted.length * transactionEntryBytes) this.#storedAborted = -1
    }
    return this.#aborted
  }

  addAborted({ producerId, firstOffset, lastOffset, lastStableOffset }: AbortedEntry): void {
    this.aborted()
    this.#aborted!.push({ producerId, firstOffset, lastOffset, lastStableOffset })
  }

  /** Recovery fills the list anew. */
  resetAborted(): void {
    this.#aborted = []
    this.#storedAborted = -1
  }

  mark(): SegmentMark {
    return {
      sizeInBytes: this.sizeInBytes,
      nextOffset: this.nextOffset,
      maxTimestamp: this.maxTimestamp,
      maxTimestampOffset: this.maxTimestampOffset,
      rollTimestamp: this.rollTimestamp,
      bytesSinceIndexEntry: this.bytesSinceIndexEntry,
      abortedCount: this.#aborted?.length ?? -1,
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
    if (this.#indexes) {
      this.#indexes.offsets.truncateToPosition(mark.sizeInBytes)
      this.#indexes.times.truncateTo(mark.nextOffset - this.baseOffset)
      this.#clampStored()
    }
    if (this.#aborted && mark.abortedCount >= 0) this.#aborted.length = mark.abortedCount
    if (this.#aborted && this.#storedAborted > this.#aborted.length) this.#storedAborted = -1
  }

  #clampStored(): void {
    const { offsets, times } = this.#indexes!
    if (this.#storedOffsets > offsets.count || this.#storedTimes > times.count) this.#storedStale = true
  }

  /**
   * Cuts the file after `sizeInBytes`, where a batch ends and `nextOffset` follows, and puts the indexes right. Everything must be
   * filed. The caller makes it durable.
   */
  cut(sizeInBytes: number, nextOffset: number): void {
    const { offsets, times } = this.indexes()
    offsets.truncateToPosition(sizeInBytes)
    times.truncateTo(nextOffset - this.baseOffset)
    this.#clampStored()
    this.#aborted = this.aborted().filter(entry => entry.lastOffset < nextOffset)
    if (this.#aborted.length < this.#storedAborted) this.#storedAborted = -1
    if (this.created) this.#storage.files.use(this.file).truncate(sizeInBytes)
    this.filedBytes = sizeInBytes
    this.syncedBytes = Math.min(this.syncedBytes, sizeInBytes)
    // The largest timestamp may have been cut off: count again from the last index entry on.
    const last = times.last()
    const from = offsets.lastPosition()
    this.maxTimestamp = last?.timestamp ?? -1
    this.maxTimestampOffset = last ? last.relativeOffset + this.baseOffset : -1
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
    const { disk } = this.#storage
    if (this.indexesStored) return
    this.indexesWritten++
    if (this.#indexes) {
      const { offsets, times } = this.#indexes
      this.#store(
        segmentSuffixes.index,
        offsets.bytes(this.#storedStale ? 0 : this.#storedOffsets),
        this.#storedOffsets * offsetEntryBytes,
      )
      this.#store(
        segmentSuffixes.timeIndex,
        times.bytes(this.#storedStale ? 0 : this.#storedTimes),
        this.#storedTimes * timeEntryBytes,
      )
      this.#storedOffsets = offsets.count
      this.#storedTimes = times.count
      this.#storedStale = false
    }
    const aborted = this.#aborted
    if (!aborted || this.#storedAborted === aborted.length) return
    const path = this.path(segmentSuffixes.transactionIndex)
    if (aborted.length === 0) disk.unlink(path)
    else disk.writeFile(path, encodeAborted(aborted))
    this.#storedAborted = aborted.length
  }

  #store(suffix: SegmentSuffix, bytes: Buffer, position: number): void {
    const { disk } = this.#storage
    const path = this.path(suffix)
    if (this.#storedStale) {
      disk.writeFile(path, bytes)
      return
    }
    if (bytes.length === 0) return
    const file = disk.open(path, 'create')
    try {
      file.writev([bytes], position)
    } finally {
      file.close()
    }
  }

  /** Paths of the files beside the .log that exist or may. */
  indexPaths(): string[] {
    const paths = [this.path(segmentSuffixes.index), this.path(segmentSuffixes.timeIndex)]
    if (this.aborted().length > 0) paths.push(this.path(segmentSuffixes.transactionIndex))
    return paths
  }
}
