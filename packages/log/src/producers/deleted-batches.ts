// Batches of a partition that were deleted before they came into a file: what only journals tell of their producers.
import {
  attributesOf,
  baseOffsetOf,
  batchHeaderBytes,
  isControl,
  lastOffsetOf,
  producerIdOf,
} from '../format/batch.ts'

/** Collected from the journals before the log is loaded; a stretch of offsets without a gap. */
export class DeletedBatches {
  /** Of producers, in their order: headers, and markers as a whole. */
  #batches: Buffer[] = []
  #from = 0
  #to = 0

  /** Where the stretch begins. */
  get from(): number {
    return this.#from
  }

  /** Where it ends. */
  get to(): number {
    return this.#to
  }

  /**
   * Takes account of the batch that comes next in the journals; `keep` what it says of its producer. One that stands there already at its offset or
   * behind was left out by an earlier start. What stands in front of a gap is in the files, or nobody knows it any more.
   */
  note(batch: Buffer, keep: boolean): void {
    const baseOffset = baseOffsetOf(batch, 0)
    if (baseOffset > this.#to) this.#batches = []
    while (this.#batches.length > 0 && lastOffsetOf(this.#batches.at(-1)!, 0) >= baseOffset)
      this.#batches.pop()
    if (baseOffset > this.#to || baseOffset < this.#from) this.#from = baseOffset
    this.#to = lastOffsetOf(batch, 0) + 1
    if (!keep || producerIdOf(batch, 0) < 0) return
    const bytes = isControl(attributesOf(batch, 0)) ? batch.length : batchHeaderBytes
    this.#batches.push(Buffer.from(batch.subarray(0, bytes)))
  }

  /** Those of producers that lie wholly in `[from, to)`. */
  between(from: number, to: number): Buffer[] {
    return this.#batches.filter(batch => baseOffsetOf(batch, 0) >= from && lastOffsetOf(batch, 0) < to)
  }
}
