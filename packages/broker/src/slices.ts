// Work that takes long, in slices between which the event loop has its turn.
import type { Clock } from '@millrace/runtime'

export class Slices {
  readonly #clock: Clock
  readonly #sliceMs: number
  #beganMs: number
  #busyMs = 0

  constructor(clock: Clock, sliceMs: number) {
    this.#clock = clock
    this.#sliceMs = sliceMs
    this.#beganMs = clock.monotonic()
  }

  /** How long the slices before this one have kept the event loop, from the first one on. In milliseconds. */
  get busyMs(): number {
    return this.#busyMs
  }

  /** Takes steps to the end, and gives the event loop back between them when it is time to. Rejects with what they throw. */
  async run<Result>(steps: Generator<undefined, Result>): Promise<Result> {
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      if (this.#clock.monotonic() - this.#beganMs >= this.#sliceMs) await this.#rest()
    }
  }

  /** Waits for what is done elsewhere. Rejects as it does. */
  async elsewhere<Result>(work: Promise<Result>): Promise<Result> {
    this.end()
    const result = await work
    this.#beganMs = this.#clock.monotonic()
    return result
  }

  /** There is nothing more to do for now. */
  end(): void {
    this.#busyMs += this.#clock.monotonic() - this.#beganMs
  }

  async #rest(): Promise<void> {
    await this.elsewhere(new Promise<void>(resolve => this.#clock.defer(resolve)))
  }
}
