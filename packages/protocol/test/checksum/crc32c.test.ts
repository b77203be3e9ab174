// CRC-32C against published vectors, and its two implementations against each other. Java's values stand in the record fixtures.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { crc32cPortable } from '../../src/checksum/crc32c.ts'
import { crc32c, murmur2, murmur2String } from '../../src/index.ts'

/** RFC 3720, appendix B.4, and the check value of the polynomial. */
const vectors: readonly [Buffer, number][] = [
  [Buffer.alloc(32), 0x8a9136aa],
  [Buffer.alloc(32, 0xff), 0x62a8ab43],
  [Buffer.from(Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e],
  [Buffer.from(Array.from({ length: 32 }, (_, index) => 31 - index)), 0x113fdb5c],
  [Buffer.from('123456789'), 0xe3069283],
  [Buffer.alloc(0), 0],
]

test('published vectors hold', () => {
  for (const [bytes, expected] of vectors) assert.equal(crc32c(bytes), expected)
})

test('native and portable agree for every length and start, whole or in parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat({ max: 2000 }), (bytes, cut) => {
      const whole = crc32cPortable(bytes)
      assert.equal(crc32c(bytes), whole)
      const first = bytes.subarray(0, cut)
      assert.equal(crc32c(bytes.subarray(first.length), crc32c(first)), whole)
      assert.equal(crc32cPortable(bytes.subarray(first.length), crc32cPortable(first)), whole)
    }),
    { numRuns: 200 },
  )
})

test('murmur2 of a string is that of its UTF-8', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'Z', '0', '\0', '\x7f', '\x80', 'é', '鍵', '🔑') }),
      text => {
        assert.equal(murmur2String(text), murmur2(Buffer.from(text)))
      },
    ),
  )
})
