// Access control entries in Apache Kafka's terms: who may, or may not, do what to which resources, from where. Numbers are Kafka's codes, as
// requests and metadata records have them.

/** `ResourceType` of Kafka. */
export const aclResourceTypes = {
  UNKNOWN: 0,
  ANY: 1,
  TOPIC: 2,
  GROUP: 3,
  CLUSTER: 4,
  TRANSACTIONAL_ID: 5,
  DELEGATION_TOKEN: 6,
  USER: 7,
} as const

/** `PatternType` of Kafka. ANY and MATCH are for filters. */
export const aclPatternTypes = { UNKNOWN: 0, ANY: 1, MATCH: 2, LITERAL: 3, PREFIXED: 4 } as const

/** `AclOperation` of Kafka. */
export const aclOperations = {
  UNKNOWN: 0,
  ANY: 1,
  ALL: 2,
  READ: 3,
  WRITE: 4,
  CREATE: 5,
  DELETE: 6,
  ALTER: 7,
  DESCRIBE: 8,
  CLUSTER_ACTION: 9,
  DESCRIBE_CONFIGS: 10,
  ALTER_CONFIGS: 11,
  IDEMPOTENT_WRITE: 12,
  CREATE_TOKENS: 13,
  DESCRIBE_TOKENS: 14,
  TWO_PHASE_COMMIT: 15,
} as const

/** `AclPermissionType` of Kafka. */
export const aclPermissionTypes = { UNKNOWN: 0, ANY: 1, DENY: 2, ALLOW: 3 } as const

/** Any resource (with LITERAL), any host. */
export const aclWildcard = '*'
/** Any principal. */
export const wildcardPrincipal = 'User:*'
/** The name of the only CLUSTER resource. */
export const clusterResource = 'kafka-cluster'

/** One access control entry (`AclBinding`). It has no UNKNOWN, ANY or MATCH. */
export interface Acl {
  readonly resourceType: number
  readonly resourceName: string
  readonly patternType: number
  /** `User:alice`, or `User:*` for everybody. */
  readonly principal: string
  /** An address as Java writes it, or `*`. */
  readonly host: string
  readonly operation: number
  readonly permissionType: number
}

/** Which entries are meant (`AclBindingFilter`): null and ANY leave a field open. */
export interface AclFilter {
  readonly resourceType: number
  readonly resourceName: string | null
  /** MATCH: patterns that apply to a resource of that name, wildcards and prefixes included. */
  readonly patternType: number
  readonly principal: string | null
  readonly host: string | null
  readonly operation: number
  readonly permissionType: number
}

/** Equal for equal entries. */
export function aclKey(acl: Acl): string {
  const { resourceType, patternType, operation, permissionType, resourceName, principal, host } = acl
  return JSON.stringify([resourceType, patternType, operation, permissionType, resourceName, principal, host])
}

/** Whether an entry is meant by a filter (`ResourcePatternFilter.matches`, `AccessControlEntryFilter.matches`). */
export function matchesFilter(filter: AclFilter, acl: Acl): boolean {
  const { ANY } = aclOperations
  if (filter.operation !== ANY && filter.operation !== acl.operation) return false
  if (filter.permissionType !== aclPermissionTypes.ANY && filter.permissionType !== acl.permissionType)
    return false
  if (filter.resourceType !== aclResourceTypes.ANY && filter.resourceType !== acl.resourceType) return false
  if (filter.principal !== null && filter.principal !== acl.principal) return false
  if (filter.host !== null && filter.host !== acl.host) return false
  return matchesPattern(filter, acl)
}

function matchesPattern({ resourceName, patternType }: AclFilter, acl: Acl): boolean {
  const { ANY, LITERAL, MATCH } = aclPatternTypes
  const exact = patternType === ANY || patternType === acl.patternType
  if (!exact && patternType !== MATCH) return false
  if (resourceName === null) return true
  if (exact) return resourceName === acl.resourceName
  if (acl.patternType === LITERAL)
    return acl.resourceName === resourceName || acl.resourceName === aclWildcard
  return resourceName.startsWith(acl.resourceName)
}

/** The name of a code in one of the tables above; `UNKNOWN` for one that is not there. */
export function codeName(table: Readonly<Record<string, number>>, code: number): string {
  for (const [name, known] of Object.entries(table)) if (known === code) return name
  return 'UNKNOWN'
}
