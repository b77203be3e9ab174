// Where one partition's log begins, ends, and up to where readers see it: always `start ≤ high watermark ≤ end`.
import { invariant } from '@millrace/runtime'

export class LogOffsets {
  #start: number
  #end: number
  #highWatermark: number

  /** Everything up to `end` is taken for visible. */
  constructor(start: number, end: number) {
    this.#start = start
    this.#end = end
    this.#highWatermark = end
  }

  /** First offset that can be read. */
  get start(): number {
    return this.#start
  }

  /** Offset that the next record gets. */
  get end(): number {
    return this.#end
  }

  /** Readers see what is below. */
  get highWatermark(): number {
    return this.#highWatermark
  }

  /** Something was appended, or the next segment begins behind a gap. */
  endAt(offset: number): void {
    this.#end = offset
  }

  /** What was appended from `offset` on is no more. */
  cutAt(offset: number): void {
    this.#end = offset
    this.#highWatermark = Math.min(this.#highWatermark, offset)
  }

  /** Moves the high watermark up; false when it is there already. */
  advance(offset: number): boolean {
    if (offset <= this.#highWatermark) return false
    invariant(offset <= this.#end, 'the high watermark is not beyond the end of the log')
    this.#highWatermark = offset
    return true
  }

  /** Moves the start up; false when it is there already. */
  startAt(offset: number): boolean {
    if (offset <= this.#start) return false
    invariant(offset <= this.#highWatermark, 'a log does not begin beyond its high watermark')
    this.#start = offset
    return true
  }

  /** Nothing is in the log, and it goes on at `offset`. */
  beginAgain(offset: number, start: number): void {
    this.#start = start
    this.#end = offset
    this.#highWatermark = offset
  }

  /** All that there is has been found. */
  showAll(): void {
    this.#highWatermark = this.#end
  }

  assertOrdered(): void {
    invariant(
      this.#start <= this.#highWatermark && this.#highWatermark <= this.#end,
      'a log begins before its high watermark, and that is not beyond its end',
    )
  }
}
