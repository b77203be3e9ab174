// Filters and their combinations, at once and later.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOf, anyOf, type Filter, hasHeader, inTime, not, ofType } from '@millrace/patterns'
import { fakeContext, fakeEvent } from '@millrace/service/testing'

const { context } = fakeContext({
  origin: { timestamp: 1_000 },
  headers: { tenant: 'acme', region: 'eu-west' },
})
const event = fakeEvent('order.created', { total: 12 }, { time: 5_000 })

test('by type, header and time', () => {
  const cases: readonly (readonly [string, boolean | PromiseLike<boolean>, boolean])[] = [
    ['type', ofType('order.created', 'order.cancelled')(event), true],
    ['other type', ofType('order.cancelled')(event), false],
    ['header', hasHeader('tenant')(event, context), true],
    ['no header', hasHeader('trace')(event, context), false],
    ['header value', hasHeader('tenant', 'acme')(event, context), true],
    ['other header value', hasHeader('tenant', 'ac')(event, context), false],
    ['header pattern', hasHeader('region', /^eu-/)(event, context), true],
    ['time of the record', inTime({ from: 1_000, to: 1_001 })(event, context), true],
    ['before', inTime({ from: 1_001 })(event, context), false],
    ['at the end', inTime({ to: 1_000 })(event, context), false],
    ['a date', inTime({ from: new Date(1_000) })(event, context), true],
    ['time of the event', inTime({ from: 5_000, by: 'event' })(event, context), true],
    ['an event that does not say', inTime({ by: 'event' })({ ...event, time: undefined }, context), false],
    ['a value', inTime({ by: 'event' })(null, context), false],
  ]
  for (const [name, answer, expected] of cases) assert.equal(answer, expected, name)
})

test('a pattern that remembers where it was does not', () => {
  const isEuropean = hasHeader('region', /eu/g)
  for (let time = 0; time < 3; time++) assert.equal(isEuropean(event, context), true)
})

test('combinations answer as their parts do, at once where these do, and ask no more than they need', async () => {
  const asked: string[] = []
  const says =
    (name: string, answer: boolean): Filter<unknown> =>
    () => {
      asked.push(name)
      return answer
    }
  const later =
    (name: string, answer: boolean): Filter<unknown> =>
    async () => {
      asked.push(name)
      return answer
    }
  for (const [filter, expected, order] of [
    [allOf(says('a', true), says('b', true)), true, 'ab'],
    [allOf(says('a', false), says('b', true)), false, 'a'],
    [anyOf(says('a', false), says('b', true), says('c', true)), true, 'ab'],
    [anyOf(says('a', false), says('b', false)), false, 'ab'],
    [allOf(), true, ''],
    [anyOf(), false, ''],
    [not(says('a', true)), false, 'a'],
    [not(anyOf(says('a', false), not(says('b', true)))), true, 'ab'],
  ] as const) {
    assert.equal(filter(event, context), expected)
    assert.equal(asked.splice(0).join(''), order)
  }
  for (const [filter, expected, order] of [
    [allOf(later('a', true), says('b', true), later('c', false), says('d', true)), false, 'abc'],
    [anyOf(later('a', false), later('b', true), says('c', true)), true, 'ab'],
    [not(later('a', false)), true, 'a'],
  ] as const) {
    assert.equal(await filter(event, context), expected)
    assert.equal(asked.splice(0).join(''), order)
  }
})

test('what is no filter is refused', () => {
  assert.throws(() => ofType(), { code: 'CONFIG_INVALID' })
  assert.throws(() => inTime({ from: 2, to: 1 }), { code: 'CONFIG_INVALID' })
  assert.throws(() => inTime({ from: new Date('soon') }), /from is no time/)
})
