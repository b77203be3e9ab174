// Topics that this client created a moment ago: a broker that does not know one will hear of it soon.
import type { Clock } from '@millrace/runtime'

/** Apache Kafka answers CreateTopics when the controller has the topic; brokers follow, with many partitions after seconds. */
const freshMs = 30_000

export class FreshTopics {
  readonly #clock: Clock
  /** When each was created, oldest first. */
  readonly #createdAt = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(name: string): void {
    const now = this.#clock.monotonic()
    for (const [other, createdAt] of this.#createdAt) {
      if (now - createdAt < freshMs) break
      this.#createdAt.delete(other)
    }
    this.#createdAt.delete(name)
    this.#createdAt.set(name, now)
  }

  /** It was deleted. */
  delete(name: string): void {
    this.#createdAt.delete(name)
  }

  has(name: string): boolean {
    const createdAt = this.#createdAt.get(name)
    return createdAt !== undefined && this.#clock.monotonic() - createdAt < freshMs
  }
}
