// CreatePartitions (key 37, versions 0–3): more partitions for existing topics. There are never fewer.
import {
  CreatePartitionsApi,
  type CreatePartitionsRequest,
  type CreatePartitionsResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { changeEach } from '../metadata/change-each.ts'
import { checkPartitionCount } from '../metadata/create-topic.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { MetadataRecord } from '../metadata/record.ts'
import type { Decision } from '../metadata/store.ts'
import { defineHandler } from './handler.ts'
import { refusal } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Wanted = CreatePartitionsRequest['topics'][number]
type Result = NonNullable<CreatePartitionsResponseInit['results']>[number]

/** From here on clients know THROTTLING_QUOTA_EXCEEDED. */
const throttledVersionMin = 3

const traits: HandlerTraits = { authorization: needs('ALTER TOPIC'), quota: 'CONTROLLER_MUTATION' }

export default defineHandler(CreatePartitionsApi, traits, async (request, context) => {
  const { broker } = context
  const mutations = broker.quotas?.mutations(context, context.apiVersion >= throttledVersionMin)
  const byName = Map.groupBy(request.topics, ({ name }) => name)
  let added = 0
  const results = await changeEach(broker.metadata, [...byName.entries()], {
    validateOnly: request.validateOnly,
    decide(image, [name, [topic, ...others]]): Decision<Result> {
      if (others.length > 0) throw new ApiError(ErrorCode.INVALID_REQUEST, 'Duplicate topic in request.')
      if (!context.authorize('ALTER', 'TOPIC', name)) throw refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
      const records = decide(image, broker.nodeId, topic!)
      // Topics that fit are served though one before them did not.
      checkPartitionCount(added + records.length)
      mutations?.record(records.length)
      added += records.length
      return { records, result: { name, errorCode: ErrorCode.NONE, errorMessage: null } }
    },
    refuse: ([name], { code, message }) => ({
      name,
      errorCode: code,
      errorMessage: code === ErrorCode.TOPIC_AUTHORIZATION_FAILED ? null : message,
    }),
  })
  mutations?.settle()
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
  checkPartitionCount(count - current)
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
  const { leaderEpoch } = image
  const records: MetadataRecord[] = []
  for (let partition = current; partition < count; partition++) {
    records.push({ type: 'partition', topicId: topic.topicId, partition, leaderEpoch, partitionEpoch: 0 })
  }
  return records
}
