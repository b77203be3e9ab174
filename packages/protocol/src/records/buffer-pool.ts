// Lends the buffers that batches are written into, so that a producer does not allocate one per batch.

/** The smallest buffer that is kept; sizes are powers of two from here. */
const classBytesMin = 1024
/** The largest buffer that is kept: bigger ones are for single huge records. */
const classBytesMax = 16 * 1024 * 1024

/**
 * Buffers by size class. Keeps at most `keptBytesMax` bytes that nobody uses; what exceeds them goes to the
 * garbage collector.
 */
export class BufferPool {
  readonly #keptBytesMax: number
  readonly #classes = new Map<number, Buffer[]>()
  #keptBytes = 0

  constructor(keptBytesMax = 32 * 1024 * 1024) {
    this.#keptBytesMax = keptBytesMax
  }

  get keptBytes(): number {
    return this.#keptBytes
  }

  /** A buffer of at least `bytes` bytes with anything in it. */
  acquire(bytes: number): Buffer {
    if (bytes > classBytesMax) return Buffer.allocUnsafeSlow(bytes)
    const size = classOf(bytes)
    const kept = this.#classes.get(size)?.pop()
    if (kept === undefined) return Buffer.allocUnsafeSlow(size)
    this.#keptBytes -= size
    return kept
  }

  /**
   * Takes a buffer back: the one acquired, or a view from its start as `RecordBatchWriter.finish` returns.
   * Nobody may read it afterwards: for a producer that is when the broker has answered, not when the socket
   * has taken the bytes.
   */
  release(view: Buffer): void {
    const size = view.buffer.byteLength
    if (view.byteOffset !== 0 || size < classBytesMin || size > classBytesMax || classOf(size) !== size)
      return
    if (this.#keptBytes + size > this.#keptBytesMax) return
    let kept = this.#classes.get(size)
    if (kept === undefined) this.#classes.set(size, (kept = []))
    kept.push(view.length === size ? view : Buffer.from(view.buffer, 0, size))
    this.#keptBytes += size
  }
}

function classOf(bytes: number): number {
  return bytes <= classBytesMin ? classBytesMin : 2 ** (32 - Math.clz32(bytes - 1))
}
