// Events on the wire are CloudEvents: what we write the SDK of CloudEvents reads, and the other way round.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Serde,
  type SerdeContext,
  bytes,
  json,
  nullable,
  SerializationError,
  string,
  topic,
} from '@millrace/client'
import {
  type EventEnvelope,
  type EventInput,
  events,
  PoisonError,
  UnknownEventTypeError,
} from '@millrace/service'
import { CloudEvent, Kafka, type Message } from 'cloudevents'

interface Header {
  readonly key: string
  readonly value: Buffer | null
}

const context: SerdeContext = { topic: 'orders', part: 'value' }
const time = Date.parse('2026-11-30T10:15:00.123Z')

/** What a serde writes, as it is received. */
function write(serde: unknown, event: unknown): { value: Buffer; headers: Header[] } {
  const headers: Header[] = []
  const made = (serde as Serde<unknown>).serialize(event, context, {
    list: [],
    add: (key, value) => headers.push({ key, value: value === null ? null : Buffer.from(value) }),
  })
  return { value: Buffer.from(made), headers }
}

function read(
  serde: unknown,
  { value, headers }: { value: Buffer; headers: readonly Header[] },
): EventEnvelope {
  return (serde as Serde<EventEnvelope>).deserialize(value, context, headers)
}

const orders = (mode: 'binary' | 'structured') =>
  events(
    'orders',
    { 'order.created': json<{ total: number }>(), 'order.noted': nullable(json<string>()) },
    { mode, source: '/shop', makeId: () => 'id-1', clock: { now: () => time } as never },
  ).parts.value.serde

const full: EventInput<'order.created', { total: number }> = {
  type: 'order.created',
  data: { total: 12 },
  subject: 'order-7',
  dataSchema: 'https://example.com/order.json',
  metadata: { correlationid: 'c-1', tenant: 'äöü' },
}

for (const mode of ['binary', 'structured'] as const) {
  test(`${mode}: what we write, the SDK reads`, () => {
    const { value, headers } = write(orders(mode), full)
    const message = {
      headers: Object.fromEntries(headers.map(({ key, value: text }) => [key, String(text)])),
      body: value.toString(),
      key: '',
      value: value.toString(),
    }
    const event = Kafka.toEvent(message as Message<unknown>) as CloudEvent<{ total: number }>
    assert.ok(event.validate())
    assert.equal(event.id, 'id-1')
    assert.equal(event.type, 'order.created')
    assert.equal(event.source, '/shop')
    assert.equal(Date.parse(event.time!), time)
    assert.equal(event.subject, 'order-7')
    assert.equal(event.dataschema, 'https://example.com/order.json')
    assert.equal(event['correlationid'], 'c-1')
    assert.equal(event['tenant'], 'äöü')
    assert.equal(event.datacontenttype, 'application/json')
    assert.deepEqual(event.data, { total: 12 })
  })

  test(`${mode}: what the SDK writes, we read`, () => {
    const sent = new CloudEvent({
      id: 'from-sdk',
      type: 'order.created',
      source: 'https://example.com/shop',
      time: '2026-11-30T11:15:00.123+01:00',
      subject: 'order-7',
      datacontenttype: 'application/json',
      data: { total: 12 },
      correlationid: 'c-1',
    })
    const message = Kafka[mode](sent)
    const headers = Object.entries(message.headers)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => ({ key, value: Buffer.from(String(value)) }))
    const body = typeof message.value === 'string' ? message.value : JSON.stringify(message.value)
    const event = read(orders(mode), { value: Buffer.from(body), headers })
    assert.deepEqual(JSON.parse(JSON.stringify(event)), {
      id: 'from-sdk',
      type: 'order.created',
      source: 'https://example.com/shop',
      time,
      subject: 'order-7',
      metadata: { correlationid: 'c-1' },
      data: { total: 12 },
    })
  })

  test(`${mode}: an event comes back as it was sent, whatever the topic writes itself`, () => {
    const other = mode === 'binary' ? 'structured' : 'binary'
    const event = read(orders(other), write(orders(mode), full))
    assert.deepEqual(
      { ...(event as unknown as { toJSON(): object }).toJSON() },
      { id: 'id-1', source: '/shop', time, ...full },
    )
    const noted = read(orders(mode), write(orders(mode), { type: 'order.noted', data: null }))
    assert.equal(noted.data, null)
  })

  test(`${mode}: an unknown type is refused on both sides, by name`, () => {
    assert.throws(() => write(orders(mode), { type: 'order.lost', data: {} }), UnknownEventTypeError)
    const wire = write(events('o', { 'order.lost': json() }, { mode }).parts.value.serde, {
      type: 'order.lost',
      data: {},
    })
    assert.throws(
      () => read(orders(mode), wire),
      /no event type "order.lost"; there are order.created, order.noted/,
    )
  })
}

