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
  /**
   * By producer id, then by the key of the offset: the latest last, behind those which count where it cannot be written. Never empty. One, but
   * for what is being written.
   */
  readonly #byProducer = new Map<number, Map<string, OpenOffset[]>>()
  /** How many transactions have the offset of a key: fetches ask for each. */
  readonly #counts = new Map<string, number>()

  add(producerId: number, change: OffsetChange, recordOffset: number): void {
    let offsets = this.#byProducer.get(producerId)
    if (!offsets) this.#byProducer.set(producerId, (offsets = new Map()))
    const key = keyOf(change)
    const versions = offsets.get(key)
    const open = { change, recordOffset }
    if (!versions) {
      this.#count(key, 1)
      offsets.set(key, [open])
    } else if (recordOffset === Number.POSITIVE_INFINITY) versions.push(open)
    else versions.splice(0, versions.length, open)
  }

  /** The record of one that was added is durable: those before it count no more. */
  stored(producerId: number, change: OffsetChange, recordOffset: number): void {
    const versions = this.#byProducer.get(producerId)?.get(keyOf(change))
    const at = versions?.findIndex(open => open.change === change) ?? -1
    if (at >= 0) versions!.splice(0, at + 1, { change, recordOffset })
  }

  /** The record of one that was added could not be written: the one before it counts. */
  failed(producerId: number, change: OffsetChange): void {
    const offsets = this.#byProducer.get(producerId)
    if (offsets) this.#remove(producerId, offsets, keyOf(change), open => open.change === change)
  }

  /** The producer's, which are not open any more: the latest of each. */
  take(producerId: number): readonly OpenOffset[] {
    const offsets = this.#byProducer.get(producerId)
    this.#byProducer.delete(producerId)
    if (!offsets) return none
    for (const key of offsets.keys()) this.#count(key, -1)
    return Array.from(offsets.values(), versions => versions.at(-1)!)
  }

  /** The offset was deleted, at `recordOffset` of the log: those in front of it do not count whatever happens to their transactions. */
  delete(change: OffsetChange, recordOffset: number): void {
    if (this.#byProducer.size === 0) return
    const key = keyOf(change)
    for (const [producerId, offsets] of this.#byProducer) {
      this.#remove(producerId, offsets, key, open => open.recordOffset <= recordOffset)
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
      for (const versions of offsets.values()) {
        const { change } = versions.at(-1)!
        if (change.groupId === groupId) yield change
      }
    }
  }

  *groupIds(): Generator<string> {
    for (const offsets of this.#byProducer.values()) {
      for (const versions of offsets.values()) yield versions[0]!.change.groupId
    }
  }

  #remove(
    producerId: number,
    offsets: Map<string, OpenOffset[]>,
    key: string,
    which: (open: OpenOffset) => boolean,
  ): void {
    const versions = offsets.get(key)
    if (!versions) return
    const left = versions.filter(open => !which(open))
    if (left.length > 0) {
      offsets.set(key, left)
      return
    }
    offsets.delete(key)
    this.#count(key, -1)
    if (offsets.size === 0) this.#byProducer.delete(producerId)
  }

  #count(key: string, by: number): void {
    const count = (this.#counts.get(key) ?? 0) + by
    if (count === 0) this.#counts.delete(key)
    else this.#counts.set(key, count)
  }
}
