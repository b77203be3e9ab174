// One incarnation of a simulated process: everything it started dies with it.
import type { Timer } from '@millrace/runtime'
import { SimClock } from './clock.ts'
import type { SimRandom } from './random.ts'
import type { SimScheduler } from './scheduler.ts'

/** Thrown into code of a process that was killed in the middle of a synchronous call. Nobody is left to see it. */
export class KilledError extends Error {
  override readonly name = 'KilledError'
}

/** What became of a promise of a process that may die over it. */
export type Outcome<T> =
  | { readonly status: 'fulfilled'; readonly value: T }
  | { readonly status: 'rejected'; readonly reason: unknown }
  | { readonly status: 'died' }

const neverFires: Timer = { cancel: () => {} }

/**
 * A fence around the code of one process. After `kill` none of its callbacks run and nothing it does has an effect: timers do not fire,
 * promises of the simulated network and disk stay pending for ever, writes vanish. Code that was on the stack at that moment goes on
 * until it returns, but can reach nothing.
 */
export class SimProcess {
  readonly name: string
  readonly scheduler: SimScheduler
  readonly clock: SimClock
  readonly random: SimRandom
  readonly #onUncaught: (error: unknown, process: SimProcess) => void
  readonly #onKilled: (() => void)[] = []
  #alive = true

  constructor(
    scheduler: SimScheduler,
    name: string,
    onUncaught: (error: unknown, process: SimProcess) => void = error => {
      throw error
    },
  ) {
    this.name = name
    this.scheduler = scheduler
    this.random = scheduler.random.fork(`process ${name}`)
    this.clock = new SimClock(scheduler, this)
    this.#onUncaught = onUncaught
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Runs `run` later unless the process is dead by then. What it throws is an uncaught exception of the process. */
  after(delayMs: number, run: () => void): Timer {
    if (!this.#alive) return neverFires
    return this.scheduler.after(delayMs, () => this.call(run))
  }

  /** Runs `run` now, as a callback of the process. */
  call(run: () => void): void {
    if (!this.#alive) return
    try {
      run()
    } catch (error) {
      if (this.#alive) this.#onUncaught(error, this)
    }
  }

  /** Ends the process at once. Idempotent. */
  kill(): void {
    if (!this.#alive) return
    this.#alive = false
    this.scheduler.note(`${this.name} is dead`)
    for (const tell of this.#onKilled) tell()
    this.#onKilled.length = 0
  }

  /** Throws when the process is dead: the guard of each synchronous call into the simulated world. */
  assertAlive(): void {
    if (!this.#alive) throw new KilledError(`${this.name} is dead`)
  }

  /** Waits for a promise of the process' own code, which stays pending for ever when the process dies first. */
  outcome<T>(promise: Promise<T>): Promise<Outcome<T>> {
    return new Promise(resolve => {
      promise.then(
        value => resolve({ status: 'fulfilled', value }),
        (reason: unknown) => resolve(this.#alive ? { status: 'rejected', reason } : { status: 'died' }),
      )
      this.onKilled(() => resolve({ status: 'died' }))
      if (!this.#alive) resolve({ status: 'died' })
    })
  }

  /** For the simulated network and disk: what to do when the process dies. */
  onKilled(tell: () => void): void {
    this.#onKilled.push(tell)
  }
}
