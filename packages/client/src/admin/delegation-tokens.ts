// Admin: delegation tokens (KIP-48), with which programs log in in place of who has asked for them.
import {
  CreateDelegationTokenApi,
  DescribeDelegationTokenApi,
  ExpireDelegationTokenApi,
  RenewDelegationTokenApi,
} from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { integer, listOf, optional, optionsWith, secretText, text } from '../config/arguments.ts'
import { BrokerError, StateError } from '../errors/index.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { checkBroker } from './wrong-broker.ts'

/** A delegation token. Clients log in with it by SCRAM: `sasl: { mechanism, username: tokenId, password: hmac, delegationToken: true }`. */
export interface DelegationToken {
  /** The user name of a login. */
  readonly tokenId: string
  /** The password of a login, base64: a secret. */
  readonly hmac: string
  /** Who somebody with the token is: `User:alice`. */
  readonly owner: string
  /** Who has asked for it; empty where the broker does not tell (before 3.3). */
  readonly requester: string
  /** Who may renew and end it, besides the owner. */
  readonly renewers: readonly string[]
  /** When it was created, in ms of the epoch. */
  readonly issueTimestampMs: number
  /** It cannot be renewed beyond, in ms of the epoch. */
  readonly maxTimestampMs: number
  /** When it ends unless it is renewed, in ms of the epoch. */
  readonly expiryTimestampMs: number
}

/** Options of `createDelegationToken`. */
export interface CreateDelegationTokenOptions extends AdminCallOptions {
  /** For whom, as `User:alice` (broker 3.3 on; takes an ACL). Default: who asks. */
  readonly owner?: string
  /** Who may renew and end it, as `User:alice`. Default: the owner alone. */
  readonly renewers?: readonly string[]
  /** How long it can be renewed, in ms. Default, and at most: what the broker allows. */
  readonly maxLifetimeMs?: number
}

/** Options of `renewDelegationToken`. */
export interface RenewDelegationTokenOptions extends AdminCallOptions {
  /** For how long from now on, in ms. Default, and at most: what the broker allows. */
  readonly renewPeriodMs?: number
}

/** Options of `expireDelegationToken`. */
export interface ExpireDelegationTokenOptions extends AdminCallOptions {
  /** When from now on, in ms. Default: at once. */
  readonly expiryPeriodMs?: number
}

/** Options of `describeDelegationTokens`. */
export interface DescribeDelegationTokensOptions extends AdminCallOptions {
  /** Only tokens that these own or may renew, as `User:alice`. Default: all that the client may see. */
  readonly owners?: readonly string[]
}

const byBroker = -1
const atOnce = -1

const checkCreate = optionsWith({
  owner: optional(text),
  renewers: optional(listOf(text)),
  maxLifetimeMs: optional(integer),
})
const checkRenew = optionsWith({ renewPeriodMs: optional(integer) })
const checkExpire = optionsWith({ expiryPeriodMs: optional(integer) })
const checkDescribe = optionsWith({ owners: optional(listOf(text)) })

/** Throws StateError for a name without its type. */
function partsOf(place: string, principal: string) {
  const colon = principal.indexOf(':')
  if (colon < 0) throw new StateError(`${place} is "${principal}": write User:${principal}`)
  return { principalType: principal.slice(0, colon), principalName: principal.slice(colon + 1) }
}

const principalOf = (principalType: string, principalName: string): string =>
  principalName === '' ? '' : `${principalType}:${principalName}`

/** A token for who asks, or for `owner`. Throws BrokerError (`DELEGATION_TOKEN_AUTH_DISABLED`, `DELEGATION_TOKEN_REQUEST_NOT_ALLOWED`, …). */
export async function createDelegationToken(
  cluster: Cluster,
  options: CreateDelegationTokenOptions = {},
): Promise<DelegationToken> {
  checkCreate('createDelegationToken: options', options)
  const what = 'creating a delegation token'
  const { owner, renewers = [], maxLifetimeMs = byBroker } = options
  const ownerParts = owner === undefined ? undefined : partsOf('createDelegationToken: options.owner', owner)
  const asked = renewers.map((each, index) =>
    partsOf(`createDelegationToken: options.renewers[${index}]`, each),
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

/** Renews a token and returns when it ends now, in ms of the epoch. Throws BrokerError (`DELEGATION_TOKEN_EXPIRED`, …). */
export async function renewDelegationToken(
  cluster: Cluster,
  hmac: string,
  options: RenewDelegationTokenOptions = {},
): Promise<number> {
  secretText('renewDelegationToken: hmac', hmac)
  checkRenew('renewDelegationToken: options', options)
  const what = 'renewing a delegation token'
  const { errorCode, expiryTimestampMs } = await cluster.call(
    RenewDelegationTokenApi,
    { hmac: Buffer.from(hmac, 'base64'), renewPeriodMs: options.renewPeriodMs ?? byBroker },
    { ...callOptions(options), what, to: 'controller', check: reply => checkBroker([reply.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  return expiryTimestampMs
}

/** Ends a token, and returns when, in ms of the epoch. Throws BrokerError (`DELEGATION_TOKEN_NOT_FOUND`, …). */
export async function expireDelegationToken(
  cluster: Cluster,
  hmac: string,
  options: ExpireDelegationTokenOptions = {},
): Promise<number> {
  secretText('expireDelegationToken: hmac', hmac)
  checkExpire('expireDelegationToken: options', options)
  const what = 'ending a delegation token'
  const { errorCode, expiryTimestampMs } = await cluster.call(
    ExpireDelegationTokenApi,
    { hmac: Buffer.from(hmac, 'base64'), expiryTimePeriodMs: options.expiryPeriodMs ?? atOnce },
    { ...callOptions(options), what, to: 'controller', check: reply => checkBroker([reply.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  return expiryTimestampMs
}

/** The tokens that the client may see, their secrets included. Throws BrokerError. */
export async function describeDelegationTokens(
  cluster: Cluster,
  options: DescribeDelegationTokensOptions = {},
): Promise<DelegationToken[]> {
  checkDescribe('describeDelegationTokens: options', options)
  const what = 'describing delegation tokens'
  const place = 'describeDelegationTokens: options.owners'
  const owners = options.owners?.map((owner, index) => partsOf(`${place}[${index}]`, owner)) ?? null
  const { errorCode, tokens } = await cluster.call(
    DescribeDelegationTokenApi,
    { owners },
    { ...callOptions(options), what, to: 'any', check: reply => checkBroker([reply.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  return tokens.map(token => ({
    tokenId: token.tokenId,
    hmac: Buffer.from(token.hmac).toString('base64'),
    owner: principalOf(token.principalType, token.principalName),
    requester: principalOf(token.tokenRequesterPrincipalType, token.tokenRequesterPrincipalName),
    renewers: token.renewers.map(({ principalType, principalName }) =>
      principalOf(principalType, principalName),
    ),
    issueTimestampMs: token.issueTimestamp,
    maxTimestampMs: token.maxTimestamp,
    expiryTimestampMs: token.expiryTimestamp,
  }))
}
