// Admin: producers with state in partitions, among them those of transactions that nobody ends (KIP-664).
import { DescribeProducersApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../cluster/topic-partition.ts'
import { entry, listOf, optionsWith, partitionFields } from '../config/arguments.ts'
import { askLeaders } from './by-leader.ts'
import type { AdminCallOptions } from './call-options.ts'
import type { Outcome } from './outcome.ts'

/** What a partition remembers of one producer. */
export interface ProducerState {
  /** Unique in the cluster. */
  readonly producerId: number
  /** The highest that it wrote with. */
  readonly producerEpoch: number
  /** Sequence number of its last record; −1 for none. */
  readonly lastSequence: number
  /** Of its last batch, in milliseconds of the epoch. */
  readonly lastTimestamp: number
  /** Epoch of the coordinator that wrote the last marker; −1 for none. */
  readonly coordinatorEpoch: number
  /** Where its open transaction begins; −1 for none. Readers of committed data wait there. */
  readonly transactionStartOffset: number
}

/** The producers of one partition. */
export interface DescribedProducers extends TopicPartition, Outcome {
  /** Empty where there is an error. */
  readonly producers: readonly ProducerState[]
}

const checkPartitions = listOf(entry(partitionFields))
const checkOptions = optionsWith()

/** Describes the producers of partitions, each at its leader, in the order asked for. */
export async function describeProducers(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  options: AdminCallOptions = {},
): Promise<DescribedProducers[]> {
  checkPartitions('describeProducers: partitions', partitions)
  checkOptions('describeProducers: options', options)
  const what = 'describing producers'
  const outcomes = await askLeaders(cluster, what, partitions, options, async (leader, share) => {
    const { topics } = await cluster.request(
      DescribeProducersApi,
      {
        topics: groupByTopic(share).map(([name, entries]) => ({
          name,
          partitionIndexes: entries.map(({ partition }) => partition),
        })),
      },
      { to: { broker: leader }, signal: options.signal },
    )
    return topics.flatMap(({ name, partitions: answers }) =>
      answers.map(({ partitionIndex, ...answer }) => ({ topic: name, partition: partitionIndex, ...answer })),
    )
  })
  return partitions.map(({ topic, partition }, index) => {
    const { answer, error } = outcomes[index]!
    const producers = (answer?.activeProducers ?? []).map(({ currentTxnStartOffset, ...state }) => ({
      ...state,
      transactionStartOffset: currentTxnStartOffset,
    }))
    return { topic, partition, producers, error }
  })
}
