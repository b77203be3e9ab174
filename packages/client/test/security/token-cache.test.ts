// A token that many logins share: one is asked for at a time, renewed in time, and given up when nobody waits for it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeClock, nodeRandom } from '@millrace/runtime'
import { type IssuedToken, TokenCache } from '../../src/security/token-cache.ts'

const never = new AbortController().signal
const noWord = () => assert.fail('nothing was kept')

/** A cache on a clock that the test moves, over a provider that does what the test says. */
function cacheOn(fetch: (signal: AbortSignal) => Promise<IssuedToken>) {
  const time = { now: 1_000_000 }
  const cache = new TokenCache({
    fetch,
    refresh: { windowJitter: 0, minPeriodMs: 0, bufferMs: 0 },
    clock: { ...nodeClock, now: () => time.now },
    random: nodeRandom,
  })
  return { cache, time }
}

function counting(lifetimeMs: number | undefined, time: () => number) {
  let count = 0
  return async (): Promise<IssuedToken> => ({
    token: `token-${++count}`,
    issuedAtMs: time(),
    expiresAtMs: lifetimeMs === undefined ? undefined : time() + lifetimeMs,
  })
}

test('logins share a token until it is to be renewed', async () => {
  const { cache, time } = cacheOn(() => provider())
  const provider = counting(100_000, () => time.now)
  const get = () => cache.get(never, noWord)
  assert.deepEqual(await Promise.all([get(), get(), get()]), ['token-1', 'token-1', 'token-1'])
  time.now += 79_999
  assert.equal(await get(), 'token-1')
  time.now += 2
  assert.deepEqual(await Promise.all([get(), get()]), ['token-2', 'token-2'])
})

test('a token of which nobody knows when it ends is had anew for each login', async () => {
  const { cache, time } = cacheOn(() => provider())
  const provider = counting(undefined, () => time.now)
  assert.equal(await cache.get(never, noWord), 'token-1')
  assert.equal(await cache.get(never, noWord), 'token-2')
})

test('a token that a broker has refused is not given again', async () => {
  const { cache, time } = cacheOn(() => provider())
  const provider = counting(100_000, () => time.now)
  cache.drop(await cache.get(never, noWord))
  assert.equal(await cache.get(never, noWord), 'token-2')
})

test('while it cannot be renewed a token that is good goes on in use, and who asks is told', async () => {
  let down = false
  const { cache, time } = cacheOn(() => (down ? Promise.reject(new Error('down')) : provider()))
  const provider = counting(100_000, () => time.now)
  await cache.get(never, noWord)
  down = true
  time.now += 90_000
  const told: [string, number][] = []
  const tell = (error: Error, leftMs: number) => void told.push([error.message, leftMs])
  assert.equal(await cache.get(never, tell), 'token-1')
  // The provider is not asked again at once.
  assert.equal(await cache.get(never, tell), 'token-1')
  assert.deepEqual(told, [['down', 10_000]])
  time.now += 10_000
  await assert.rejects(cache.get(never, tell), /down/)
  down = false
  assert.equal(await cache.get(never, tell), 'token-2')
})

test('a token that nobody waits for any more is given up, and not before', async () => {
  let given: AbortSignal | undefined
  const { cache } = cacheOn(signal => {
    given = signal
    return new Promise(() => {})
  })
  const [first, second] = [new AbortController(), new AbortController()]
  const waiting = [first, second].map(({ signal }) => cache.get(signal, noWord))
  first.abort(new Error('the first has gone'))
  await assert.rejects(waiting[0]!, /the first has gone/)
  assert.equal(given?.aborted, false)
  second.abort(new Error('the second has gone'))
  await assert.rejects(waiting[1]!, /the second has gone/)
  assert.equal(given?.aborted, true)
})
