// Gives timers and sockets their turn while records are handed out. A loop over records that are there is one chain of promises that are settled
// already: heartbeats, commits and fetches would wait until all that was fetched ahead is through.
import type { Clock } from '@millrace/runtime'

/** How long records may follow each other before anything else has its turn, in ms. Heartbeats are seconds apart. */
const holdMaxMs = 20
/** Records between two looks at the clock, at most: a look costs about as much as handing out a record does. */
const strideMax = 64
/** Records that take longer together are looked at one by one from then on, in ms. */
const slowMs = 1

export class EventLoopShare {
  readonly #clock: Clock
  /** Records until the next look at the clock. */
  #left = 1
  #stride = 1
  #lookedAt = 0
  /** When something else had its turn, as far as is known, on the monotonic clock. */
  #turnAt: number
  /** Something else has had its turn since the last look at the clock. */
  #turned = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.#turnAt = clock.monotonic()
  }

  /** Whether something else must have its turn before the next record: then {@link pause}. Called for each. */
  get isUsedUp(): boolean {
    return --this.#left <= 0 && this.#look()
  }

  /** Records had to be waited for: timers and sockets had their turn. */
  noteTurn(): void {
    this.#turned = true
  }

  /** Resolves when timers and sockets that are due have had their turn. */
  pause(): Promise<void> {
    this.noteTurn()
    return new Promise(resolve => this.#clock.defer(resolve))
  }

  #look(): boolean {
    const now = this.#clock.monotonic()
    this.#stride = now - this.#lookedAt >= slowMs ? 1 : Math.min(strideMax, this.#stride * 2)
    this.#lookedAt = now
    if (this.#turned) this.#turnAt = now
    this.#turned = false
    const isUsedUp = now - this.#turnAt >= holdMaxMs
    // Whoever is told so may ask again before it pauses.
    this.#left = isUsedUp ? 1 : this.#stride
    return isUsedUp
  }
}
