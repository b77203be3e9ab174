// Requests that wait for replies: how many, in which order, and that each ends once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeClock } from '@millrace/runtime'
import { TestClock } from '@millrace/service/testing'
import { ReplyTimeoutError, TooManyRequestsError } from '../../src/request-reply/errors.ts'
import { PendingCalls } from '../../src/request-reply/pending-calls.ts'

const calls = (limits = { maxPending: 2, maxWaiting: 1 }) => {
  const clock = new TestClock(nodeClock)
  const pending = new PendingCalls<string>(clock, 'me', limits)
  const open = (want = 1, timeoutMs = 1_000, signal?: AbortSignal) => {
    const call = pending.open({ topic: 'prices', want, timeoutMs, signal })
    // What fails is asked for below.
    call.replies.catch(() => {})
    return call
  }
  return { clock, pending, open }
}

test('beyond what may be pending calls wait in line, and beyond that they are refused', async () => {
  const { pending, open } = calls()
  const [first, second, third] = [open(), open(), open()]
  assert.deepEqual([pending.pending, pending.waiting], [2, 1])
  assert.deepEqual([first.stage, second.stage, third.stage], ['sending', 'sending', 'waiting'])
  assert.throws(() => open(), TooManyRequestsError)
  first.take('a')
  await third.admitted
  assert.deepEqual([pending.pending, pending.waiting, third.stage], [2, 0, 'sending'])
  assert.deepEqual(await first.replies, ['a'])
})

test('a call that ends while it waits in line leaves its place to nobody', () => {
  const { clock, pending, open } = calls()
  const held = open(1, 5_000)
  open(1, 5_000)
  const inLine = open(1, 1_000)
  clock.advance(1_000)
  assert.ok(inLine.isOver)
  assert.deepEqual([pending.pending, pending.waiting], [2, 0])
  held.take('a')
  assert.deepEqual([pending.pending, pending.waiting], [1, 0])
})

test('a time-out says what there was to wait for, and has what came', async () => {
  const { clock, open } = calls({ maxPending: 9, maxWaiting: 0 })
  const written = open(2)
  written.stage = 'asked'
  written.take('one')
  const unwritten = open(1)
  const gathering = open(Number.POSITIVE_INFINITY)
  gathering.stage = 'asked'
  gathering.take('x')
  const unasked = open(Number.POSITIVE_INFINITY)
  clock.advance(1_000)
  await assert.rejects(written.replies, (error: ReplyTimeoutError) => {
    assert.deepEqual(error.replies, ['one'])
    assert.match(error.message, /^1 of 2 replies from "prices" within 1000 ms: its request is written$/)
    return error.code === 'REPLY_TIMEOUT' && error.retriable
  })
  await assert.rejects(
    unwritten.replies,
    /no reply from "prices" within 1000 ms: its request was not written/,
  )
  assert.deepEqual(await gathering.replies, ['x'])
  // Nobody was asked: that is no empty list of answers.
  await assert.rejects(unasked.replies, ReplyTimeoutError)
})

test('replies that come too late, and those of others, are told apart without remembering any', () => {
  const { clock, pending, open } = calls()
  const call = open()
  assert.equal(pending.find(call.id), call)
  clock.advance(1_000)
  assert.equal(pending.find(call.id), 'late')
  assert.equal(pending.find('me:77'), 'late')
  assert.equal(pending.find('other:1'), 'foreign')
})

test('signals end a call at once, before it begins, in line and while it waits', async () => {
  const { pending, open } = calls({ maxPending: 1, maxWaiting: 1 })
  const reason = new Error('the user went away')
  assert.throws(() => open(1, 1_000, AbortSignal.abort(reason)), reason)
  const stop = new AbortController()
  const waits = open(1, 1_000, stop.signal)
  const inLine = open(1, 1_000, stop.signal)
  stop.abort(reason)
  await assert.rejects(waits.replies, reason)
  await assert.rejects(inLine.replies, reason)
  assert.deepEqual([pending.pending, pending.waiting], [0, 0])
})

test('all end together, those in line as well, and ends are final', async () => {
  const { pending, open } = calls()
  const all = [open(), open(), open()]
  const error = new Error('closed')
  pending.failAll(error)
  for (const call of all) {
    call.take('too late')
    await assert.rejects(call.replies, error)
  }
  assert.deepEqual([pending.pending, pending.waiting], [0, 0])
})
