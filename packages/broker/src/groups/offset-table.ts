// Committed offsets by group, topic and partition: what is durable, what is on its way to the disk, what waits for a transaction to end.
import { invariant } from '@millrace/runtime'
import type { Change } from '../coordination/shard-kind.ts'
import { type CommittedOffset, keyOf, type OffsetChange } from './offset-change.ts'
import { OpenOffsets } from './open-offsets.ts'

export type TopicOffsets = ReadonlyMap<number, CommittedOffset>

/** With the place of its record in the log: of two, the later one counts. */
interface StoredOffset extends CommittedOffset {
  readonly recordOffset: number
}

const noTopics: ReadonlyMap<string, TopicOffsets> = new Map()

/**
 * Readers see durable offsets only: an offset that was shown never goes back, whatever happens to the machine.
 * Who deletes must also know of those that are being written, or they would survive: `known` includes them.
 */
export class OffsetTable {
  readonly #groups = new Map<string, Map<string, Map<number, StoredOffset>>>()
  /** In the order of the log. As many as come in while a disk sync lasts. */
  readonly #pending = new Set<OffsetChange>()
  /** Offsets committed in transactions that are open: they count when the transaction commits. */
  readonly #open = new OpenOffsets()
  /** Changes that failed, by their key: they may stand in the log all the same, and be found there after a crash. */
  readonly #uncertain = new Map<string, OffsetChange>()

  get(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#groups.get(groupId)?.get(topic)?.get(partition)
  }

  /** Durable offsets of a group by topic. */
  topics(groupId: string): ReadonlyMap<string, TopicOffsets> {
    return this.#groups.get(groupId) ?? noTopics
  }

  /** Of groups that have an offset, or will have one if a transaction commits. */
  groupIds(): ReadonlySet<string> {
    return new Set([...this.#groups.keys(), ...this.#open.groupIds()])
  }

  /** Whether a transaction has committed an offset for the partition and has not ended. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    return this.#open.has({ groupId, topic, partition, committed: null })
  }

  /** Whether any transaction with offsets of the group has not ended. */
  isInTransaction(groupId: string): boolean {
    return this.#open.hasGroup(groupId)
  }

  /** What is seen of these changes while they are written. */
  written(changes: readonly OffsetChange[]): Change {
    return {
      begin: () => {
        for (const change of changes) this.#pending.add(change)
      },
      settle: (durable, baseOffset) => {
        for (const [index, change] of changes.entries()) this.#settle(change, durable, baseOffset + index)
      },
    }
  }

  /**
   * The same for changes that are part of a producer's transaction. They are there from the beginning: the end of the transaction may be heard
   * of in the turn in which their record is. One that failed never counts, though its record may be in the log all the same: the producer was
   * told so, and may commit what it wrote before.
   */
  writtenInTransaction(producerId: number, changes: readonly OffsetChange[]): Change {
    return {
      begin: () => {
        for (const change of changes) this.#open.add(producerId, change, Number.POSITIVE_INFINITY)
      },
      settle: (durable, baseOffset) => {
        for (const [index, change] of changes.entries()) {
          if (durable) {
            this.#open.stored(producerId, change, baseOffset + index)
            continue
          }
          this.#open.failed(producerId, change)
          this.#uncertain.set(keyOf(change), change)
        }
      },
    }
  }

  /** A change that counts from the end of its producer's transaction on, if that commits. Its record is at `recordOffset`. */
  addToTransaction(producerId: number, change: OffsetChange, recordOffset: number): void {
    this.#open.add(producerId, change, recordOffset)
  }

  /** The producer's transaction has ended in this partition, with the marker at `markerOffset`: all of its records stand in front of that. */
  endTransaction(producerId: number, committed: boolean, markerOffset: number): void {
    for (const { change, recordOffset } of this.#open.take(producerId)) {
      if (committed) this.apply(change, Math.min(recordOffset, markerOffset))
    }
  }

  /** A change whose record is at `recordOffset`: what stands behind it in the log stays. */
  apply(change: OffsetChange, recordOffset: number): void {
    const { groupId, topic, partition, committed } = change
    if (this.#uncertain.size > 0) this.#uncertain.delete(keyOf(change))
    let topics = this.#groups.get(groupId)
    let partitions = topics?.get(topic)
    if (!committed) this.#open.delete(change, recordOffset)
    const known = partitions?.get(partition)
    if (known && known.recordOffset > recordOffset) return
    if (committed) {
      if (!topics) this.#groups.set(groupId, (topics = new Map()))
      if (!partitions) topics.set(topic, (partitions = new Map()))
      partitions.set(partition, { ...committed, recordOffset })
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
   * The latest of every offset of a group, or of one topic of it: durable, in a transaction, on its way to the disk, or perhaps there. One that
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
    for (const change of this.#open.changes(groupId)) found.set(keyOf(change), change)
    for (const [key, change] of this.#uncertain) {
      if (change.groupId === groupId && change.committed) found.set(key, change)
    }
    for (const change of this.#pending) {
      if (change.groupId === groupId) found.set(keyOf(change), change)
    }
    const all = [...found.values()]
    return topic === undefined ? all : all.filter(each => each.topic === topic)
  }

  #settle(change: OffsetChange, durable: boolean, recordOffset: number): void {
    invariant(this.#pending.delete(change), 'a change of an offset is settled once, after it began')
    if (durable) this.apply(change, recordOffset)
    else this.#uncertain.set(keyOf(change), change)
  }
}
