// Set arithmetic on partitions grouped by topic: by its name, or by its id.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { TopicPartitions } from '../assignors/assignor.ts'

export const nothing: TopicPartitions = new Map()

export function isEmpty(partitions: TopicPartitions): boolean {
  for (const numbers of partitions.values()) if (numbers.length > 0) return false
  return true
}

/** What is in `a` and not in `b`. */
export function subtract(a: TopicPartitions, b: TopicPartitions): TopicPartitions {
  const rest = new Map<string, number[]>()
  for (const [topic, numbers] of a) {
    const taken = new Set(b.get(topic))
    const left = numbers.filter(number => !taken.has(number))
    if (left.length > 0) rest.set(topic, left)
  }
  return rest
}

export function toList(partitions: TopicPartitions): TopicPartition[] {
  return [...partitions].flatMap(([topic, numbers]) => numbers.map(partition => ({ topic, partition })))
}
