// DescribeDelegationToken (key 41, versions 1–3): tokens that a client owns, has asked for, may prolong, or is allowed to see, with their HMACs. v3+: who has asked
// for each (KIP-373).
import {
  DescribeDelegationTokenApi,
  type DescribeDelegationTokenResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { concerns } from '../delegation-tokens/token-changes.ts'
import type { DelegationToken } from '../metadata/delegation-token.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { partsOf, principalOf, tokensRefused } from './token-requests.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Described = NonNullable<DescribeDelegationTokenResponseInit['tokens']>[number]

const requesterVersion = 3

const traits: HandlerTraits = {
  authorization: needs('DESCRIBE DELEGATION_TOKEN', 'DESCRIBE_TOKENS USER'),
  quota: 'REQUEST',
}

export default defineHandler(DescribeDelegationTokenApi, traits, ({ owners }, context) => {
  const refused = tokensRefused(context)
  if (refused !== undefined) return { errorCode: refused, tokens: [] }
  const { delegationTokens, metadata } = context.broker
  if (!delegationTokens) return { errorCode: ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED, tokens: [] }
  const asked = owners?.map(principalOf)
  const tokens = [...metadata.image.delegationTokens.values()]
    .filter(token => asked === undefined || asked.some(owner => concerns(token, owner)))
    .filter(token => maySee(token, context))
    .map(token => describe(token, delegationTokens.hmacOf(token.tokenId), context.apiVersion))
  return { errorCode: ErrorCode.NONE, tokens }
})

function maySee(token: DelegationToken, context: RequestContext): boolean {
  return (
    concerns(token, context.connection.session.principal) ||
    context.authorize('DESCRIBE', 'DELEGATION_TOKEN', token.tokenId, 'filter') ||
    context.authorize('DESCRIBE_TOKENS', 'USER', token.owner, 'filter')
  )
}

function describe(token: DelegationToken, hmac: Buffer, apiVersion: number): Described {
  const requester = partsOf(token.requester)
  return {
    ...partsOf(token.owner),
    ...(apiVersion >= requesterVersion && {
      tokenRequesterPrincipalType: requester.principalType,
      tokenRequesterPrincipalName: requester.principalName,
    }),
    issueTimestamp: token.issueTimestampMs,
    expiryTimestamp: token.expiryTimestampMs,
    maxTimestamp: token.maxTimestampMs,
    tokenId: token.tokenId,
    hmac,
    renewers: token.renewers.map(partsOf),
  }
}
