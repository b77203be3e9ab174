// Offsets that were committed in transactions which have not ended, by producer and by partition.
import { keyOf, type OffsetChange } from './offset-change.ts'

export interface OpenOffset {
  readonly change: OffsetChange
  /** Where its record is; infinite while that is being written. */
  readonly recordOffset: number
}

const none: readonly OpenOffset[] = []

/** Of one partition of `__consumer_offsets`. Kafka's `pendingTransactionalOffsets` and `OpenTransactions`. */
export class OpenOffsets {
  /** By producer id, then by the key of the offset: the latest of each transaction. */
  readonly #byProducer = new Map<number, Map<string, OpenOffset>>()
  /** How many transactions have the offset of a key: fetches ask for each. */
  readonly #counts = new Map<string, number>()

  add(producerId: number, change: OffsetChange, recordOffset: number): void {
    let offsets = this.#byProducer.get(producerId)
    if (!offsets) this.#byProducer.set(producerId, (offsets = new Map()))
    const key = keyOf(change)
    if (!offsets.has(key)) this.#count(key, 1)
    offsets.set(key, { change, recordOffset })
  }

  /** The record of one that was added is durable. */
  stored(producerId: number, change: OffsetChange, recordOffset: number): void {
    const offsets = this.#byProducer.get(producerId)
    const key = keyOf(change)
    if (offsets?.get(key)?.change === change) offsets.set(key, { change, recordOffset })
  }

  /** The producer's, which are not open any more. */
  take(producerId: number): Iterable<OpenOffset> {
    const offsets = this.#byProducer.get(producerId)
    this.#byProducer.delete(producerId)
    if (!offsets) return none
    for (const key of offsets.keys()) this.#count(key, -1)
    return offsets.values()
  }

  /** The offset was deleted, at `recordOffset` of the log: those in front of it do not count whatever happens to their transactions. */
  delete(change: OffsetChange, recordOffset: number): void {
    if (this.#byProducer.size === 0) return
    const key = keyOf(change)
    for (const [producerId, offsets] of this.#byProducer) {
      const open = offsets.get(key)
      if (!open || open.recordOffset > recordOffset) continue
      offsets.delete(key)
      this.#count(key, -1)
      if (offsets.size === 0) this.#byProducer.delete(producerId)
    }
  }

  has(change: OffsetChange): boolean {
    return this.#counts.size > 0 && this.#counts.has(keyOf(change))
  }

  hasGroup(groupId: string): boolean {
    return !this.changes(groupId).next().done
  }

  *changes(groupId: string): Generator<OffsetChange> {
    for (const offsets of this.#byProducer.values()) {
      for (const { change } of offsets.values()) if (change.groupId === groupId) yield change
    }
  }

  *groupIds(): Generator<string> {
    for (const offsets of this.#byProducer.values()) {
      for (const { change } of offsets.values()) yield change.groupId
    }
  }

  #count(key: string, by: number): void {
    const count = (this.#counts.get(key) ?? 0) + by
    if (count === 0) this.#counts.delete(key)
    else this.#counts.set(key, count)
  }
}