test('structured: data that are no JSON travel in base64', () => {
  const pictures = events('pictures', { taken: bytes() }, { mode: 'structured', contentType: 'image/png' })
    .parts.value.serde
  const wire = write(pictures, { type: 'taken', data: Buffer.from([0, 255, 7]) })
  assert.equal(JSON.parse(wire.value.toString()).data_base64, 'AP8H')
  assert.deepEqual(read(pictures, wire).data, Buffer.from([0, 255, 7]))
})

test('what is no event is a poisoned record that says why', () => {
  const serde = orders('binary')
  const header = (key: string, value: string) => ({ key, value: Buffer.from(value) })
  const bad: readonly [RegExp, Buffer, Header[]][] = [
    [/no event: it has neither a header ce_type nor the content-type/, Buffer.from('{}'), []],
    [
      /no "specversion"/,
      Buffer.from('{}'),
      [header('ce_type', 'order.created'), header('ce_id', '1'), header('ce_source', '/')],
    ],
    [
      /no "id"/,
      Buffer.from('{}'),
      [header('ce_type', 'order.created'), header('ce_specversion', '1.0'), header('ce_source', '/')],
    ],
    [
      /CloudEvents "0.3"; 1.0 can be read/,
      Buffer.from('{}'),
      [header('ce_type', 'order.created'), header('ce_specversion', '0.3')],
    ],
    [/no JSON, though/, Buffer.from('no'), [header('content-type', 'application/cloudevents+json')]],
    [/JSON, and no event/, Buffer.from('[1]'), [header('content-type', 'application/cloudevents+json')]],
    [
      /cloudevents-batch\+json cannot be read/,
      Buffer.from('[]'),
      [header('content-type', 'application/cloudevents-batch+json')],
    ],
  ]
  for (const [message, value, headers] of bad) {
    assert.throws(
      () => read(serde, { value, headers }),
      (error: unknown) => error instanceof PoisonError && message.test(error.message),
    )
  }
})

test('attributes that CloudEvents would refuse are refused before they are sent', () => {
  const bad: readonly [RegExp, object][] = [
    [/metadata "Tenant": a name is 1 to 20 lower-case/, { metadata: { Tenant: 'x' } }],
    [/metadata "type": a name is/, { metadata: { type: 'x' } }],
    [/metadata "tenant" is no text/, { metadata: { tenant: 7 } }],
    [/the id of an event is empty/, { id: '' }],
    [/time NaN is no time/, { time: Number.NaN }],
  ]
  for (const [message, fields] of bad)
    assert.throws(
      () => write(orders('binary'), { type: 'order.created', data: { total: 1 }, ...fields }),
      message,
    )
})

test('a topic of events that cannot be is refused by name', () => {
  assert.throws(() => events('', { a: json() }), /name is empty/)
  assert.throws(() => events('orders', {}), /"orders" has no types/)
  assert.throws(() => events('orders', { a: {} as never }), /type "a" of "orders" has no serde/)
  assert.throws(() => events('orders', { a: json() }, { mode: 'xml' as never }), /mode of "orders" is "xml"/)
  assert.throws(() => events('orders', { a: json() }, { partition: 3 } as never), /partitions/)
  assert.equal(events('orders', { a: json() }, { key: string(), partitions: 3 }).partitions, 3)
  assert.equal(topic('orders').name, 'orders')
  assert.ok(SerializationError)
})
