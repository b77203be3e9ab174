// Which of the quotas that are set a DescribeClientQuotas request asks for: `ClientQuotasImage.describe` of Kafka.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError } from '../api-error.ts'
import { isEntityType } from './client-quota-changes.ts'
import type { QuotaEntity } from './record.ts'

/** `DescribeClientQuotasRequest.MATCH_TYPE_*`. */
const matchTypes = { EXACT: 0, DEFAULT: 1, SPECIFIED: 2 } as const

/** One condition on an entity: that it names the type, and how. */
export interface QuotaFilterPart {
  readonly entityType: string
  readonly matchType: number
  /** With EXACT the name; null with DEFAULT (the default of the type) and SPECIFIED (any name, the default too). */
  readonly match: string | null
}

/**
 * A test of entities. With `strict`, an entity that names a type beside those of `parts` does not pass. Throws `ApiError` for a filter that
 * cannot be.
 */
export function quotaFilter(
  parts: readonly QuotaFilterPart[],
  strict: boolean,
): (entity: QuotaEntity) => boolean {
  const conditions = new Map<string, (name: string | null) => boolean>()
  for (const part of parts) {
    const { entityType } = part
    if (entityType === '') throw invalid('Invalid empty entity type.')
    if (conditions.has(entityType)) {
      throw invalid(`Entity type ${entityType} cannot appear more than once in the filter.`)
    }
    if (!isEntityType(entityType)) {
      throw new ApiError(ErrorCode.UNSUPPORTED_VERSION, `Unsupported entity type ${entityType}`)
    }
    conditions.set(entityType, conditionOf(part))
  }
  if (conditions.has('ip') && conditions.size > 1) {
    throw invalid(
      'Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.',
    )
  }
  return entity =>
    (!strict || entity.length === conditions.size) &&
    [...conditions].every(([type, passes]) => {
      const part = entity.find(({ entityType }) => entityType === type)
      return part !== undefined && passes(part.entityName)
    })
}

function conditionOf({ matchType, match }: QuotaFilterPart): (name: string | null) => boolean {
  switch (matchType) {
    case matchTypes.EXACT:
      if (match === null) throw invalid('Request specified MATCH_TYPE_EXACT, but set match string to null.')
      return name => name === match
    case matchTypes.DEFAULT:
      if (match !== null) throw alsoMatches('MATCH_TYPE_DEFAULT')
      return name => name === null
    case matchTypes.SPECIFIED:
      if (match !== null) throw alsoMatches('MATCH_TYPE_SPECIFIED')
      return () => true
    default:
      throw invalid(`Unknown match type ${matchType}`)
  }
}

function alsoMatches(type: string): ApiError {
  return invalid(`Request specified ${type}, but also specified a match string.`)
}

function invalid(message: string): ApiError {
  return new ApiError(ErrorCode.INVALID_REQUEST, message)
}
