// The memory of the newest batches of all partitions, bounded: what is not yet in its file, and what live readers are about to ask for.
import type { Arena } from './arena.ts'
import type { TailEntry, TailOwner } from './partition-tail.ts'

/** Memory of an entry beside its bytes, roughly. */
const entryOverheadBytes = 256

/** Bounds the memory of all tails together: first in, first out. */
export class HotTail {
  readonly #maxBytes: number
  readonly #arena: Arena
  #bytes = 0
  #oldest: TailEntry | undefined
  #newest: TailEntry | undefined

  constructor(maxBytes: number, arena: Arena) {
    this.#maxBytes = maxBytes
    this.#arena = arena
  }

  get sizeInBytes(): number {
    return this.#bytes
  }

  push(entry: TailEntry): void {
    entry.owner.tail.push(entry)
    if (this.#newest) this.#newest.next = entry
    else this.#oldest = entry
    this.#newest = entry
    this.#bytes += entry.bytes.length + entryOverheadBytes
  }

  /** More is held than the budget allows. */
  get overfull(): boolean {
    return this.#bytes > this.#maxBytes
  }

  /**
   * Drops the oldest entries until the budget is kept, or `goOn` says that it is enough for now (not beyond twice the budget). Entries
   * that are not in their file yet are filed first, with all else that their partition has unfiled; `file` does so, and returns
   * false when that is not possible now (the tail then stays too big).
   */
  trim(file: (owner: TailOwner) => boolean, goOn: () => boolean): void {
    while (this.overfull) {
      const entry = this.#oldest
      if (!entry) return
      const { tail } = entry.owner
      if (tail.holds(entry)) {
        if (!tail.firstFiled) {
          if (this.#bytes < 2 * this.#maxBytes && !goOn()) return
          if (!file(entry.owner)) return
        }
        // Filing may have failed and given the tail up.
        if (tail.holds(entry)) tail.shift()
      }
      this.#oldest = entry.next
      if (!this.#oldest) this.#newest = undefined
      this.#bytes -= entry.bytes.length + entryOverheadBytes
      this.#arena.release(entry.place.slab)
    }
  }
}
