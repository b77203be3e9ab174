// Memory for appended batches, laid out as the journal wants it: a gap for an entry header before each batch.
import { journalHeaderBytes } from './journal-format.ts'

const slabBytes = 512 * 1024
/** Batches from this size on are not copied when they own most of the memory they lie in. */
const copyBytesMax = 32 * 1024

/** Where a batch stands: `slab[start, start + journalHeaderBytes)` is the gap, `bytes` follows it or lies elsewhere (`linked`). */
export interface Place {
  slab: Buffer
  start: number
  bytes: Buffer
  linked: boolean
}

/**
 * Copies small batches out of the network's chunks, of which each would pin 64 KiB, into slabs. Batches live and die in about the
 * order in which they came, so a slab goes when its last batch does; the garbage collector sees to it.
 */
export class Arena {
  #slab = Buffer.alloc(0)
  #at = 0

  /** Keeps `batch` and says where. `batch` belongs to the log from now on. */
  store(batch: Buffer): Place {
    const linked = batch.length >= copyBytesMax && batch.length * 2 >= batch.buffer.byteLength
    const wanted = journalHeaderBytes + (linked ? 0 : batch.length)
    if (this.#at + wanted > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, wanted))
      this.#at = 0
    }
    const slab = this.#slab
    const start = this.#at
    this.#at = start + wanted
    if (linked) return { slab, start, bytes: batch, linked }
    const bytes = slab.subarray(start + journalHeaderBytes, start + wanted)
    bytes.set(batch)
    return { slab, start, bytes, linked }
  }
}
