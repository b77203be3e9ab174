// The product's `Clock` on virtual time, one for each simulated process.
import type { Clock, Timer } from '@millrace/runtime'
import type { SimProcess } from './process.ts'
import type { SimRandom } from './random.ts'
import type { SimScheduler } from './scheduler.ts'

/** Wall time at virtual time 0: a fixed day, so that a replay a year later gives the same bytes. */
export const epochMs = Date.UTC(2026, 0, 1)

const turnMaxMs = 0.1

/** Time of one process: its timers die with it, and its wall clock may be wrong by `skewMs`. */
export class SimClock implements Clock {
  /** Added to the wall clock; may be changed at any time. Monotonic time never jumps. */
  skewMs = 0
  readonly #scheduler: SimScheduler
  readonly #process: SimProcess
  readonly #turns: SimRandom
  #deferredUntilMs = 0

  constructor(scheduler: SimScheduler, process: SimProcess) {
    this.#scheduler = scheduler
    this.#process = process
    this.#turns = scheduler.random.fork(`turns ${process.name}`)
  }

  now(): number {
    return Math.floor(epochMs + this.#scheduler.nowMs + this.skewMs)
  }

  monotonic(): number {
    return this.#scheduler.nowMs
  }

  setTimer(delayMs: number, run: () => void): Timer {
    if (!Number.isFinite(delayMs)) throw new RangeError(`a timer cannot wait ${delayMs} ms`)
    return this.#process.after(Math.min(Math.max(delayMs, 0), 2 ** 31 - 1), run)
  }

  /** A turn of the event loop takes a little while, so that several arrivals can fall into one; deferred calls keep their order. */
  defer(run: () => void): void {
    const nowMs = this.#scheduler.nowMs
    this.#deferredUntilMs = Math.max(this.#deferredUntilMs, nowMs + this.#turns.float() * turnMaxMs)
    this.#process.after(this.#deferredUntilMs - nowMs, run)
  }
}
