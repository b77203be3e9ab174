// AlterClientQuotas (key 49, versions 0–1): sets and removes quotas of users, client ids and addresses (KIP-546). Those of an entity change together
// or not at all.
import {
  AlterClientQuotasApi,
  type AlterClientQuotasRequest,
  type AlterClientQuotasResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { changeEach } from '../metadata/change-each.ts'
import { clientQuotaRecords, type QuotaChange } from '../metadata/client-quota-changes.ts'
import { quotaEntity } from '../metadata/client-quotas.ts'
import type { QuotaEntity } from '../metadata/record.ts'
import type { Decision } from '../metadata/store.ts'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Entry = AlterClientQuotasRequest['entries'][number]
type Result = NonNullable<AlterClientQuotasResponseInit['entries']>[number]

const traits: HandlerTraits = { authorization: needs('ALTER_CONFIGS CLUSTER'), quota: 'REQUEST' }

export default defineHandler(AlterClientQuotasApi, traits, async (request, context) => {
  const { broker } = context
  if (!context.authorize('ALTER_CONFIGS', 'CLUSTER')) {
    return { entries: request.entries.map(({ entity }) => ({ ...clusterRefused, entity: [...entity] })) }
  }
  const entries = await changeEach(broker.metadata, request.entries, {
    validateOnly: request.validateOnly,
    decide(image, entry): Decision<Result> {
      const entity = entityOf(entry)
      const records = clientQuotaRecords(image.clientQuotas, entity, changesOf(entry))
      return { records, result: { errorCode: ErrorCode.NONE, errorMessage: null, entity: [...entity] } }
    },
    refuse: (entry, error) => ({
      errorCode: error.code,
      errorMessage: error.message,
      entity: [...entityOf(entry)],
    }),
  })
  return { entries }
})

/** Of a type that is named twice, the last name counts. */
function entityOf({ entity }: Entry): QuotaEntity {
  return quotaEntity(new Map(entity.map(part => [part.entityType, part])).values())
}

function changesOf({ ops }: Entry): QuotaChange[] {
  const changes = new Map<string, number | null>()
  for (const { key, value, remove } of ops) {
    if (changes.has(key)) {
      throw new ApiError(ErrorCode.INVALID_REQUEST, `Duplicate quota key ${key}`)
    }
    changes.set(key, remove ? null : value)
  }
  return [...changes].map(([key, value]) => ({ key, value }))
}
