// DescribeClientQuotas (key 48, versions 0–1): quotas of users, client ids and addresses that pass a filter (KIP-546).
import { DescribeClientQuotasApi, ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { quotaFilter } from '../metadata/client-quota-filter.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DESCRIBE_CONFIGS CLUSTER'), quota: 'REQUEST' }

export default defineHandler(DescribeClientQuotasApi, traits, (request, context) => {
  const { broker } = context
  if (!context.authorize('DESCRIBE_CONFIGS', 'CLUSTER')) {
    return { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED, errorMessage: null, entries: null }
  }
  try {
    const passes = quotaFilter(request.components, request.strict)
    const entries = [...broker.metadata.image.clientQuotas.all()]
      .filter(({ entity }) => passes(entity))
      .map(({ entity, values }) => ({
        entity: [...entity],
        values: [...values].map(([key, value]) => ({ key, value })),
      }))
    return { errorCode: ErrorCode.NONE, errorMessage: '', entries }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { errorCode: error.code, errorMessage: error.message, entries: null }
  }
})
