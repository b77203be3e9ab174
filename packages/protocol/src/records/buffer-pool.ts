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
  #keptBytesMax: number
  readonly #classes = new Map<number, Buffer[]>()
  /**
   * What is lent. Memory that is not must never come in: a view may start a slab that Node shares among many
   * small buffers, and a buffer that is given back twice would be lent twice.
   */
  readonly #lent = new WeakSet<ArrayBufferLike>()
  #keptBytes = 0

  constructor(keptBytesMax = 32 * 1024 * 1024) {
    this.#keptBytesMax = keptBytesMax
  }

  get keptBytes(): number {
    return this.#keptBytes
  }

  /** From now on no more than this is kept, and what is beyond it is given up, sizes that came back first before others. */
  keepAtMost(bytes: number): void {
    this.#keptBytesMax = bytes
    for (const [size, kept] of this.#classes) {
      while (this.#keptBytes > bytes && kept.pop()) this.#keptBytes -= size
      if (this.#keptBytes <= bytes) return
    }
  }

  /** A buffer of at least `bytes` bytes with anything in it. */
  acquire(bytes: number): Buffer {
    if (bytes > classBytesMax) return Buffer.allocUnsafeSlow(bytes)
    const size = classOf(bytes)
    let buffer = this.#classes.get(size)?.pop()
    if (buffer === undefined) buffer = Buffer.allocUnsafeSlow(size)
    else this.#keptBytes -= size
    this.#lent.add(buffer.buffer)
    return buffer
  }

  /**
   * Takes a buffer back: the one acquired, or a view from its start as `RecordBatchWriter.finish` returns.
   * Nobody may read it afterwards: for a producer that is when the broker has answered, not when the socket
   * has taken the bytes. Memory that this pool has not lent, or that has come back already, is passed over.
   */
  release(view: Buffer): void {
    const size = view.buffer.byteLength
    if (!this.#lent.delete(view.buffer) || this.#keptBytes + size > this.#keptBytesMax) return
    let kept = this.#classes.get(size)
    if (kept === undefined) this.#classes.set(size, (kept = []))
    kept.push(view.length === size ? view : Buffer.from(view.buffer, 0, size))
    this.#keptBytes += size
  }
}

function classOf(bytes: number): number {
  return bytes <= classBytesMin ? classBytesMin : 2 ** (32 - Math.clz32(bytes - 1))
}
