// The course of SASL: logging in again (KIP-368), what must not change then, and when a login ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslExchange } from '../../src/authentication/sasl/sasl-exchange.ts'
import type { SaslListener } from '../../src/authentication/sasl/sasl-listener.ts'
import { SaslFailure } from '../../src/authentication/sasl/sasl-server.ts'

/** A mechanism whose one token is the name of who it is, with a time to end behind a colon. */
function exchange(reauthMaxMs = 0): SaslExchange {
  return new SaslExchange({
    mechanisms: ['PLAIN', 'OAUTHBEARER'],
    reauthMaxMs: () => reauthMaxMs,
    begin: () =>
      Promise.resolve({
        evaluate(token: Buffer) {
          const [name = '', end] = token.toString().split(':')
          if (name === 'nobody') throw new SaslFailure('nobody')
          const identity = { name, ...(end !== undefined && { expiresAtMs: Number(end) }) }
          return { answer: Buffer.alloc(0), identity }
        },
      }),
  } as unknown as SaslListener)
}

async function login(sasl: SaslExchange, token: string, nowMs: number, mechanism = 'PLAIN') {
  assert.equal(sasl.refusal('SaslHandshake', 'handshake', nowMs), undefined)
  await sasl.choose(mechanism, 1)
  assert.equal(sasl.refusal('SaslAuthenticate', 'token', nowMs), undefined)
  return (
    await sasl.take(
      Buffer.from(token),
      () => nowMs,
      () => nowMs,
    )
  ).login!
}

test('a login holds as long as the shorter of what the listener and the token say', async () => {
  for (const [reauthMaxMs, token, lifetimeMs] of [
    [0, 'alice', 0],
    [5_000, 'alice', 5_000],
    [0, 'alice:3000', 2_000],
    [5_000, 'alice:3000', 2_000],
    [1_000, 'alice:3000', 1_000],
    [0, 'alice:500', 0],
  ] as const) {
    const { lifetimeMs: told, expiresAtMs } = await login(exchange(reauthMaxMs), token, 1_000)
    assert.equal(told, lifetimeMs)
    assert.equal(
      expiresAtMs,
      token === 'alice' && reauthMaxMs === 0 ? Number.POSITIVE_INFINITY : 1_000 + lifetimeMs,
    )
  }
})

test('a login that ends may be renewed before or after, and is over without', async () => {
  const sasl = exchange(10_000)
  await login(sasl, 'alice', 0)
  assert.equal(sasl.refusal('Metadata', undefined, 9_999), undefined)
  assert.equal(sasl.kind, 're-authentication')
  await login(sasl, 'alice', 9_000)
  assert.equal(sasl.refusal('Metadata', undefined, 18_999), undefined)
  assert.match(sasl.refusal('Metadata', undefined, 19_000)!, /expired/)
  await login(sasl, 'alice', 20_000)
  assert.equal(sasl.refusal('Metadata', undefined, 20_001), undefined)
})

test('within a second of a login, and where a login never ends, a handshake is no login again', async () => {
  const soon = exchange(10_000)
  await login(soon, 'alice', 0)
  assert.equal(soon.refusal('SaslHandshake', 'handshake', 999), undefined)
  assert.equal(soon.expects('handshake'), false)
  const forever = exchange()
  await login(forever, 'alice', 0)
  assert.equal(forever.refusal('SaslHandshake', 'handshake', 1e9), undefined)
  assert.equal(forever.expects('handshake'), false)
})

test('who logs in again must be who it was, by the mechanism of before', async () => {
  const other = exchange(10_000)
  await login(other, 'alice', 0)
  await assert.rejects(login(other, 'bob', 5_000), {
    told: 'Cannot change principals during re-authentication from User.alice: User.bob',
  })
  assert.notEqual(other.refusal('Metadata', undefined, 5_000), undefined)
  const changed = exchange(10_000)
  await login(changed, 'alice', 0)
  await assert.rejects(login(changed, 'alice', 5_000, 'OAUTHBEARER'), {
    told: "SASL mechanism 'OAUTHBEARER' requested by client is not supported for re-authentication of mechanism 'PLAIN'",
  })
})

test('after a failure nothing is served any more', async () => {
  const sasl = exchange()
  await assert.rejects(login(sasl, 'nobody', 0), SaslFailure)
  for (const step of ['versions', 'handshake', 'token', undefined] as const) {
    assert.notEqual(sasl.refusal('Any', step, 1), undefined)
  }
})

test('a request that does not fit ends the course, at each point of it', async () => {
  const points: [name: string, to: (sasl: SaslExchange) => unknown, allowed: readonly string[]][] = [
    ['at the start', () => {}, ['versions', 'handshake']],
    ['when versions were told', sasl => sasl.versionsTold(), ['handshake']],
    ['when a mechanism was chosen', sasl => sasl.choose('PLAIN', 1), ['token']],
  ]
  for (const [name, to, allowed] of points) {
    for (const step of ['versions', 'handshake', 'token', undefined] as const) {
      const sasl = exchange()
      await to(sasl)
      const refusal = sasl.refusal('Some', step, 0)
      const isFine = refusal === undefined && !sasl.outOfOrder
      assert.equal(isFine, step !== undefined && allowed.includes(step), `${step} ${name}`)
      if (refusal !== undefined) assert.match(refusal, /^Unexpected Kafka request of type Some during SASL/)
    }
  }
})
