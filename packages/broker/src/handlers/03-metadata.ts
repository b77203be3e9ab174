// Metadata (key 3, versions 0–13): brokers, topics, partitions. Unknown topics that are named are made when
// auto.create.topics.enable and the request allow it; the reply then shows them already, where Apache Kafka answers "try again".
// v0: an empty list means all topics; v1+: null does, and an empty list means none. v10+ has topic ids; they can be asked for from v12 on.
import { ErrorCode, zeroUuid } from '@millrace/protocol/base'
import {
  MetadataApi,
  type MetadataRequest,
  type MetadataResponseInit,
} from '@millrace/protocol/messages/cluster'
import { clusterOperations, operationsNotRequested, topicOperations } from '../authorized-operations.ts'
import type { BrokerCore } from '../core.ts'
import type { TopicImage } from '../metadata/image.ts'
import { topicNameFault } from '../metadata/topic-name.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

/** The fields for topics by id came before this version, but neither they nor names that are null were served, nor can be answered. */
const topicIdVersionMin = 12

type Topic = NonNullable<MetadataResponseInit['topics']>[number]

const traits: HandlerTraits = {
  authorization: needs('DESCRIBE TOPIC', 'CREATE TOPIC', 'CREATE CLUSTER'),
  quota: 'REQUEST',
}

export default defineHandler(MetadataApi, traits, async (request, context) => {
  const { broker, connection, apiVersion } = context
  const wantsTopicOperations = apiVersion >= 8 && request.includeTopicAuthorizedOperations
  const operations = wantsTopicOperations ? topicOperations : operationsNotRequested
  const wantsClusterOperations =
    apiVersion >= 8 && apiVersion <= 10 && request.includeClusterAuthorizedOperations
  return {
    brokers: [
      {
        nodeId: broker.nodeId,
        host: connection.endpoint.host,
        port: connection.endpoint.port,
        rack: broker.config.get('broker.rack'),
      },
    ],
    clusterId: broker.clusterId,
    controllerId: broker.nodeId,
    topics: await describeTopics(request, context, operations),
    ...(wantsClusterOperations && { clusterAuthorizedOperations: clusterOperations }),
  }
})

async function describeTopics(
  request: MetadataRequest,
  context: RequestContext,
  operations: number,
): Promise<Topic[]> {
  const { broker, apiVersion } = context
  const { image } = broker.metadata
  if (request.topics === null || (apiVersion === 0 && request.topics.length === 0)) {
    return [...image.topics()].map(topic => describeTopic(broker, topic, operations))
  }
  if (apiVersion < topicIdVersionMin && request.topics.some(isById)) {
    return request.topics.map(({ name, topicId }) =>
      missingTopic(ErrorCode.INVALID_REQUEST, name ?? '', topicId),
    )
  }
  const mayCreate = apiVersion < 4 || request.allowAutoTopicCreation
  const missing = request.topics
    .filter(({ name, topicId }) => name !== null && topicId === zeroUuid && !image.topic(name))
    .map(({ name }) => name!)
  const failures = mayCreate && missing.length > 0 ? await autoCreate(context, missing) : undefined
  return request.topics.map(({ name, topicId }) => {
    const topic = name === null || topicId !== zeroUuid ? image.topicById(topicId) : image.topic(name)
    if (topic) return describeTopic(broker, topic, operations)
    if (name === null || topicId !== zeroUuid) return missingTopic(ErrorCode.UNKNOWN_TOPIC_ID, name, topicId)
    const error = topicNameFault(name)
      ? ErrorCode.INVALID_TOPIC_EXCEPTION
      : (failures?.get(name) ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    return missingTopic(error, name, zeroUuid)
  })
}

/** The first answers name no topics. */
async function autoCreate(
  context: RequestContext,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { broker } = context
  const { autoCreateTopics } = await import('../metadata/auto-create.ts')
  const mutations = broker.quotas?.mutations(context, true)
  return autoCreateTopics(broker, names, partitions => mutations?.record(partitions))
}

const isById = ({ name, topicId }: { readonly name: string | null; readonly topicId: string }): boolean =>
  name === null || topicId !== zeroUuid

function missingTopic(errorCode: number, name: string | null, topicId: string): Topic {
  return { errorCode, name, topicId, isInternal: false, partitions: [] }
}

function describeTopic(broker: BrokerCore, topic: TopicImage, operations: number): Topic {
  const replicas = [broker.nodeId]
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.topicId,
    isInternal: topic.internal,
    partitions: topic.partitions.map((_, partitionIndex) => ({
      errorCode: ErrorCode.NONE,
      partitionIndex,
      leaderId: broker.nodeId,
      leaderEpoch: broker.metadata.image.leaderEpoch,
      replicaNodes: replicas,
      isrNodes: replicas,
      offlineReplicas: [],
    })),
    topicAuthorizedOperations: operations,
  }
}
