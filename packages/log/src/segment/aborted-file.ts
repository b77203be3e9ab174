// The aborted transactions of one segment: in memory once they were asked for, and whether their file has them.
import type { Disk } from '../disk/disk.ts'
import { segmentPath, segmentSuffixes } from '../format/segment-name.ts'
import {
  type AbortedEntry,
  decodeAborted,
  encodeAborted,
  transactionEntryBytes,
} from './transaction-index.ts'

/**
 * Entries are only ever added behind others or cut off the end, in the file as in memory: those that a recovery point vouches for are not
 * written a second time, or a loss of power could take them.
 */
export class AbortedFile {
  readonly #disk: Disk
  readonly #directory: string
  readonly #baseOffset: number
  #entries: AbortedEntry[] | undefined
  /** The first entries, as many as the file has as the memory does. */
  #stored = 0
  /** The file goes on behind these. */
  #overlong = false

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
    return this.#entries === undefined || (!this.#overlong && this.#stored === this.#entries.length)
  }

  entries(): readonly AbortedEntry[] {
    return this.#load()
  }

  #load(): AbortedEntry[] {
    if (this.#entries) return this.#entries
    const bytes = this.#disk.readFile(this.path)
    this.#entries = bytes ? decodeAborted(bytes) : []
    this.#stored = this.#entries.length
    this.#overlong = bytes !== undefined && bytes.length !== this.#stored * transactionEntryBytes
    return this.#entries
  }

  add({ producerId, firstOffset, lastOffset, lastStableOffset }: AbortedEntry): void {
    this.#load().push({ producerId, firstOffset, lastOffset, lastStableOffset })
  }

  /** A segment that was made just now: no file to read. */
  begin(): void {
    this.#entries = []
  }

  /** Gives the memory back: the file is as it is. */
  drop(): void {
    this.#entries = undefined
  }

  /** Forgets transactions that ended at `nextOffset` or later. */
  cut(nextOffset: number): void {
    const entries = this.#load()
    const from = entries.findIndex(entry => entry.lastOffset >= nextOffset)
    if (from < 0) return
    entries.length = from
    if (this.#stored <= from) return
    this.#stored = from
    this.#overlong = true
  }

  /** The same where they were noted and nothing else had to be read for it. */
  restore(nextOffset: number): void {
    if (this.#entries) this.cut(nextOffset)
  }

  /** Brings the file up to date with the memory, un-synced. There is none without entries. Throws the disk's error. */
  store(): void {
    const entries = this.#entries
    if (!entries || this.stored) return
    if (entries.length === 0) this.#disk.unlink(this.path)
    else this.#write(encodeAborted(entries.slice(this.#stored)), this.#stored * transactionEntryBytes)
    this.#stored = entries.length
    this.#overlong = false
  }

  #write(bytes: Buffer, position: number): void {
    const file = this.#disk.open(this.path, 'create')
    try {
      if (this.#overlong) file.truncate(position)
      if (bytes.length > 0) file.writev([bytes], position)
    } catch (error) {
      // A part of it may be there.
      this.#overlong = true
      throw error
    } finally {
      file.close()
    }
  }

  /** Writes the file whole, un-synced, under a name with this `ending`, from which it is to be renamed. Throws the disk's error. */
  storeAs(ending: string): void {
    const entries = this.#load()
    this.#disk.writeFile(`${this.path}${ending}`, encodeAborted(entries))
    this.#stored = entries.length
  }
}
