// The records that make a topic, after its name, size and settings have been checked.
import { ErrorCode } from '@millrace/protocol/base'
import { randomUuid } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import { ConfigError } from '../config/definition.ts'
import { parseTopicConfig } from '../config/topic-config.ts'
import type { BrokerCore } from '../core.ts'
import { requestPartitionsMax } from '../limits.ts'
import type { MetadataImage } from './image.ts'
import { type MetadataRecord, resourceTypes } from './record.ts'
import { topicNameFault } from './topic-name.ts'

export interface NewTopic {
  readonly name: string
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
}

/** Throws `ApiError` with Kafka's code for what cannot be made. */
export function createTopicRecords(
  image: MetadataImage,
  broker: Pick<BrokerCore, 'random'>,
  { name, partitions, configs }: NewTopic,
): MetadataRecord[] {
  const fault = topicNameFault(name)
  if (fault) throw new ApiError(ErrorCode.INVALID_TOPIC_EXCEPTION, fault)
  if (image.topic(name)) throw new ApiError(ErrorCode.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`)
  const colliding = image.collidingTopic(name)
  if (colliding !== undefined) {
    throw new ApiError(
      ErrorCode.INVALID_TOPIC_EXCEPTION,
      `Topic '${name}' collides with existing topic: ${colliding}`,
    )
  }
  checkPartitionCount(partitions)
  const topicId = randomUuid(broker.random)
  const records: MetadataRecord[] = [{ type: 'topic', name, topicId }]
  for (const [config, value] of Object.entries(configs)) {
    checkTopicConfig(config, value)
    records.push({
      type: 'config',
      resourceType: resourceTypes.TOPIC,
      resourceName: name,
      name: config,
      value,
    })
  }
  for (let partition = 0; partition < partitions; partition++) {
    records.push({ type: 'partition', topicId, partition, leaderEpoch: image.leaderEpoch, partitionEpoch: 0 })
  }
  return records
}

/** Throws INVALID_PARTITIONS or POLICY_VIOLATION for a number of partitions that a topic cannot have. */
export function checkPartitionCount(partitions: number): void {
  if (partitions <= 0) {
    throw new ApiError(ErrorCode.INVALID_PARTITIONS, 'Number of partitions must be larger than 0.')
  }
  if (partitions > requestPartitionsMax) {
    throw new ApiError(
      ErrorCode.POLICY_VIOLATION,
      `${partitions} partitions are more than the ${requestPartitionsMax} that one request can make.`,
    )
  }
}

/** Throws INVALID_CONFIG for a topic setting that does not exist or cannot have this value. */
export function checkTopicConfig(name: string, value: string): void {
  try {
    parseTopicConfig(name, value)
  } catch (error) {
    if (error instanceof ConfigError) throw new ApiError(ErrorCode.INVALID_CONFIG, error.message)
    throw error
  }
}
