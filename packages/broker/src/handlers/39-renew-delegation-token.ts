// RenewDelegationToken (key 39, versions 1–2): prolongs a token; by its owner, and by those that were named to do so.
import { ErrorCode, RenewDelegationTokenApi, type RenewDelegationTokenResponseInit } from '@millrace/protocol'
import { orApiError } from '../api-error.ts'
import { renewedToken, tokenRecords } from '../delegation-tokens/token-changes.ts'
import { defineHandler } from './handler.ts'
import { lifetimesOf, noTimestamp, tokensRefused } from './token-requests.ts'
import type { HandlerTraits } from './traits.ts'

const traits: HandlerTraits = { authorization: 'NONE', quota: 'REQUEST' }

export default defineHandler(RenewDelegationTokenApi, traits, async (request, context) => {
  const { broker, connection } = context
  const refused = tokensRefused(context)
  if (refused !== undefined) return { errorCode: refused, expiryTimestampMs: noTimestamp }
  const tokens = broker.delegationTokens
  if (!tokens) return { errorCode: ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED, expiryTimestampMs: 0 }
  const { principal } = connection.session
  const renewed = broker.metadata.change(() => {
    const known = tokens.withHmac(request.hmac)
    const nowMs = broker.clock.now()
    const token = renewedToken(known, principal, request.renewPeriodMs, lifetimesOf(broker), nowMs)
    const { expiryTimestampMs } = token
    return {
      records: tokenRecords.write(token),
      result: { errorCode: ErrorCode.NONE as number, expiryTimestampMs },
    }
  })
  return orApiError<RenewDelegationTokenResponseInit>(renewed, ({ code }) => ({
    errorCode: code,
    expiryTimestampMs: 0,
  }))
})
