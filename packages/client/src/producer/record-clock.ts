// The time of records that bring none.
import type { Clock } from '@millrace/runtime'

/** Reading the system's clock costs as much as the rest of appending a small record. */
const recordsPerReading = 16

/** Milliseconds since the epoch, read anew in each turn of the event loop and for every 16th record within one. */
export class RecordClock {
  readonly #clock: Clock
  #time = 0
  #left = 0
  #deferred = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    if (this.#left > 0) {
      this.#left--
      return this.#time
    }
    this.#time = this.#clock.now()
    this.#left = recordsPerReading - 1
    if (!this.#deferred) {
      this.#deferred = true
      this.#clock.defer(() => {
        this.#deferred = false
        this.#left = 0
      })
    }
    return this.#time
  }
}
