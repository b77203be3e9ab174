// ExpireDelegationToken (key 40, versions 1–2): ends a token, at once or later; by its owner, and by those that may prolong it.
import {
  ErrorCode,
  ExpireDelegationTokenApi,
  type ExpireDelegationTokenResponseInit,
} from '@millrace/protocol'
import { orApiError } from '../api-error.ts'
import { expiredToken, tokenRecords } from '../delegation-tokens/token-changes.ts'
import { defineHandler } from './handler.ts'
import { noTimestamp, tokensRefused } from './token-requests.ts'
import type { HandlerTraits } from './traits.ts'

const traits: HandlerTraits = { authorization: 'NONE', quota: 'REQUEST' }

export default defineHandler(ExpireDelegationTokenApi, traits, async (request, context) => {
  const { broker, connection } = context
  const refused = tokensRefused(context)
  if (refused !== undefined) return { errorCode: refused, expiryTimestampMs: noTimestamp }
  const tokens = broker.delegationTokens
  if (!tokens) return { errorCode: ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED, expiryTimestampMs: 0 }
  const { principal } = connection.session
  const expired = broker.metadata.change(() => {
    const known = tokens.withHmac(request.hmac)
    const nowMs = broker.clock.now()
    const token = expiredToken(known, principal, request.expiryTimePeriodMs, nowMs)
    return {
      records: token ? tokenRecords.write(token) : tokenRecords.remove(known!.tokenId),
      result: { errorCode: ErrorCode.NONE as number, expiryTimestampMs: token?.expiryTimestampMs ?? nowMs },
    }
  })
  return orApiError<ExpireDelegationTokenResponseInit>(expired, ({ code }) => ({
    errorCode: code,
    expiryTimestampMs: 0,
  }))
})
