// Admin: create a delegation token (KIP-48), with which programs log in in place of who has asked for it.
import { CreateDelegationTokenApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { integer, listOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'
import { type DelegationToken, partsOfPrincipal, principalOf } from './delegation-token.ts'

/** Options of `createDelegationToken`. */
export interface CreateDelegationTokenOptions extends AdminCallOptions {
  /** For whom, as `User:alice` (broker 3.3 on; takes an ACL). Default: who asks. */
  readonly owner?: string
  /** Who may renew and end it, as `User:alice`. Default: the owner alone. */
  readonly renewers?: readonly string[]
  /** How long it can be renewed, in ms. Default, and at most: what the broker allows. */
  readonly maxLifetimeMs?: number
}

/** As the broker has it. */
const byBroker = -1

const checkOptions = optionsWith({
  owner: optional(text),
  renewers: optional(listOf(text)),
  maxLifetimeMs: optional(integer),
})

/** A token for who asks, or for `owner`. Throws BrokerError (`DELEGATION_TOKEN_AUTH_DISABLED`, `DELEGATION_TOKEN_REQUEST_NOT_ALLOWED`, …). */
export async function createDelegationToken(
  cluster: Cluster,
  options: CreateDelegationTokenOptions = {},
): Promise<DelegationToken> {
  checkOptions('createDelegationToken: options', options)
  const what = 'creating a delegation token'
  const { owner, renewers = [], maxLifetimeMs = byBroker } = options
  const ownerParts =
    owner === undefined ? undefined : partsOfPrincipal('createDelegationToken: options.owner', owner)
  const asked = renewers.map((each, index) =>
    partsOfPrincipal(`createDelegationToken: options.renewers[${index}]`, each),
  )
  const reply = await cluster.call(
    CreateDelegationTokenApi,
    version => ({
      renewers: asked,
      maxLifetimeMs,
      // A broker that cannot do it says so: the fields are no such that can be left out.
      ...((version >= 3 || ownerParts) && {
        ownerPrincipalType: ownerParts?.principalType ?? null,
        ownerPrincipalName: ownerParts?.principalName ?? null,
      }),
    }),
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: ({ errorCode }) => checkBroker([errorCode], what),
    },
  )
  if (reply.errorCode !== 0) throw new BrokerError(reply.errorCode, what)
  return {
    tokenId: reply.tokenId,
    hmac: Buffer.from(reply.hmac).toString('base64'),
    owner: principalOf(reply.principalType, reply.principalName),
    requester: principalOf(reply.tokenRequesterPrincipalType, reply.tokenRequesterPrincipalName),
    renewers: [...renewers],
    issueTimestampMs: reply.issueTimestampMs,
    maxTimestampMs: reply.maxTimestampMs,
    expiryTimestampMs: reply.expiryTimestampMs,
  }
}
