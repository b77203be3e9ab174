// Records that cannot be read, on their way from the consumer that found them to the loop that writes something in their place.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { PoisonRecord } from '../consumer/poison.ts'

/** What a consumer is told of a record that the loop could not see to this time: it is found again, and so is the record. */
export const postponed = new Error('the record is seen to by the next run')

/** One of them: what stands for a batch where it is written, and how the consumer hears of it. */
export interface Poison extends TopicPartition {
  readonly record: PoisonRecord
  readonly firstOffset: number
  /** False when the consumer has gone back: the record comes again. */
  readonly isCurrent: boolean
  /** The consumer goes on behind the record. */
  settle(): void
  /** The consumer finds the record again. */
  postpone(): void
}

interface Waiting extends Poison {
  isCurrent: boolean
}

export class PoisonQueue {
  /** The first one may be worked on. */
  readonly #waiting: Waiting[] = []

  /** Resolves when the record was seen to. Rejects with {@link postponed}. */
  add(record: PoisonRecord): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const { topic, partition, offset } = record
    const end = (how: () => void) => () => {
      const at = this.#waiting.indexOf(poison)
      if (at >= 0) this.#waiting.splice(at, 1)
      how()
    }
    const poison: Waiting = {
      record,
      topic,
      partition,
      firstOffset: offset,
      isCurrent: true,
      settle: end(resolve),
      postpone: end(() => reject(postponed)),
    }
    this.#waiting.push(poison)
    return promise
  }

  /** The one that has waited longest. It stays until it is settled or postponed. */
  get next(): Poison | undefined {
    return this.#waiting[0]
  }

  /** The consumer has gone back in these partitions: what was found there comes again. */
  rewound(partitions: readonly TopicPartition[]): void {
    for (const poison of this.#waiting.slice()) {
      if (!partitions.some(each => each.topic === poison.topic && each.partition === poison.partition))
        continue
      poison.isCurrent = false
      poison.settle()
    }
  }

  /** Nobody sees to any of them now. */
  postponeAll(): void {
    for (const poison of this.#waiting.slice()) poison.postpone()
  }
}
