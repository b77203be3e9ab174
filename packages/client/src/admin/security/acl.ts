// Access control entries as the administrative client has them: names for Kafka's codes, and what an entry and a filter are.
import {
  type CreateAclsRequestInit,
  type DeleteAclsRequestInit,
  type DescribeAclsResponse,
} from '@millrace/protocol'
import { entry, oneOf, optional, text } from '../../config/arguments.ts'

/** What an ACL is about (`ResourceType`). */
export const AclResourceType = {
  topic: 2,
  group: 3,
  cluster: 4,
  transactionalId: 5,
  delegationToken: 6,
  user: 7,
} as const

/** How the name of an ACL's resource is meant (`PatternType`). `literal` with `*` is every resource. */
export const AclPatternType = { literal: 3, prefixed: 4 } as const

/** How a filter looks at names: `any` at those that equal, whatever they are meant as, `match` at all that apply to a resource of that name. */
export const AclPatternFilter = { any: 1, match: 2, ...AclPatternType } as const

/** What is allowed or denied (`AclOperation`). */
export const AclOperation = {
  all: 2,
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  clusterAction: 9,
  describeConfigs: 10,
  alterConfigs: 11,
  idempotentWrite: 12,
  createTokens: 13,
  describeTokens: 14,
  twoPhaseCommit: 15,
} as const

/** `AclPermissionType`. */
export const AclPermission = { deny: 2, allow: 3 } as const

/** Name of a kind of resource. */
export type AclResourceTypeName = keyof typeof AclResourceType
/** How an entry names its resource. */
export type AclPatternTypeName = keyof typeof AclPatternType
/** How a filter names resources. */
export type AclPatternFilterName = keyof typeof AclPatternFilter
/** Name of an operation. */
export type AclOperationName = keyof typeof AclOperation
/** Whether an entry allows or denies. */
export type AclPermissionName = keyof typeof AclPermission

/** One access control entry: Kafka’s `AclBinding`. What a newer broker has and this client has no name for is `unknown`. */
export interface Acl {
  /** The kind of thing that it is about. */
  readonly resourceType: AclResourceTypeName | 'unknown'
  /** `*` for all, when the pattern is literal. The cluster is `kafka-cluster`. */
  readonly resourceName: string
  /** Whether that is the name, or what names begin with. */
  readonly patternType: AclPatternTypeName | 'unknown'
  /** `User:alice`; `User:*` for everybody. */
  readonly principal: string
  /** An address, or `*` for everywhere. */
  readonly host: string
  /** What is allowed or denied. */
  readonly operation: AclOperationName | 'unknown'
  /** A denial outweighs whatever is allowed. */
  readonly permission: AclPermissionName | 'unknown'
}

/** An access control entry to create. */
export interface NewAcl {
  /** The kind of thing that it is about. */
  readonly resourceType: AclResourceTypeName
  /** Default: `kafka-cluster` for the cluster. Needed for everything else. */
  readonly resourceName?: string
  /** Default: `literal`. */
  readonly patternType?: AclPatternTypeName
  /** With its type: `User:alice`. */
  readonly principal: string
  /** Default: `*`. */
  readonly host?: string
  /** What is allowed or denied. */
  readonly operation: AclOperationName
  /** Default: `allow`. */
  readonly permission?: AclPermissionName
}

/** Which entries are meant: every field that is left out is open. `{}` is all there are. */
export interface AclFilter {
  /** Only those about this kind of thing. */
  readonly resourceType?: AclResourceTypeName
  /** Only those whose resource has this name, as `patternType` looks at it. */
  readonly resourceName?: string
  /** Default: `any`. */
  readonly patternType?: AclPatternFilterName
  /** Only those for exactly this principal. */
  readonly principal?: string
  /** Only those for exactly this host. */
  readonly host?: string
  /** Only those with exactly this operation. */
  readonly operation?: AclOperationName
  /** Only those that allow, or that deny. */
  readonly permission?: AclPermissionName
}

const anyCode = 1
const names = (table: object) => oneOf(Object.keys(table))
const clusterName = 'kafka-cluster'

export const checkNewAcl = entry({
  resourceType: names(AclResourceType),
  resourceName: optional(text),
  patternType: optional(names(AclPatternType)),
  principal: text,
  host: optional(text),
  operation: names(AclOperation),
  permission: optional(names(AclPermission)),
})

export const checkAclFilter = entry({
  resourceType: optional(names(AclResourceType)),
  resourceName: optional(text),
  patternType: optional(names(AclPatternFilter)),
  principal: optional(text),
  host: optional(text),
  operation: optional(names(AclOperation)),
  permission: optional(names(AclPermission)),
})

type Creation = CreateAclsRequestInit['creations'][number]
type Filter = DeleteAclsRequestInit['filters'][number]

/** The entry with its defaults. */
export function completeAcl(acl: NewAcl): Required<NewAcl> {
  const name = acl.resourceType === 'cluster' ? clusterName : ''
  return { resourceName: name, patternType: 'literal', host: '*', permission: 'allow', ...acl }
}

export function creationOf(acl: Required<NewAcl>): Creation {
  return {
    resourceType: AclResourceType[acl.resourceType],
    resourceName: acl.resourceName,
    resourcePatternType: AclPatternType[acl.patternType],
    principal: acl.principal,
    host: acl.host,
    operation: AclOperation[acl.operation],
    permissionType: AclPermission[acl.permission],
  }
}

export function filterOf(filter: AclFilter): Filter {
  const { resourceType, operation, permission } = filter
  return {
    resourceTypeFilter: resourceType === undefined ? anyCode : AclResourceType[resourceType],
    resourceNameFilter: filter.resourceName ?? null,
    patternTypeFilter: AclPatternFilter[filter.patternType ?? 'any'],
    principalFilter: filter.principal ?? null,
    hostFilter: filter.host ?? null,
    operation: operation === undefined ? anyCode : AclOperation[operation],
    permissionType: permission === undefined ? anyCode : AclPermission[permission],
  }
}

type Described = DescribeAclsResponse['resources'][number]

/** An entry as a broker tells it. */
export function aclOf(
  { resourceType, resourceName, patternType }: Omit<Described, 'acls'>,
  { principal, host, operation, permissionType }: Described['acls'][number],
): Acl {
  return {
    resourceType: nameOf(AclResourceType, resourceType),
    resourceName,
    patternType: nameOf(AclPatternType, patternType),
    principal,
    host,
    operation: nameOf(AclOperation, operation),
    permission: nameOf(AclPermission, permissionType),
  }
}

function nameOf<T extends Readonly<Record<string, number>>>(table: T, code: number): keyof T | 'unknown' {
  for (const [name, known] of Object.entries(table)) if (known === code) return name
  return 'unknown'
}
