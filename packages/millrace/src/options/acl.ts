// What the command line of `millrace acl …` says.
import type { AclOperationName, AclPatternFilterName, AclPatternTypeName } from '@millrace/client'
import type { ClusterOptions } from '../context.ts'

/** What ACLs are about. */
export interface AclResourceOptions extends ClusterOptions {
  readonly topic: readonly string[]
  readonly group: readonly string[]
  readonly transactionalId: readonly string[]
  readonly delegationToken: readonly string[]
  readonly userPrincipal: readonly string[]
  readonly cluster?: boolean
}

/** Whom they are for, and what they let do. */
export interface AclRuleOptions extends AclResourceOptions {
  readonly allowPrincipal: readonly string[]
  readonly denyPrincipal: readonly string[]
  readonly allowHost: readonly string[]
  readonly denyHost: readonly string[]
  readonly operation: readonly AclOperationName[]
  readonly producer?: boolean
  readonly consumer?: boolean
  readonly idempotent?: boolean
}

export interface AclCreateOptions extends AclRuleOptions {
  readonly resourcePatternType: AclPatternTypeName
}

export interface AclListOptions extends AclResourceOptions {
  readonly resourcePatternType: AclPatternFilterName
  readonly principal: readonly string[]
}

export interface AclDeleteOptions extends AclRuleOptions {
  readonly resourcePatternType: AclPatternFilterName
  readonly force?: boolean
}
