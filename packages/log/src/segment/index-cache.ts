// Bounds the memory of index files: those that were not used for longest are dropped and read again when needed.

interface IndexHolder {
  /** Gives the memory back; false when it cannot now. */
  dropIndexes(): boolean
}

export class IndexCache {
  readonly #maxBytes: number
  readonly #holders = new Map<IndexHolder, number>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get sizeInBytes(): number {
    return this.#bytes
  }

  /** Notes that a segment has loaded its indexes, and drops older ones where it is too much. */
  add(holder: IndexHolder, bytes: number): void {
    this.remove(holder)
    this.#holders.set(holder, bytes)
    this.#bytes += bytes
    if (this.#bytes <= this.#maxBytes) return
    for (const [other, otherBytes] of this.#holders) {
      if (this.#bytes <= this.#maxBytes) return
      if (other === holder || !other.dropIndexes()) continue
      this.#holders.delete(other)
      this.#bytes -= otherBytes
    }
  }

  remove(holder: IndexHolder): void {
    this.#bytes -= this.#holders.get(holder) ?? 0
    this.#holders.delete(holder)
  }
}
