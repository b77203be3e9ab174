// OffsetCommit (key 8, versions 2–10): stores how far a group has come. Answered once that is durable. Topics by name, from v10 by id.
import {
  ErrorCode,
  OffsetCommitApi,
  type OffsetCommitRequest,
  type OffsetCommitResponseInit,
  zeroUuid,
} from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import type { OffsetToCommit } from '../groups/offset-manager.ts'
import type { TopicImage } from '../metadata/image.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Topic = OffsetCommitRequest['topics'][number]
type Partition = Topic['partitions'][number]
type TopicReply = OffsetCommitResponseInit['topics'][number]

const topicIdVersion = 10
const noMetadata = ''

const traits: HandlerTraits = {
  authorization: needs('READ GROUP', 'READ TOPIC'),
  quota: 'REQUEST',
  overlap: true,
}

export default defineHandler(OffsetCommitApi, traits, async (request, context) => {
  if (!context.authorize('READ', 'GROUP', request.groupId)) return groupRefused(request)
  const offsets: OffsetToCommit[] = []
  const replies: { readonly reply: TopicReply; readonly accepted: { errorCode: number }[] }[] = []
  for (const asked of request.topics) {
    const topic = findTopic(asked, context)
    const accepted: { errorCode: number }[] = []
    const mayCommit = mayCommitTo(asked, topic, context)
    const partitions = asked.partitions.map(partition => {
      const errorCode = mayCommit
        ? partitionError(partition, topic, context)
        : ErrorCode.TOPIC_AUTHORIZATION_FAILED
      const reply = { partitionIndex: partition.partitionIndex, errorCode }
      // Whoever may not commit is told so even where the text is too long, as by Kafka.
      const exists = errorCode === ErrorCode.NONE || errorCode === ErrorCode.OFFSET_METADATA_TOO_LARGE
      if (exists) accepted.push(reply)
      if (topic && errorCode === ErrorCode.NONE) offsets.push(offsetToCommit(partition, topic))
      return reply
    })
    replies.push({ reply: { name: asked.name, topicId: asked.topicId, partitions }, accepted })
  }
  if (replies.some(({ accepted }) => accepted.length > 0)) {
    const errorCode = await commit(request, offsets, context)
    if (errorCode !== ErrorCode.NONE) {
      for (const { accepted } of replies) for (const partition of accepted) partition.errorCode = errorCode
    }
  }
  return { topics: replies.map(({ reply }) => reply) }
})

function groupRefused({ topics }: OffsetCommitRequest): OffsetCommitResponseInit {
  const errorCode = ErrorCode.GROUP_AUTHORIZATION_FAILED
  return {
    topics: topics.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    })),
  }
}

function commit(
  request: OffsetCommitRequest,
  offsets: readonly OffsetToCommit[],
  { broker, apiVersion }: RequestContext,
): Promise<number> {
  const { groupId, memberId, groupInstanceId, generationIdOrMemberEpoch: generationId } = request
  const by = { memberId, groupInstanceId, generationId }
  const retentionMs = request.retentionTimeMs
  return orError(
    () => broker.service(groupCoordinator).offsets.commit({ groupId, by, apiVersion, retentionMs, offsets }),
    errorCode => errorCode,
  )
}

/** An id that stands for nothing has no name that could be asked for. */
function mayCommitTo(asked: Topic, topic: TopicImage | undefined, context: RequestContext): boolean {
  if (!topic && context.apiVersion >= topicIdVersion) return true
  return context.authorize('READ', 'TOPIC', topic?.name ?? asked.name)
}

function findTopic(asked: Topic, { broker, apiVersion }: RequestContext): TopicImage | undefined {
  const { image } = broker.metadata
  return apiVersion >= topicIdVersion ? image.topicById(asked.topicId) : image.topic(asked.name)
}

function partitionError(
  { partitionIndex, committedMetadata }: Partition,
  topic: TopicImage | undefined,
  { broker, apiVersion }: RequestContext,
): number {
  if (!topic) {
    return apiVersion >= topicIdVersion ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  }
  if (topic.topicId === zeroUuid || !topic.partitions[partitionIndex])
    return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  const lengthMax = broker.config.get('offset.metadata.max.bytes')
  return (committedMetadata ?? noMetadata).length > lengthMax
    ? ErrorCode.OFFSET_METADATA_TOO_LARGE
    : ErrorCode.NONE
}

function offsetToCommit(partition: Partition, topic: TopicImage): OffsetToCommit {
  return {
    topic: topic.name,
    topicId: topic.topicId,
    partition: partition.partitionIndex,
    offset: partition.committedOffset,
    leaderEpoch: partition.committedLeaderEpoch,
    metadata: partition.committedMetadata ?? noMetadata,
  }
}
