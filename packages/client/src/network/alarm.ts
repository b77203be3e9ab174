// One timer for many deadlines: it rings at the earliest, and is not touched when things finish in time.
import type { Clock, Timer } from '@millrace/runtime'

export class Alarm {
  readonly #clock: Clock
  readonly #ring: (now: number) => number
  #timer: Timer | undefined
  #dueAt = Number.POSITIVE_INFINITY

  /** `ring` deals with what is due at `now` (monotonic) and returns the next deadline, Infinity for none. */
  constructor(clock: Clock, ring: (now: number) => number) {
    this.#clock = clock
    this.#ring = ring
  }

  /** Rings at `deadline` at the latest. The timer alone does not keep the process alive. */
  at(deadline: number): void {
    if (deadline >= this.#dueAt) return
    this.#timer?.cancel()
    this.#dueAt = deadline
    const delayMs = Math.max(0, deadline - this.#clock.monotonic())
    this.#timer = this.#clock.setTimer(delayMs, () => this.#onTimer(), { unref: true })
  }

  cancel(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#dueAt = Number.POSITIVE_INFINITY
  }

  #onTimer(): void {
    this.#timer = undefined
    this.#dueAt = Number.POSITIVE_INFINITY
    const next = this.#ring(this.#clock.monotonic())
    if (next !== Number.POSITIVE_INFINITY) this.at(next)
  }
}
