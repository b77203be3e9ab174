// Memory that answers are received into, used again when nobody needs the answer any more.

/** Buffers that are kept for the next answers: a fetch on its way, and what the application has in hand. */
const keptMax = 4
/** Larger ones, of single huge answers, are left to the garbage collector. In bytes. */
const keptBytesMax = 4 << 20
/** Sizes are multiples of this, so that answers of about the same size fit the same buffers. */
const roundBytes = 4096
/** A buffer that so many answers in a row did not fit is given up: those of before were of another size. */
const missesMax = 8

interface Kept {
  readonly buffer: Buffer
  /** Times that something else was asked for. */
  misses: number
}

/** See `FrameReceiverOptions.pool`. Sizes fit closely: `FrameMemory.keep` copies what would waste half of its memory. */
export class ReceiveMemory {
  #kept: Kept[] = []

  /** Bytes that are kept and nobody uses. */
  get keptBytes(): number {
    return this.#kept.reduce((sum, { buffer }) => sum + buffer.length, 0)
  }

  acquire(bytes: number): Buffer {
    const index = this.#kept.findIndex(({ buffer: { length } }) => length >= bytes && length <= bytes * 1.25)
    const found = index >= 0 ? this.#kept.splice(index, 1)[0] : undefined
    for (const kept of this.#kept) kept.misses++
    if (this.#kept.some(({ misses }) => misses > missesMax))
      this.#kept = this.#kept.filter(({ misses }) => misses <= missesMax)
    return found?.buffer ?? Buffer.allocUnsafeSlow(Math.ceil(bytes / roundBytes) * roundBytes)
  }

  release(buffer: Buffer): void {
    if (buffer.length > keptBytesMax) return
    // The oldest goes: sizes that are not asked for any more do not stay.
    if (this.#kept.length === keptMax) this.#kept.shift()
    this.#kept.push({ buffer, misses: 0 })
  }
}
