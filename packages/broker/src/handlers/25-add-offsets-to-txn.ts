// AddOffsetsToTxn (key 25, versions 0–4): the committed offsets of a group join a producer's transaction: their partition of
// `__consumer_offsets` does. Before v2 a producer that was fenced hears INVALID_PRODUCER_EPOCH.
import { AddOffsetsToTxnApi, ErrorCode } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import { transactionCoordinator } from '../transactions/coordinator.ts'
import { partitionsOf } from '../transactions/topic-partitions.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const fencedVersion = 2

const traits: HandlerTraits = {
  authorization: needs('WRITE TRANSACTIONAL_ID', 'READ GROUP'),
  quota: 'REQUEST',
}

export default defineHandler(AddOffsetsToTxnApi, traits, async (request, context) => {
  const { transactionalId, producerId, producerEpoch, groupId } = request
  if (!context.authorize('WRITE', 'TRANSACTIONAL_ID', transactionalId)) {
    return { errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED }
  }
  if (!context.authorize('READ', 'GROUP', groupId)) return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
  const partition = context.broker.service(groupCoordinator).partitionFor(groupId)
  const errorCode = await context.broker.service(transactionCoordinator).addPartitions(transactionalId, {
    producerId,
    producerEpoch,
    partitions: partitionsOf([{ topic: offsetsTopic, partitions: [partition] }]),
    clientVersion: 0,
  })
  const isFenced = errorCode === ErrorCode.PRODUCER_FENCED && context.apiVersion < fencedVersion
  return { errorCode: isFenced ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode }
})
