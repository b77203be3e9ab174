// InitProducerId (key 22, versions 0–5): ids for idempotent producers, and epochs for transactional ones. Ids are taken in blocks that are
// durable before the first is given out, so none is ever given twice. v3+: to go on with an id (KIP-360). Before v4 a producer that was fenced
// hears INVALID_PRODUCER_EPOCH.
import { ErrorCode, InitProducerIdApi, type InitProducerIdRequest } from '@millrace/protocol'
import { orApiError } from '../api-error.ts'
import { clusterResource } from '../authorizer/acl.ts'
import { producerIds } from '../metadata/producer-ids.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const none = -1
const fencedVersion = 4

// TWO_PHASE_COMMIT joins them with version 6, which is not final and not served.
const traits: HandlerTraits = {
  authorization: needs('WRITE TRANSACTIONAL_ID', 'IDEMPOTENT_WRITE CLUSTER', 'WRITE TOPIC'),
  quota: 'REQUEST',
}

export default defineHandler(InitProducerIdApi, traits, async (request, context) => {
  const denied = denialOf(request, context)
  if (denied !== ErrorCode.NONE) return refusal(denied)
  const { producerId, producerEpoch, transactionalId } = request
  if ((producerId === none) !== (producerEpoch === none)) return refusal(ErrorCode.INVALID_REQUEST)
  if (transactionalId === null) return takeId(context)
  // Idempotent producers without transactions need nothing of it.
  const { transactionCoordinator } = await import('../transactions/coordinator.ts')
  const reply = await context.broker.service(transactionCoordinator).initProducerId(transactionalId, {
    timeoutMs: request.transactionTimeoutMs,
    expected: producerId === none ? null : { producerId, producerEpoch },
    enable2Pc: request.enable2Pc,
    keepPreparedTxn: request.keepPreparedTxn,
  })
  const isFenced = reply.errorCode === ErrorCode.PRODUCER_FENCED && context.apiVersion < fencedVersion
  return isFenced ? refusal(ErrorCode.INVALID_PRODUCER_EPOCH) : reply
})

function denialOf({ transactionalId, enable2Pc }: InitProducerIdRequest, context: RequestContext): number {
  if (transactionalId === null) {
    const isAllowed =
      context.authorize('IDEMPOTENT_WRITE', 'CLUSTER', clusterResource, 'filter') ||
      context.authorizeAny('WRITE', 'TOPIC')
    return isAllowed ? ErrorCode.NONE : ErrorCode.CLUSTER_AUTHORIZATION_FAILED
  }
  const isAllowed =
    context.authorize('WRITE', 'TRANSACTIONAL_ID', transactionalId) &&
    (!enable2Pc || context.authorize('TWO_PHASE_COMMIT', 'TRANSACTIONAL_ID', transactionalId))
  return isAllowed ? ErrorCode.NONE : ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
}

function takeId({ broker }: RequestContext) {
  const taken = broker.service(producerIds).next()
  return orApiError(
    taken.then(producerId => ({ errorCode: ErrorCode.NONE as number, producerId, producerEpoch: 0 })),
    ({ code }) => refusal(code),
  )
}

function refusal(errorCode: number) {
  return { errorCode, producerId: none, producerEpoch: none }
}
