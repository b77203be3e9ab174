// Chooses a partition for a record that does not name one.
import { murmur2, murmur2String } from '@millrace/protocol'

/** The record as a partitioner sees it: serialized. Text stands for its UTF-8 bytes. */
export interface PartitionerInput {
  readonly topic: string
  readonly key: string | Uint8Array | null
  readonly value: string | Uint8Array | null
}

/** Returned by a partitioner that leaves the choice to the producer: the partition that batches best. */
export const anyPartition = -1

/**
 * Returns a partition from 0 to `partitionCount − 1`, or {@link anyPartition}. Called for every record: keep it cheap. The input object
 * is used again for the next record.
 */
export type Partitioner = (input: PartitionerInput, partitionCount: number) => number

/** The same key goes where Java's default partitioner sends it; records without a key stick to a partition for a batch (KIP-794). */
export const defaultPartitioner: Partitioner = ({ key }, partitionCount) => {
  if (key === null) return anyPartition
  const hash = typeof key === 'string' ? murmur2String(key) : murmur2(key)
  return (hash & 0x7fffffff) % partitionCount
}

/** Deals records out one by one, whatever their keys, as Java's `RoundRobinPartitioner`. Small batches: use it for evenness only. */
export function roundRobinPartitioner(): Partitioner {
  const next = new Map<string, number>()
  return ({ topic }, partitionCount) => {
    const turn = (next.get(topic) ?? 0) % partitionCount
    next.set(topic, turn + 1)
    return turn
  }
}
