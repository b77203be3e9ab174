// What the requests about ACLs have in common: filters as they are asked for, and the answer of a broker without an authorizer.
import { ErrorCode } from '@millrace/protocol'
import type { AclFilter } from '../authorizer/acl.ts'
import { RequestError } from '../request-error.ts'

/** Kafka's words differ between the broker and its controller: the first looks, the second changes. */
export const noAuthorizer = {
  errorCode: ErrorCode.SECURITY_DISABLED,
  errorMessage: 'No Authorizer is configured.',
} as const

export interface AskedFilter {
  readonly resourceTypeFilter: number
  readonly resourceNameFilter: string | null
  readonly patternTypeFilter: number
  readonly principalFilter: string | null
  readonly hostFilter: string | null
  readonly operation: number
  readonly permissionType: number
}

export function aclFilterOf(asked: AskedFilter): AclFilter {
  return {
    resourceType: asked.resourceTypeFilter,
    resourceName: asked.resourceNameFilter,
    patternType: asked.patternTypeFilter,
    principal: asked.principalFilter,
    host: asked.hostFilter,
    operation: asked.operation,
    permissionType: asked.permissionType,
  }
}

/** Throws `RequestError` where a code is that of UNKNOWN: such a request ends the connection in Kafka, too. Other codes without a name do not. */
export function refuseUnknown(what: string, ...codes: readonly number[]): void {
  if (codes.includes(0)) throw new RequestError(`${what} contain UNKNOWN elements`)
}
