// Memory that answers are received into, used again when nobody needs the answer any more.

/** Buffers that are kept for the next answers: a fetch on its way, and what the application has in hand. */
const keptMax = 4
/** Larger ones, of single huge answers, are left to the garbage collector. In bytes. */
const keptBytesMax = 4 << 20
/** Small sizes are multiples of this. */
const roundBytes = 4096
/** Eight sizes from one power of two to the next: what one answer frees, another one fits, here and in the allocator, which would otherwise fill holes in part and grow. */
const sizesPerOctave = 8
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
    return found?.buffer ?? Buffer.allocUnsafeSlow(sizeFor(bytes))
  }

  release(buffer: Buffer): void {
    if (buffer.length > keptBytesMax) return
    // The oldest goes: sizes that are not asked for any more do not stay.
    if (this.#kept.length === keptMax) this.#kept.shift()
    this.#kept.push({ buffer, misses: 0 })
  }
}

function sizeFor(bytes: number): number {
  const step = Math.max(roundBytes, 2 ** Math.floor(Math.log2(bytes)) / sizesPerOctave)
  return Math.ceil(bytes / step) * step
}
