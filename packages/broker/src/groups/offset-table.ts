// Committed offsets by group, topic and partition: what is durable, and what is on its way to the disk.
import { invariant } from '@millrace/runtime'
import type { Change } from '../coordination/shard-kind.ts'

export interface CommittedOffset {
  readonly offset: number
  /** -1 for unknown. */
  readonly leaderEpoch: number
  readonly metadata: string
  /** Wall-clock milliseconds. */
  readonly commitTimestampMs: number
  /** Wall-clock milliseconds; -1 for the broker's retention. Only old clients set it. */
  readonly expireTimestampMs: number
  /** The zero UUID for unknown. */
  readonly topicId: string
}

/** A commit, or a deletion (`committed` null). */
export interface OffsetChange {
  readonly groupId: string
  readonly topic: string
  readonly partition: number
  readonly committed: CommittedOffset | null
}

export type TopicOffsets = ReadonlyMap<number, CommittedOffset>

const noTopics: ReadonlyMap<string, TopicOffsets> = new Map()

/**
 * Readers see durable offsets only: an offset that was shown never goes back, whatever happens to the machine.
 * Who deletes must also know of those that are being written, or they would survive: `known` includes them.
 */
export class OffsetTable {
  readonly #groups = new Map<string, Map<string, Map<number, CommittedOffset>>>()
  /** In the order of the log. As many as come in while a disk sync lasts. */
  readonly #pending = new Set<OffsetChange>()
  /** Offsets committed in transactions that are open, by producer id: they count when the transaction commits. */
  readonly #open = new Map<number, OffsetChange[]>()
  /** Changes that failed, by their key: they may stand in the log all the same, and be found there after a crash. */
  readonly #uncertain = new Map<string, OffsetChange>()

  get(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#groups.get(groupId)?.get(topic)?.get(partition)
  }

  /** Durable offsets of a group by topic. */
  topics(groupId: string): ReadonlyMap<string, TopicOffsets> {
    return this.#groups.get(groupId) ?? noTopics
  }

  groupIds(): IterableIterator<string> {
    return this.#groups.keys()
  }

  /** What is seen of these changes while they are written. */
  written(changes: readonly OffsetChange[]): Change {
    return {
      begin: () => {
        for (const change of changes) this.#pending.add(change)
      },
      settle: durable => {
        for (const change of changes) this.#settle(change, durable)
      },
    }
  }

  /** A change that counts from the end of its producer's transaction on, if that commits. */
  addToTransaction(producerId: number, change: OffsetChange): void {
    const open = this.#open.get(producerId)
    if (open) open.push(change)
    else this.#open.set(producerId, [change])
  }

  /** The producer's transaction has ended in this partition. */
  endTransaction(producerId: number, committed: boolean): void {
    if (committed) for (const change of this.#open.get(producerId) ?? []) this.apply(change)
    this.#open.delete(producerId)
  }

  apply(change: OffsetChange): void {
    const { groupId, topic, partition, committed } = change
    if (this.#uncertain.size > 0) this.#uncertain.delete(keyOf(change))
    let topics = this.#groups.get(groupId)
    let partitions = topics?.get(topic)
    if (committed) {
      if (!topics) this.#groups.set(groupId, (topics = new Map()))
      if (!partitions) topics.set(topic, (partitions = new Map()))
      partitions.set(partition, committed)
      return
    }
    if (!topics || !partitions) return
    partitions.delete(partition)
    if (partitions.size === 0) topics.delete(topic)
    if (topics.size === 0) this.#groups.delete(groupId)
  }

  /** Whether changes of this group are on their way to the disk. */
  isPending(groupId: string): boolean {
    for (const change of this.#pending) if (change.groupId === groupId) return true
    return false
  }

  /**
   * The latest of every offset of a group, or of one topic of it: durable, on its way to the disk, or perhaps there. One that
   * is being deleted is among them: who deletes it again must not be told that it is gone before that is durable.
   */
  known(groupId: string, topic?: string): OffsetChange[] {
    const found = new Map<string, OffsetChange>()
    for (const [name, partitions] of this.topics(groupId)) {
      for (const [partition, committed] of partitions) {
        const change = { groupId, topic: name, partition, committed }
        found.set(keyOf(change), change)
      }
    }
    for (const [key, change] of this.#uncertain) {
      if (change.groupId === groupId && change.committed) found.set(key, change)
    }
    for (const change of this.#pending) {
      if (change.groupId === groupId) found.set(keyOf(change), change)
    }
    const all = [...found.values()]
    return topic === undefined ? all : all.filter(each => each.topic === topic)
  }

  #settle(change: OffsetChange, durable: boolean): void {
    invariant(this.#pending.delete(change), 'a change of an offset is settled once, after it began')
    if (durable) this.apply(change)
    else this.#uncertain.set(keyOf(change), change)
  }
}

/** Unique: a partition is a number and a topic's name has no line break. */
function keyOf({ groupId, topic, partition }: OffsetChange): string {
  return `${partition}\n${topic}\n${groupId}`
}

/** The deletion of an offset. */
export function deletionOf({ groupId, topic, partition }: OffsetChange): OffsetChange {
  return { groupId, topic, partition, committed: null }
}
