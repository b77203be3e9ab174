// A share session (KIP-932): what a broker remembers of a member, whose requests are numbered, one at a time. Pure.
import type { AcknowledgementBatch, PartitionAcknowledgements } from './acknowledgements.ts'
import { type SharePartition, sharePartitionKey } from './share-partition.ts'

/** What a request says of a partition: that it is wanted, and what was done with records of it. */
export interface SessionPartition {
  readonly partition: SharePartition
  readonly acknowledgementBatches: AcknowledgementBatch[]
}

export interface SessionFetch {
  readonly epoch: number
  readonly partitions: readonly SessionPartition[]
  readonly forgotten: readonly SharePartition[]
}

const initialEpoch = 0
const finalEpoch = -1
const epochMax = 0x7fffffff

export class ShareSession {
  #epoch = initialEpoch
  #known = new Map<string, SharePartition>()

  /** Whether the broker knows of nothing that was acquired before. */
  get isNew(): boolean {
    return this.#epoch === initialEpoch
  }

  /** The request that acquires records of exactly these partitions. `acknowledgements`: those of partitions among them; a new session takes none. */
  fetch(
    wanted: ReadonlyMap<string, SharePartition>,
    acknowledgements: readonly PartitionAcknowledgements[],
  ): SessionFetch {
    const partitions = new Map<string, SessionPartition>()
    for (const [key, partition] of wanted) {
      if (!this.isNew && this.#known.has(key)) continue
      partitions.set(key, { partition, acknowledgementBatches: [] })
    }
    for (const each of this.isNew ? [] : acknowledgements) {
      const { partition } = each
      partitions.set(sharePartitionKey(partition), { partition, acknowledgementBatches: each.toBatches() })
    }
    const forgotten = this.isNew
      ? []
      : [...this.#known].filter(([key]) => !wanted.has(key)).map(([, each]) => each)
    this.#known = new Map(wanted)
    return { epoch: this.#epoch, partitions: [...partitions.values()], forgotten }
  }

  /** The request that only acknowledges; `final` ends the session, and frees what is not acknowledged. */
  acknowledge(
    acknowledgements: readonly PartitionAcknowledgements[],
    final: boolean,
  ): Pick<SessionFetch, 'epoch' | 'partitions'> {
    const partitions = acknowledgements.map(each => ({
      partition: each.partition,
      acknowledgementBatches: each.toBatches(),
    }))
    return { epoch: final ? finalEpoch : this.#epoch, partitions }
  }

  /** The broker took the request: the next one has the next number. */
  answered(): void {
    this.#epoch = this.#epoch === epochMax ? 1 : this.#epoch + 1
  }

  /** The broker does not know the session, or may or may not have counted a request: the next one starts another. */
  lost(): void {
    this.#epoch = initialEpoch
    this.#known.clear()
  }
}
