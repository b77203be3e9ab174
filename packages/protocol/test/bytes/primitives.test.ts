// The primitive types come back as they went in, take the bytes that the protocol says, and refuse what they cannot hold.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DecodeError, EncodeError, Reader, Writer } from '@millrace/protocol'
import fc from 'fast-check'

function bytesOf(write: (w: Writer) => void): Buffer {
  const w = new Writer(8)
  write(w)
  return w.finishBuffer()
}

const nearMax = fc.integer({ min: 0, max: 10_000 }).map(less => Number.MAX_SAFE_INTEGER - less)
const safe = fc.oneof(
  fc.maxSafeInteger(),
  nearMax,
  nearMax.map(value => -value),
  fc.integer({ min: 0, max: 62 }).map(bits => 2 ** (bits % 53)),
)
const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const bytes = fc.uint8Array({ maxLength: 3000 }).map(each => Buffer.from(each))

type Primitive =
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uvarint'
  | 'varint'
  | 'varlong'
  | 'float64'

const numbers: Readonly<Record<Primitive, fc.Arbitrary<number>>> = {
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32_768, max: 32_767 }),
  uint16: fc.integer({ min: 0, max: 65_535 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: safe,
  uvarint: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  varint: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  varlong: safe,
  float64: fc.double({ noNaN: true }),
}

for (const [name, arbitrary] of Object.entries(numbers) as [Primitive, fc.Arbitrary<number>][]) {
  test(`${name} survives a round trip and refuses to be cut off`, () => {
    fc.assert(
      fc.property(arbitrary, value => {
        const encoded = bytesOf(w => w[name](value))
        const r = new Reader(encoded)
        assert.equal(r[name](), value)
        assert.equal(r.remaining, 0)
        assert.throws(() => new Reader(encoded.subarray(0, -1))[name](), DecodeError)
      }),
      { numRuns: 2000 },
    )
  })
}

test('strings and bytes survive a round trip in all four forms', () => {
  fc.assert(
    fc.property(text, bytes, (string, buffer) => {
      const encoded = bytesOf(w => {
        w.string(string)
        w.nullableString(null)
        w.compactString(string)
        w.compactNullableString(null)
        w.bytes(buffer)
        w.nullableBytes(null)
        w.compactBytes(buffer)
        w.compactNullableBytes(null)
      })
      const r = new Reader(encoded)
      assert.deepEqual(
        [r.string(), r.nullableString(), r.compactString(), r.compactNullableString()],
        [string, null, string, null],
      )
      assert.deepEqual(
        [r.bytes(), r.nullableBytes(), r.compactBytes(), r.compactNullableBytes()],
        [buffer, null, buffer, null],
      )
      assert.equal(r.remaining, 0)
    }),
  )
})

test('numbers take the bytes that the protocol says', () => {
  const rows: readonly [Primitive, number, string][] = [
    ['int16', -2, 'fffe'],
    ['int64', -1, 'ffffffffffffffff'],
    ['int64', 2 ** 53 - 1, '001fffffffffffff'],
    ['uvarint', 300, 'ac02'],
    ['uvarint', 2 ** 32 - 1, 'ffffffff0f'],
    ['varint', -1, '01'],
    ['varint', 64, '8001'],
    ['varlong', -(2 ** 31), 'ffffffff0f'],
    ['varlong', 2 ** 53 - 1, 'feffffffffffff1f'],
    ['varlong', -(2 ** 53 - 1), 'fdffffffffffff1f'],
  ]
  for (const [name, value, hex] of rows) assert.equal(bytesOf(w => w[name](value)).toString('hex'), hex, name)
})

test('a number that does not fit is refused, not bent', () => {
  const rows: readonly [Primitive, readonly number[]][] = [
    ['int8', [128, -129, 0.5, NaN]],
    ['int16', [32_768, -32_769, 1.5, NaN]],
    ['uint16', [-1, 65_536]],
    ['int32', [2 ** 31, -(2 ** 31) - 1, 0.1, NaN, Infinity]],
    ['uint32', [-1, 2 ** 32]],
    ['int64', [2 ** 64, -(2 ** 64), 0.5, NaN]],
    ['uvarint', [-1, 2 ** 32]],
    ['varint', [2 ** 31, NaN]],
    ['varlong', [2 ** 53, 0.5]],
  ]
  for (const [name, values] of rows) {
    for (const value of values)
      assert.throws(() => bytesOf(w => w[name](value)), EncodeError, `${name} ${value}`)
  }
})

test('64-bit integers beyond what a number holds are read as the nearest one, and written as that', () => {
  for (const [exact, written = exact] of [
    [2n ** 53n],
    [2n ** 53n + 1n, 2n ** 53n],
    [1_764_460_000_123_456_789n, 1_764_460_000_123_456_768n],
    [-(2n ** 60n) - 1n, -(2n ** 60n)],
    [2n ** 63n - 1n],
    [-(2n ** 63n)],
  ]) {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64BE(exact!)
    const value = new Reader(bytes).int64()
    assert.equal(value, Number(exact))
    assert.equal(bytesOf(w => w.int64(value)).readBigInt64BE(), written)
  }
})

test('varints beyond what a number holds are refused', () => {
  for (const hex of ['8080808080808020', 'ffffffffffffffffff01', 'ffffffffffffffffffff01'])
    assert.throws(() => new Reader(Buffer.from(hex, 'hex')).varlong(), /beyond 2\^53/)
  assert.throws(() => new Reader(Buffer.from('ffffffff1f', 'hex')).uvarint(), /more than 32 bits/)
})

test('a string longer than its length can say is refused', () => {
  const long = 'x'.repeat(32_768)
  assert.throws(() => bytesOf(w => w.string(long)), EncodeError)
  assert.throws(() => bytesOf(w => w.compactString(long)), EncodeError)
})

test('big payloads are linked, not copied, and keep their place', () => {
  const payload = Buffer.alloc(2000, 7)
  const w = new Writer(16)
  w.int32(1)
  w.bytes(payload)
  w.int32(2)
  assert.equal(w.length, 2012)
  const chunks = w.finish()
  assert.ok(chunks.includes(payload))
  assert.equal(Buffer.concat(chunks).length, 2012)
  w.int8(9)
  assert.equal(w.finishBuffer().toString('hex'), '09')
})
