// OffsetFetch (key 9, versions 1–10): how far groups have come. One group a request, from v8 many; null topics mean all (v2+); topics
// by id from v10. An offset that was never committed is −1.
import {
  ErrorCode,
  OffsetFetchApi,
  type OffsetFetchRequest,
  type OffsetFetchResponseInit,
  zeroUuid,
} from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import type { CommittedOffset } from '../groups/offset-change.ts'
import type { FetchedOffsets } from '../groups/offset-manager.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type AskedGroup = OffsetFetchRequest['groups'][number]
type AskedTopic = NonNullable<AskedGroup['topics']>[number]
type GroupReply = NonNullable<OffsetFetchResponseInit['groups']>[number]
type TopicReply = GroupReply['topics'][number]
type PartitionReply = TopicReply['partitions'][number]

const manyGroupsVersion = 8
const topicIdVersion = 10

const traits: HandlerTraits = { authorization: needs('DESCRIBE GROUP', 'DESCRIBE TOPIC'), quota: 'REQUEST' }

export default defineHandler(OffsetFetchApi, traits, async (request, context) => {
  const { requireStable } = request
  if (context.apiVersion >= manyGroupsVersion) {
    const groups: GroupReply[] = []
    for (const group of request.groups) groups.push(await fetchGroup(group, requireStable, context))
    return { groups }
  }
  const topics = request.topics?.map(topic => ({ ...topic, topicId: zeroUuid })) ?? null
  const group = { groupId: request.groupId, memberId: null, memberEpoch: -1, topics }
  const reply = await fetchGroup(group, requireStable, context)
  return {
    errorCode: reply.errorCode,
    topics: reply.topics.map(topic => ({ ...topic, name: topic.name ?? '' })),
  }
})

async function fetchGroup(
  group: AskedGroup,
  requireStable: boolean,
  context: RequestContext,
): Promise<GroupReply> {
  const { groupId, topics } = group
  const refused = (errorCode: number): GroupReply => ({
    groupId,
    errorCode,
    topics: context.apiVersion >= 2 ? [] : failedTopics(topics ?? [], errorCode),
  })
  if (!context.authorize('DESCRIBE', 'GROUP', groupId)) return refused(ErrorCode.GROUP_AUTHORIZATION_FAILED)
  return orError(async () => {
    const { offsets } = context.broker.service(groupCoordinator)
    const fetched = await offsets.fetch(groupId, requireStable)
    const reply = topics
      ? topics.map(topic => someOffsets(topic, fetched, context))
      : allOffsets(fetched, context)
    return { groupId, topics: reply, errorCode: ErrorCode.NONE }
  }, refused)
}

function allOffsets({ topics, isUnstable }: FetchedOffsets, context: RequestContext): TopicReply[] {
  const { image } = context.broker.metadata
  const replies: TopicReply[] = []
  for (const [name, partitions] of topics) {
    if (!context.authorize('DESCRIBE', 'TOPIC', name, 'filter')) continue
    const known = [...partitions.values()].find(each => each.topicId !== zeroUuid)?.topicId
    const topicId = known ?? image.topic(name)?.topicId
    // Without an id there is no way to say which topic it is.
    if (context.apiVersion >= topicIdVersion && topicId === undefined) continue
    replies.push({
      name,
      topicId: topicId ?? zeroUuid,
      partitions: [...partitions].map(([partitionIndex, offset]) =>
        isUnstable(name, partitionIndex)
          ? failed(partitionIndex, ErrorCode.UNSTABLE_OFFSET_COMMIT)
          : offsetReply(partitionIndex, offset),
      ),
    })
  }
  return replies
}

function someOffsets(
  { name, topicId, partitionIndexes }: AskedTopic,
  { topics, isUnstable }: FetchedOffsets,
  context: RequestContext,
): TopicReply {
  const { broker, apiVersion } = context
  const byId = apiVersion >= topicIdVersion
  const topicName = byId ? broker.metadata.image.topicById(topicId)?.name : name
  const maySee = topicName === undefined || context.authorize('DESCRIBE', 'TOPIC', topicName)
  const partitions = partitionIndexes.map(partitionIndex => {
    if (topicName === undefined) return failed(partitionIndex, ErrorCode.UNKNOWN_TOPIC_ID)
    if (!maySee) return failed(partitionIndex, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
    if (isUnstable(topicName, partitionIndex)) return failed(partitionIndex, ErrorCode.UNSTABLE_OFFSET_COMMIT)
    const offset = topics.get(topicName)?.get(partitionIndex)
    // An offset of a topic of that name that is no more does not count for the one asked for.
    const isOther = byId && offset !== undefined && offset.topicId !== zeroUuid && offset.topicId !== topicId
    return offsetReply(partitionIndex, isOther ? undefined : offset)
  })
  return { name, topicId, partitions }
}

function offsetReply(partitionIndex: number, offset: CommittedOffset | undefined): PartitionReply {
  if (!offset) return failed(partitionIndex, ErrorCode.NONE)
  return {
    partitionIndex,
    committedOffset: offset.offset,
    committedLeaderEpoch: offset.leaderEpoch,
    metadata: offset.metadata,
    errorCode: ErrorCode.NONE,
  }
}

function failed(partitionIndex: number, errorCode: number): PartitionReply {
  return { partitionIndex, committedOffset: -1, committedLeaderEpoch: -1, metadata: '', errorCode }
}

/** Version 1 has no field for the error of a group: every partition says it. */
function failedTopics(topics: readonly AskedTopic[], errorCode: number): TopicReply[] {
  return topics.map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map(partitionIndex => failed(partitionIndex, errorCode)),
  }))
}
