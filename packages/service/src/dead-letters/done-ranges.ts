// Which records of a partition are done with, in whatever order that came about: an offset below which all are, and ranges behind it. Pure.
import { encodeWithin, type OffsetRange } from '../concurrency/offset-map.ts'

/** What is to be committed. */
export interface DoneCommit {
  readonly offset: number
  readonly metadata: string
  /** Whether not all of it can be told: what is left out would be done again. */
  readonly isCut: boolean
}

export class DoneRanges {
  #position: number
  /** In order, apart from each other, all behind the position. */
  readonly #ranges: OffsetRange[]

  /** `position`: everything below is done. `ranges`: in order, behind it. */
  constructor(position: number, ranges: readonly OffsetRange[] = []) {
    this.#position = position
    this.#ranges = [...ranges]
  }

  /** Everything below is done. */
  get position(): number {
    return this.#position
  }

  /** The same, to be changed by itself. */
  clone(): DoneRanges {
    return new DoneRanges(this.#position, this.#ranges)
  }

  has(offset: number): boolean {
    if (offset < this.#position) return true
    const range = this.#ranges[this.#firstEndingBehind(offset)]
    return range !== undefined && range.from <= offset
  }

  /** `from` ≤ offset < `to` are done; offsets without a record count, too. */
  add(from: number, to: number): void {
    if (to <= Math.max(from, this.#position)) return
    const ranges = this.#ranges
    // Those that touch it become one with it.
    const first = this.#firstEndingBehind(from - 1)
    let behind = first
    while (behind < ranges.length && ranges[behind]!.from <= to) behind++
    const merged = {
      from: Math.min(from, ranges[first]?.from ?? from),
      to: Math.max(to, ranges[behind - 1]?.to ?? to),
    }
    ranges.splice(first, behind - first, merged)
    const { from: start, to: end } = ranges[0]!
    if (start > this.#position) return
    this.#position = end
    ranges.shift()
  }

  /** Index of the first range that ends behind an offset; behind the last one, if none does. */
  #firstEndingBehind(offset: number): number {
    let [low, high] = [0, this.#ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ranges[middle]!.to > offset) high = middle
      else low = middle + 1
    }
    return low
  }

  /** As a commit tells it, with `maxChars` of metadata. */
  commit(maxChars: number): DoneCommit {
    const { text, isCut } = encodeWithin(this.#position, this.#ranges, maxChars)
    return { offset: this.#position, metadata: text, isCut }
  }
}
