// Metrics as clients push them are read, whatever else is among them; and bytes that are no metrics harm nobody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type PushLimits, readMetrics as read } from '../../src/client-metrics/otlp.ts'
import { ProtobufError } from '../../src/client-metrics/protobuf.ts'
import { nested, writeOtlp } from './write-otlp.ts'

const limits: PushLimits = { fieldsMax: 1_000, valuesMax: 100 }
const readMetrics = (bytes: Buffer) => read(bytes, limits)

test('sums and gauges are read with their labels, and with what all are about', () => {
  const bytes = writeOtlp(
    [
      { name: 'a.total', kind: 'delta', value: 3 },
      { name: 'b.total', kind: 'cumulative', value: 2 ** 40, whole: true },
      { name: 'c', kind: 'gauge', value: -0.5, attributes: { node_id: 'ü', count: 300, leader: true } },
      { name: 'd', kind: 'gauge', value: 1, attributes: { below: -1n, large: 2n ** 63n - 1n } },
    ],
    { group_id: 'billing' },
  )
  const { resource, values } = readMetrics(bytes)
  assert.deepEqual(Object.fromEntries(resource), { group_id: 'billing' })
  assert.deepEqual(
    values.map(({ attributes, ...rest }) => ({ ...rest, attributes: Object.fromEntries(attributes) })),
    [
      { name: 'a.total', kind: 'delta', value: 3, attributes: {} },
      { name: 'b.total', kind: 'cumulative', value: 2 ** 40, attributes: {} },
      { name: 'c', kind: 'gauge', value: -0.5, attributes: { node_id: 'ü', count: '300', leader: 'true' } },
      { name: 'd', kind: 'gauge', value: 1, attributes: { below: '-1', large: '9223372036854775807' } },
    ],
  )
})

test("the bytes of OpenTelemetry's own classes are read", () => {
  // By the classes that Kafka's client jar carries: a sum (cumulative, 1e15+0.5) and a gauge (-0.25, node_id=node-1) of the group billing.
  const bytes = Buffer.from(golden, 'hex')
  const { resource, values } = readMetrics(bytes)
  assert.deepEqual(Object.fromEntries(resource), { group_id: 'billing' })
  assert.deepEqual(
    values.map(({ name, kind, value, attributes }) => [name, kind, value, Object.fromEntries(attributes)]),
    [
      ['org.apache.kafka.producer.request.total', 'cumulative', 1e15 + 0.5, {}],
      ['org.apache.kafka.producer.node.request.latency.avg', 'gauge', -0.25, { node_id: 'node-1' }],
    ],
  )
})

test('nothing is no metrics, and is no error', () => {
  assert.deepEqual(readMetrics(Buffer.alloc(0)).values, [])
})

test('values beyond those that a client may have are counted and not kept', () => {
  const many = Array.from({ length: 102 }, (_, index) => ({
    name: `m${index}`,
    kind: 'gauge' as const,
    value: 1,
  }))
  const { values, beyond } = readMetrics(writeOtlp(many))
  assert.deepEqual([values.length, beyond], [100, 2])
})

test('a push of more fields than anybody has to say is none, whatever they are', () => {
  // Two bytes each, empty: they would cost a thousand times as much to look at.
  for (const path of [[1], [1, 1], [1, 1, 1], [1, 2], [1, 2, 2], [1, 2, 2, 5], [1, 2, 2, 7, 1]]) {
    const fields = Buffer.from(Array.from({ length: 1_001 }, () => [(path.at(-1)! << 3) | 2, 0]).flat())
    let bytes: Buffer = fields
    for (const field of path.slice(0, -1).reverse()) bytes = nested(field, bytes)
    assert.throws(() => readMetrics(bytes), /a message of more than 1000 fields/, path.join())
  }
})

test('any bytes are read or refused, and cut off anywhere, too', () => {
  const good = writeOtlp([{ name: 'a', kind: 'delta', value: 1, attributes: { b: 'c' } }], { d: 'e' })
  const readOrRefused = (bytes: Uint8Array) => {
    try {
      readMetrics(Buffer.from(bytes))
    } catch (error) {
      assert.ok(error instanceof ProtobufError, String(error))
    }
  }
  for (let length = 0; length < good.length; length++) readOrRefused(good.subarray(0, length))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), readOrRefused))
  const at = fc.integer({ min: 0, max: good.length - 1 })
  fc.assert(
    fc.property(at, fc.integer({ min: 0, max: 255 }), (index, byte) => {
      const bytes = Buffer.from(good)
      bytes[index] = byte
      readOrRefused(bytes)
    }),
  )
})

const golden =
  '0acb010a170a150a0867726f75705f696412090a0762696c6c696e6712af01124c0a276f72672e6170616368652e6b61666b' +
  '612e70726f64756365722e726571756573742e746f74616c3a210a1b1100002a36fe9c971719c08ce316449d971721040034' +
  '26f56b0c4310021801125f0a326f72672e6170616368652e6b61666b612e70726f64756365722e6e6f64652e726571756573' +
  '742e6c6174656e63792e6176672a290a2719c08ce316449d971721000000000000d0bf3a130a076e6f64655f696412080a06' +
  '6e6f64652d31'
