// CreateTopics (key 19, versions 2–7). All topics of a request are made in one change of metadata: after the reply every client
// sees them. v4+: −1 partitions or replicas for the defaults; v5+: the reply tells size and settings; v7+: and the topic id.
import {
  CreateTopicsApi,
  type CreateTopicsRequest,
  type CreateTopicsResponseInit,
  ErrorCode,
  zeroUuid,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { clusterResource } from '../authorizer/acl.ts'
import { describeTopicConfigs } from '../config/describe.ts'
import type { BrokerCore } from '../core.ts'
import { requestPartitionsMax } from '../limits.ts'
import { changeEach } from '../metadata/change-each.ts'
import { createTopicRecords } from '../metadata/create-topic.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { type MetadataRecord, resourceTypes } from '../metadata/record.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Wanted = CreateTopicsRequest['topics'][number]
type Result = NonNullable<CreateTopicsResponseInit['topics']>[number]

/** From here on clients know THROTTLING_QUOTA_EXCEEDED. */
const throttledVersionMin = 6

const traits: HandlerTraits = {
  authorization: needs('CREATE CLUSTER', 'CREATE TOPIC', 'DESCRIBE_CONFIGS TOPIC'),
  quota: 'CONTROLLER_MUTATION',
}

export default defineHandler(CreateTopicsApi, traits, async (request, context) => {
  const { broker } = context
  const mutations = broker.quotas?.mutations(context, context.apiVersion >= throttledVersionMin)
  const byName = Map.groupBy(request.topics, ({ name }) => name)
  const refused = refusedNames([...byName.values()], context)
  const excess = excessivePartitions(
    broker,
    request.topics.filter(({ name }) => !refused.has(name)),
  )
  const topics = await changeEach(broker.metadata, [...byName.values()], {
    validateOnly: request.validateOnly,
    decide(image, [topic, ...others]) {
      if (refused.has(topic!.name)) {
        throw new ApiError(ErrorCode.TOPIC_AUTHORIZATION_FAILED, 'Authorization failed.')
      }
      if (excess) throw excess
      if (others.length > 0) throw new ApiError(ErrorCode.INVALID_REQUEST, 'Duplicate topic name.')
      const records = decide(image, broker, topic!)
      mutations?.record(records.filter(({ type }) => type === 'partition').length)
      const described = describe(broker, topic!.name, records)
      const maySee = context.authorize('DESCRIBE_CONFIGS', 'TOPIC', topic!.name, 'filter')
      return { records, result: maySee ? described : withoutConfigs(described) }
    },
    refuse: ([topic], error): Result => ({
      name: topic!.name,
      topicId: zeroUuid,
      numPartitions: -1,
      replicationFactor: -1,
      errorCode: error.code,
      errorMessage: error.message,
      configs: [],
    }),
  })
  mutations?.settle()
  return { topics }
})

/** Topics that the client may make neither as any topic of the cluster nor by their name. Names that come twice are another error. */
function refusedNames(byName: readonly (readonly Wanted[])[], context: RequestContext): ReadonlySet<string> {
  if (context.authorize('CREATE', 'CLUSTER', clusterResource, 'filter')) return new Set()
  const names = byName.filter(({ length }) => length === 1).map(([topic]) => topic!.name)
  return new Set(names.filter(name => !context.authorize('CREATE', 'TOPIC', name)))
}

/** As it is told to who may make the topic and not look at its settings. */
function withoutConfigs({ name, topicId }: Result): Result {
  return {
    name,
    topicId,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    topicConfigErrorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
    numPartitions: -1,
    replicationFactor: -1,
    configs: [],
  }
}

/** The partitions of a request are counted before anything is decided: Kafka refuses all topics of one that asks for too many. */
function excessivePartitions(broker: BrokerCore, topics: readonly Wanted[]): ApiError | undefined {
  let partitions = 0
  for (const { assignments, numPartitions } of topics) {
    if (assignments.length > 0) partitions += assignments.length
    else partitions += numPartitions === -1 ? broker.config.get('num.partitions') : Math.max(numPartitions, 0)
  }
  if (partitions <= requestPartitionsMax) return undefined
  return new ApiError(
    ErrorCode.POLICY_VIOLATION,
    `Excessively large number of partitions per request: ${partitions}, and ${requestPartitionsMax} are allowed.`,
  )
}

function decide(image: MetadataImage, broker: BrokerCore, topic: Wanted): MetadataRecord[] {
  const configs: Record<string, string> = {}
  for (const { name, value } of topic.configs) {
    if (value === null) {
      throw new ApiError(ErrorCode.INVALID_CONFIG, `Null value not supported for topic configs: ${name}`)
    }
    configs[name] = value
  }
  return createTopicRecords(image, broker, {
    name: topic.name,
    partitions: partitionsOf(broker, topic),
    configs,
  })
}

function partitionsOf(broker: BrokerCore, topic: Wanted): number {
  const { numPartitions, replicationFactor, assignments } = topic
  if (assignments.length > 0) {
    if (numPartitions !== -1 || replicationFactor !== -1) {
      throw new ApiError(
        ErrorCode.INVALID_REQUEST,
        'A manual partition assignment was specified, but numPartitions or replicationFactor was not -1.',
      )
    }
    checkAssignments(broker.nodeId, assignments)
    return assignments.length
  }
  if (replicationFactor !== -1 && replicationFactor <= 0) {
    throw new ApiError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      'Replication factor must be larger than 0, or -1 to use the default value.',
    )
  }
  const replicas =
    replicationFactor === -1 ? broker.config.get('default.replication.factor') : replicationFactor
  if (replicas > 1) {
    throw new ApiError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      `Unable to replicate the partition ${replicas} time(s): this is a single node, which holds one replica.`,
    )
  }
  return numPartitions === -1 ? broker.config.get('num.partitions') : numPartitions
}

function checkAssignments(nodeId: number, assignments: Wanted['assignments']): void {
  const indexes = assignments.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b)
  if (indexes.some((index, position) => index !== position)) {
    throw new ApiError(
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
      'partitions should be a consecutive 0-based integer sequence.',
    )
  }
  for (const { partitionIndex, brokerIds } of assignments) {
    if (brokerIds.length !== 1 || brokerIds[0] !== nodeId) {
      throw new ApiError(
        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
        `The manual partition assignment of partition ${partitionIndex} must be broker ${nodeId} alone: there is no other.`,
      )
    }
  }
}

function describe(broker: BrokerCore, name: string, records: readonly MetadataRecord[]): Result {
  const own = new Map<string, string>()
  let topicId = zeroUuid
  let numPartitions = 0
  for (const record of records) {
    if (record.type === 'topic') topicId = record.topicId
    else if (record.type === 'partition') numPartitions++
    else if (
      record.type === 'config' &&
      record.resourceType === resourceTypes.TOPIC &&
      record.value !== null
    ) {
      own.set(record.name, record.value)
    }
  }
  return {
    name,
    topicId,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    numPartitions,
    replicationFactor: 1,
    configs: describeTopicConfigs(own, broker.config).map(config => ({
      name: config.name,
      value: config.value,
      readOnly: config.readOnly,
      configSource: config.configSource,
      isSensitive: config.isSensitive,
    })),
  }
}
