// The newest batches of one partition, in memory: in the file already, in a journal only, nowhere yet.
import type { Segment } from '../segment/segment.ts'
import type { Place } from './arena.ts'

/** A partition, as far as its entries are concerned. */
export interface TailOwner {
  /** Of its directory. */
  readonly name: string
  readonly tail: PartitionTail
  /** It takes and gives nothing any more. */
  readonly closed: boolean
  /** Writes to the segment files what is in the journal only. Throws the disk's error. */
  file(): void
}

/** One batch of a partition. */
export class TailEntry<Owner extends TailOwner = TailOwner> {
  readonly owner: Owner
  readonly segment: Segment
  /** Where the batch begins in the segment's file. */
  readonly position: number
  readonly baseOffset: number
  readonly nextOffset: number
  readonly place: Place
  /** The entry of any partition that came after this one. */
  next: TailEntry | undefined

  constructor(
    owner: Owner,
    segment: Segment,
    position: number,
    baseOffset: number,
    nextOffset: number,
    place: Place,
  ) {
    this.owner = owner
    this.segment = segment
    this.position = position
    this.baseOffset = baseOffset
    this.nextOffset = nextOffset
    this.place = place
  }

  get bytes(): Buffer {
    return this.place.bytes
  }
}

/**
 * The entries of one partition, without gaps up to the end of its log. In order: in the file already (kept for readers),
 * in the journal only, nowhere yet.
 */
export class PartitionTail {
  #entries: TailEntry[] = []
  /** Index of the first live entry: entries before it have been dropped. */
  #head = 0
  /** Index of the first entry that is not in its file. */
  #filed = 0
  /** Index of the first entry that is in no file at all. */
  #written = 0

  get count(): number {
    return this.#entries.length - this.#head
  }

  get hasUnfiled(): boolean {
    return this.#filed < this.#entries.length
  }

  get hasPending(): boolean {
    return this.#written < this.#entries.length
  }

  get firstFiled(): boolean {
    return this.#head < this.#filed
  }

  /** First offset held, or undefined. */
  get startOffset(): number | undefined {
    return this.#entries[this.#head]?.baseOffset
  }

  push(entry: TailEntry): void {
    this.#entries.push(entry)
  }

  /** Entries that are not in their file; with `pending` also those that are in no file at all. */
  unfiled(pending: boolean): TailEntry[] {
    return this.#entries.slice(this.#filed, pending ? this.#entries.length : this.#written)
  }

  markFiled(pending: boolean): void {
    if (pending) this.#written = this.#entries.length
    this.#filed = this.#written
  }

  /** What stands in front of `offset` leaves the log, in whole segments that are written: it need not go to a file any more. */
  giveUp(offset: number): void {
    while (this.#filed < this.#written && this.#entries[this.#filed]!.segment.baseOffset < offset)
      this.#filed++
  }

  /** First offset that is not in its file, infinite when all is. */
  get unfiledOffset(): number {
    return this.#entries[this.#filed]?.baseOffset ?? Number.POSITIVE_INFINITY
  }

  markWritten(): void {
    this.#written = this.#entries.length
  }

  /** Drops the oldest entry, which must be filed. */
  shift(): void {
    this.#entries[this.#head] = undefined as unknown as TailEntry
    this.#head++
    if (this.#head >= 64 && this.#head * 2 >= this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head)
      this.#filed -= this.#head
      this.#written -= this.#head
      this.#head = 0
    }
  }

  /** Drops what is filed and wholly in front of `offset`: its file is to be read. */
  dropFiled(offset: number): void {
    while (this.firstFiled && this.#entries[this.#head]!.nextOffset <= offset) this.shift()
  }

  /** Takes out the entries that were in no file. */
  dropPending(): TailEntry[] {
    return this.#entries.splice(this.#written)
  }

  /** Takes out everything; all of it must be filed or given up. */
  clear(): void {
    this.#entries = []
    this.#head = 0
    this.#filed = 0
    this.#written = 0
  }

  /** Index for `entryAt` of the entry that holds `offset`; −1 when that is before the first or after the last. */
  find(offset: number): number {
    const entries = this.#entries
    let low = this.#head
    let high = entries.length - 1
    if (low > high || offset < entries[low]!.baseOffset || offset >= entries[high]!.nextOffset) return -1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (entries[middle]!.baseOffset <= offset) low = middle
      else high = middle - 1
    }
    // In a gap between batches the next batch is the one.
    return offset < entries[low]!.nextOffset ? low : low + 1
  }

  entryAt(index: number): TailEntry | undefined {
    return this.#entries[index]
  }

  holds(entry: TailEntry): boolean {
    return this.#entries[this.#head] === entry
  }
}
