// The segments of a partition in the order of their base offsets.
import { violated } from '@millrace/runtime'
import type { AbortedTransaction, SegmentView } from '../api/types.ts'
import type { Segment } from './segment.ts'
import { type AbortedEntry, collectAborted } from './transaction-index.ts'

export class SegmentList {
  readonly #segments: Segment[]

  constructor(segments: Segment[]) {
    this.#segments = segments
  }

  get all(): readonly Segment[] {
    return this.#segments
  }

  get count(): number {
    return this.#segments.length
  }

  get first(): Segment {
    return this.#segments[0]!
  }

  /** The one that is appended to. */
  get active(): Segment {
    return this.#segments.at(-1)!
  }

  at(index: number): Segment | undefined {
    return this.#segments[index]
  }

  sizeInBytes(): number {
    let bytes = 0
    for (const segment of this.#segments) bytes += segment.sizeInBytes
    return bytes
  }

  push(segment: Segment): void {
    if (this.#segments.length > 0 && segment.baseOffset <= this.active.baseOffset) {
      violated(`segments ascend: ${segment.baseOffset} comes after ${this.active.baseOffset}`)
    }
    this.#segments.push(segment)
  }

  /** Index of the segment that holds `offset` if any does: the last with a base offset at or below it; −1 before the first. */
  indexOf(offset: number): number {
    let low = 0
    let high = this.#segments.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if (this.#segments[middle]!.baseOffset <= offset) low = middle + 1
      else high = middle - 1
    }
    return high
  }

  /** What an operator sees of them. */
  views(): SegmentView[] {
    return this.#segments.map(segment => ({
      baseOffset: segment.baseOffset,
      sizeInBytes: segment.sizeInBytes,
      largestTimestamp: segment.largestTimestamp(),
    }))
  }

  /** Aborted transactions that a reader of `[fromOffset, upperOffset)` has to leave out. */
  aborted(fromOffset: number, upperOffset: number): AbortedTransaction[] {
    const found = this.abortedEntries(fromOffset, upperOffset)
    return found.map(({ producerId, firstOffset }) => ({ producerId, firstOffset }))
  }

  /** The same, all that is known of them. */
  abortedEntries(fromOffset: number, upperOffset: number): AbortedEntry[] {
    const found: AbortedEntry[] = []
    for (let index = Math.max(0, this.indexOf(fromOffset)); index < this.count; index++) {
      if (collectAborted(this.#segments[index]!.aborted(), fromOffset, upperOffset, found)) break
    }
    return found
  }

  removeFirst(count: number): Segment[] {
    return this.#segments.splice(0, count)
  }

  /** Takes out all segments behind `segment`. */
  removeAfter(segment: Segment): Segment[] {
    return this.#segments.splice(this.#segments.indexOf(segment) + 1)
  }

  has(segment: Segment): boolean {
    return this.#segments[this.indexOf(segment.baseOffset)] === segment
  }

  /** Puts one in the place of neighbours, of which the first has the same base offset. */
  replace(old: readonly Segment[], replacement: Segment): void {
    const at = this.#segments.indexOf(old[0]!)
    const sameBase = old[0]!.baseOffset === replacement.baseOffset
    if (at < 0 || !sameBase || old.some((segment, index) => this.#segments[at + index] !== segment))
      violated(`segments are replaced by one that holds their offsets: ${replacement.file.path}`)
    this.#segments.splice(at, old.length, replacement)
  }

  clear(): Segment[] {
    return this.#segments.splice(0)
  }
}
