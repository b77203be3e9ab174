// A clock that stands still until it is told to go on: retries and delays pass without waiting.
import type { Clock, Timer } from '@millrace/runtime'

interface Pending {
  readonly at: number
  readonly run: () => void
}

/**
 * Time for `handlingClock`. Starts at the time of day that it is given; timers run when {@link advance} comes to them.
 *
 * @example
 * const clock = new TestClock(nodeClock)
 * const service = new Service({ name: 'billing', brokers, handlingClock: clock })
 * clock.advance(60_000)
 */
export class TestClock implements Clock {
  readonly #deferred: (run: () => void) => void
  readonly #startedAt: number
  readonly #timers = new Set<Pending>()
  #passedMs = 0

  /** `world`: whose time of day it starts with, and in whose turns deferred work runs. */
  constructor(world: Clock) {
    this.#startedAt = world.now()
    this.#deferred = run => world.defer(run)
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#startedAt + this.#passedMs
  }

  /** Milliseconds that it was advanced by. */
  monotonic(): number {
    return this.#passedMs
  }

  /** Sets a timer, which runs when the clock is advanced so far. */
  setTimer(delayMs: number, run: () => void): Timer {
    const timer = { at: this.#passedMs + Math.max(0, delayMs), run }
    this.#timers.add(timer)
    return { cancel: () => this.#timers.delete(timer) }
  }

  /** Runs something in another turn of the event loop: at once, as no time passes by it. */
  defer(run: () => void): void {
    this.#deferred(run)
  }

  /** How long until the next timer, in ms; undefined without any. */
  get nextInMs(): number | undefined {
    const at = this.#next()?.at
    return at === undefined ? undefined : at - this.#passedMs
  }

  /** Lets time pass: timers run in their order, each at its time. */
  advance(ms: number): void {
    const until = this.#passedMs + ms
    for (let timer = this.#next(); timer !== undefined && timer.at <= until; timer = this.#next()) {
      this.#timers.delete(timer)
      this.#passedMs = Math.max(this.#passedMs, timer.at)
      timer.run()
    }
    this.#passedMs = until
  }

  #next(): Pending | undefined {
    let next: Pending | undefined
    for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer
    return next
  }
}
