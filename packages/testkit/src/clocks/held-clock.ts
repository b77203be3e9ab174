// A clock for tests of what takes time, on machines that are busy: it measures what the test says. Timers and the wall clock are Node's.
import { type Clock, nodeClock, type Timer } from '@millrace/runtime'

export class HeldClock implements Clock {
  #heldMs = 1_000_000

  monotonic(): number {
    return this.#heldMs
  }

  /** Time that counts, without waiting for it. */
  pass(ms: number): void {
    this.#heldMs += ms
  }

  now(): number {
    return nodeClock.now()
  }

  setTimer(delayMs: number, run: () => void, options?: { readonly unref?: boolean }): Timer {
    return nodeClock.setTimer(delayMs, run, options)
  }

  defer(run: () => void): void {
    nodeClock.defer(run)
  }
}
