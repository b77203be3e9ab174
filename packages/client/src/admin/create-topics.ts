// Admin: create topics.
import { CreateTopicsApi, ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import {
  entry,
  flag,
  int16,
  int32,
  listOf,
  optional,
  optionsWith,
  settings,
  text,
} from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

/** A topic to create. */
export interface NewTopic {
  /** Up to 249 letters, digits, dots, underscores and dashes. */
  readonly name: string
  /** Default: the broker's `num.partitions`. */
  readonly partitions?: number
  /** Default: the broker's `default.replication.factor`. */
  readonly replicationFactor?: number
  /** Broker ids of each partition's replicas, instead of the two counts. */
  readonly assignments?: readonly (readonly number[])[]
  /** Topic settings by Kafka's names. */
  readonly configs?: Readonly<Record<string, string>>
}

/** Options of `createTopics`. */
export interface CreateTopicsOptions extends AdminCallOptions {
  /** Only check. Default false. */
  readonly validateOnly?: boolean
}

/** What became of one topic. */
export interface CreatedTopic extends Outcome {
  /** The topic’s name. */
  readonly name: string
  /** All-zero where it failed or the broker is older than 2.8. */
  readonly topicId: string
  /** −1 where the broker does not tell. */
  readonly partitions: number
  /** Replicas of each partition; −1 where the broker does not tell. */
  readonly replicationFactor: number
}

const checkTopics = listOf(
  entry({
    name: text,
    partitions: optional(int32),
    replicationFactor: optional(int16),
    assignments: optional(listOf(listOf(int32))),
    configs: optional(settings),
  }),
)

const checkOptions = optionsWith({ validateOnly: flag })

/**
 * Creates topics; each has its own outcome (`TOPIC_ALREADY_EXISTS`, `INVALID_CONFIG`, …). Apache Kafka answers before all of its brokers know
 * the topic: this client waits where it meets one that does not, another client may have to.
 */
export async function createTopics(
  cluster: Cluster,
  topics: readonly NewTopic[],
  options: CreateTopicsOptions = {},
): Promise<CreatedTopic[]> {
  checkTopics('createTopics: topics', topics)
  checkOptions('createTopics: options', options)
  const what = `creating ${topics.length === 1 ? `topic "${topics[0]!.name}"` : `${topics.length} topics`}`
  const response = await cluster.call(
    CreateTopicsApi,
    {
      topics: topics.map(({ name, partitions = -1, replicationFactor = -1, assignments, configs = {} }) => ({
        name,
        numPartitions: assignments ? -1 : partitions,
        replicationFactor: assignments ? -1 : replicationFactor,
        assignments: (assignments ?? []).map((brokerIds, partitionIndex) => ({
          partitionIndex,
          brokerIds: [...brokerIds],
        })),
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      })),
      timeoutMs: cluster.options.requestTimeoutMs,
      validateOnly: options.validateOnly ?? false,
    },
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: ({ topics: results }) =>
        checkBroker(
          results.map(result => result.errorCode),
          what,
        ),
    },
  )
  for (const { name, errorCode, numPartitions } of response.topics) {
    if (errorCode === ErrorCode.NONE && !options.validateOnly) cluster.freshTopics.add(name, numPartitions)
  }
  return response.topics.map(result => ({
    name: result.name,
    topicId: result.topicId,
    partitions: result.numPartitions,
    replicationFactor: result.replicationFactor,
    error: outcomeError(result.errorCode, `creating topic "${result.name}"`, result.errorMessage),
  }))
}
