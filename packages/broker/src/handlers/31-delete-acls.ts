// DeleteAcls (key 31, versions 1–3): removes the ACLs that filters mean, all in one change, and tells which they were.
import { DeleteAclsApi, type DeleteAclsResponseInit, ErrorCode } from '@millrace/protocol'
import { orApiError } from '../api-error.ts'
import { type AclDeletion, deleteAclRecords } from '../metadata/alter-acls.ts'
import { aclFilterOf, noAuthorizer, refuseUnknown } from './acl-requests.ts'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Result = NonNullable<DeleteAclsResponseInit['filterResults']>[number]

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }
const done = { errorCode: ErrorCode.NONE, errorMessage: null } as const

export default defineHandler(DeleteAclsApi, traits, ({ filters }, context) => {
  for (const { patternTypeFilter, resourceTypeFilter, operation, permissionType } of filters) {
    refuseUnknown('Filters', patternTypeFilter, resourceTypeFilter, operation, permissionType)
  }
  const refused = (error: { readonly errorCode: number; readonly errorMessage: string }) => ({
    filterResults: filters.map((): Result => ({ ...error, matchingAcls: [] })),
  })
  if (!context.authorize('ALTER', 'CLUSTER')) return refused(clusterRefused)
  const { authorizer, metadata } = context.broker
  if (!authorizer) return refused(noAuthorizer)
  const deleted = metadata.change(({ acls }) => deleteAclRecords(acls, filters.map(aclFilterOf)))
  return orApiError(
    deleted.then(results => ({ filterResults: results.map(resultOf) })),
    ({ code, message }) => refused({ errorCode: code, errorMessage: message }),
  )
})

function resultOf(deletion: AclDeletion): Result {
  if ('error' in deletion) {
    return { errorCode: deletion.error.code, errorMessage: deletion.error.message, matchingAcls: [] }
  }
  return { ...done, matchingAcls: deletion.deleted.map(acl => ({ ...done, ...acl })) }
}
