// CRC-32C against published vectors, and its two implementations against each other. Java's values stand in the record fixtures.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { crc32cOfChanged, crc32cPortable } from '../../src/checksum/crc32c.ts'
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

test('folded and through tables a checksum is the same for every length and start, whole or in parts', () => {
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

test('the same where a way of folding begins or ends: around a short message, a chunk, and several', () => {
  const many = randomFillSync(Buffer.alloc(300_000))
  for (const border of [384, 5275, 8192, 65_536, 65_536 + 5275, 2 * 65_536 + 5275, 270_000]) {
    for (let length = border - 20; length <= border + 20; length++) {
      const bytes = many.subarray(length % 17, (length % 17) + length)
      const initial = length % 2 === 0 ? 0 : 0xdeadbeef
      assert.equal(crc32c(bytes, initial), crc32cPortable(bytes, initial), `${length} bytes`)
    }
  }
})

test('without WebAssembly it goes through tables', () => {
  const source = fileURLToPath(new URL('../../src/checksum/crc32c.ts', import.meta.url))
  const script = `import { crc32c } from ${JSON.stringify(source)}
    delete globalThis.WebAssembly
    console.log(crc32c(Buffer.alloc(100_000, 'a')))`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(Number(printed), crc32cPortable(Buffer.alloc(100_000, 'a')))
})

test('where the beginning has changed the checksum follows from those of the beginning, whatever comes behind it', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(
      bytes,
      fc.infiniteStream(fc.nat(255)),
      fc.uint8Array({ maxLength: 3000 }),
      (old, next, rest) => {
        const changed = Uint8Array.from(old, () => next.next().value as number)
        const whole = crc32c(Buffer.concat([old, rest]))
        assert.equal(
          crc32cOfChanged(whole, crc32c(old), crc32c(changed), rest.length),
          crc32c(Buffer.concat([changed, rest])),
        )
      },
    ),
  )
  const [old, changed, rest] = [Buffer.from('old'), Buffer.from('new'), Buffer.alloc(9_000_001, 'rest')]
  assert.equal(
    crc32cOfChanged(crc32c(Buffer.concat([old, rest])), crc32c(old), crc32c(changed), rest.length),
    crc32c(Buffer.concat([changed, rest])),
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
