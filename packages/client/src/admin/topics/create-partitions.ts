// Admin: add partitions to topics.
import { CreatePartitionsApi, type CreatePartitionsResponse, ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { entry, flag, int32, listOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { mutate, type MutationOptions } from './mutation.ts'

/** How many partitions a topic is to have. */
export interface NewPartitions {
  /** The topic’s name. */
  readonly topic: string
  /** The new total; it can only grow. */
  readonly count: number
  /** Broker ids of each new partition’s replicas. Default: as the controller spreads them. */
  readonly assignments?: readonly (readonly number[])[]
}

/** Options of `createPartitions`. */
export interface CreatePartitionsOptions extends MutationOptions {
  /** Only check. Default false. */
  readonly validateOnly?: boolean
}

/** What became of one topic. */
export interface GrownTopic extends Outcome {
  /** The topic’s name. */
  readonly topic: string
}

const checkTopics = listOf(entry({ topic: text, count: int32, assignments: optional(listOf(listOf(int32))) }))

const checkOptions = optionsWith({ validateOnly: flag, retryOnQuotaViolation: flag })

type Answer = CreatePartitionsResponse['results'][number]

/** Raises the number of partitions. Keys of existing records stay where they are; the same key may map elsewhere afterwards. */
export async function createPartitions(
  cluster: Cluster,
  topics: readonly NewPartitions[],
  options: CreatePartitionsOptions = {},
): Promise<GrownTopic[]> {
  checkTopics('createPartitions: topics', topics)
  checkOptions('createPartitions: options', options)
  const { validateOnly = false, ...rest } = options
  const what = `adding partitions to ${topics.length} topics`
  const ask = async (open: readonly NewPartitions[]) => {
    const body = {
      topics: open.map(({ topic, count, assignments }) => ({
        name: topic,
        count,
        assignments: assignments?.map(brokerIds => ({ brokerIds: [...brokerIds] })) ?? null,
      })),
      timeoutMs: cluster.options.requestTimeoutMs,
      validateOnly,
    }
    const response = await cluster.request(CreatePartitionsApi, body, {
      to: 'controller',
      signal: rest.signal,
    })
    return response.results
  }
  const keys = { keyOf: ({ topic }: NewPartitions) => topic, keysOf: ({ name }: Answer) => [name] }
  const answers = await mutate<NewPartitions, Answer>(cluster, { what, items: topics, ask, ...keys }, rest)
  cluster.invalidateMetadata()
  return topics.map(({ topic, count }, index) => {
    const { errorCode = -1, errorMessage = null } = answers[index] ?? {}
    if (errorCode === ErrorCode.NONE && !validateOnly) cluster.freshTopics.add(topic, count)
    return {
      topic,
      error: outcomeError(errorCode, `adding partitions to topic "${topic}"`, errorMessage),
    }
  })
}
