// Deals records out one by one.
import type { Partitioner } from './partitioner.ts'

/** Deals records out one by one, whatever their keys, as Java's `RoundRobinPartitioner`. Small batches: use it for evenness only. */
export function roundRobinPartitioner(): Partitioner {
  const next = new Map<string, number>()
  return ({ topic }, partitionCount) => {
    const turn = (next.get(topic) ?? 0) % partitionCount
    next.set(topic, turn + 1)
    return turn
  }
}
