// What `Admin` does with users that log in by SCRAM, and with quotas.
import type { AdminCallOptions } from '../call-options.ts'
import {
  alterClientQuotas,
  type AlterClientQuotasOptions,
  type AlteredClientQuotas,
  type ClientQuotaChange,
} from './alter-client-quotas.ts'
import {
  type AlteredScramUser,
  alterUserScramCredentials,
  type ScramCredentialChange,
} from './alter-user-scram-credentials.ts'
import type { ClientQuotaFilter } from './client-quota.ts'
import {
  describeClientQuotas,
  type DescribeClientQuotasOptions,
  type DescribedClientQuotas,
} from './describe-client-quotas.ts'
import { type DescribedScramUser, describeUserScramCredentials } from './describe-user-scram-credentials.ts'
import { SecurityOperations } from './security-operations.ts'

/** A part of `Admin`. */
export abstract class UserOperations extends SecurityOperations {
  /**
   * The quotas that are set: DescribeClientQuotas, at any broker. A filter names a user, a client id or an address; `null` is the default of its type, `{
   * any: true }` whoever is named. Throws BrokerError (`CLUSTER_AUTHORIZATION_FAILED`, `INVALID_REQUEST`). Changes nothing: repeat it at will.
   *
   * @example
   * const quotas = await admin.describeClientQuotas({ user: 'alice' })
   */
  describeClientQuotas(
    filter?: ClientQuotaFilter,
    options?: DescribeClientQuotasOptions,
  ): Promise<DescribedClientQuotas[]> {
    return describeClientQuotas(this.cluster, filter, options)
  }

  /**
   * Sets quotas of users, client ids, both together, or addresses, and takes away those that are null: AlterClientQuotas, at the controller. What is not
   * named stays. `INVALID_REQUEST` is an outcome. So is `CLUSTER_AUTHORIZATION_FAILED`. Repeating it is safe.
   *
   * @example
   * throwFirst(
   *   await admin.alterClientQuotas([
   *     { entity: { user: 'alice' }, values: { producer_byte_rate: 1_048_576, consumer_byte_rate: null } },
   *     { entity: { clientId: null }, values: { request_percentage: 50 } },
   *   ]),
   * )
   */
  alterClientQuotas(
    changes: readonly ClientQuotaChange[],
    options?: AlterClientQuotasOptions,
  ): Promise<AlteredClientQuotas[]> {
    return alterClientQuotas(this.cluster, changes, options)
  }

  /**
   * Makes, replaces and deletes users that log in by SCRAM: AlterUserScramCredentials, at the controller (KIP-554). Passwords do not leave this process.
   * `RESOURCE_NOT_FOUND` and `UNACCEPTABLE_CREDENTIAL` are outcomes, one a user. So is `CLUSTER_AUTHORIZATION_FAILED`. Repeating it is safe: it comes to
   * the same password with another salt, and a user that is gone is not found.
   *
   * @example
   * throwFirst(await admin.alterUserScramCredentials([{ user: 'alice', mechanism: 'scram-sha-512', password }]))
   */
  alterUserScramCredentials(
    changes: readonly ScramCredentialChange[],
    options?: AdminCallOptions,
  ): Promise<AlteredScramUser[]> {
    return alterUserScramCredentials(this.cluster, changes, options)
  }

  /**
   * Users that log in by SCRAM, sorted by name, with mechanisms and iterations: those that are named, or all. DescribeUserScramCredentials, at the
   * controller. `RESOURCE_NOT_FOUND` is an outcome. So is `CLUSTER_AUTHORIZATION_FAILED`. Changes nothing: repeat it at will.
   *
   * @example
   * const names = (await admin.describeUserScramCredentials()).map(({ user }) => user)
   */
  describeUserScramCredentials(
    users?: readonly string[],
    options?: AdminCallOptions,
  ): Promise<DescribedScramUser[]> {
    return describeUserScramCredentials(this.cluster, users, options)
  }
}
