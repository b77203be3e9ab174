// Incremental fetch sessions (KIP-227): what is asked again, and what is forgotten.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, zeroUuid } from '@millrace/protocol'
import fc from 'fast-check'
import {
  FetchSessionCache,
  type FetchPartitionRequest,
  type FetchSessionRequest,
} from '../src/fetch/session.ts'
import { keptBytes } from './memory.ts'

const partition = (index: number, fetchOffset = 0): FetchPartitionRequest => ({
  topic: 't',
  topicId: zeroUuid,
  partition: index,
  fetchOffset,
  maxBytes: 1024,
  currentLeaderEpoch: -1,
  lastFetchedEpoch: -1,
})

const request = (
  sessionId: number,
  sessionEpoch: number,
  partitions: readonly FetchPartitionRequest[] = [],
  forgotten: readonly FetchPartitionRequest[] = [],
): FetchSessionRequest => ({ sessionId, sessionEpoch, usesTopicIds: false, partitions, forgotten })

function cacheOf(slots: number, maxBytes = Number.POSITIVE_INFINITY): FetchSessionCache {
  let next = 100
  return new FetchSessionCache({ slots, maxBytes, evictionMs: 120_000 }, () => next++)
}

/** What the session of one partition takes. */
const onePartitionBytes = cacheOf(1).open(request(0, 0, [partition(0)]), 0).session!.bytes

test('epoch 0 opens a session, whose next request needs to name only what changed', () => {
  const cache = cacheOf(10)
  const full = cache.open(request(0, 0, [partition(0), partition(1, 7)]), 0)
  assert.equal(full.sessionId, 100)
  assert.equal(full.incremental, false)
  const next = cache.open(request(100, 1, [partition(0, 5)]), 1)
  assert.equal(next.incremental, true)
  assert.deepEqual(
    next.partitions.map(({ partition: index, fetchOffset }) => [index, fetchOffset]),
    [
      [0, 5],
      [1, 7],
    ],
  )
})

test('epoch −1 is a fetch without a session, and ends the one that it names', () => {
  const cache = cacheOf(10)
  cache.open(request(0, 0, [partition(0)]), 0)
  const last = cache.open(request(100, -1, [partition(0)]), 1)
  assert.deepEqual([last.sessionId, last.session, last.partitions.length], [0, undefined, 1])
  assert.equal(cache.size, 0)
})

