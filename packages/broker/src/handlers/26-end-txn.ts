// EndTxn (key 26, versions 0–5): commits or aborts a transaction; answered once that is decided for good, before the markers are written. v5+:
// each transaction ends with a new epoch, which is in the answer (KIP-890). Before v2 a producer that was fenced hears INVALID_PRODUCER_EPOCH.
import { EndTxnApi, ErrorCode } from '@millrace/protocol'
import { transactionCoordinator } from '../transactions/coordinator.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const fencedVersion = 2
const epochBumpApiVersion = 5
const epochBumpVersion = 2

const traits: HandlerTraits = { authorization: needs('WRITE TRANSACTIONAL_ID'), quota: 'REQUEST' }

export default defineHandler(EndTxnApi, traits, async (request, context) => {
  const { transactionalId, producerId, producerEpoch, committed } = request
  if (!context.authorize('WRITE', 'TRANSACTIONAL_ID', transactionalId)) {
    return { errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED }
  }
  const reply = await context.broker.service(transactionCoordinator).endTransaction(transactionalId, {
    producerId,
    producerEpoch,
    committed,
    clientVersion: context.apiVersion >= epochBumpApiVersion ? epochBumpVersion : 0,
  })
  const isFenced = reply.errorCode === ErrorCode.PRODUCER_FENCED && context.apiVersion < fencedVersion
  return isFenced ? { ...reply, errorCode: ErrorCode.INVALID_PRODUCER_EPOCH } : reply
})
