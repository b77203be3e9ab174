// What `Admin` does with who may do what, and with tokens that stand for a login.
import type { Acl, AclFilter, NewAcl } from './acl.ts'
import type { AdminCallOptions } from './call-options.ts'
import { type CreatedAcl, createAcls } from './create-acls.ts'
import {
  type CreateDelegationTokenOptions,
  createDelegationToken,
  type DelegationToken,
  type DescribeDelegationTokensOptions,
  describeDelegationTokens,
  type ExpireDelegationTokenOptions,
  expireDelegationToken,
  type RenewDelegationTokenOptions,
  renewDelegationToken,
} from './delegation-tokens.ts'
import { type DeletedAcls, deleteAcls } from './delete-acls.ts'
import { describeAcls } from './describe-acls.ts'
import { TransactionOperations } from './transaction-operations.ts'

/** A part of `Admin`. */
export abstract class SecurityOperations extends TransactionOperations {
  /**
   * Creates access control entries: CreateAcls, at the controller. One that is there already is no error; `INVALID_REQUEST` and
   * `SECURITY_DISABLED` (the broker has no authorizer) are outcomes.
   *
   * @example
   * throwFirst(
   *   await admin.createAcls([
   *     { resourceType: 'topic', resourceName: 'orders', principal: 'User:alice', operation: 'read' },
   *     { resourceType: 'group', resourceName: 'billing-', patternType: 'prefixed', principal: 'User:alice', operation: 'read' },
   *   ]),
   * )
   */
  createAcls(acls: readonly NewAcl[], options?: AdminCallOptions): Promise<CreatedAcl[]> {
    return createAcls(this.cluster, acls, options)
  }

  /**
   * The access control entries that a filter means, all without one: DescribeAcls, at any broker. Throws BrokerError (`SECURITY_DISABLED`,
   * `CLUSTER_AUTHORIZATION_FAILED`).
   *
   * @example
   * const acls = await admin.describeAcls({ resourceType: 'topic', resourceName: 'orders', patternType: 'match' })
   */
  describeAcls(filter?: AclFilter, options?: AdminCallOptions): Promise<Acl[]> {
    return describeAcls(this.cluster, filter, options)
  }

  /**
   * Deletes the access control entries that any of the filters means, and tells which they were: DeleteAcls, at the controller. `[{}]` deletes
   * all there are.
   *
   * @example
   * const [deleted] = throwFirst(await admin.deleteAcls([{ principal: 'User:alice' }]))
   */
  deleteAcls(filters: readonly AclFilter[], options?: AdminCallOptions): Promise<DeletedAcls[]> {
    return deleteAcls(this.cluster, filters, options)
  }

  /**
   * Creates a delegation token for who asks (KIP-48): CreateDelegationToken, at the controller. Takes a login that is none by a token. Throws
   * BrokerError (`DELEGATION_TOKEN_AUTH_DISABLED`, `DELEGATION_TOKEN_REQUEST_NOT_ALLOWED`, `DELEGATION_TOKEN_AUTHORIZATION_FAILED`).
   *
   * @example
   * const { tokenId, hmac } = await admin.createDelegationToken({ renewers: ['User:scheduler'], maxLifetimeMs: 3_600_000 })
   */
  createDelegationToken(options?: CreateDelegationTokenOptions): Promise<DelegationToken> {
    return createDelegationToken(this.cluster, options)
  }

  /**
   * Renews a delegation token and returns when it ends now, in ms of the epoch: RenewDelegationToken, at the controller. Throws BrokerError
   * (`DELEGATION_TOKEN_EXPIRED`, `DELEGATION_TOKEN_OWNER_MISMATCH`, `DELEGATION_TOKEN_NOT_FOUND`).
   *
   * @example
   * const endsAtMs = await admin.renewDelegationToken(token.hmac)
   */
  renewDelegationToken(hmac: string, options?: RenewDelegationTokenOptions): Promise<number> {
    return renewDelegationToken(this.cluster, hmac, options)
  }

  /**
   * Ends a delegation token, at once or later, and returns when, in ms of the epoch: ExpireDelegationToken, at the controller. Who is logged in
   * with it stays so until that login has to be renewed.
   *
   * @example
   * await admin.expireDelegationToken(token.hmac)
   */
  expireDelegationToken(hmac: string, options?: ExpireDelegationTokenOptions): Promise<number> {
    return expireDelegationToken(this.cluster, hmac, options)
  }

  /**
   * The delegation tokens that the client owns, may renew, or is allowed to see, with their secrets: DescribeDelegationToken, at any broker.
   *
   * @example
   * const mine = await admin.describeDelegationTokens({ owners: ['User:alice'] })
   */
  describeDelegationTokens(options?: DescribeDelegationTokensOptions): Promise<DelegationToken[]> {
    return describeDelegationTokens(this.cluster, options)
  }
}
