// Offsets that groups committed and were shown again, held against "an acknowledged commit is never lost and never goes back".
import { formatPartition, type PartitionName } from './history.ts'
import { Violation } from './violation.ts'

interface CommitHistory {
  /** The newest commit that was acknowledged. */
  acknowledged: number
  /** Commits whose answer never came: a late copy of one may still be applied by the broker. */
  readonly uncertain: Set<number>
}

/** Commits of one group. Members commit forward only, and the coordinator fences old generations, so the truth only grows. */
export class OffsetHistory {
  readonly #group: string
  readonly #partitions = new Map<string, CommitHistory>()

  constructor(group: string) {
    this.#group = group
  }

  /** A commit was sent; its outcome is open. */
  sent(partition: PartitionName, offset: number): void {
    this.#of(partition).uncertain.add(offset)
  }

  /** The coordinator acknowledged the commit. `repeated`: it was sent more than once, and an earlier copy may still be under way. */
  acknowledged(partition: PartitionName, offset: number, repeated = false): void {
    const history = this.#of(partition)
    if (!repeated) history.uncertain.delete(offset)
    history.acknowledged = Math.max(history.acknowledged, offset)
  }

  /** What a fetch of committed offsets has to return at least if it is sent now. */
  floor(partition: PartitionName): number {
    return this.#of(partition).acknowledged
  }

  /** A fetch that was sent when `floor` held returned `offset` (−1: none). */
  seen(partition: PartitionName, offset: number, floor: number): void {
    const { uncertain } = this.#of(partition)
    // A commit that timed out may lie in a buffer of the broker and be applied after a later one: Kafka promises no more than this.
    if (offset >= floor || uncertain.has(offset)) return
    throw new Violation(
      'committed offsets never go back',
      `group ${this.#group} had ${floor} acknowledged for ${formatPartition(partition)}, and is shown ${offset}`,
    )
  }

  #of(partition: PartitionName): CommitHistory {
    const name = formatPartition(partition)
    let history = this.#partitions.get(name)
    if (!history) {
      history = { acknowledged: -1, uncertain: new Set() }
      this.#partitions.set(name, history)
    }
    return history
  }
}
