// Sets of partitions by topic, never changed in place: what belongs to a transaction.

export type TopicPartitions = ReadonlyMap<string, ReadonlySet<number>>

export const noPartitions: TopicPartitions = new Map()

/** As requests and records list them. */
export interface TopicPartitionList {
  readonly topic: string
  readonly partitions: readonly number[]
}

/** One name may come several times. */
export function partitionsOf(lists: Iterable<TopicPartitionList>): TopicPartitions {
  const found = new Map<string, Set<number>>()
  for (const { topic, partitions } of lists) {
    const known = found.get(topic) ?? new Set()
    for (const partition of partitions) known.add(partition)
    found.set(topic, known)
  }
  return found
}

export function listsOf(partitions: TopicPartitions): { topic: string; partitions: number[] }[] {
  return Array.from(partitions, ([topic, indexes]) => ({ topic, partitions: [...indexes] }))
}

export function has(partitions: TopicPartitions, topic: string, partition: number): boolean {
  return partitions.get(topic)?.has(partition) === true
}

export function hasAll(partitions: TopicPartitions, asked: TopicPartitions): boolean {
  for (const [topic, indexes] of asked) {
    for (const index of indexes) if (!has(partitions, topic, index)) return false
  }
  return true
}

/** Both together. */
export function union(partitions: TopicPartitions, added: TopicPartitions): TopicPartitions {
  const together = new Map(partitions)
  for (const [topic, indexes] of added) {
    together.set(topic, new Set([...(partitions.get(topic) ?? []), ...indexes]))
  }
  return together
}
