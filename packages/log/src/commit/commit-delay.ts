// Whether the next sync had better wait a moment for batches that are likely to come (PostgreSQL's `commit_delay`, by itself).
import type { Clock } from '@millrace/runtime'

/**
 * For how long a sync waits. Looked at once a turn of the event loop, since no timer is that fine, and for so many turns at most, which is the
 * limit where time stands still while nothing happens.
 */
const delayMs = 0.5
const delayTurns = 200
/** Syncs that do not wait after one that waited in vain; twice as many each time, up to the most. */
const hastySyncsMax = 64

/**
 * Producers with several requests in flight are all answered by one sync and send anew within microseconds of each other: without a delay
 * the first of these gets a sync of its own, and the others wait for two.
 */
export class CommitDelay {
  readonly #clock: Clock
  /** Batches that the next sync had better be for. */
  #expected = 0
  /** Turns that it still waits for them, and until when, once it does. */
  #turns = 0
  #until = 0
  /** Syncs that will not wait, and how many it will be after the next vain wait. */
  #hasty = 0
  #hastyNext = 1

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether there is anything to wait for. */
  get armed(): boolean {
    return this.#turns > 0
  }

  /** Whether to wait on, where so many batches have come since a sync has begun: look again after a turn of the event loop. */
  waits(count: number): boolean {
    if (count === 0) return false
    if (count >= this.#expected) {
      this.#hastyNext = 1
      return false
    }
    const now = this.#clock.monotonic()
    if (this.#turns === delayTurns) this.#until = now + delayMs
    if (this.#turns > 1 && now < this.#until) return true
    // In vain, whether time or turns ran out.
    this.#turns = 0
    this.#hasty = this.#hastyNext
    this.#hastyNext = Math.min(this.#hastyNext * 2, hastySyncsMax)
    return false
  }

  /** A turn of the event loop is waited for. */
  countTurn(): void {
    this.#turns--
  }

  /** A sync is done: those whom it answered will come again, to those who wait already. `count` is of both. */
  expect(count: number): void {
    this.#expected = count
    this.#turns = 0
    if (this.#hasty > 0) this.#hasty--
    else if (count > 1) this.#turns = delayTurns
  }

  /** The next sync does not wait. */
  cancel(): void {
    this.#turns = 0
  }
}
