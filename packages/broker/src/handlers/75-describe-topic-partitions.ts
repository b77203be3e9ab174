// DescribeTopicPartitions (key 75, version 0): topics in the order of their names, in pages of partitions with a cursor (KIP-966).
import {
  DescribeTopicPartitionsApi,
  type DescribeTopicPartitionsResponseInit,
  ErrorCode,
  zeroUuid,
} from '@millrace/protocol'
import { authorizedOperations, operationsNotRequested } from '../authorized-operations.ts'
import { describePageMaxPartitions } from '../limits.ts'
import type { TopicImage } from '../metadata/image.ts'
import { topicNameFault } from '../metadata/topic-name.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Topic = NonNullable<DescribeTopicPartitionsResponseInit['topics']>[number]

const traits: HandlerTraits = { authorization: needs('DESCRIBE TOPIC'), quota: 'REQUEST' }

export default defineHandler(DescribeTopicPartitionsApi, traits, (request, context) => {
  const { broker } = context
  const { image } = broker.metadata
  const { cursor } = request
  const all = request.topics.length === 0
  const names = all ? [...image.topics()].map(topic => topic.name) : request.topics.map(({ name }) => name)
  const asked = [...new Set(names)].sort().filter(name => cursor === null || name >= cursor.topicName)
  const refused: Topic[] = []
  const ordered = asked.filter(name => {
    if (context.authorize('DESCRIBE', 'TOPIC', name, all ? 'filter' : 'access')) return true
    if (!all)
      refused.push(withoutPartitions(name, ErrorCode.TOPIC_AUTHORIZATION_FAILED, operationsNotRequested))
    return false
  })
  let left = Math.min(Math.max(request.responsePartitionLimit, 1), describePageMaxPartitions)
  const topics: Topic[] = []
  for (const name of ordered) {
    const from = cursor !== null && name === cursor.topicName ? cursor.partitionIndex : 0
    const topic = image.topic(name)
    if (!topic) {
      topics.push(missing(name, context))
      continue
    }
    if (left === 0)
      return { topics: [...topics, ...refused], nextCursor: { topicName: name, partitionIndex: from } }
    const to = Math.min(topic.partitions.length, from + left)
    topics.push(describe(topic, from, to, context))
    left -= to - from
    if (to < topic.partitions.length) {
      return { topics: [...topics, ...refused], nextCursor: { topicName: name, partitionIndex: to } }
    }
  }
  return { topics: [...topics, ...refused], nextCursor: null }
})

function missing(name: string, context: RequestContext): Topic {
  const errorCode = topicNameFault(name)
    ? ErrorCode.INVALID_TOPIC_EXCEPTION
    : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  return withoutPartitions(name, errorCode, authorizedOperations(context, 'TOPIC', name))
}

function withoutPartitions(name: string, errorCode: number, topicAuthorizedOperations: number): Topic {
  return { errorCode, name, topicId: zeroUuid, isInternal: false, partitions: [], topicAuthorizedOperations }
}

function describe(topic: TopicImage, from: number, to: number, context: RequestContext): Topic {
  const { broker } = context
  const { nodeId } = broker
  const replicas = [nodeId]
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.topicId,
    isInternal: topic.internal,
    partitions: topic.partitions.slice(from, to).map((_, index) => ({
      errorCode: ErrorCode.NONE,
      partitionIndex: from + index,
      leaderId: nodeId,
      leaderEpoch: broker.logs.leaderEpochOf(topic.name, from + index),
      replicaNodes: replicas,
      isrNodes: replicas,
      eligibleLeaderReplicas: [],
      lastKnownElr: [],
      offlineReplicas: [],
    })),
    topicAuthorizedOperations: authorizedOperations(context, 'TOPIC', topic.name),
  }
}
