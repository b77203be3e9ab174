// How records look to handlers, how data becomes records, and what patterns say: tables.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, topic } from '@millrace/client'
import { events } from '@millrace/service'
import type { MessageHandler } from '@nestjs/microservices'
import { recordOf, serializeRecord } from '../src/messages/outgoing-record.ts'
import { readPattern } from '../src/messages/pattern.ts'
import { decode, decodeHeaders } from '../src/messages/received-message.ts'
import { declaredTopics } from '../src/server/options.ts'

test('bytes are read as JSON where they look like it, else as text; what begins with a zero stays as it is', () => {
  const table: readonly (readonly [string | Buffer | null, unknown])[] = [
    [null, null],
    ['', ''],
    ['12', '12'],
    ['true', 'true'],
    ['"text"', '"text"'],
    ['{"total":12}', { total: 12 }],
    ['[1,2]', [1, 2]],
    ['{no json', '{no json'],
    [Buffer.from([0, 0, 0, 0, 7, 1]), Buffer.from([0, 0, 0, 0, 7, 1])],
  ]
  for (const [bytes, expected] of table)
    assert.deepEqual(decode(bytes === null ? null : Buffer.from(bytes)), expected)
})

test('headers are found by name, those that repeat as a list, whatever they are called', () => {
  const headers = [
    { key: 'a', value: Buffer.from('1') },
    { key: 'b', value: Buffer.from('{"x":1}') },
    { key: 'a', value: Buffer.from('2') },
    { key: 'a', value: null },
    { key: '__proto__', value: Buffer.from('own') },
  ]
  const read = decodeHeaders(headers)
  assert.deepEqual(read['a'], ['1', '2', null])
  assert.deepEqual(read['b'], { x: 1 })
  assert.equal(Object.getOwnPropertyDescriptor(read, '__proto__')?.value, 'own')
})

test('data becomes a record as Nest makes it', () => {
  class Money {
    toString(): string {
      return '12 EUR'
    }
  }
  class Order {
    total = 12
  }
  const table: readonly (readonly [unknown, unknown])[] = [
    ['text', { value: 'text' }],
    [12, { value: '12' }],
    [undefined, { value: null }],
    [null, { value: null }],
    [{ total: 12 }, { value: '{"total":12}' }],
    [[1, 2], { value: '[1,2]' }],
    [new Money(), { value: '12 EUR' }],
    [new Order(), { value: '{"total":12}' }],
    [
      { key: 'user-7', value: { total: 12 } },
      { key: 'user-7', value: '{"total":12}' },
    ],
    [{ key: null, value: 'x' }, { value: 'x' }],
    [
      { key: { id: 7 }, value: null },
      { key: '{"id":7}', value: null },
    ],
    [Buffer.from('bytes'), { value: Buffer.from('bytes') }],
  ]
  for (const [data, expected] of table)
    assert.deepEqual(serializeRecord(data), { ...(expected as object), headers: {} })
  const record = recordOf(
    'orders',
    serializeRecord({
      value: 'x',
      headers: { one: 1, two: ['a', 'b'], none: undefined },
      partition: 2,
      timestamp: '5',
    }),
    { kafka_correlationId: 'id' },
  )
  assert.deepEqual(record, {
    topic: 'orders',
    value: 'x',
    partition: 2,
    timestamp: 5,
    headers: [
      { key: 'one', value: '1' },
      { key: 'two', value: 'a' },
      { key: 'two', value: 'b' },
      { key: 'kafka_correlationId', value: 'id' },
    ],
  })
  assert.throws(() => recordOf('orders', { value: 12 as never }), /a serializer made number of it/)
})

test('patterns name a topic, and a type of event where the topic has types', () => {
  assert.deepEqual(readPattern('orders'), { topic: 'orders', type: undefined })
  assert.deepEqual(readPattern('{"topic":"orders","type":"order.created"}'), {
    topic: 'orders',
    type: 'order.created',
  })
  for (const wrong of ['{"cmd":"sum"}', '{"topic":7}', '{"topic":"orders","kind":"x"}', '{no json'])
    assert.throws(() => readPattern(wrong), /names no topic/)
})

test('handlers are gathered by topic, and their options said once', () => {
  const orders = events('orders', { 'order.created': json<object>() })
  const handler = (extras?: object): MessageHandler =>
    Object.assign(async () => undefined, { ...(extras && { extras }) })
  const declare = (routes: Readonly<Record<string, MessageHandler>>, options: object = {}) =>
    declaredTopics(new Map(Object.entries(routes)), {
      name: 'x',
      brokers: ['x'],
      topics: [orders, topic('plain')],
      ...options,
    })

  const [first, second, third] = declare(
    {
      '{"topic":"orders","type":"order.created"}': handler({ millrace: { timeoutMs: 5 } }),
      orders: handler(),
      plain: handler(),
      untyped: handler(),
    },
    { handle: { timeoutMs: 7, deadLetter: { topic: 'dead' } } },
  )
  assert.equal(first?.topic, orders)
  assert.deepEqual([...first!.handlers.keys()], ['order.created', undefined])
  assert.equal(first?.options.timeoutMs, 5)
  assert.deepEqual(first?.options.deadLetter, { topic: 'dead' })
  assert.equal(second?.options.timeoutMs, 7)
  assert.equal(third?.topic.name, 'untyped')
  assert.equal(declare({ plain: handler() })[0]?.options.deadLetter, true)

  assert.throws(
    () => declare({ '{"topic":"orders","type":"order.paid"}': handler() }),
    /there are order\.created/,
  )
  assert.throws(() => declare({ '{"topic":"plain","type":"x"}': handler() }), /the topic has none/)
  assert.throws(
    () =>
      declare({
        orders: handler({ millrace: { timeoutMs: 1 } }),
        '{"topic":"orders","type":"order.created"}': handler({ millrace: { timeoutMs: 2 } }),
      }),
    /two patterns of topic "orders" say "timeoutMs"/,
  )
})
