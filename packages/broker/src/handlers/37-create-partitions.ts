// CreatePartitions (key 37, versions 0–3): more partitions for existing topics. There are never fewer.
import {
  CreatePartitionsApi,
  type CreatePartitionsRequest,
  type CreatePartitionsResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { checkPartitionCount } from '../metadata/create-topic.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { MetadataRecord } from '../metadata/record.ts'
import { defineHandler } from './handler.ts'

type Wanted = CreatePartitionsRequest['topics'][number]
type Result = NonNullable<CreatePartitionsResponseInit['results']>[number]

export default defineHandler(CreatePartitionsApi, async (request, { broker }) => {
  const counts = new Map<string, number>()
  for (const { name } of request.topics) counts.set(name, (counts.get(name) ?? 0) + 1)
  const results = await broker.metadata.change<Result[]>(image => {
    const records: MetadataRecord[] = []
    const result: Result[] = []
    for (const [name, count] of counts) {
      try {
        if (count > 1) throw new ApiError(ErrorCode.INVALID_REQUEST, 'Duplicate topic in request.')
        const more = decide(image, broker.nodeId, request.topics.find(topic => topic.name === name)!)
        if (!request.validateOnly) records.push(...more)
        result.push({ name, errorCode: ErrorCode.NONE, errorMessage: null })
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        result.push({ name, errorCode: error.code, errorMessage: error.message })
      }
    }
    return { records, result }
  })
  return { results }
})

function decide(
  image: MetadataImage,
  nodeId: number,
  { name, count, assignments }: Wanted,
): MetadataRecord[] {
  const topic = image.topic(name)
  if (!topic) throw new ApiError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const current = topic.partitions.length
  if (count === current) {
    throw new ApiError(ErrorCode.INVALID_PARTITIONS, `Topic already has ${current} partition(s).`)
  }
  if (count < current) {
    throw new ApiError(
      ErrorCode.INVALID_PARTITIONS,
      `The topic ${name} currently has ${current} partition(s); ${count} would not be an increase.`,
    )
  }
  checkPartitionCount(count)
  if (assignments !== null) {
    const added = count - current
    if (assignments.length !== added) {
      throw new ApiError(
        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
        `Attempted to add ${added} additional partition(s), but only ${assignments.length} assignment(s) were specified.`,
      )
    }
    if (assignments.some(({ brokerIds }) => brokerIds.length !== 1 || brokerIds[0] !== nodeId)) {
      throw new ApiError(
        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
        `Each new partition must be assigned to broker ${nodeId} alone: there is no other.`,
      )
    }
  }
  const records: MetadataRecord[] = []
  for (let partition = current; partition < count; partition++) {
    records.push({ type: 'partition', topicId: topic.topicId, partition, leaderEpoch: 0, partitionEpoch: 0 })
  }
  return records
}
