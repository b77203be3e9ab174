// Admin: partitions, leaders and replicas of topics.
import {
  DescribeTopicPartitionsApi,
  type DescribeTopicPartitionsResponse,
  ErrorCode,
  MetadataApi,
  type MetadataRequestInit,
  type MetadataResponse,
  zeroUuid,
} from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { flag, listOf, optional, optionsWith } from '../../config/arguments.ts'
import { BrokerError, UnsupportedVersionError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions, steps } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import type { AclOperationName } from '../security/acl.ts'
import { authorizedOperations } from '../security/authorized-operations.ts'
import { checkFresh } from '../wrong-broker.ts'
import { keyOfTopic, showTopic, type TopicById, topicNameOrId } from './topic-by-id.ts'

/** One partition of a topic. */
export interface DescribedPartition {
  /** Its number, from 0 on. */
  readonly partition: number
  /** Id of the broker that leads it; −1 while there is none. */
  readonly leader: number
  /** Counts the changes of the leader; −1 where the broker does not tell. */
  readonly leaderEpoch: number
  /** Ids of the brokers that have it, the preferred leader first. */
  readonly replicas: readonly number[]
  /** Those whose copy is up to date: fewer than `replicas` means under-replicated. */
  readonly inSyncReplicas: readonly number[]
  /** Those whose copy cannot be reached. */
  readonly offlineReplicas: readonly number[]
  /** Those that may lead although they are not in sync (KIP-966); undefined where the broker does not tell. */
  readonly eligibleLeaderReplicas: readonly number[] | undefined
  /** Those that could lead when the last one of them was lost (KIP-966); undefined where the broker does not tell. */
  readonly lastKnownEligibleLeaderReplicas: readonly number[] | undefined
}

/** One topic with its partitions. */
export interface DescribedTopic extends Outcome {
  /** The topic’s name; empty where it was given by an id that no topic has. */
  readonly name: string
  /** Its id; all-zero where there is an error, or the broker is older than 2.8. */
  readonly topicId: string
  /** Whether it is Kafka’s own, such as `__consumer_offsets`. */
  readonly isInternal: boolean
  /** Sorted by number; empty where there is an error. */
  readonly partitions: readonly DescribedPartition[]
  /** What this client may do with it; undefined unless asked for. */
  readonly authorizedOperations: readonly AclOperationName[] | undefined
}

/** Options of `describeTopics`. */
export interface DescribeTopicsOptions extends AdminCallOptions {
  /** Also tell what this client may do with each topic (broker 2.3 on). Default false. */
  readonly includeAuthorizedOperations?: boolean
}

/** A page of this many partitions at a time, as Java's admin client asks for. */
const partitionLimit = 2000

const checkTopics = optional(listOf(topicNameOrId))

const checkOptions = optionsWith({ includeAuthorizedOperations: flag })

/** The first version of Metadata that takes topics by their ids alone. */
const idsFrom = 12

/** The first version of Metadata that tells what the client may do. */
const operationsFrom = 8

/**
 * Describes topics in the order given, or all that this client may see, sorted by name. Uses DescribeTopicPartitions, page by page, where the broker has
 * it and for topics by name; else Metadata. Never creates a topic.
 */
export async function describeTopics(
  cluster: Cluster,
  topics?: readonly (string | TopicById)[],
  options: DescribeTopicsOptions = {},
): Promise<DescribedTopic[]> {
  checkTopics('describeTopics: topics', topics)
  checkOptions('describeTopics: options', options)
  if (topics?.length === 0) return []
  const names = topics?.filter(topic => typeof topic === 'string')
  const ids = topics?.filter(topic => typeof topic !== 'string') ?? []
  const found = (
    await Promise.all([
      names?.length === 0 ? [] : describeByName(cluster, names, options),
      ids.length === 0 ? [] : describeByMetadata(cluster, ids, options),
    ])
  ).flat()
  if (!topics) return found.sort((a, b) => (a.name < b.name ? -1 : 1))
  const described = new Map(
    found.flatMap(topic => [
      [keyOfTopic(topic.name), topic],
      [keyOfTopic({ topicId: topic.topicId }), topic],
    ]),
  )
  return topics.map(topic => described.get(keyOfTopic(topic)) ?? unmentioned(topic))
}

async function describeByName(
  cluster: Cluster,
  names: readonly string[] | undefined,
  options: DescribeTopicsOptions,
): Promise<DescribedTopic[]> {
  try {
    return await describeByPages(cluster, names, options)
  } catch (error) {
    if (!(error instanceof UnsupportedVersionError)) throw error
    return describeByMetadata(cluster, names, options)
  }
}

