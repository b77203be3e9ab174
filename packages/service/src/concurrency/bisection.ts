// Finds the records over which a batch fails: halves are tried in order, down to single records. Pure.

/** A part of a batch: indexes `from` ≤ index < `to`. */
export interface Part {
  readonly from: number
  readonly to: number
}

/**
 * Ask for {@link next}, try it, and say how it went: a part that fails is divided, a single record that fails is one of the {@link culprits}. Parts come in the
 * order of the batch. A batch of n with one bad record takes about 2 · log2(n) attempts.
 */
export class Bisection {
  /** Parts still to be tried, the next one last. */
  readonly #parts: Part[] = []
  readonly #culprits: number[] = []

  /** The whole batch has failed. */
  constructor(length: number) {
    this.#divide({ from: 0, to: length })
  }

  /** Indexes that fail alone, in order. */
  get culprits(): readonly number[] {
    return this.#culprits
  }

  /** The part to try; undefined when all is known. */
  get next(): Part | undefined {
    return this.#parts.at(-1)
  }

  succeeded(): void {
    this.#parts.pop()
  }

  failed(): void {
    const part = this.#parts.pop()
    if (part) this.#divide(part)
  }

  #divide(part: Part): void {
    const { from, to } = part
    if (to - from <= 1) {
      if (to > from) this.#culprits.push(from)
      return
    }
    const middle = from + Math.ceil((to - from) / 2)
    this.#parts.push({ from: middle, to }, { from, to: middle })
  }
}
