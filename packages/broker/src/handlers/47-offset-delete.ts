// OffsetDelete (key 47, version 0): drops offsets of topics that no member of the group subscribes to.
import { ErrorCode, OffsetDeleteApi } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import type { OffsetDeletion } from '../groups/offset-manager.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DELETE GROUP', 'READ TOPIC'), quota: 'REQUEST' }

export default defineHandler(OffsetDeleteApi, traits, async (request, context) => {
  const { broker } = context
  if (!context.authorize('DELETE', 'GROUP', request.groupId)) {
    return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED, topics: [] }
  }
  const { image } = broker.metadata
  const refused = new Set(
    request.topics.flatMap(({ name }) => (context.authorize('READ', 'TOPIC', name) ? [] : [name])),
  )
  const exists = (topic: string, partition: number) => image.topic(topic)?.partitions[partition] !== undefined
  const asked = request.topics.flatMap(topic =>
    topic.partitions.map(({ partitionIndex }) => ({ topic: topic.name, partition: partitionIndex })),
  )
  const { errorCode, refusedTopics } = await orError<OffsetDeletion>(
    () =>
      broker.service(groupCoordinator).offsets.delete(
        request.groupId,
        asked.filter(each => !refused.has(each.topic) && exists(each.topic, each.partition)),
      ),
    failure => ({ errorCode: failure, refusedTopics: new Set() }),
  )
  if (errorCode !== ErrorCode.NONE) return { errorCode, topics: [] }
  const errorOf = (topic: string, partition: number) => {
    if (refused.has(topic)) return ErrorCode.TOPIC_AUTHORIZATION_FAILED
    if (!exists(topic, partition)) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    return refusedTopics.has(topic) ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE
  }
  return {
    errorCode,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: errorOf(name, partitionIndex),
      })),
    })),
  }
})
