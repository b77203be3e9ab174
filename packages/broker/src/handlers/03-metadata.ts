// Metadata (key 3, versions 0–13): brokers, topics, partitions. Unknown topics that are named are made when
// auto.create.topics.enable and the request allow it; the reply then shows them already, where Apache Kafka answers "try again".
// v0: an empty list means all topics; v1+: null does, and an empty list means none. v10+ has topic ids; they can be asked for from v12 on.
import { ErrorCode, zeroUuid } from '@millrace/protocol/base'
import {
  MetadataApi,
  type MetadataRequest,
  type MetadataResponseInit,
} from '@millrace/protocol/messages/cluster'
import {
  authorizedClusterOperations,
  authorizedOperations,
  operationsNotRequested,
} from '../authorized-operations.ts'
import { clusterResource } from '../authorizer/acl.ts'
import type { BrokerCore } from '../core.ts'
import type { TopicImage } from '../metadata/image.ts'
import { topicNameFault } from '../metadata/topic-name.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

/** The fields for topics by id came before this version, but neither they nor names that are null were served, nor can be answered. */
const topicIdVersionMin = 12

type Topic = NonNullable<MetadataResponseInit['topics']>[number]

const traits: HandlerTraits = {
  authorization: needs('DESCRIBE TOPIC', 'CREATE TOPIC', 'CREATE CLUSTER', 'DESCRIBE CLUSTER'),
  quota: 'REQUEST',
}

export default defineHandler(MetadataApi, traits, async (request, context) => {
  const { broker, connection, apiVersion } = context
  const wantsTopicOperations = apiVersion >= 8 && request.includeTopicAuthorizedOperations
  const operations = (name: string) =>
    wantsTopicOperations ? authorizedOperations(context, 'TOPIC', name) : operationsNotRequested
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
    ...(wantsClusterOperations && { clusterAuthorizedOperations: authorizedClusterOperations(context) }),
  }
})

async function describeTopics(
  request: MetadataRequest,
  context: RequestContext,
  operations: (name: string) => number,
): Promise<Topic[]> {
  const { broker, apiVersion } = context
  const { image } = broker.metadata
  if (request.topics === null || (apiVersion === 0 && request.topics.length === 0)) {
    return [...image.topics()]
      .filter(({ name }) => context.authorize('DESCRIBE', 'TOPIC', name, 'filter'))
      .map(topic => describeTopic(broker, topic, operations(topic.name)))
  }
  if (apiVersion < topicIdVersionMin && request.topics.some(isById)) {
    return request.topics.map(({ name, topicId }) =>
      missingTopic(ErrorCode.INVALID_REQUEST, name ?? '', topicId),
    )
  }
  const asked = request.topics.map(({ name, topicId }) => {
    const byId = name === null || topicId !== zeroUuid
    const known = byId ? image.topicById(topicId)?.name : name
    return {
      byId,
      name,
      topicId,
      hidden: known !== undefined && !context.authorize('DESCRIBE', 'TOPIC', known),
    }
  })
  const missing = asked.flatMap(({ byId, name, hidden }) =>
    byId || hidden || image.topic(name!) ? [] : [name!],
  )
  const mayCreate = apiVersion < 4 || request.allowAutoTopicCreation
  const uncreatable = mayCreate ? uncreatableTopics(missing, context) : new Set<string>()
  const creatable = missing.filter(name => !uncreatable.has(name))
  const failures = mayCreate && creatable.length > 0 ? await autoCreate(context, creatable) : undefined
  return asked.map(({ byId, name, topicId, hidden }) => {
    // Whether a topic that the client may not see exists is not told; ids are no secret.
    if (hidden || uncreatable.has(name!)) {
      const { TOPIC_AUTHORIZATION_FAILED } = ErrorCode
      return missingTopic(TOPIC_AUTHORIZATION_FAILED, byId ? null : name, byId ? topicId : zeroUuid)
    }
    const topic = byId ? image.topicById(topicId) : image.topic(name!)
    if (topic) return describeTopic(broker, topic, operations(topic.name))
    if (name === null || topicId !== zeroUuid) return missingTopic(ErrorCode.UNKNOWN_TOPIC_ID, name, topicId)
    const error = topicNameFault(name)
      ? ErrorCode.INVALID_TOPIC_EXCEPTION
      : (failures?.get(name) ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    return { ...missingTopic(error, name, zeroUuid), topicAuthorizedOperations: operations(name) }
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

/** Of topics that do not exist, those that the client may not make as any topic of the cluster nor by their name. */
function uncreatableTopics(missing: readonly string[], context: RequestContext): ReadonlySet<string> {
  const { broker } = context
  if (missing.length === 0 || !broker.config.get('auto.create.topics.enable')) return new Set()
  if (context.authorize('CREATE', 'CLUSTER', clusterResource, 'filter')) return new Set()
  return new Set(missing.filter(name => !context.authorize('CREATE', 'TOPIC', name)))
}

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
      leaderEpoch: broker.logs.leaderEpochOf(topic.name, partitionIndex),
      replicaNodes: replicas,
      isrNodes: replicas,
      offlineReplicas: [],
    })),
    topicAuthorizedOperations: operations,
  }
}
