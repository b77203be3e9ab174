// Memory that answers are received into, used again when nobody needs the answer any more.

/** Buffers that are kept for the next answers: a fetch on its way, and what the application has in hand. */
const keptMax = 4
/** Larger ones, of single huge answers, are left to the garbage collector. In bytes. */
const keptBytesMax = 4 << 20
/** Sizes are multiples of this, so that answers of about the same size fit the same buffers. */
const roundBytes = 4096

/** See `FrameReceiverOptions.pool`. Sizes fit closely: `FrameMemory.keep` copies what would waste half of its memory. */
export class ReceiveMemory {
  readonly #kept: Buffer[] = []

  acquire(bytes: number): Buffer {
    const index = this.#kept.findIndex(({ length }) => length >= bytes && length <= bytes * 1.25)
    if (index >= 0) return this.#kept.splice(index, 1)[0]!
    return Buffer.allocUnsafeSlow(Math.ceil(bytes / roundBytes) * roundBytes)
  }

  release(buffer: Buffer): void {
    if (buffer.length > keptBytesMax) return
    // The oldest goes: sizes that are not asked for any more do not stay.
    if (this.#kept.length === keptMax) this.#kept.shift()
    this.#kept.push(buffer)
  }
}
