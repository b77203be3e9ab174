// Access control entries that clients ask for: checked as by Apache Kafka, and turned into metadata records.
import { ErrorCode } from '@millrace/protocol'
import { type Random, randomUuid } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import {
  type Acl,
  type AclFilter,
  aclKey,
  aclOperations,
  aclPatternTypes,
  aclPermissionTypes,
  aclResourceTypes,
  clusterResource,
  codeName,
} from '../authorizer/acl.ts'
import type { AclSet } from '../authorizer/acl-set.ts'
import { deletedAclsToldMax, requestRecordsMax } from '../limits.ts'
import type { MetadataRecord } from './record.ts'
import type { Decision } from './store.ts'

/** Throws `ApiError` (INVALID_REQUEST) for an entry that cannot be (`AclControlManager.validateNewAcl`). */
export function checkAcl(acl: Acl): void {
  const invalid = (message: string) => new ApiError(ErrorCode.INVALID_REQUEST, message)
  const { resourceType, resourceName, patternType, principal, operation, permissionType } = acl
  if (resourceType === aclResourceTypes.CLUSTER && resourceName !== clusterResource) {
    throw invalid(`The only valid name for the CLUSTER resource is ${clusterResource}`)
  }
  if (resourceName === '') throw invalid('Invalid empty resource name')
  const resource = codeName(aclResourceTypes, resourceType)
  if (resource === 'UNKNOWN' || resource === 'ANY') throw invalid(`Invalid resourceType ${resource}`)
  if (patternType !== aclPatternTypes.LITERAL && patternType !== aclPatternTypes.PREFIXED) {
    throw invalid(`Invalid patternType ${codeName(aclPatternTypes, patternType)}`)
  }
  const named = codeName(aclOperations, operation)
  if (named === 'UNKNOWN' || named === 'ANY') throw invalid(`Invalid operation ${named}`)
  if (permissionType !== aclPermissionTypes.ALLOW && permissionType !== aclPermissionTypes.DENY) {
    throw invalid(`Invalid permissionType ${codeName(aclPermissionTypes, permissionType)}`)
  }
  if (!principal.includes(':')) {
    throw invalid(
      `Could not parse principal from \`${principal}\` (no colon is present separating the principal type from the principal name)`,
    )
  }
}

/**
 * The record of a new entry; none for one that is there, or was in the same request (`asked` remembers). Throws `ApiError` for one that cannot
 * be.
 */
export function createAclRecords(
  acls: AclSet,
  acl: Acl,
  { random, asked }: { readonly random: Random; readonly asked: Set<string> },
): MetadataRecord[] {
  checkAcl(acl)
  const key = aclKey(acl)
  if (acls.has(acl) || asked.has(key)) return []
  asked.add(key)
  let id = randomUuid(random)
  while (acls.hasId(id)) id = randomUuid(random)
  return [{ type: 'acl', id, ...acl }]
}

/** Of each filter: the entries that go by it, or why it is none. */
export type AclDeletion = { readonly deleted: readonly Acl[] } | { readonly error: ApiError }

/**
 * The records that remove what the filters mean. An entry that several mean goes once, and each tells of it. Throws `ApiError` for more than one
 * request can remove, ask or tell: a part of them would be missed easily.
 */
export function deleteAclRecords(acls: AclSet, filters: readonly AclFilter[]): Decision<AclDeletion[]> {
  const tooMany = (what: string) => new ApiError(ErrorCode.INVALID_REQUEST, what)
  if (filters.length > requestRecordsMax) {
    throw tooMany(`Cannot go by more than ${requestRecordsMax} filters in a single delete operation.`)
  }
  const ids = new Set<string>()
  let told = 0
  const result = filters.map((filter): AclDeletion => {
    const fault = filterFault(filter)
    if (fault) return { error: new ApiError(ErrorCode.INVALID_REQUEST, fault) }
    const matching = acls.matching(filter)
    for (const [id] of matching) ids.add(id)
    if (ids.size > requestRecordsMax) {
      throw tooMany(`Cannot remove more than ${requestRecordsMax} acls in a single delete operation.`)
    }
    told += matching.length
    if (told > deletedAclsToldMax) {
      throw tooMany(
        `The filters of a single delete operation cannot mean more than ${deletedAclsToldMax} acls, those that several mean counted for each.`,
      )
    }
    return { deleted: matching.map(([, acl]) => acl) }
  })
  return { records: [...ids].map(id => ({ type: 'removeAcl', id })), result }
}

function filterFault({
  resourceType,
  patternType,
  operation,
  permissionType,
}: AclFilter): string | undefined {
  const unknown = (table: Readonly<Record<string, number>>, code: number) =>
    codeName(table, code) === 'UNKNOWN'
  if (unknown(aclResourceTypes, resourceType) || unknown(aclPatternTypes, patternType)) {
    return 'Unknown patternFilter.'
  }
  if (unknown(aclOperations, operation) || unknown(aclPermissionTypes, permissionType)) {
    return 'Unknown entryFilter.'
  }
  return undefined
}
