// Admin: add partitions to topics.
import { CreatePartitionsApi, ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { entry, flag, int32, listOf, optionsWith, text } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

/** How many partitions a topic is to have. */
export interface NewPartitions {
  /** The topic’s name. */
  readonly topic: string
  /** The new total; it can only grow. */
  readonly count: number
}

/** Options of `createPartitions`. */
export interface CreatePartitionsOptions extends AdminCallOptions {
  /** Only check. Default false. */
  readonly validateOnly?: boolean
}

/** What became of one topic. */
export interface GrownTopic extends Outcome {
  /** The topic’s name. */
  readonly topic: string
}

const checkTopics = listOf(entry({ topic: text, count: int32 }))

const checkOptions = optionsWith({ validateOnly: flag })

/** Raises the number of partitions. Keys of existing records stay where they are; the same key may map elsewhere afterwards. */
export async function createPartitions(
  cluster: Cluster,
  topics: readonly NewPartitions[],
  options: CreatePartitionsOptions = {},
): Promise<GrownTopic[]> {
  checkTopics('createPartitions: topics', topics)
  checkOptions('createPartitions: options', options)
  const what = `adding partitions to ${topics.length} topics`
  const response = await cluster.call(
    CreatePartitionsApi,
    {
      topics: topics.map(({ topic, count }) => ({ name: topic, count, assignments: null })),
      timeoutMs: cluster.options.requestTimeoutMs,
      validateOnly: options.validateOnly ?? false,
    },
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: ({ results }) =>
        checkBroker(
          results.map(result => result.errorCode),
          what,
        ),
    },
  )
  cluster.invalidateMetadata()
  const counts = new Map(topics.map(({ topic, count }) => [topic, count]))
  for (const { name, errorCode } of response.results) {
    if (errorCode === ErrorCode.NONE && !options.validateOnly)
      cluster.freshTopics.add(name, counts.get(name) ?? -1)
  }
  return response.results.map(result => ({
    topic: result.name,
    error: outcomeError(result.errorCode, `adding partitions to topic "${result.name}"`, result.errorMessage),
  }))
}
