// The offset and time index of one segment: in memory while they are used, and what of them their files have.
import { segmentPath, segmentSuffixes } from '../format/segment-name.ts'
import { offsetEntryBytes, OffsetIndex } from './offset-index.ts'
import type { SegmentStorage } from './segment-storage.ts'
import { timeEntryBytes, TimeIndex } from './time-index.ts'

/** The offset and time index of a segment, in memory. */
export interface SegmentIndexes {
  readonly offsets: OffsetIndex
  readonly times: TimeIndex
}

export class IndexFiles {
  readonly #storage: SegmentStorage
  readonly #directory: string
  readonly #baseOffset: number
  #loaded: SegmentIndexes | undefined
  /** Entries of the files that are on disk as they are in memory. */
  #storedOffsets = 0
  #storedTimes = 0
  /** The files may hold more or other than the memory does: write them whole. */
  #stale = false

  constructor(storage: SegmentStorage, directory: string, baseOffset: number) {
    this.#storage = storage
    this.#directory = directory
    this.#baseOffset = baseOffset
  }

  get #offsetsPath(): string {
    return segmentPath(this.#directory, this.#baseOffset, segmentSuffixes.index)
  }

  get #timesPath(): string {
    return segmentPath(this.#directory, this.#baseOffset, segmentSuffixes.timeIndex)
  }

  /** Undefined while they are not in memory. */
  get loaded(): SegmentIndexes | undefined {
    return this.#loaded
  }

  /** The files are as the memory is. */
  get stored(): boolean {
    const loaded = this.#loaded
    if (!loaded) return true
    return (
      !this.#stale && this.#storedOffsets === loaded.offsets.count && this.#storedTimes === loaded.times.count
    )
  }

  /** Bytes of the two files, as they are or would be. */
  sizes(): { readonly offsetIndexBytes: number; readonly timeIndexBytes: number } {
    const loaded = this.#loaded
    if (loaded)
      return {
        offsetIndexBytes: loaded.offsets.count * offsetEntryBytes,
        timeIndexBytes: loaded.times.count * timeEntryBytes,
      }
    const { disk } = this.#storage
    return {
      offsetIndexBytes: disk.stat(this.#offsetsPath)?.sizeInBytes ?? 0,
      timeIndexBytes: disk.stat(this.#timesPath)?.sizeInBytes ?? 0,
    }
  }

  /** Reads the files, of a segment of so many bytes; false when one is not there. */
  read(logBytes: number): boolean {
    const { disk, segmentIndexBytes } = this.#storage
    const offsetBytes = disk.readFile(this.#offsetsPath)
    const timeBytes = disk.readFile(this.#timesPath)
    if (!offsetBytes || !timeBytes) return false
    const offsets = OffsetIndex.parse(offsetBytes, segmentIndexBytes, logBytes)
    const times = TimeIndex.parse(timeBytes, segmentIndexBytes)
    this.#loaded = { offsets, times }
    this.#storedOffsets = offsets.count
    this.#storedTimes = times.count
    this.#stale =
      offsets.count * offsetEntryBytes !== offsetBytes.length ||
      times.count * timeEntryBytes !== timeBytes.length
    return true
  }

  /** Forgets all entries; the files will be written anew. */
  reset(): SegmentIndexes {
    const { segmentIndexBytes } = this.#storage
    this.#loaded = { offsets: new OffsetIndex(segmentIndexBytes), times: new TimeIndex(segmentIndexBytes) }
    this.#storedOffsets = 0
    this.#storedTimes = 0
    this.#stale = true
    return this.#loaded
  }

  /** Gives the memory back: the files have it. */
  drop(): void {
    this.#loaded = undefined
  }

  /** Forgets entries of batches that start at `position` or later, and of offsets from `relativeOffset` on. */
  truncate(position: number, relativeOffset: number): void {
    const loaded = this.#loaded
    if (!loaded) return
    loaded.offsets.truncateToPosition(position)
    loaded.times.truncateTo(relativeOffset)
    this.#noteCut(loaded)
  }

  /** The same, as far as the offset index says where a position is. */
  truncateToPosition(position: number): void {
    const loaded = this.#loaded
    if (!loaded) return
    loaded.times.truncateTo(loaded.offsets.truncateToPosition(position))
    this.#noteCut(loaded)
  }

  #noteCut({ offsets, times }: SegmentIndexes): void {
    if (this.#storedOffsets > offsets.count || this.#storedTimes > times.count) this.#stale = true
  }

  /** Brings the files up to date with the memory, un-synced. Throws the disk's error. */
  store(): void {
    const loaded = this.#loaded
    if (!loaded) return
    const { offsets, times } = loaded
    const [fromOffset, fromTime] = this.#stale ? [0, 0] : [this.#storedOffsets, this.#storedTimes]
    this.#write(this.#offsetsPath, offsets.bytes(fromOffset), fromOffset * offsetEntryBytes)
    this.#write(this.#timesPath, times.bytes(fromTime), fromTime * timeEntryBytes)
    this.#storedOffsets = offsets.count
    this.#storedTimes = times.count
    this.#stale = false
  }

  /** Writes the files whole, un-synced, under names with this `ending`, from which they are to be renamed. Throws the disk's error. */
  storeAs(ending: string): void {
    const { disk } = this.#storage
    const { offsets, times } = this.#loaded!
    disk.writeFile(`${this.#offsetsPath}${ending}`, offsets.bytes())
    disk.writeFile(`${this.#timesPath}${ending}`, times.bytes())
    this.#storedOffsets = offsets.count
    this.#storedTimes = times.count
    this.#stale = false
  }

  #write(path: string, bytes: Buffer, position: number): void {
    const { disk } = this.#storage
    if (this.#stale) {
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
}
