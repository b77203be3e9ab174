// What `Admin` does with who may do what, and with tokens that stand for a login.
import type { AdminCallOptions } from '../call-options.ts'
import { TransactionOperations } from '../transactions/transaction-operations.ts'
import type { Acl, AclFilter, NewAcl } from './acl.ts'
import { type CreatedAcl, createAcls } from './create-acls.ts'
import { createDelegationToken, type CreateDelegationTokenOptions } from './create-delegation-token.ts'
import type { DelegationToken } from './delegation-token.ts'
import { type DeletedAcls, deleteAcls } from './delete-acls.ts'
import { describeAcls } from './describe-acls.ts'
import {
  describeDelegationTokens,
  type DescribeDelegationTokensOptions,
} from './describe-delegation-tokens.ts'
import { expireDelegationToken, type ExpireDelegationTokenOptions } from './expire-delegation-token.ts'
import { renewDelegationToken, type RenewDelegationTokenOptions } from './renew-delegation-token.ts'

/** A part of `Admin`. */
export abstract class SecurityOperations extends TransactionOperations {
  /**
   * Creates access control entries: CreateAcls, at the controller. One that is there already is no error; `INVALID_REQUEST` and `SECURITY_DISABLED` (the
   * broker has no authorizer) are outcomes. So is `CLUSTER_AUTHORIZATION_FAILED`. Repeating it is safe.
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
   * `CLUSTER_AUTHORIZATION_FAILED`). Changes nothing: repeat it at will.
   *
   * @example
   * const acls = await admin.describeAcls({ resourceType: 'topic', resourceName: 'orders', patternType: 'match' })
   */
  describeAcls(filter?: AclFilter, options?: AdminCallOptions): Promise<Acl[]> {
    return describeAcls(this.cluster, filter, options)
  }

  /**
   * Deletes the access control entries that any of the filters means, and tells which they were: DeleteAcls, at the controller. `[{}]` deletes all there
   * are. `SECURITY_DISABLED` and `CLUSTER_AUTHORIZATION_FAILED` are outcomes. Repeating it is safe, and finds no more what was deleted before: also where
   * an answer was lost and the request went again.
   *
   * @example
   * const [deleted] = throwFirst(await admin.deleteAcls([{ principal: 'User:alice' }]))
   */
  deleteAcls(filters: readonly AclFilter[], options?: AdminCallOptions): Promise<DeletedAcls[]> {
    return deleteAcls(this.cluster, filters, options)
  }

  /**
   * Creates a delegation token for who asks (KIP-48): CreateDelegationToken, at the controller. Takes a login that is none by a token. Throws BrokerError
   * (`DELEGATION_TOKEN_AUTH_DISABLED`, `DELEGATION_TOKEN_REQUEST_NOT_ALLOWED`, `DELEGATION_TOKEN_AUTHORIZATION_FAILED`). Repeating it makes another one;
   * where an answer was lost and the request went again there may be one that nobody has: `describeDelegationTokens` shows it.
   *
   * @example
   * const { tokenId, hmac } = await admin.createDelegationToken({ renewers: ['User:scheduler'], maxLifetimeMs: 3_600_000 })
   */
  createDelegationToken(options?: CreateDelegationTokenOptions): Promise<DelegationToken> {
    return createDelegationToken(this.cluster, options)
  }

  /**
   * Renews a delegation token and returns when it ends now, in ms of the epoch: RenewDelegationToken, at the controller. Throws BrokerError
   * (`DELEGATION_TOKEN_EXPIRED`, `DELEGATION_TOKEN_OWNER_MISMATCH`, `DELEGATION_TOKEN_NOT_FOUND`). Repeating it is safe: it counts from then on.
   *
   * @example
   * const endsAtMs = await admin.renewDelegationToken(token.hmac)
   */
  renewDelegationToken(hmac: string, options?: RenewDelegationTokenOptions): Promise<number> {
    return renewDelegationToken(this.cluster, hmac, options)
  }

  /**
   * Ends a delegation token, at once or later, and returns when, in ms of the epoch: ExpireDelegationToken, at the controller. Who is logged in with it
   * stays so until that login has to be renewed. Throws BrokerError (`DELEGATION_TOKEN_OWNER_MISMATCH`, `DELEGATION_TOKEN_NOT_FOUND`). Repeating it is
   * safe: a token that is gone is not found.
   *
   * @example
   * await admin.expireDelegationToken(token.hmac)
   */
  expireDelegationToken(hmac: string, options?: ExpireDelegationTokenOptions): Promise<number> {
    return expireDelegationToken(this.cluster, hmac, options)
  }

  /**
   * The delegation tokens that the client owns, may renew, or is allowed to see, with their secrets: DescribeDelegationToken, at any broker. Throws
   * BrokerError (`DELEGATION_TOKEN_AUTH_DISABLED`, `DELEGATION_TOKEN_REQUEST_NOT_ALLOWED`). Changes nothing: repeat it at will.
   *
   * @example
   * const mine = await admin.describeDelegationTokens({ owners: ['User:alice'] })
   */
  describeDelegationTokens(options?: DescribeDelegationTokensOptions): Promise<DelegationToken[]> {
    return describeDelegationTokens(this.cluster, options)
  }
}
