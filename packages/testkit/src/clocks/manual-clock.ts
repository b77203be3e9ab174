// A clock that stands still until a test moves it.
import type { Clock, Timer } from '@millrace/runtime'

interface Pending {
  readonly atMs: number
  readonly run: () => void
}

/** Lets everything run that waits for promises only. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve()
}

export class ManualClock implements Clock {
  #nowMs = 1_000_000
  readonly #timers = new Set<Pending>()
  #deferred: (() => void)[] = []

  now(): number {
    return 1_700_000_000_000 + this.#nowMs
  }

  monotonic(): number {
    return this.#nowMs
  }

  setTimer(delayMs: number, run: () => void): Timer {
    const pending = { atMs: this.#nowMs + delayMs, run }
    this.#timers.add(pending)
    return { cancel: () => this.#timers.delete(pending) }
  }

  defer(run: () => void): void {
    this.#deferred.push(run)
  }

  get timerCount(): number {
    return this.#timers.size
  }

  /** One turn of the event loop: what was deferred, and what follows from it. */
  async turn(): Promise<void> {
    await settle()
    const deferred = this.#deferred
    this.#deferred = []
    for (const run of deferred) run()
    await settle()
  }

  /** Moves the time on, timer by timer. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await this.turn()
    for (;;) {
      const due = [...this.#timers].filter(each => each.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!due) break
      this.#timers.delete(due)
      this.#nowMs = Math.max(this.#nowMs, due.atMs)
      due.run()
      await this.turn()
      await this.turn()
    }
    this.#nowMs = untilMs
    await this.turn()
  }
}
