// Quotas as programs speak of them: whom one is for, its values, and which of them a filter means (KIP-546).
import { entry, optional, textOrNull, type Check } from '../../config/arguments.ts'
import { StateError } from '../../errors/index.ts'

/** Kafka’s names of quotas. Bytes, partitions and connections are per second; `request_percentage` is of the time of one request thread. */
export const ClientQuotaKey = [
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
  'connection_creation_rate',
] as const

/** Name of a quota. */
export type ClientQuotaKeyName = (typeof ClientQuotaKey)[number]

/** Whom a quota is for: a user, a client id, both together, or an address. `null` is the default, for all that have none of their own. */
export interface ClientQuotaEntity {
  /** The name without its type: `alice` of `User:alice`. Who has not authenticated is `ANONYMOUS`. */
  readonly user?: string | null
  /** The client’s `client.id`. */
  readonly clientId?: string | null
  /** An IP address. Not together with the others. */
  readonly ip?: string | null
}

/** Any name of a type, the default too. */
export interface AnyQuotaName {
  /** Always true. */
  readonly any: true
}

/** Which entities are meant: those that name each type that is named here, so. An empty filter means all. */
export interface ClientQuotaFilter {
  /** A name, `null` for the default, or `{ any: true }`. */
  readonly user?: string | null | AnyQuotaName
  /** The same. */
  readonly clientId?: string | null | AnyQuotaName
  /** The same. */
  readonly ip?: string | null | AnyQuotaName
}

/** The type of a part of an entity on the wire. */
const quotaEntityTypes = { user: 'user', clientId: 'client-id', ip: 'ip' } as const

type EntityField = keyof typeof quotaEntityTypes

const fields = Object.keys(quotaEntityTypes) as EntityField[]

/** `DescribeClientQuotasRequest.MATCH_TYPE_*`. */
const matchTypes = { exact: 0, default: 1, any: 2 } as const

const checkName = optional(textOrNull)
const checkFields = entry({ user: checkName, clientId: checkName, ip: checkName })

/** Throws StateError unless an entity names somebody. */
export const checkQuotaEntity: Check = (place, value) => {
  checkFields(place, value)
  if (fields.some(field => (value as ClientQuotaEntity)[field] !== undefined)) return
  throw new StateError(`${place} names nobody: write user, clientId, both, or ip; null is the default`)
}

const checkMatch: Check = (place, value) => {
  const isAny = typeof value === 'object' && value !== null && 'any' in value && value.any === true
  if (value === undefined || isAny) return
  textOrNull(place, value)
}

export const checkQuotaFilter = entry({ user: checkMatch, clientId: checkMatch, ip: checkMatch })

export function partsOf(entity: ClientQuotaEntity): { entityType: string; entityName: string | null }[] {
  return fields.flatMap(field => {
    const entityName = entity[field]
    return entityName === undefined ? [] : [{ entityType: quotaEntityTypes[field], entityName }]
  })
}

/** Parts of types that this version does not know are left out. */
export function entityOf(
  parts: readonly { readonly entityType: string; readonly entityName: string | null }[],
): ClientQuotaEntity {
  return Object.fromEntries(
    fields.flatMap(field => {
      const part = parts.find(({ entityType }) => entityType === quotaEntityTypes[field])
      return part ? [[field, part.entityName]] : []
    }),
  )
}

export function componentsOf(
  filter: ClientQuotaFilter,
): { entityType: string; matchType: number; match: string | null }[] {
  const components: { entityType: string; matchType: number; match: string | null }[] = []
  for (const field of fields) {
    const wanted = filter[field]
    const entityType = quotaEntityTypes[field]
    if (wanted === null) components.push({ entityType, matchType: matchTypes.default, match: null })
    else if (typeof wanted === 'string') {
      components.push({ entityType, matchType: matchTypes.exact, match: wanted })
    } else if (wanted) components.push({ entityType, matchType: matchTypes.any, match: null })
  }
  return components
}
