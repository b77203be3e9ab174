// What the open transaction stands for: how far it has come in each partition, and when it is to be committed.
import type { OffsetToCommit } from '../cluster/offset-commit.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'

/** Where a transaction stands in one partition. */
export interface Progress extends TopicPartition {
  /** Where it began. */
  readonly first: number
  /** The next offset to read once it is committed. */
  offset: number
  /** Leader epoch of the record before `offset`, −1 if unknown. */
  leaderEpoch: number
}

/** A batch, as far as it matters here. */
interface Source extends TopicPartition {
  readonly firstOffset: number
}

export class OpenWork {
  /** Records that were passed on. */
  records = 0
  /** When it is to be committed, on the monotonic clock. */
  readonly dueAt: number
  /** Its timer has rung, which may be a little before `dueAt`. */
  isOverdue = false
  /** Why it must not be committed. */
  doomed: Error | undefined
  readonly #progress = new Map<string, Map<number, Progress>>()
  #lastSource: Source | undefined
  #last: Progress | undefined

  constructor(dueAt: number) {
    this.dueAt = dueAt
  }

  /** Progress in the partition of a batch; from `offset` on, if there was none. Cheap for the same batch again. */
  at(source: Source, offset: number): Progress {
    if (source === this.#lastSource) return this.#last!
    const { topic, partition } = source
    const byPartition = this.#progress.get(topic) ?? new Map<number, Progress>()
    this.#progress.set(topic, byPartition)
    const progress = byPartition.get(partition) ?? {
      topic,
      partition,
      first: offset,
      offset,
      leaderEpoch: -1,
    }
    byPartition.set(partition, progress)
    this.#lastSource = source
    this.#last = progress
    return progress
  }

  /** Whether it has come anywhere in one of these partitions. */
  concerns(partitions: readonly TopicPartition[]): boolean {
    return partitions.some(({ topic, partition }) => this.#progress.get(topic)?.has(partition) === true)
  }

  progress(): Progress[] {
    return Array.from(this.#progress.values(), byPartition => [...byPartition.values()]).flat()
  }

  offsets(): OffsetToCommit[] {
    return this.progress()
      .filter(({ offset, first }) => offset > first)
      .map(({ topic, partition, offset, leaderEpoch }) => ({ topic, partition, offset, leaderEpoch }))
  }
}
