// What becomes of a delegation token: lifetimes, who may prolong and end it, in the order of Apache Kafka's checks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../../src/api-error.ts'
import { expiredToken, newToken, renewedToken } from '../../src/delegation-tokens/token-changes.ts'

const lifetimes = { maxLifetimeMs: 1_000, renewMs: 100 }
const wish = { owner: 'User:alice', requester: 'User:alice', renewers: ['User:carol'], maxLifetimeMs: -1 }
const token = newToken('id', wish, lifetimes, 10_000)

const refused = (run: () => unknown, code: number) =>
  assert.throws(run, (error: unknown) => error instanceof ApiError && error.code === code)

test('a token lasts as long as is asked for, if that is allowed, and has to be renewed on the way', () => {
  const ends = (maxLifetimeMs: number, renewMs = 100) => {
    const made = newToken('id', { ...wish, maxLifetimeMs }, { maxLifetimeMs: 1_000, renewMs }, 10_000)
    return [made.issueTimestampMs, made.maxTimestampMs, made.expiryTimestampMs]
  }
  assert.deepEqual(ends(-1), [10_000, 11_000, 10_100])
  assert.deepEqual(ends(0), [10_000, 11_000, 10_100])
  assert.deepEqual(ends(500), [10_000, 10_500, 10_100])
  assert.deepEqual(ends(50), [10_000, 10_050, 10_050])
  assert.deepEqual(ends(5_000), [10_000, 11_000, 10_100])
  assert.deepEqual(ends(Number.MAX_SAFE_INTEGER), [10_000, 11_000, 10_100])
})

test('renewing goes from now on, and never beyond the end that was set at first', () => {
  const until = (periodMs: number, nowMs: number) =>
    renewedToken({ ...token, expiryTimestampMs: nowMs }, 'User:carol', periodMs, lifetimes, nowMs)
      .expiryTimestampMs
  assert.equal(until(-1, 10_050), 10_150)
  assert.equal(until(30, 10_050), 10_080)
  assert.equal(until(500, 10_050), 10_150)
  assert.equal(until(-1, 10_950), 11_000)
  refused(() => renewedToken(undefined, 'User:alice', -1, lifetimes, 0), ErrorCode.DELEGATION_TOKEN_NOT_FOUND)
  refused(
    () => renewedToken(token, 'User:bob', -1, lifetimes, 10_050),
    ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH,
  )
  refused(() => renewedToken(token, 'User:bob', -1, lifetimes, 10_101), ErrorCode.DELEGATION_TOKEN_EXPIRED)
})

test('a token is ended at once or later by its owner and its renewers', () => {
  assert.equal(expiredToken(token, 'User:alice', -1, 10_050), undefined)
  assert.equal(expiredToken(token, 'User:carol', 20, 10_050)!.expiryTimestampMs, 10_070)
  assert.equal(expiredToken(token, 'User:carol', 5_000, 10_050)!.expiryTimestampMs, 11_000)
  // One that has ended can still be removed.
  assert.equal(expiredToken(token, 'User:alice', -1, 20_000), undefined)
  refused(() => expiredToken(undefined, 'User:alice', -1, 0), ErrorCode.DELEGATION_TOKEN_NOT_FOUND)
  refused(() => expiredToken(token, 'User:bob', -1, 10_050), ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH)
  refused(() => expiredToken(token, 'User:alice', 20, 20_000), ErrorCode.DELEGATION_TOKEN_EXPIRED)
})
