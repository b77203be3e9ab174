// Partitions by their topics.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { TopicPartitions } from './types/cluster.ts'

/** Partitions by topic, in order. */
export function byTopic(partitions: readonly TopicPartition[]): TopicPartitions[] {
  const topics = new Map<string, number[]>()
  for (const { topic, partition } of partitions) {
    const list = topics.get(topic) ?? []
    topics.set(topic, list)
    list.push(partition)
  }
  return [...topics].map(([topic, list]) => ({ topic, partitions: list.sort((a, b) => a - b) }))
}
