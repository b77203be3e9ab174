// Keeps cleaning from getting in the way: in slices, no faster than allowed, and ended at once when it has to be.
import { type Clock, sleep } from '@millrace/runtime'

/** The event loop is given back after this long. */
const sliceMs = 1
/** Records that are judged between two looks at the clock: some 50 µs. */
export const recordsPerStep = 256
/** Over how long the rate is kept. */
const rateWindowMs = 300

/** Cleaning was given up: the broker stops, the partition is gone, or its segments are not what they were. It can be begun again. */
export class CleaningAborted extends Error {
  override readonly name = 'CleaningAborted'
}

export interface PaceOptions {
  readonly clock: Clock
  /** In a second; asked for again and again. */
  bytesMax(): number
  /** Why cleaning has to end, or undefined. */
  aborted(): string | undefined
}

export class Pace {
  readonly #options: PaceOptions
  #sliceBegan: number
  #windowBegan: number
  #windowBytes = 0

  constructor(options: PaceOptions) {
    this.#options = options
    this.#sliceBegan = options.clock.monotonic()
    this.#windowBegan = this.#sliceBegan
  }

  /** Throws `CleaningAborted` when cleaning has to end. */
  check(): void {
    const why = this.#options.aborted()
    if (why !== undefined) throw new CleaningAborted(why)
  }

  /** It is time for `rest`. */
  get isDue(): boolean {
    return this.#options.clock.monotonic() - this.#sliceBegan >= sliceMs
  }

  /** Between one piece of work and the next. Rejects with `CleaningAborted`. */
  async step(): Promise<void> {
    if (this.isDue) await this.rest()
    else this.check()
  }

  /** Gives the event loop back. Rejects with `CleaningAborted`. */
  async rest(): Promise<void> {
    const { clock } = this.#options
    await new Promise<void>(resolve => clock.defer(resolve))
    this.begin()
  }

  /** Takes the steps of what may be long, and rests between them where it is time to. A promise if it did. Rejects with `CleaningAborted`. */
  run<Result>(steps: Generator<undefined, Result>): Result | Promise<Result> {
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      if (this.isDue) return this.#goOn(steps)
    }
  }

  async #goOn<Result>(steps: Generator<undefined, Result>): Promise<Result> {
    for (;;) {
      await this.rest()
      do {
        const step = steps.next()
        if (step.done) return step.value
      } while (!this.isDue)
    }
  }

  /** Waits for what is done elsewhere and is not done yet. Rejects as `promise` does, or with `CleaningAborted`. */
  async waitFor<Result>(promise: Promise<Result>): Promise<Result> {
    const result = await promise
    this.begin()
    return result
  }

  /** A slice begins, after something that was waited for. Throws `CleaningAborted`. */
  begin(): void {
    this.#sliceBegan = this.#options.clock.monotonic()
    this.check()
  }

  /** Takes note of bytes read or written, and waits where they were too many for the time. Rejects with `CleaningAborted`. */
  async spend(bytes: number): Promise<void> {
    const { clock } = this.#options
    this.#windowBytes += bytes
    const elapsedMs = clock.monotonic() - this.#windowBegan
    const wantedMs = (this.#windowBytes / this.#options.bytesMax()) * 1000
    if (wantedMs > elapsedMs) {
      // In steps, so that stopping does not wait for a low rate.
      for (let left = wantedMs - elapsedMs; left > 0; left -= rateWindowMs) {
        await sleep(clock, Math.min(left, rateWindowMs))
        this.check()
      }
    }
    if (clock.monotonic() - this.#windowBegan < rateWindowMs) return
    this.#windowBegan = clock.monotonic()
    this.#windowBytes = 0
  }
}
