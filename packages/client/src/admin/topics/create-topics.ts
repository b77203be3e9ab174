// Admin: create topics.
import {
  CreateTopicsApi,
  type CreateTopicsRequestInit,
  type CreateTopicsResponse,
  ErrorCode,
  zeroUuid,
} from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
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
} from '../../config/arguments.ts'
import { type AnyTopic, Topic } from '../../topic/topic.ts'
import { type ConfigEntry, configEntry } from '../configs/config-entry.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { mutate, type MutationOptions } from './mutation.ts'

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
export interface CreateTopicsOptions extends MutationOptions {
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
  /** Its settings; empty where the broker does not tell: before 2.4, or because this client may not see them. */
  readonly configs: readonly ConfigEntry[]
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

const checkOptions = optionsWith({ validateOnly: flag, retryOnQuotaViolation: flag })

/**
 * Creates topics; each has its own outcome (`TOPIC_ALREADY_EXISTS`, `INVALID_CONFIG`, …). Apache Kafka answers before all of its brokers know
 * the topic: this client waits where it meets one that does not, another client may have to.
 */
export async function createTopics(
  cluster: Cluster,
  given: readonly (NewTopic | AnyTopic)[],
  options: CreateTopicsOptions = {},
): Promise<CreatedTopic[]> {
  // Callers without types: what is no list is refused below.
  const topics = Array.isArray(given) ? given.map(newTopic) : (given as readonly NewTopic[])
  checkTopics('createTopics: topics', topics)
  checkOptions('createTopics: options', options)
  const { validateOnly = false, ...rest } = options
  const what = `creating ${topics.length === 1 ? `topic "${topics[0]!.name}"` : `${topics.length} topics`}`
  const ask = async (open: readonly NewTopic[]) => {
    const body = {
      topics: open.map(creationOf),
      timeoutMs: cluster.options.requestTimeoutMs,
      validateOnly,
    }
    const response = await cluster.request(CreateTopicsApi, body, { to: 'controller', signal: rest.signal })
    return response.topics
  }
  const keys = { keyOf: ({ name }: NewTopic) => name, keysOf: ({ name }: Answer) => [name] }
  const answers = await mutate<NewTopic, Answer>(cluster, { what, items: topics, ask, ...keys }, rest)
  for (const answer of answers) {
    if (answer?.errorCode === ErrorCode.NONE && !validateOnly)
      cluster.freshTopics.add(answer.name, answer.numPartitions)
  }
  return topics.map(({ name }, index) => outcomeOf(name, answers[index]))
}

type Answer = CreateTopicsResponse['topics'][number]

function creationOf({
  name,
  partitions = -1,
  replicationFactor = -1,
  assignments,
  configs = {},
}: NewTopic): CreateTopicsRequestInit['topics'][number] {
  return {
    name,
    numPartitions: assignments ? -1 : partitions,
    replicationFactor: assignments ? -1 : replicationFactor,
    assignments: (assignments ?? []).map((brokerIds, partitionIndex) => ({
      partitionIndex,
      brokerIds: [...brokerIds],
    })),
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  }
}

function outcomeOf(name: string, answer: Answer | undefined): CreatedTopic {
  return {
    name,
    topicId: answer?.topicId ?? zeroUuid,
    partitions: answer?.numPartitions ?? -1,
    replicationFactor: answer?.replicationFactor ?? -1,
    configs: (answer?.configs ?? []).map(configEntry),
    error: outcomeError(answer?.errorCode ?? -1, `creating topic "${name}"`, answer?.errorMessage),
  }
}

/** What a topic with types says of itself. */
function newTopic(given: NewTopic | AnyTopic): NewTopic {
  if (!(given instanceof Topic)) return given
  const { name, partitions, replicationFactor, configs } = given
  return {
    name,
    ...(partitions !== undefined && { partitions }),
    ...(replicationFactor !== undefined && { replicationFactor }),
    ...(configs !== undefined && { configs }),
  }
}
