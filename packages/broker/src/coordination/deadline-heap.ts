// The earliest of many deadlines: a binary heap whose entries know their place, so that moving one costs a logarithm.
import { invariant } from '@millrace/runtime'

/** One thing that wants to be woken. Belongs to at most one heap. */
export class Deadline<T> {
  readonly item: T
  /** Meaningless while not in a heap. */
  atMs = Number.POSITIVE_INFINITY
  /** Place in the heap, -1 for none. */
  index = -1

  constructor(item: T) {
    this.item = item
  }
}

export class DeadlineHeap<T> {
  readonly #entries: Deadline<T>[] = []

  get size(): number {
    return this.#entries.length
  }

  /** Infinity when empty. */
  get earliestMs(): number {
    return this.#entries[0]?.atMs ?? Number.POSITIVE_INFINITY
  }

  /** Puts `entry` in, or moves it. Infinity takes it out. */
  set(entry: Deadline<T>, atMs: number): void {
    if (atMs === Number.POSITIVE_INFINITY) {
      this.remove(entry)
      return
    }
    if (entry.index === -1) {
      entry.index = this.#entries.length
      this.#entries.push(entry)
      entry.atMs = atMs
      this.#rise(entry)
      return
    }
    const earlier = atMs < entry.atMs
    entry.atMs = atMs
    if (earlier) this.#rise(entry)
    else this.#sink(entry)
  }

  remove(entry: Deadline<T>): void {
    const { index } = entry
    if (index === -1) return
    invariant(this.#entries[index] === entry, 'a deadline is in one heap, at its index')
    const last = this.#entries.pop()!
    entry.index = -1
    if (last === entry) return
    this.#place(last, index)
    this.#rise(last)
    this.#sink(last)
  }

  /** Takes everything out that is due at `nowMs`, earliest first. */
  takeDue(nowMs: number): Deadline<T>[] {
    const due: Deadline<T>[] = []
    while (this.earliestMs <= nowMs) {
      const entry = this.#entries[0]!
      this.remove(entry)
      due.push(entry)
    }
    return due
  }

  #rise(entry: Deadline<T>): void {
    while (entry.index > 0) {
      const parent = this.#entries[(entry.index - 1) >> 1]!
      if (parent.atMs <= entry.atMs) return
      this.#swap(parent, entry)
    }
  }

  #sink(entry: Deadline<T>): void {
    for (;;) {
      const left = this.#entries[2 * entry.index + 1]
      const right = this.#entries[2 * entry.index + 2]
      const child = right && left && right.atMs < left.atMs ? right : left
      if (!child || child.atMs >= entry.atMs) return
      this.#swap(entry, child)
    }
  }

  #swap(upper: Deadline<T>, lower: Deadline<T>): void {
    const { index } = upper
    this.#place(upper, lower.index)
    this.#place(lower, index)
  }

  #place(entry: Deadline<T>, index: number): void {
    this.#entries[index] = entry
    entry.index = index
  }
}
