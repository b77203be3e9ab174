// Tells counters and hooks of a member's rebalances: partitions that came or went, and how long it took until it had its share.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { ReadingCounters } from '../reading-counters.ts'

/** Who a member is at present. */
interface Member {
  readonly groupId: string
  readonly memberId: string
  readonly generation: number
  readonly leaderId: string
  readonly protocol: string
}

export class RebalanceNews {
  readonly #counters: ReadingCounters
  readonly #member: () => Member
  /** When the rebalance under way began, on the monotonic clock; undefined while there is none. */
  #since: number | undefined

  constructor(counters: ReadingCounters, member: () => Member) {
    this.#counters = counters
    this.#member = member
  }

  /** A rebalance is under way, at the latest since then, on the monotonic clock. */
  begun(since = this.#counters.now()): void {
    if (this.#since !== undefined) return
    this.#since = since
    this.#counters.rebalanced({ what: 'begun', partitions: [], ...this.#member(), error: undefined }, since)
  }

  /** Partitions have changed hands. */
  moved(
    what: 'assigned' | 'revoked' | 'lost',
    partitions: readonly TopicPartition[],
    startedAt: number,
  ): void {
    if (partitions.length === 0) return
    this.#counters.rebalanced({ what, partitions, ...this.#member(), error: undefined }, startedAt)
  }

  /** The rebalance under way, if there is one, is over. */
  over(what: 'completed' | 'failed', partitions: readonly TopicPartition[], error: Error | undefined): void {
    const startedAt = this.#since
    this.#since = undefined
    if (startedAt === undefined) return
    this.#counters.rebalanced({ what, partitions, ...this.#member(), error }, startedAt)
  }
}
