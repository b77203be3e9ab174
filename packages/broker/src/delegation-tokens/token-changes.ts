// What becomes of a delegation token that is asked for, prolonged or ended (`DelegationTokenControlManager`). Pure.
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { requesterTokensMax } from '../limits.ts'
import type { DelegationToken } from '../metadata/delegation-token.ts'
import type { MetadataRecord } from '../metadata/record.ts'

export interface TokenLifetimes {
  /** `delegation.token.max.lifetime.ms` */
  readonly maxLifetimeMs: number
  /** `delegation.token.expiry.time.ms` */
  readonly renewMs: number
}

export const tokenRecords = {
  write: (token: DelegationToken): MetadataRecord[] => [{ type: 'delegationToken', ...token }],
  remove: (tokenId: string): MetadataRecord[] => [{ type: 'removeDelegationToken', tokenId }],
} as const

export interface TokenWish {
  readonly owner: string
  readonly requester: string
  readonly renewers: readonly string[]
  /** 0 or less for what the broker allows. */
  readonly maxLifetimeMs: number
}

/** A new token. It lasts as long as is asked for, if the broker lets it, and has to be prolonged on the way. */
export function newToken(
  tokenId: string,
  { maxLifetimeMs: wanted, ...names }: TokenWish,
  { maxLifetimeMs, renewMs }: TokenLifetimes,
  nowMs: number,
): DelegationToken {
  const lifetimeMs = wanted > 0 ? Math.min(wanted, maxLifetimeMs) : maxLifetimeMs
  const maxTimestampMs = later(nowMs, lifetimeMs)
  const expiryTimestampMs = Math.min(maxTimestampMs, later(nowMs, renewMs))
  return { tokenId, ...names, issueTimestampMs: nowMs, maxTimestampMs, expiryTimestampMs }
}

/**
 * Throws `ApiError` (POLICY_VIOLATION) where whoever asks has too many tokens, with their renewers: all are kept in memory, and everybody who can log
 * in may ask for some.
 */
export function checkRoom(tokens: Iterable<DelegationToken>, { requester, renewers }: DelegationToken): void {
  let principals = 1 + renewers.length
  for (const token of tokens) if (token.requester === requester) principals += 1 + token.renewers.length
  if (principals <= requesterTokensMax) return
  throw new ApiError(
    ErrorCode.POLICY_VIOLATION,
    `${requester} has asked for ${requesterTokensMax} delegation tokens and renewers of them: that is enough`,
  )
}

/** The token, prolonged by `periodMs` or, for 0 or less, by what the broker allows. Throws `ApiError`. */
export function renewedToken(
  token: DelegationToken | undefined,
  principal: string,
  periodMs: number,
  { renewMs }: TokenLifetimes,
  nowMs: number,
): DelegationToken {
  if (!token) throw new ApiError(ErrorCode.DELEGATION_TOKEN_NOT_FOUND)
  if (hasEnded(token, nowMs)) throw new ApiError(ErrorCode.DELEGATION_TOKEN_EXPIRED)
  checkRenewer(token, principal)
  const lifetimeMs = periodMs > 0 ? Math.min(periodMs, renewMs) : renewMs
  return { ...token, expiryTimestampMs: Math.min(token.maxTimestampMs, later(nowMs, lifetimeMs)) }
}

/** The token with an earlier or later end, or undefined where it ends at once (`periodMs` below 0). Throws `ApiError`. */
export function expiredToken(
  token: DelegationToken | undefined,
  principal: string,
  periodMs: number,
  nowMs: number,
): DelegationToken | undefined {
  if (!token) throw new ApiError(ErrorCode.DELEGATION_TOKEN_NOT_FOUND)
  checkRenewer(token, principal)
  if (periodMs < 0) return undefined
  if (hasEnded(token, nowMs)) throw new ApiError(ErrorCode.DELEGATION_TOKEN_EXPIRED)
  return { ...token, expiryTimestampMs: Math.min(token.maxTimestampMs, later(nowMs, periodMs)) }
}

/** Whether the principal owns the token, has asked for it, or may prolong it: who has to do with it sees it. */
export function concerns(token: DelegationToken, principal: string): boolean {
  return token.requester === principal || isOwnerOrRenewer(token, principal)
}

function isOwnerOrRenewer({ owner, renewers }: DelegationToken, principal: string): boolean {
  return owner === principal || renewers.includes(principal)
}

function checkRenewer(token: DelegationToken, principal: string): void {
  if (!isOwnerOrRenewer(token, principal)) throw new ApiError(ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH)
}

function hasEnded({ maxTimestampMs, expiryTimestampMs }: DelegationToken, nowMs: number): boolean {
  return maxTimestampMs < nowMs || expiryTimestampMs < nowMs
}

const later = (nowMs: number, durationMs: number): number =>
  Math.min(nowMs + durationMs, Number.MAX_SAFE_INTEGER)
