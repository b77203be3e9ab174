// Admin: partitions, leaders and replicas of topics.
import {
  DescribeTopicPartitionsApi,
  ErrorCode,
  type DescribeTopicPartitionsResponse,
  MetadataApi,
  zeroUuid,
} from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError } from '../errors/index.ts'
import { listOf, optionsWith, text } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError } from './outcome.ts'
import { checkFresh } from './wrong-broker.ts'

/** One partition of a topic. */
export interface DescribedPartition {
  /** Its number, from 0 on. */
  readonly partition: number
  /** −1 while there is none. */
  readonly leader: number
  /** Counts the changes of the leader; −1 where the broker does not tell. */
  readonly leaderEpoch: number
  /** Ids of the brokers that have it, the preferred leader first. */
  readonly replicas: readonly number[]
  /** Those whose copy is up to date: fewer than `replicas` means under-replicated. */
  readonly inSyncReplicas: readonly number[]
  /** Those whose copy cannot be reached. */
  readonly offlineReplicas: readonly number[]
}

/** One topic with its partitions. */
export interface DescribedTopic extends Outcome {
  /** The topic’s name. */
  readonly name: string
  /** Its id; all-zero where there is an error, or the broker is older than 2.8. */
  readonly topicId: string
  /** Whether it is Kafka’s own, such as `__consumer_offsets`. */
  readonly isInternal: boolean
  /** Sorted by number; empty where there is an error. */
  readonly partitions: readonly DescribedPartition[]
}

/** A page of this many partitions at a time, as Java's admin client asks for. */
const partitionLimit = 2000

const checkNames = listOf(text)

const checkOptions = optionsWith()

/**
 * Describes topics, in the order given. Uses DescribeTopicPartitions, page by page, where the broker has it, else Metadata;
 * never creates a topic.
 */
export async function describeTopics(
  cluster: Cluster,
  names: readonly string[],
  options: AdminCallOptions = {},
): Promise<DescribedTopic[]> {
  checkNames('describeTopics: names', names)
  checkOptions('describeTopics: options', options)
  const ranges = await cluster.apiRanges('any', options.signal)
  const topics = ranges.has(DescribeTopicPartitionsApi.key)
    ? await describeByPages(cluster, names, options)
    : await describeByMetadata(cluster, names, options)
  return names.map(name => topics.get(name) ?? unmentioned(name))
}

/** A topic that the response leaves out. */
function unmentioned(name: string): DescribedTopic {
  const error = new BrokerError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `describing topic "${name}"`)
  return { name, topicId: zeroUuid, isInternal: false, partitions: [], error }
}

type Page = DescribeTopicPartitionsResponse['topics'][number]

async function describeByPages(
  cluster: Cluster,
  names: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, DescribedTopic>> {
  const what = `describing ${names.length} topics`
  const described = new Map<string, DescribedTopic>()
  // The broker answers in the order of names and its cursor points into that order.
  let rest = [...new Set(names)].sort()
  let cursor: { topicName: string; partitionIndex: number } | null = null
  do {
    const response: DescribeTopicPartitionsResponse = await cluster.call(
      DescribeTopicPartitionsApi,
      { topics: rest.map(name => ({ name })), responsePartitionLimit: partitionLimit, cursor },
      { ...callOptions(options), what, check: ({ topics }) => checkFresh(cluster, topics, what) },
    )
    for (const page of response.topics) append(described, page)
    cursor = response.nextCursor
    const next = cursor?.topicName
    if (next !== undefined) rest = rest.filter(name => name >= next)
  } while (cursor !== null)
  return described
}

function append(described: Map<string, DescribedTopic>, page: Page): void {
  const name = page.name ?? ''
  const partitions = page.partitions.map(entry => ({
    partition: entry.partitionIndex,
    leader: entry.leaderId,
    leaderEpoch: entry.leaderEpoch,
    replicas: entry.replicaNodes,
    inSyncReplicas: entry.isrNodes,
    offlineReplicas: entry.offlineReplicas,
  }))
  described.set(name, {
    name,
    topicId: page.topicId,
    isInternal: page.isInternal,
    partitions: [...(described.get(name)?.partitions ?? []), ...partitions],
    error: outcomeError(page.errorCode, `describing topic "${name}"`),
  })
}

async function describeByMetadata(
  cluster: Cluster,
  names: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, DescribedTopic>> {
  const what = `describing ${names.length} topics`
  const response = await cluster.call(
    MetadataApi,
    { topics: names.map(name => ({ name })), allowAutoTopicCreation: false },
    {
      ...callOptions(options),
      what,
      minVersion: 4,
      check: ({ topics }) => checkFresh(cluster, topics, what),
    },
  )
  const described = new Map<string, DescribedTopic>()
  for (const topic of response.topics) {
    const name = topic.name ?? ''
    described.set(name, {
      name,
      topicId: topic.topicId,
      isInternal: topic.isInternal,
      partitions: topic.partitions
        .map(entry => ({
          partition: entry.partitionIndex,
          leader: entry.leaderId,
          leaderEpoch: entry.leaderEpoch,
          replicas: entry.replicaNodes,
          inSyncReplicas: entry.isrNodes,
          offlineReplicas: entry.offlineReplicas,
        }))
        .sort((a, b) => a.partition - b.partition),
      error: outcomeError(topic.errorCode, `describing topic "${name}"`),
    })
  }
  return described
}
