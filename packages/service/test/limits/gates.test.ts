// Circuit breaker, rate limiter and bulkhead: when something may pass, and when to ask again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bulkhead, circuitBreaker, rateLimiter } from '@millrace/service'
import fc from 'fast-check'
import { enterAll, leaveAll } from '../../src/limits/gate.ts'

const one = { records: 1, bytes: 100, key: undefined }

test('a breaker opens after failures in a row, waits, and closes when its probe succeeds', () => {
  const breaker = circuitBreaker({ name: 'db', failures: 3, openMs: 1_000 })
  const states: string[] = []
  breaker.observe(state => states.push(state))
  for (const passage of ['failed', 'failed', 'succeeded', 'failed', 'failed', 'void', 'failed'] as const) {
    assert.equal(breaker.enter(one, 0), 0)
    breaker.leave(passage, 0, 0)
  }
  assert.equal(breaker.state, 'open')
  assert.equal(breaker.enter(one, 500), 1_000, 'ask again when it is tried')
  assert.equal(breaker.enter(one, 1_000), 0)
  assert.equal(breaker.state, 'half-open')
  assert.equal(breaker.enter(one, 1_000), Number.POSITIVE_INFINITY, 'one probe at a time')
  let told = 0
  breaker.onChange(() => told++)
  breaker.leave('failed', 1_100, 1_000)
  assert.equal(breaker.state, 'open')
  assert.equal(told, 1)
  assert.equal(breaker.enter(one, 1_200), 2_100)
  assert.equal(breaker.enter(one, 2_100), 0)
  breaker.leave('succeeded', 2_200, 2_100)
  assert.equal(breaker.state, 'closed')
  assert.deepEqual(states, ['open', 'half-open', 'open', 'half-open', 'closed'])
})

test('what entered before the breaker changed has no say any more', () => {
  const breaker = circuitBreaker({ name: 'db', failures: 1, openMs: 100 })
  breaker.enter(one, 0)
  breaker.enter(one, 1)
  breaker.leave('failed', 10, 0)
  assert.equal(breaker.enter(one, 110), 0)
  breaker.leave('failed', 120, 1)
  assert.equal(breaker.state, 'half-open', 'a straggler is no probe')
  breaker.leave('succeeded', 130, 110)
  assert.equal(breaker.state, 'closed')
})

test('a breaker may go by the share of failures, and want several probes', () => {
  const breaker = circuitBreaker({
    name: 'db',
    failures: Number.POSITIVE_INFINITY,
    failureRate: 0.5,
    window: 4,
    openMs: 10,
    probes: 2,
  })
  for (const passage of ['failed', 'succeeded', 'failed'] as const) {
    breaker.enter(one, 0)
    breaker.leave(passage, 0, 0)
  }
  assert.equal(breaker.state, 'closed', 'too few to say')
  breaker.enter(one, 0)
  breaker.leave('succeeded', 0, 0)
  assert.equal(breaker.state, 'open')
  assert.equal(breaker.enter(one, 10), 0)
  assert.equal(breaker.enter(one, 10), 0)
  breaker.leave('succeeded', 11, 10)
  assert.equal(breaker.state, 'half-open')
  breaker.leave('succeeded', 11, 10)
  assert.equal(breaker.state, 'closed')
})

test('a rate limiter lets through what its rate allows, whenever it is asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (perSecond, waits) => {
        const limiter = rateLimiter({ recordsPerSecond: perSecond })
        let now = 0
        let passed = 0
        for (const wait of waits) {
          now += wait
          const answer = limiter.enter(one, now)
          if (answer === 0) passed++
          else assert.ok(answer > now)
          assert.ok(passed <= Math.max(1, perSecond) + (now / 1_000) * perSecond + 1e-6)
        }
      },
    ),
  )
})

test('who asks again when told to gets the whole rate, and large ones pay afterwards', () => {
  const limiter = rateLimiter({ bytesPerSecond: 1_000, burstSeconds: 1 })
  const large = { records: 1, bytes: 3_000, key: undefined }
  assert.equal(limiter.enter(large, 0), 0, 'larger than a bucket: it goes when the bucket is full')
  const again = limiter.enter(large, 0)
  assert.equal(again, 3_000)
  assert.equal(limiter.enter(large, again), 0)
})

test('each key may have a rate of its own', () => {
  const limiter = rateLimiter({ recordsPerSecond: 1, perKey: true })
  const of = (key: string) => ({ ...one, key })
  assert.equal(limiter.enter(of('a'), 0), 0)
  assert.equal(limiter.enter(of('b'), 0), 0)
  assert.equal(limiter.enter(of('a'), 0), 1_000)
})

test('a bulkhead takes so many at a time and tells when there is room', () => {
  const wall = bulkhead(2)
  let told = 0
  wall.onChange(() => told++)
  assert.equal(wall.enter(one, 0), 0)
  assert.equal(wall.enter(one, 0), 0)
  assert.equal(wall.enter(one, 0), Number.POSITIVE_INFINITY)
  wall.leave('failed', 5, 0)
  assert.equal(told, 1)
  assert.equal(wall.enter(one, 5), 0)
})

test('all gates are passed, or none', () => {
  const wall = bulkhead(1)
  const limiter = rateLimiter({ recordsPerSecond: 1 })
  const gates = [wall, limiter]
  assert.equal(enterAll(gates, one, 0), 0)
  leaveAll(gates, 'succeeded', 1, 0)
  assert.ok(enterAll(gates, one, 1) > 1)
  assert.equal(wall.inside, 0)
})

test('limits that cannot be are refused by name', () => {
  assert.throws(() => circuitBreaker({} as never), /name is missing/)
  assert.throws(() => circuitBreaker({ name: 'a', openSeconds: 1 } as never), /no option "openSeconds"/)
  assert.throws(() => circuitBreaker({ name: 'a', failures: 0 }), /failures is 0/)
  assert.throws(() => circuitBreaker({ name: 'a', failureRate: 2 }), /failureRate is 2/)
  assert.throws(() => rateLimiter({}), /give recordsPerSecond/)
  assert.throws(() => rateLimiter({ recordsPerSecond: 0 }), /recordsPerSecond is 0/)
  assert.throws(() => bulkhead(0), /max is 0/)
})
