// TxnOffsetCommit (key 28, versions 0–5): commits offsets of a group as part of a producer's transaction: they count when it commits. v3+: a
// member is fenced by its generation (KIP-447). v5+: the group joins the transaction by this (KIP-890).
import {
  ErrorCode,
  TxnOffsetCommitApi,
  type TxnOffsetCommitRequest,
  type TxnOffsetCommitResponseInit,
} from '@millrace/protocol'
import { orError } from '../coordination/coordinator-error.ts'
import { groupCoordinator } from '../groups/coordinator.ts'
import type { OffsetToCommit } from '../groups/offset-manager.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import { transactionVerifier } from '../transactions/transaction-verifier.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Topic = TxnOffsetCommitRequest['topics'][number]
type PartitionReply = TxnOffsetCommitResponseInit['topics'][number]['partitions'][number]

/** Versions whose clients know TRANSACTION_ABORTABLE. */
const abortableVersion = 4
const epochBumpVersion = 5

const traits: HandlerTraits = {
  authorization: needs('WRITE TRANSACTIONAL_ID', 'READ GROUP', 'READ TOPIC'),
  quota: 'REQUEST',
}

export default defineHandler(TxnOffsetCommitApi, traits, async (request, context) => {
  const all = (errorCode: number) => ({
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    })),
  })
  if (!context.authorize('WRITE', 'TRANSACTIONAL_ID', request.transactionalId)) {
    return all(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  }
  if (!context.authorize('READ', 'GROUP', request.groupId)) return all(ErrorCode.GROUP_AUTHORIZATION_FAILED)
  const offsets: OffsetToCommit[] = []
  const accepted: { errorCode: number }[] = []
  const topics = request.topics.map(topic => ({
    name: topic.name,
    partitions: lookOver(topic, context, offsets, accepted),
  }))
  if (accepted.length === 0) return { topics }
  const errorCode = await commit(request, offsets, context)
  if (errorCode !== ErrorCode.NONE) for (const reply of accepted) reply.errorCode = errorCode
  return { topics }
})

/** Replies as they are if the commit goes well; what is to be committed goes to `offsets`, replies that share its fate to `accepted`. */
function lookOver(
  { name, partitions }: Topic,
  context: RequestContext,
  offsets: OffsetToCommit[],
  accepted: { errorCode: number }[],
): PartitionReply[] {
  const { broker } = context
  const isAllowed = context.authorize('READ', 'TOPIC', name)
  const image = broker.metadata.image.topic(name)
  const metadataMax = broker.config.get('offset.metadata.max.bytes')
  return partitions.map(partition => {
    const { partitionIndex } = partition
    if (!isAllowed) return { partitionIndex, errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED }
    if (!image?.partitions[partitionIndex]) {
      return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }
    }
    const metadata = partition.committedMetadata ?? ''
    const isTooLong = metadata.length > metadataMax
    const reply = {
      partitionIndex,
      errorCode: isTooLong ? (ErrorCode.OFFSET_METADATA_TOO_LARGE as number) : (ErrorCode.NONE as number),
    }
    accepted.push(reply)
    if (!isTooLong) {
      offsets.push({
        topic: name,
        topicId: image.topicId,
        partition: partitionIndex,
        offset: partition.committedOffset,
        leaderEpoch: partition.committedLeaderEpoch,
        metadata,
      })
    }
    return reply
  })
}

function commit(
  request: TxnOffsetCommitRequest,
  offsets: readonly OffsetToCommit[],
  { broker, apiVersion }: RequestContext,
): Promise<number> {
  const { groupId, memberId, groupInstanceId, generationId, transactionalId } = request
  const { producerId, producerEpoch } = request
  const supportsEpochBump = apiVersion >= epochBumpVersion
  const admit = async (partition: number) => {
    const [errorCode] = await broker.service(transactionVerifier).admit({
      transactionalId,
      producerId,
      producerEpoch,
      partitions: [{ topic: offsetsTopic, partition }],
      verifyOnly: !supportsEpochBump,
    })
    return forClient(errorCode!, apiVersion)
  }
  return orError(
    () =>
      broker.service(groupCoordinator).transactionalOffsets.commit({
        groupId,
        by: { memberId, groupInstanceId, generationId },
        producerId,
        producerEpoch,
        supportsEpochBump,
        offsets,
        admit,
      }),
    errorCode => errorCode,
  )
}

/** What a group coordinator makes of the transaction coordinator's error (Kafka's `AddPartitionsToTxnManager`). */
function forClient(errorCode: number, apiVersion: number): number {
  switch (errorCode) {
    case ErrorCode.PRODUCER_FENCED:
      return ErrorCode.INVALID_PRODUCER_EPOCH
    case ErrorCode.TRANSACTION_ABORTABLE:
      return apiVersion >= abortableVersion ? errorCode : ErrorCode.INVALID_TXN_STATE
    default:
      return errorCode
  }
}
