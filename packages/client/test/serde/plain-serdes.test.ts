// The serdes for what Kafka's own clients have serializers for: the same bytes, and what they refuse.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AnySerde,
  bigint64,
  boolean,
  bytes,
  float32,
  float64,
  int16,
  int32,
  int64,
  nullable,
  type OutgoingHeaders,
  type Serde,
  type SerdeContext,
  string,
  uuid,
} from '../../src/index.ts'
import { serdeOfClass } from '../../src/serde/java-classes.ts'

const context: SerdeContext = { topic: 't', part: 'value' }
const headers: OutgoingHeaders = { list: [], add: () => {} }

const hexOf = (serde: AnySerde, value: unknown) =>
  Buffer.from(serde.serialize(value as never, context, headers) as string).toString('hex')
const readHex = (serde: AnySerde, hex: string) => serde.deserialize(Buffer.from(hex, 'hex'), context, [])

/** Serializer of Java, a value, and the bytes that it makes of it: printed by kafka-clients 4.3.1. */
const golden: [name: string, serde: AnySerde, value: unknown, hex: string][] = [
  ['String', string(), 'wärme ☕', '77c3a4726d6520e29895'],
  ['String', string(), '', ''],
  ['Short', int16(), -2, 'fffe'],
  ['Integer', int32(), -2, 'fffffffe'],
  ['Integer', int32(), 2 ** 31 - 1, '7fffffff'],
  ['Long', int64(), -2, 'fffffffffffffffe'],
  ['Long', int64(), Number.MAX_SAFE_INTEGER, '001fffffffffffff'],
  ['Long', int64(), Number.MIN_SAFE_INTEGER, 'ffe0000000000001'],
  ['Long', bigint64(), -(2n ** 63n), '8000000000000000'],
  ['Float', float32(), 1.5, '3fc00000'],
  ['Double', float64(), -0.1, 'bfb999999999999a'],
  ['Boolean', boolean(), true, '01'],
  ['Boolean', boolean(), false, '00'],
  [
    'UUID',
    uuid(),
    '123e4567-e89b-42d3-a456-426614174000',
    '31323365343536372d653839622d343264332d613435362d343236363134313734303030',
  ],
]

for (const [name, serde, value, hex] of golden) {
  test(`${name}: ${String(value)} is ${hex || 'nothing'}, there and back`, () => {
    assert.equal(hexOf(serde, value), hex)
    assert.deepEqual(readHex(serde, hex), value)
  })
}

test('a serde that may be null is the same otherwise', () => {
  const serde = nullable(int32())
  assert.equal(hexOf(serde, -2), 'fffffffe')
  assert.equal(readHex(serde, 'fffffffe'), -2)
  assert.equal(serde.nullable, true)
})

test('bytes pass as they are', () => {
  const given = Buffer.from([1, 2, 3])
  assert.equal(bytes().serialize(given, context, headers), given)
  assert.equal(bytes().deserialize(given, context, []), given)
})

test('a UUID in capitals is written as Java writes it', () => {
  assert.equal(
    uuid().serialize('123E4567-E89B-42D3-A456-426614174000', context, headers),
    '123e4567-e89b-42d3-a456-426614174000',
  )
})

const refused: [what: string, attempt: () => unknown, message: RegExp][] = [
  ['a number beyond 2^31', () => hexOf(int32(), 2 ** 31), /out of range/],
  ['a number beyond 2^15', () => hexOf(int16(), 2 ** 15), /out of range/],
  ['a number beyond 2^53', () => hexOf(int64(), 2 ** 53), /9007199254740992 is not a safe integer/],
  ['text for 32 bits', () => hexOf(int32(), 'x'), /"x" is no whole number/],
  ['a fraction for 16 bits', () => hexOf(int16(), 1.5), /1.5 is no whole number/],
  ['text for a float', () => hexOf(float64(), '1.5'), /"1.5" is no number/],
  ['a fraction', () => hexOf(int64(), 0.5), /0.5 is not a safe integer/],
  ['a received number beyond 2^53', () => readHex(int64(), '7fffffffffffffff'), /bigint64\(\) reads/],
  ['too few bytes', () => readHex(int32(), '0000'), /2 bytes where 4 are due/],
  ['a byte that is no boolean', () => readHex(boolean(), '02'), /the byte 2 is neither 0/],
  ['text for a boolean', () => hexOf(boolean(), 'true'), /"true" is neither true nor false/],
  ['a number for text', () => hexOf(string(), 5), /^TypeError: 5 is no text$/],
  ['an object for bytes', () => hexOf(bytes(), { a: 1 }), /^TypeError: an object is no bytes$/],
  ['a number for a UUID', () => hexOf(uuid(), 5), /^TypeError: 5 is no text$/],
  ['a number for 64 bits', () => hexOf(bigint64(), 5), /^TypeError: 5 is no bigint/],
  ['text that is no UUID', () => hexOf(uuid(), 'orders'), /"orders" is no UUID/],
  ['received text that is no UUID', () => readHex(uuid(), '00'), /is no UUID/],
]

for (const [what, attempt, message] of refused)
  test(`${what} is refused`, () => assert.throws(attempt, message))

test("Java's classes stand for the same serdes", () => {
  const classes: Record<string, Serde<never>> = { String: string(), Integer: int32(), UUID: uuid() } as never
  for (const [name, serde] of Object.entries(classes)) {
    const qualified = `org.apache.kafka.common.serialization.${name}`
    assert.equal(serdeOfClass(`${qualified}Serializer`), serde)
    assert.equal(serdeOfClass(`${qualified}Deserializer`), serde)
  }
  assert.throws(
    () => serdeOfClass('io.confluent.kafka.serializers.KafkaAvroSerializer'),
    /no serde for "io.confluent.kafka.serializers.KafkaAvroSerializer": give keySerde and valueSerde/,
  )
})
