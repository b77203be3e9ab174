// CreateDelegationToken (key 38, versions 1–3): a token with which somebody can log in as its owner, for a while. v3+: for somebody else (KIP-373).
import {
  CreateDelegationTokenApi,
  type CreateDelegationTokenRequest,
  type CreateDelegationTokenResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { randomUuid } from '@millrace/runtime'
import { orApiError } from '../api-error.ts'
import { checkRoom, newToken, tokenRecords } from '../delegation-tokens/token-changes.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { lifetimesOf, noTimestamp, partsOf, principalOf, tokensRefused } from './token-requests.ts'
import { type HandlerTraits, needs } from './traits.ts'

const requesterVersion = 3
const userType = 'User'

const traits: HandlerTraits = { authorization: needs('CREATE_TOKENS USER'), quota: 'REQUEST' }

export default defineHandler(CreateDelegationTokenApi, traits, async (request, context) => {
  const { broker, connection, apiVersion } = context
  const requester = connection.session.principal
  const owner = ownerOf(request) ?? requester
  const { principalType, principalName } = partsOf(requester)
  const names = {
    ...partsOf(owner),
    ...(apiVersion >= requesterVersion && {
      tokenRequesterPrincipalType: principalType,
      tokenRequesterPrincipalName: principalName,
    }),
  }
  const refused = refusalOf(request, owner, context)
  const tokens = broker.delegationTokens
  if (refused !== undefined) return failed(names, refused)
  if (!tokens) return failed(names, ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED)
  const { renewers, maxLifetimeMs } = request
  const wish = { owner, requester, renewers: renewers.map(principalOf), maxLifetimeMs }
  const token = newToken(randomUuid(broker.random), wish, lifetimesOf(broker), broker.clock.now())
  const { tokenId, issueTimestampMs, expiryTimestampMs, maxTimestampMs } = token
  const created = broker.metadata.change(({ delegationTokens }) => {
    checkRoom(delegationTokens.values(), token)
    return {
      records: tokenRecords.write(token),
      result: {
        errorCode: ErrorCode.NONE as number,
        ...names,
        issueTimestampMs,
        expiryTimestampMs,
        maxTimestampMs,
        tokenId,
        hmac: tokens.hmacOf(tokenId),
      },
    }
  })
  return orApiError<CreateDelegationTokenResponseInit>(created, ({ code }) => failed(names, code))
})

function ownerOf({
  ownerPrincipalType,
  ownerPrincipalName,
}: CreateDelegationTokenRequest): string | undefined {
  if (ownerPrincipalName === null || ownerPrincipalName === '') return undefined
  return principalOf({ principalType: ownerPrincipalType ?? userType, principalName: ownerPrincipalName })
}

/** For oneself one may always ask. */
function refusalOf(
  { renewers }: CreateDelegationTokenRequest,
  owner: string,
  context: RequestContext,
): number | undefined {
  const refused = tokensRefused(context)
  if (refused !== undefined) return refused
  if (owner !== context.connection.session.principal && !context.authorize('CREATE_TOKENS', 'USER', owner)) {
    return ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED
  }
  return renewers.every(({ principalType }) => principalType === userType)
    ? undefined
    : ErrorCode.INVALID_PRINCIPAL_TYPE
}

type Names = Pick<CreateDelegationTokenResponseInit, 'principalType' | 'principalName'>

function failed(names: Names, errorCode: number): CreateDelegationTokenResponseInit {
  return {
    errorCode,
    ...names,
    issueTimestampMs: noTimestamp,
    expiryTimestampMs: noTimestamp,
    maxTimestampMs: noTimestamp,
    tokenId: '',
    hmac: Buffer.alloc(0),
  }
}
