// Admin: delete what a share group remembers of topics (KIP-932).
import { DeleteShareGroupOffsetsApi } from '@millrace/protocol/messages/share'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'

/** What became of all offsets of one topic. */
export interface DeletedShareGroupOffsets extends Outcome {
  /** Name of the topic. */
  readonly topic: string
}

const checkTopics = listOf(text)
const checkOptions = optionsWith()

/** Deletes what a share group without members remembers of topics (`NON_EMPTY_GROUP` otherwise). */
export async function deleteShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  topics: readonly string[],
  options: AdminCallOptions = {},
): Promise<DeletedShareGroupOffsets[]> {
  text('deleteShareGroupOffsets: groupId', groupId)
  checkTopics('deleteShareGroupOffsets: topics', topics)
  checkOptions('deleteShareGroupOffsets: options', options)
  const what = `deleting offsets of share group "${groupId}"`
  const { responses } = await cluster.call(
    DeleteShareGroupOffsetsApi,
    { groupId, topics: topics.map(topicName => ({ topicName })) },
    {
      ...callOptions(options),
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      check: ({ errorCode, errorMessage }) => {
        if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
      },
    },
  )
  const answers = new Map(responses.map(answer => [answer.topicName, answer]))
  return topics.map(topic => {
    const { errorCode = -1, errorMessage = null } = answers.get(topic) ?? {}
    return { topic, error: outcomeError(errorCode, `${what} of ${topic}`, errorMessage) }
  })
}
