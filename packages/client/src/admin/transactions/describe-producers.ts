// Admin: producers with state in partitions, among them those of transactions that nobody ends (KIP-664).
import { DescribeProducersApi, type DescribeProducersResponse } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, int32, listOf, optional, optionsWith, partitionFields } from '../../config/arguments.ts'
import { askLeaders, type LeaderOutcome } from '../by-leader.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'

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

/** Options of `describeProducers`. */
export interface DescribeProducersOptions extends AdminCallOptions {
  /** Ask this broker’s replicas, leaders or not (`NOT_LEADER_OR_FOLLOWER` where it has none). Default: each partition’s leader. */
  readonly brokerId?: number
}

const checkPartitions = listOf(entry(partitionFields))
const checkOptions = optionsWith({ brokerId: optional(int32) })

type Answer = TopicPartition & DescribeProducersResponse['topics'][number]['partitions'][number]

/** Describes the producers of partitions, each at its leader, in the order asked for. */
export async function describeProducers(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  options: DescribeProducersOptions = {},
): Promise<DescribedProducers[]> {
  checkPartitions('describeProducers: partitions', partitions)
  checkOptions('describeProducers: options', options)
  const { brokerId, ...callOptions } = options
  const what = 'describing producers'
  const ask = async (to: number, share: readonly TopicPartition[]): Promise<Answer[]> => {
    const body = {
      topics: groupByTopic(share).map(([name, entries]) => ({
        name,
        partitionIndexes: entries.map(({ partition }) => partition),
      })),
    }
    const { topics } = await cluster.request(DescribeProducersApi, body, {
      to: { broker: to },
      signal: options.signal,
    })
    return topics.flatMap(({ name, partitions: answers }) =>
      answers.map(answer => ({ topic: name, partition: answer.partitionIndex, ...answer })),
    )
  }
  const outcomes =
    brokerId === undefined
      ? await askLeaders(cluster, what, partitions, callOptions, ask)
      : await askReplicas(cluster, what, partitions, callOptions, share => ask(brokerId, share))
  return partitions.map(({ topic, partition }, index) => {
    const { answer, error } = outcomes[index]!
    return { topic, partition, producers: (answer?.activeProducers ?? []).map(stateOf), error }
  })
}

function stateOf({ currentTxnStartOffset, ...state }: Answer['activeProducers'][number]): ProducerState {
  return { ...state, transactionStartOffset: currentTxnStartOffset }
}

/** Whatever one broker says of the partitions is final. */
async function askReplicas(
  cluster: Cluster,
  what: string,
  partitions: readonly TopicPartition[],
  options: AdminCallOptions,
  ask: (partitions: readonly TopicPartition[]) => Promise<Answer[]>,
): Promise<LeaderOutcome<Answer>[]> {
  const answers = await cluster.retry(what, () => ask(partitions), options)
  const found = new Map(answers.map(answer => [`${answer.topic}-${answer.partition}`, answer]))
  return partitions.map(({ topic, partition }) => {
    const name = `${topic}-${partition}`
    const answer = found.get(name)
    const error = outcomeError(answer?.errorCode ?? -1, `${what} of ${name}`, answer?.errorMessage)
    return { answer: error ? undefined : answer, error }
  })
}
