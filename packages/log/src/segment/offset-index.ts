// The sparse index from offsets to positions in a segment (`.index`).

/*
 * entry, 8 bytes:   0  int32  last offset of a batch, relative to the segment's base offset
 *                   4  int32  position in the .log file where that batch starts
 * Entries ascend in both fields. The file has no header and no checksum: it is rebuilt from the log after a crash.
 */
export const offsetEntryBytes = 8
/** Offsets of a segment are relative to its base, in 31 bits. */
export const relativeOffsetMax = 0x7fffffff

export class OffsetIndex {
  readonly entriesMax: number
  #relative: Int32Array
  #positions: Int32Array
  #count: number

  constructor(maxBytes: number, capacity = 16) {
    this.entriesMax = Math.floor(maxBytes / offsetEntryBytes)
    this.#relative = new Int32Array(capacity)
    this.#positions = new Int32Array(capacity)
    this.#count = 0
  }

  /**
   * Takes what a file holds. Zeros at the end of pre-allocated files, a torn entry, and everything from the first entry on that
   * does not ascend or points to `logBytes` or beyond are left out.
   */
  static parse(bytes: Buffer, maxBytes: number, logBytes: number): OffsetIndex {
    const slots = Math.floor(bytes.length / offsetEntryBytes)
    const index = new OffsetIndex(maxBytes, Math.max(slots, 16))
    for (let slot = 0; slot < slots; slot++) {
      const relative = bytes.readInt32BE(slot * offsetEntryBytes)
      const position = bytes.readInt32BE(slot * offsetEntryBytes + 4)
      if (position < 0 || position >= logBytes || relative < 0) break
      const count = index.#count
      if (count > 0 && (relative <= index.#relative[count - 1]! || position <= index.#positions[count - 1]!))
        break
      // A first entry of zeros is what an empty pre-allocated file looks like: a batch at 0 needs no entry anyway.
      if (count === 0 && relative === 0 && position === 0) continue
      index.#relative[count] = relative
      index.#positions[count] = position
      index.#count++
    }
    return index
  }

  get count(): number {
    return this.#count
  }

  get full(): boolean {
    return this.#count >= this.entriesMax
  }

  get memoryBytes(): number {
    return this.#relative.byteLength + this.#positions.byteLength
  }

  append(relativeOffset: number, position: number): void {
    const count = this.#count
    if (
      count > 0 &&
      (relativeOffset <= this.#relative[count - 1]! || position <= this.#positions[count - 1]!)
    ) {
      throw new Error(
        `offset index entry ${relativeOffset} → ${position} after ${this.#relative[count - 1]} → ${this.#positions[count - 1]}`,
      )
    }
    if (count === this.#relative.length) {
      this.#relative = grow(this.#relative, count * 2)
      this.#positions = grow(this.#positions, count * 2)
    }
    this.#relative[count] = relativeOffset
    this.#positions[count] = position
    this.#count = count + 1
  }

  /** Position of the last indexed batch whose last offset is at most `relativeOffset`; 0 when there is none. */
  lookup(relativeOffset: number): number {
    const slot = this.#slotOf(relativeOffset)
    return slot < 0 ? 0 : this.#positions[slot]!
  }

  /** The last indexed relative offset at or below `relativeOffset`; 0 when there is none. */
  floorOffset(relativeOffset: number): number {
    const slot = this.#slotOf(relativeOffset)
    return slot < 0 ? 0 : this.#relative[slot]!
  }

  /** The last indexed position at or below `position`; 0 when there is none. */
  floorPosition(position: number): number {
    let slot = this.#count - 1
    while (slot >= 0 && this.#positions[slot]! > position) slot--
    return slot < 0 ? 0 : this.#positions[slot]!
  }

  /** Position of the last entry, 0 for none: where a scan to the end of the log begins. */
  lastPosition(): number {
    return this.#count === 0 ? 0 : this.#positions[this.#count - 1]!
  }

  /** Forgets entries of batches that start at `position` or later; returns the relative offset of the first of them, or the largest possible. */
  truncateToPosition(position: number): number {
    let relative = 0x7fffffff
    while (this.#count > 0 && this.#positions[this.#count - 1]! >= position) {
      this.#count--
      relative = this.#relative[this.#count]!
    }
    return relative
  }

  /** Entries from `from` on, as the file has them. */
  bytes(from = 0): Buffer {
    const out = Buffer.allocUnsafe((this.#count - from) * offsetEntryBytes)
    for (let slot = from; slot < this.#count; slot++) {
      const at = (slot - from) * offsetEntryBytes
      out.writeInt32BE(this.#relative[slot]!, at)
      out.writeInt32BE(this.#positions[slot]!, at + 4)
    }
    return out
  }

  #slotOf(relativeOffset: number): number {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if (this.#relative[middle]! <= relativeOffset) low = middle + 1
      else high = middle - 1
    }
    return high
  }
}

function grow(array: Int32Array, capacity: number): Int32Array {
  const grown = new Int32Array(capacity)
  grown.set(array)
  return grown
}
