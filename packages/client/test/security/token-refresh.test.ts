// When a token is renewed: the rules of Kafka's ExpiringCredentialRefreshingLogin.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { refreshAtMs } from '../../src/security/token-refresh.ts'

const minute = 60_000
const hour = 60 * minute

const cases: [name: string, at: { issued: number; expires: number; now: number; chance: number }, number][] =
  [
    ['after 80 % of its time', { issued: 0, expires: 2 * hour, now: 0, chance: 0 }, 1.6 * hour],
    ['5 % later by chance', { issued: 0, expires: 2 * hour, now: 0, chance: 1 }, 1.7 * hour],
    ['5 minutes before its end', { issued: 0, expires: 20 * minute, now: 0, chance: 1 }, 15 * minute],
    [
      'a minute from now, for one that was issued long ago',
      { issued: 0, expires: 20 * minute, now: 13.9 * minute, chance: 1 },
      15 * minute,
    ],
    [
      'no sooner than a minute from now',
      { issued: 0, expires: 20 * minute, now: 14 * minute, chance: 0 },
      15 * minute,
    ],
    [
      'after 80 % of what is left, where it does not live for period and buffer',
      { issued: 0, expires: 5 * minute, now: 0, chance: 0 },
      4 * minute,
    ],
    [
      'the same for one that came late',
      { issued: 0, expires: hour, now: 59 * minute, chance: 0 },
      59.8 * minute,
    ],
  ]

for (const [name, { issued, expires, now, chance }, wanted] of cases) {
  test(`a token is renewed ${name}`, () => {
    const at = refreshAtMs({ issuedAtMs: issued, expiresAtMs: expires }, now, {}, chance)
    assert.ok(Math.abs(at - wanted) < 1, `${at} and not ${wanted}`)
  })
}

test('a token that is good is renewed before it ends, and never in the past', () => {
  const time = fc.integer({ min: 0, max: 100 * hour })
  const options = fc.record({
    windowFactor: fc.double({ min: 0.5, max: 0.9, noNaN: true }),
    windowJitter: fc.double({ min: 0, max: 0.1, noNaN: true }),
    minPeriodMs: fc.integer({ min: 0, max: 15 * minute }),
    bufferMs: fc.integer({ min: 0, max: hour }),
  })
  fc.assert(
    fc.property(time, time, time, options, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, c, ...rest) => {
      const [issuedAtMs, now, expiresAtMs] = [a, b, c].toSorted((x, y) => x - y) as [number, number, number]
      const at = refreshAtMs({ issuedAtMs, expiresAtMs }, now, ...rest)
      assert.ok(at >= now && at <= expiresAtMs, `${at} is not between ${now} and ${expiresAtMs}`)
    }),
  )
})
