// Admin: partitions that are on their way to other brokers (KIP-455).
import { ListPartitionReassignmentsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, listOf, optional, optionsWith, partitionFields } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'

/** A partition on its way. */
export interface PartitionReassignment extends TopicPartition {
  /** Ids of the brokers that have it, or begin to: the old and the new ones. */
  readonly replicas: readonly number[]
  /** Those that begin to. */
  readonly addingReplicas: readonly number[]
  /** Those that will not have it any more. */
  readonly removingReplicas: readonly number[]
}

const checkPartitions = optional(listOf(entry(partitionFields)))
const checkOptions = optionsWith()

/** Those of the partitions, or of all, that are being moved, sorted by topic and partition. What rests, or does not exist, is left out. */
export async function listPartitionReassignments(
  cluster: Cluster,
  partitions?: readonly TopicPartition[],
  options: AdminCallOptions = {},
): Promise<PartitionReassignment[]> {
  checkPartitions('listPartitionReassignments: partitions', partitions)
  checkOptions('listPartitionReassignments: options', options)
  const what = 'listing partitions that are being moved'
  const { errorCode, errorMessage, topics } = await cluster.call(
    ListPartitionReassignmentsApi,
    {
      timeoutMs: cluster.options.requestTimeoutMs,
      topics: partitions
        ? groupByTopic(partitions).map(([name, entries]) => ({
            name,
            partitionIndexes: entries.map(({ partition }) => partition),
          }))
        : null,
    },
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: response => checkBroker([response.errorCode], what),
    },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
  return topics
    .flatMap(({ name, partitions: moving }) =>
      moving.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
        topic: name,
        partition: partitionIndex,
        replicas,
        addingReplicas,
        removingReplicas,
      })),
    )
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
}
