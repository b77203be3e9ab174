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
import { describeTopicConfigs } from '../config/describe.ts'
import type { BrokerCore } from '../core.ts'
import { requestPartitionsMax } from '../limits.ts'
import { changeEach } from '../metadata/change-each.ts'
import { createTopicRecords } from '../metadata/create-topic.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { type MetadataRecord, resourceTypes } from '../metadata/record.ts'
import { defineHandler } from './handler.ts'
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
  const byName = new Map<string, Wanted[]>()
  for (const topic of request.topics) byName.set(topic.name, [...(byName.get(topic.name) ?? []), topic])
  const excess = excessivePartitions(broker, request.topics)
  const topics = await changeEach(broker.metadata, [...byName.values()], {
    validateOnly: request.validateOnly,
    decide(image, [topic, ...others]) {
      if (excess) throw excess
      if (others.length > 0) throw new ApiError(ErrorCode.INVALID_REQUEST, 'Duplicate topic name.')
      const records = decide(image, broker, topic!)
      mutations?.record(records.filter(({ type }) => type === 'partition').length)
      return { records, result: describe(broker, topic!.name, records) }
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
