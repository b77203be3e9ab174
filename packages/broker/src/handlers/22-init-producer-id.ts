// InitProducerId (key 22, versions 0–5): ids for idempotent producers. Ids are taken in blocks that are durable before the first is
// given out, so none is ever given twice. There is no transaction coordinator: a transactional id is refused for good.
import { ErrorCode, InitProducerIdApi } from '@millrace/protocol'
import { orApiError } from '../api-error.ts'
import { clusterResource } from '../authorizer/acl.ts'
import { producerIds } from '../metadata/producer-ids.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const noProducer = { producerId: -1, producerEpoch: -1 }

const traits: HandlerTraits = {
  authorization: needs('WRITE TRANSACTIONAL_ID', 'IDEMPOTENT_WRITE CLUSTER', 'WRITE TOPIC'),
  quota: 'REQUEST',
}

export default defineHandler(InitProducerIdApi, traits, async (request, context) => {
  const { broker } = context
  const refused = refusalOf(request.transactionalId, context)
  if (refused !== undefined) return { errorCode: refused, ...noProducer }
  if (request.transactionalId === '') return { errorCode: ErrorCode.INVALID_REQUEST, ...noProducer }
  if (request.transactionalId !== null) {
    return { errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, ...noProducer }
  }
  const taken = broker.service(producerIds).next()
  return orApiError(
    taken.then(producerId => ({ errorCode: ErrorCode.NONE as number, producerId, producerEpoch: 0 })),
    error => ({ errorCode: error.code, ...noProducer }),
  )
})

/** Idempotence alone needs leave for the cluster, or to write to any topic (KIP-679). */
function refusalOf(transactionalId: string | null, context: RequestContext): number | undefined {
  if (transactionalId !== null) {
    return context.authorize('WRITE', 'TRANSACTIONAL_ID', transactionalId)
      ? undefined
      : ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
  }
  return context.authorize('IDEMPOTENT_WRITE', 'CLUSTER', clusterResource, 'filter') ||
    context.authorizeAny('WRITE', 'TOPIC')
    ? undefined
    : ErrorCode.CLUSTER_AUTHORIZATION_FAILED
}
