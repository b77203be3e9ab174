// Admin: delete topics.
import { DeleteTopicsApi, type DeleteTopicsResponse, zeroUuid } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { flag, listOf, optionsWith } from '../../config/arguments.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { mutate, type MutationOptions } from './mutation.ts'
import { keyOfTopic, showTopic, type TopicById, topicNameOrId } from './topic-by-id.ts'

/** What became of one topic. */
export interface DeletedTopic extends Outcome {
  /** The topic’s name; empty where it was given by an id that no topic has. */
  readonly name: string
  /** Its id; all-zero where it was given by a name that no topic has, or the broker is older than 2.8. */
  readonly topicId: string
}

/** The first version that takes topics as structs with a name or an id. */
const structsFrom = 6

const checkTopics = listOf(topicNameOrId)

const checkOptions = optionsWith({ retryOnQuotaViolation: flag })

type Answer = DeleteTopicsResponse['responses'][number]

/** Deletes topics with all their data; each has its own outcome, in the order given. */
export async function deleteTopics(
  cluster: Cluster,
  topics: readonly (string | TopicById)[],
  options: MutationOptions = {},
): Promise<DeletedTopic[]> {
  checkTopics('deleteTopics: topics', topics)
  checkOptions('deleteTopics: options', options)
  const what = `deleting ${topics.length === 1 ? showTopic(topics[0]!) : `${topics.length} topics`}`
  const isById = topics.some(topic => typeof topic !== 'string')
  const ask = async (open: readonly (string | TopicById)[]) => {
    const { responses } = await cluster.request(
      DeleteTopicsApi,
      version => ({
        ...(version >= structsFrom
          ? { topics: open.map(topic => stateOf(topic)) }
          : { topicNames: open.filter(topic => typeof topic === 'string') }),
        timeoutMs: cluster.options.requestTimeoutMs,
      }),
      { to: 'controller', signal: options.signal, ...(isById && { minVersion: structsFrom }) },
    )
    return responses
  }
  const answers = await mutate(cluster, { what, items: topics, ask, keyOf: keyOfTopic, keysOf }, options)
  cluster.invalidateMetadata()
  return topics.map((topic, index) => {
    const answer = answers[index]
    const name = answer?.name ?? (typeof topic === 'string' ? topic : '')
    if (answer?.errorCode === 0) cluster.freshTopics.delete(name)
    return {
      name,
      topicId: answer?.topicId ?? zeroUuid,
      error: outcomeError(answer?.errorCode ?? -1, `deleting ${showTopic(topic)}`, answer?.errorMessage),
    }
  })
}

function stateOf(topic: string | TopicById): { name: string | null; topicId: string } {
  return typeof topic === 'string'
    ? { name: topic, topicId: zeroUuid }
    : { name: null, topicId: topic.topicId }
}

function keysOf({ name, topicId }: Answer): string[] {
  return [...(name === null ? [] : [keyOfTopic(name)]), keyOfTopic({ topicId })]
}
