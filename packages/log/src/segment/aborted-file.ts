// The aborted transactions of one segment: in memory once they were asked for, and whether their file has them.
import type { Disk } from '../disk/disk.ts'
import { segmentPath, segmentSuffixes } from '../format/segment-name.ts'
import {
  type AbortedEntry,
  decodeAborted,
  encodeAborted,
  transactionEntryBytes,
} from './transaction-index.ts'

export class AbortedFile {
  readonly #disk: Disk
  readonly #directory: string
  readonly #baseOffset: number
  #entries: AbortedEntry[] | undefined
  /** Entries that the file has as the memory has them; −1 when it has to be written whole. */
  #stored = 0

  constructor(disk: Disk, directory: string, baseOffset: number) {
    this.#disk = disk
    this.#directory = directory
    this.#baseOffset = baseOffset
  }

  get path(): string {
    return segmentPath(this.#directory, this.#baseOffset, segmentSuffixes.transactionIndex)
  }

  /** The file is as the memory is. */
  get stored(): boolean {
    return this.#entries === undefined || this.#stored === this.#entries.length
  }

  /** Entries in memory, −1 while they have not been read. */
  get loadedCount(): number {
    return this.#entries?.length ?? -1
  }

  entries(): readonly AbortedEntry[] {
    return this.#load()
  }

  #load(): AbortedEntry[] {
    if (this.#entries) return this.#entries
    const bytes = this.#disk.readFile(this.path)
    this.#entries = bytes ? decodeAborted(bytes) : []
    this.#stored = this.#entries.length
    if (bytes && bytes.length !== this.#entries.length * transactionEntryBytes) this.#stored = -1
    return this.#entries
  }

  add({ producerId, firstOffset, lastOffset, lastStableOffset }: AbortedEntry): void {
    this.#load().push({ producerId, firstOffset, lastOffset, lastStableOffset })
  }

  /** A segment that was made just now: no file to read. */
  begin(): void {
    this.#entries = []
  }

  /** Recovery fills the list anew. */
  reset(): void {
    this.#entries = []
    this.#stored = -1
  }

  /** Takes back what was added since there were `count` (as `loadedCount` had it). */
  restore(count: number): void {
    if (!this.#entries) return
    if (count >= 0) this.#entries.length = count
    if (this.#stored > this.#entries.length) this.#stored = -1
  }

  /** Forgets transactions that ended at `nextOffset` or later. */
  cut(nextOffset: number): void {
    this.#entries = this.#load().filter(entry => entry.lastOffset < nextOffset)
    if (this.#entries.length < this.#stored) this.#stored = -1
  }

  /** Brings the file up to date with the memory, un-synced. There is none without entries. Throws the disk's error. */
  store(): void {
    const entries = this.#entries
    if (!entries || this.stored) return
    if (entries.length === 0) this.#disk.unlink(this.path)
    else this.#disk.writeFile(this.path, encodeAborted(entries))
    this.#stored = entries.length
  }
}
