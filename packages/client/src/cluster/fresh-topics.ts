// Topics that this client created or gave partitions a moment ago: a broker that does not know of it will hear of it soon.
import type { Clock } from '@millrace/runtime'

/** Apache Kafka answers when the controller has the change; brokers follow, with thousands of partitions after half a minute. */
const freshMs = 60_000

interface FreshTopic {
  /** When it was created or grew, on the monotonic clock. */
  readonly changedAt: number
  readonly partitions: number
}

export class FreshTopics {
  readonly #clock: Clock
  /** The longest unchanged first. */
  readonly #topics = new Map<string, FreshTopic>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** It has so many partitions now; −1 where the broker did not tell. */
  add(name: string, partitions: number): void {
    const changedAt = this.#clock.monotonic()
    for (const [other, topic] of this.#topics) {
      if (changedAt - topic.changedAt < freshMs) break
      this.#topics.delete(other)
    }
    this.#topics.delete(name)
    this.#topics.set(name, { changedAt, partitions: partitions < 0 ? Number.POSITIVE_INFINITY : partitions })
  }

  /** It was deleted. */
  delete(name: string): void {
    this.#topics.delete(name)
  }

  /** Whether the partition is one of those that brokers will hear of. */
  has(name: string, partition: number): boolean {
    const topic = this.#topics.get(name)
    return (
      topic !== undefined &&
      partition < topic.partitions &&
      this.#clock.monotonic() - topic.changedAt < freshMs
    )
  }
}
