// Changes of quotas: what AlterClientQuotas asks for, checked and turned into metadata records.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError } from '../api-error.ts'
import { isIpAddress } from '../config/ip-address.ts'
import type { ClientQuotaRecord, ClientQuotaTable } from './client-quotas.ts'
import type { QuotaEntity } from './record.ts'

const entityTypes: readonly string[] = ['client-id', 'ip', 'user']

type QuotaValueType = 'LONG' | 'INT' | 'DOUBLE'

const clientQuotaKeys: Readonly<Record<string, QuotaValueType>> = {
  producer_byte_rate: 'LONG',
  consumer_byte_rate: 'LONG',
  request_percentage: 'DOUBLE',
  controller_mutation_rate: 'DOUBLE',
}
const ipQuotaKeys: Readonly<Record<string, QuotaValueType>> = { connection_creation_rate: 'INT' }

/** One value to set, or with null to take away. */
export interface QuotaChange {
  readonly key: string
  readonly value: number | null
}

/**
 * The records that change the quotas of an entity, by the rules of `ClientQuotaControlManager`. Throws `ApiError` (INVALID_REQUEST) for an entity or a
 * value that cannot be: nothing of it changes then.
 */
export function clientQuotaRecords(
  table: ClientQuotaTable,
  entity: QuotaEntity,
  changes: readonly QuotaChange[],
): ClientQuotaRecord[] {
  checkEntity(entity)
  const keys = keysFor(entity)
  const current = table.values(entity)
  const records: ClientQuotaRecord[] = []
  for (const { key, value } of changes) {
    if (value !== null) checkValue(keys, key, value)
    if (value === (current?.get(key) ?? null)) continue
    records.push({ type: 'clientQuota', entity, key, value })
  }
  return records
}

function checkEntity(entity: QuotaEntity): void {
  if (entity.length === 0) throw invalid('Invalid empty client quota entity')
  for (const { entityType, entityName } of entity) {
    if (!isEntityType(entityType)) throw invalid(`Unhandled client quota entity type: ${entityType}`)
    if (entityName === '') throw invalid(`Empty ${entityType} not supported`)
  }
}

function keysFor(entity: QuotaEntity): Readonly<Record<string, QuotaValueType>> {
  const ip = entity.find(({ entityType }) => entityType === 'ip')
  if (!ip) return clientQuotaKeys
  if (entity.length > 1) {
    throw invalid('Invalid quota entity combination, IP entity should not be combined with User or ClientId')
  }
  if (ip.entityName !== null && !isIpAddress(ip.entityName)) {
    throw invalid(`${ip.entityName} is not a valid IP or resolvable host.`)
  }
  return ipQuotaKeys
}

const int32Max = 2 ** 31 - 1
const int64Max = 2 ** 63
/** How far from a whole number a value of a whole type may be. */
const epsilon = 1e-6

function checkValue(keys: Readonly<Record<string, QuotaValueType>>, key: string, value: number): void {
  const type = Object.hasOwn(keys, key) ? keys[key]! : undefined
  if (type === undefined) throw invalid(`Invalid configuration key ${key}`)
  if (Number.isNaN(value) || value <= 0) throw invalid(`Quota ${key} must be greater than 0`)
  if (type === 'DOUBLE') return
  if (value > (type === 'INT' ? int32Max : int64Max)) {
    const article = type === 'INT' ? 'an' : 'a'
    throw invalid(`Proposed value for ${key} is too large for ${article} ${type}.`)
  }
  if (Math.abs(Math.trunc(value + epsilon) - value) > epsilon) {
    throw invalid(`${key} cannot be a fractional value.`)
  }
}

export function isEntityType(text: string): boolean {
  return entityTypes.includes(text)
}

function invalid(message: string): ApiError {
  return new ApiError(ErrorCode.INVALID_REQUEST, message)
}
