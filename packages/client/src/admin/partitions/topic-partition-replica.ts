// One broker's copy of a partition: Kafka's `TopicPartitionReplica`.
import type { TopicPartition } from '../../cluster/topic-partition.ts'

/** A replica by its partition and its broker. */
export interface TopicPartitionReplica extends TopicPartition {
  /** The broker that has it. */
  readonly brokerId: number
}

/** Replicas by broker, in the order of first appearance. */
export function groupByBroker<T extends TopicPartitionReplica>(replicas: readonly T[]): [number, T[]][] {
  return [...Map.groupBy(replicas, ({ brokerId }) => brokerId)]
}
