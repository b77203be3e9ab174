// A partition that records are acquired of: sessions know it by the id of its topic.
import type { TopicPartition } from '../cluster/topic-partition.ts'

export interface SharePartition extends TopicPartition {
  readonly topicId: string
}

/** Topic id and partition as one key of a map. */
export function sharePartitionKey({ topicId, partition }: Omit<SharePartition, 'topic'>): string {
  return `${topicId}/${partition}`
}