test('a session that is unknown, or at another epoch, or spoken to by ids, is an error of its own', () => {
  const cache = cacheOf(10)
  cache.open(request(0, 0, [partition(0)]), 0)
  assert.equal(cache.open(request(5, 1), 0).error, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
  assert.equal(cache.open(request(100, 2), 0).error, ErrorCode.INVALID_FETCH_SESSION_EPOCH)
  assert.equal(
    cache.open({ ...request(100, 1), usesTopicIds: true }, 0).error,
    ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
  )
  assert.equal(cache.open(request(100, 1), 0).error, ErrorCode.NONE)
})

test('forgotten partitions leave; a session without any ends', () => {
  const cache = cacheOf(10)
  cache.open(request(0, 0, [partition(0), partition(1)]), 0)
  assert.equal(cache.open(request(100, 1, [], [partition(0)]), 0).partitions.length, 1)
  const empty = cache.open(request(100, 2, [], [partition(1)]), 0)
  assert.deepEqual([empty.sessionId, empty.partitions.length, cache.size], [0, 0, 0])
})

test('the epoch wraps from the largest int32 to 1', () => {
  const cache = cacheOf(10)
  const { session } = cache.open(request(0, 0, [partition(0)]), 0)
  session!.epoch = 2 ** 31 - 1
  assert.equal(cache.open(request(100, 2 ** 31 - 1), 0).error, ErrorCode.NONE)
  assert.equal(cache.open(request(100, 1), 0).error, ErrorCode.NONE)
})

test('partitions that got data are served last the next time', () => {
  const cache = cacheOf(10)
  const full = cache.open(request(0, 0, [partition(0), partition(1), partition(2)]), 0)
  full.session!.rotate(full.partitions[0]!)
  const next = cache.open(request(100, 1), 0)
  assert.deepEqual(
    next.partitions.map(({ partition: index }) => index),
    [1, 2, 0],
  )
})

test('with all slots taken, a fetch goes without a session until one has been idle for two minutes', () => {
  const cache = cacheOf(1)
  cache.open(request(0, 0, [partition(0)]), 0)
  assert.equal(cache.open(request(0, 0, [partition(1)]), 119_999).sessionId, 0)
  assert.equal(cache.open(request(0, 0, [partition(1)]), 120_000).sessionId, 101)
  assert.equal(cache.size, 1)
})

test('a larger session takes the slot of a smaller one that had its two minutes, though it is in use', () => {
  const cache = cacheOf(1)
  cache.open(request(0, 0, [partition(0)]), 0)
  cache.open(request(100, 1), 119_000)
  assert.equal(cache.open(request(0, 0, [partition(1)]), 121_000).sessionId, 0)
  assert.equal(cache.open(request(0, 0, [partition(1), partition(2)]), 121_000).sessionId, 101)
})

test('a session that memory has no room for is not begun, and takes the room of those that nobody uses', () => {
  const cache = cacheOf(10, 3 * onePartitionBytes)
  const pair = [partition(0), partition(1)]
  assert.equal(cache.open(request(0, 0, pair), 0).sessionId, 100)
  const without = cache.open(request(0, 0, pair), 119_999)
  assert.deepEqual([without.error, without.sessionId, without.partitions.length], [ErrorCode.NONE, 0, 2])
  assert.notEqual(cache.open(request(0, 0, pair), 120_000).sessionId, 0)
  assert.equal(cache.size, 1)
  // Nobody gives way to one that is too large by itself.
  const four = [...pair, partition(2), partition(3)]
  assert.deepEqual([cache.open(request(0, 0, four), 999_999).sessionId, cache.size], [0, 1])
})

test('a session that outgrows the memory ends, as one that has given way; forgotten partitions make room', () => {
  const cache = cacheOf(10, 3 * onePartitionBytes)
  cache.open(request(0, 0, [partition(0), partition(1)]), 0)
  assert.equal(cache.open(request(100, 1, [partition(2)]), 0).error, ErrorCode.NONE)
  assert.equal(cache.open(request(100, 2, [partition(0, 5)], [partition(1)]), 0).error, ErrorCode.NONE)
  assert.equal(cache.open(request(100, 3, [partition(3)]), 0).error, ErrorCode.NONE)
  assert.equal(cache.open(request(0, 0, [partition(0)]), 0).sessionId, 0)
  assert.equal(cache.open(request(100, 4, [partition(4)]), 0).error, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
  assert.equal(cache.size, 0)
  assert.notEqual(cache.open(request(0, 0, [partition(0), partition(1), partition(2)]), 0).sessionId, 0)
})

test('however many partitions with however long names a client makes up, what is kept is bounded', () => {
  const maxBytes = 4 << 20
  const cache = cacheOf(1_000, maxBytes)
  const madeUp = (topic: string): FetchPartitionRequest[] =>
    Array.from({ length: 2_000 }, (_, index) => ({
      ...partition(index, 2 ** 40 + index),
      topic: Buffer.from(topic).toString(),
    }))
  let begun = 0
  const kept = keptBytes(() => {
    for (let index = 0; index < 100; index++)
      if (cache.open(request(0, 0, madeUp(`made-up-${index}`)), 0).session) begun++
    return cache
  })
  assert.ok(begun >= 2 && begun < 100, `${begun} sessions`)
  assert.ok(kept < maxBytes, `${kept} bytes`)
  assert.equal(cacheOf(1).open(request(0, 0, madeUp('x'.repeat(250))), 0).session, undefined)
})

test('a session holds what the requests add up to, and never more sessions than slots', () => {
  const change = fc.record({
    add: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
    forget: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), changes => {
      const cache = cacheOf(3)
      const wanted = new Set([0])
      let { sessionId } = cache.open(request(0, 0, [partition(0)]), 0)
      let epoch = 1
      for (const { add, forget } of changes) {
        for (const index of add) wanted.add(index)
        for (const index of forget) wanted.delete(index)
        const partitions = add.map(index => partition(index))
        const context = cache.open(
          request(
            sessionId,
            epoch,
            partitions,
            forget.map(index => partition(index)),
          ),
          0,
        )
        assert.deepEqual(new Set(context.partitions.map(({ partition: index }) => index)), wanted)
        assert.ok(cache.size <= 3)
        if (wanted.size === 0) {
          wanted.add(0)
          sessionId = cache.open(request(0, 0, [partition(0)]), 0).sessionId
          epoch = 1
        } else epoch++
      }
    }),
  )
})
