// The sparse index from timestamps to offsets in a segment (`.timeindex`).
import { int64At, writeInt64 } from '../format/batch.ts'

/*
 * entry, 12 bytes:  0  int64  largest timestamp of the segment up to here
 *                   8  int32  last offset of the batch that has it, relative to the segment's base offset
 * Both fields ascend, the timestamp strictly. When a segment is closed its last entry is its largest timestamp.
 */
export const timeEntryBytes = 12

export interface TimeEntry {
  readonly timestamp: number
  readonly relativeOffset: number
}

export class TimeIndex {
  readonly entriesMax: number
  #timestamps: Float64Array
  #relative: Int32Array
  #count = 0

  constructor(maxBytes: number, capacity = 16) {
    this.entriesMax = Math.floor(maxBytes / timeEntryBytes)
    this.#timestamps = new Float64Array(capacity)
    this.#relative = new Int32Array(capacity)
  }

  /** Takes what a file holds, up to the first entry that does not ascend (zeros of pre-allocation among them). */
  static parse(bytes: Buffer, maxBytes: number): TimeIndex {
    const slots = Math.floor(bytes.length / timeEntryBytes)
    const index = new TimeIndex(maxBytes, Math.max(slots, 16))
    for (let slot = 0; slot < slots; slot++) {
      const timestamp = int64At(bytes, slot * timeEntryBytes)
      const relative = bytes.readInt32BE(slot * timeEntryBytes + 8)
      const count = index.#count
      if (relative < 0 || timestamp < 0 || (timestamp === 0 && relative === 0)) break
      if (count > 0 && (timestamp <= index.#timestamps[count - 1]! || relative < index.#relative[count - 1]!))
        break
      index.#timestamps[count] = timestamp
      index.#relative[count] = relative
      index.#count++
    }
    return index
  }

  get count(): number {
    return this.#count
  }

  /** One slot is kept for the entry that closes the segment. */
  get full(): boolean {
    return this.#count >= this.entriesMax - 1
  }

  get memoryBytes(): number {
    return this.#timestamps.byteLength + this.#relative.byteLength
  }

  /** Adds an entry unless the timestamp is not beyond the last one's (or below 0: there is none). */
  maybeAppend(timestamp: number, relativeOffset: number): void {
    const count = this.#count
    if (timestamp < 0 || (count > 0 && timestamp <= this.#timestamps[count - 1]!)) return
    if (count > 0 && relativeOffset < this.#relative[count - 1]!) {
      throw new Error(`time index entry for offset ${relativeOffset} after ${this.#relative[count - 1]}`)
    }
    if (count === this.#relative.length) {
      const timestamps = new Float64Array(count * 2)
      timestamps.set(this.#timestamps)
      this.#timestamps = timestamps
      const relative = new Int32Array(count * 2)
      relative.set(this.#relative)
      this.#relative = relative
    }
    this.#timestamps[count] = timestamp
    this.#relative[count] = relativeOffset
    this.#count = count + 1
  }

  last(): TimeEntry | undefined {
    const count = this.#count
    if (count === 0) return undefined
    return { timestamp: this.#timestamps[count - 1]!, relativeOffset: this.#relative[count - 1]! }
  }

  /** Relative offset before which nothing has a timestamp of at least `timestamp`; 0 when nothing is known. */
  lookup(timestamp: number): number {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if (this.#timestamps[middle]! <= timestamp) low = middle + 1
      else high = middle - 1
    }
    // An entry whose timestamp is the one sought may lie behind records that have it too: only the entry before is safe.
    while (high >= 0 && this.#timestamps[high]! >= timestamp) high--
    return high < 0 ? 0 : this.#relative[high]!
  }

  /** The last entry whose offset is below `relativeOffset`: the largest timestamp of what is before the next index entry. */
  lastBelow(relativeOffset: number): TimeEntry | undefined {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if (this.#relative[middle]! < relativeOffset) low = middle + 1
      else high = middle - 1
    }
    if (high < 0) return undefined
    return { timestamp: this.#timestamps[high]!, relativeOffset: this.#relative[high]! }
  }

  /** Forgets entries for offsets at or beyond `relativeOffset`. */
  truncateTo(relativeOffset: number): void {
    while (this.#count > 0 && this.#relative[this.#count - 1]! >= relativeOffset) this.#count--
  }

  /** Entries from `from` on, as the file has them. */
  bytes(from = 0): Buffer {
    const out = Buffer.allocUnsafe((this.#count - from) * timeEntryBytes)
    for (let slot = from; slot < this.#count; slot++) {
      const at = (slot - from) * timeEntryBytes
      writeInt64(out, this.#timestamps[slot]!, at)
      out.writeInt32BE(this.#relative[slot]!, at + 8)
    }
    return out
  }
}
