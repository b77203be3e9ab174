// Admin: delete topics.
import { DeleteTopicsApi, zeroUuid } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { listOf, optionsWith, text } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

/** What became of one topic. */
export interface DeletedTopic extends Outcome {
  /** The topic’s name. */
  readonly name: string
}

/** The first version that takes topics as structs with a name or an id. */
const structsFrom = 6

const checkNames = listOf(text)

const checkOptions = optionsWith()

/** Deletes topics with all their data; each has its own outcome. */
export async function deleteTopics(
  cluster: Cluster,
  names: readonly string[],
  options: AdminCallOptions = {},
): Promise<DeletedTopic[]> {
  checkNames('deleteTopics: names', names)
  checkOptions('deleteTopics: options', options)
  const what = `deleting ${names.length === 1 ? `topic "${names[0]}"` : `${names.length} topics`}`
  const response = await cluster.call(
    DeleteTopicsApi,
    version => ({
      ...(version >= structsFrom
        ? { topics: names.map(name => ({ name, topicId: zeroUuid })) }
        : { topicNames: [...names] }),
      timeoutMs: cluster.options.requestTimeoutMs,
    }),
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: ({ responses }) =>
        checkBroker(
          responses.map(result => result.errorCode),
          what,
        ),
    },
  )
  cluster.invalidateMetadata()
  for (const name of names) cluster.freshTopics.delete(name)
  return response.responses.map(result => ({
    name: result.name ?? '',
    error: outcomeError(result.errorCode, `deleting topic "${result.name}"`, result.errorMessage),
  }))
}