/** A topic that the response leaves out. */
function unmentioned(topic: string | TopicById): DescribedTopic {
  const isName = typeof topic === 'string'
  const errorCode = isName ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.UNKNOWN_TOPIC_ID
  return {
    name: isName ? topic : '',
    topicId: isName ? zeroUuid : topic.topicId,
    isInternal: false,
    partitions: [],
    authorizedOperations: undefined,
    error: new BrokerError(errorCode, `describing ${showTopic(topic)}`),
  }
}

const nameCount = (names: readonly unknown[] | undefined) =>
  names ? `describing ${names.length} topics` : 'describing all topics'

/** Without names: of all topics. */
async function describeByPages(
  cluster: Cluster,
  names: readonly string[] | undefined,
  options: DescribeTopicsOptions,
): Promise<DescribedTopic[]> {
  const what = nameCount(names)
  const step = steps(cluster, options)
  const described = new Map<string, DescribedTopic>()
  // The broker answers in the order of names and its cursor points into that order.
  let rest = names && [...new Set(names)].sort()
  let cursor: { topicName: string; partitionIndex: number } | null = null
  do {
    const response: DescribeTopicPartitionsResponse = await cluster.call(
      DescribeTopicPartitionsApi,
      { topics: (rest ?? []).map(name => ({ name })), responsePartitionLimit: partitionLimit, cursor },
      { ...callOptions(step()), what, check: ({ topics }) => checkFresh(cluster, topics, what) },
    )
    for (const page of response.topics) append(described, page, options)
    cursor = response.nextCursor
    const next = cursor?.topicName
    if (next !== undefined) rest = rest?.filter(name => name >= next)
  } while (cursor !== null)
  return [...described.values()]
}

type Page = DescribeTopicPartitionsResponse['topics'][number]

function append(
  described: Map<string, DescribedTopic>,
  page: Page,
  { includeAuthorizedOperations = false }: DescribeTopicsOptions,
): void {
  const name = page.name ?? ''
  const partitions = page.partitions.map(partition => ({
    ...partitionOf(partition),
    eligibleLeaderReplicas: partition.eligibleLeaderReplicas ?? undefined,
    lastKnownEligibleLeaderReplicas: partition.lastKnownElr ?? undefined,
  }))
  described.set(name, {
    ...topicOf(page),
    partitions: [...(described.get(name)?.partitions ?? []), ...partitions],
    authorizedOperations: includeAuthorizedOperations
      ? authorizedOperations(page.topicAuthorizedOperations)
      : undefined,
  })
}

/** Without topics: of all. */
async function describeByMetadata(
  cluster: Cluster,
  topics: readonly (string | TopicById)[] | undefined,
  options: DescribeTopicsOptions,
): Promise<DescribedTopic[]> {
  const { includeAuthorizedOperations = false } = options
  const what = nameCount(topics)
  const byId = topics?.some(topic => typeof topic !== 'string') ?? false
  const response = await cluster.call(
    MetadataApi,
    version => ({
      topics: topics?.map(topic => wanted(topic)) ?? null,
      allowAutoTopicCreation: false,
      ...(version >= operationsFrom && {
        includeTopicAuthorizedOperations: includeAuthorizedOperations,
      }),
    }),
    {
      ...callOptions(options),
      what,
      minVersion: byId ? idsFrom : 4,
      check: reply => checkFresh(cluster, reply.topics, what),
    },
  )
  return response.topics.map(topic => ({
    ...topicOf(topic),
    partitions: topic.partitions
      .map(partition => ({
        ...partitionOf(partition),
        eligibleLeaderReplicas: undefined,
        lastKnownEligibleLeaderReplicas: undefined,
      }))
      .sort((a, b) => a.partition - b.partition),
    authorizedOperations: authorizedOperations(topic.topicAuthorizedOperations),
  }))
}

function wanted(topic: string | TopicById): NonNullable<MetadataRequestInit['topics']>[number] {
  return typeof topic === 'string' ? { name: topic } : { name: null, topicId: topic.topicId }
}

type MetadataTopic = MetadataResponse['topics'][number]

/** What both answers tell of a topic. */
function topicOf({ name, topicId, isInternal, errorCode }: Omit<Page, 'partitions'> | MetadataTopic) {
  const shown = showTopic(name ?? { topicId })
  return { name: name ?? '', topicId, isInternal, error: outcomeError(errorCode, `describing ${shown}`) }
}

/** What both answers tell of a partition. */
function partitionOf(entry: Page['partitions'][number] | MetadataTopic['partitions'][number]) {
  return {
    partition: entry.partitionIndex,
    leader: entry.leaderId,
    leaderEpoch: entry.leaderEpoch,
    replicas: entry.replicaNodes,
    inSyncReplicas: entry.isrNodes,
    offlineReplicas: entry.offlineReplicas,
  }
}
