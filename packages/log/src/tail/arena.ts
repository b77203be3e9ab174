// Memory for appended batches, laid out as the journal wants it: a gap for an entry header before each batch.
import { journalHeaderBytes } from '../format/journal-format.ts'

const slabBytes = 4 * 1024 ** 2
/** Slabs that are kept for reuse when nothing lies in them any more. */
const freeSlabsMax = 4

/** A piece of memory that batches lie in, until the last of them is given up. */
export class Slab {
  readonly bytes: Buffer
  /** Batches and readers that it is held for, and the arena while it fills it. */
  holds = 1

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
}

/** Where a batch stands: `slab.bytes[start, start + journalHeaderBytes)` is the gap, `bytes` follows it. */
export interface Place {
  readonly slab: Slab
  readonly start: number
  readonly bytes: Buffer
}

/**
 * Copies batches out of the memory that they were received into. Batches live and die in about the order in which they came, so a slab is
 * used anew when its last batch has gone. Who reads a batch holds its slab; who forgets to release it costs a new slab, no more.
 */
export class Arena {
  #current = new Slab(Buffer.alloc(0))
  #at = 0
  readonly #free: Slab[] = []

  /** Copies `batch` and says where it is now. It is there until `release` is called for its slab. */
  store(batch: Buffer): Place {
    const wanted = journalHeaderBytes + batch.length
    if (this.#at + wanted > this.#current.bytes.length) this.#next(wanted)
    const slab = this.#current
    const start = this.#at
    this.#at = start + wanted
    slab.holds++
    const bytes = slab.bytes.subarray(start + journalHeaderBytes, this.#at)
    bytes.set(batch)
    return { slab, start, bytes }
  }

  #next(wanted: number): void {
    const full = this.#current
    this.#current = this.#take(wanted)
    this.#at = 0
    this.release(full)
  }

  #take(wanted: number): Slab {
    const free = wanted <= slabBytes ? this.#free.pop() : undefined
    if (!free) return new Slab(Buffer.allocUnsafeSlow(Math.max(slabBytes, wanted)))
    free.holds = 1
    return free
  }

  /** Gives up one hold: a batch is gone, or read. */
  release(slab: Slab): void {
    slab.holds--
    if (slab.holds > 0) return
    if (slab.holds < 0) throw new Error('a slab of batches was released more often than held')
    if (slab.bytes.length === slabBytes && this.#free.length < freeSlabsMax) this.#free.push(slab)
  }
}
