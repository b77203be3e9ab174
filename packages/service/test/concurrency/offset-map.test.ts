// The metadata of commits: what is written is what is read, the shorter form wins, and nothing foreign or damaged is believed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  decodeOffsetMap,
  encodeOffsetMap,
  encodeWithin,
  mapCharsMax,
  type OffsetRange,
} from '../../src/concurrency/offset-map.ts'

/** A committed offset and ranges behind it, in order, with gaps between. */
const maps = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 2 ** 52 })),
    fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 100_000 }) },
        ),
        fc.oneof(
          { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 100_000 }) },
        ),
      ),
      { maxLength: 60 },
    ),
  )
  .map(([committed, steps]) => {
    const ranges: OffsetRange[] = []
    let at = committed
    for (const [open, done] of steps) {
      ranges.push({ from: at + open, to: at + open + done })
      at += open + done
    }
    return { committed, ranges }
  })

test('what is written is what is read', () => {
  fc.assert(
    fc.property(maps, ({ committed, ranges }) => {
      const text = encodeOffsetMap(committed, ranges)
      assert.deepEqual(decodeOffsetMap(committed, text), { ranges })
      const span = (ranges.at(-1)?.to ?? committed) - committed
      assert.ok(
        text.length <= mapCharsMax(ranges.length, span),
        `${text.length} > ${mapCharsMax(ranges.length, span)}`,
      )
    }),
    { numRuns: 500 },
  )
})

test('the documented example, byte by byte', () => {
  const ranges = [
    { from: 103, to: 106 },
    { from: 107, to: 108 },
  ]
  const text = encodeOffsetMap(100, ranges)
  assert.match(text, /^mr1b/, 'one byte of bits is shorter than four of runs')
  assert.equal(Buffer.from(text.slice(4), 'base64url').subarray(4).toString('hex'), '5c')
  const runs = encodeOffsetMap(100, [{ from: 101, to: 1_101 }])
  assert.match(runs, /^mr1r/)
  assert.equal(Buffer.from(runs.slice(4), 'base64url').subarray(4).toString('hex'), '01e807')
})

test('it is bound to its offset, and one bit more or less makes it worthless', () => {
  fc.assert(
    fc.property(maps, fc.nat(), fc.integer({ min: 1, max: 100 }), ({ committed, ranges }, at, shift) => {
      if (ranges.length === 0) return
      const text = encodeOffsetMap(committed, ranges)
      assert.deepEqual(decodeOffsetMap(committed + shift, text), { ranges: [], problem: 'damaged' })
      const bytes = Buffer.from(text.slice(4), 'base64url')
      bytes[at % bytes.length]! ^= 1 << (at % 8)
      const spoilt = `${text.slice(0, 4)}${bytes.toString('base64url')}`
      assert.deepEqual(decodeOffsetMap(committed, spoilt), { ranges: [], problem: 'damaged' })
    }),
  )
})

test('any text is read without harm', () => {
  for (const text of ['hello', 'mr2rAAAA', 'mr1', 'mr1x', '{"a":1}'])
    assert.deepEqual(decodeOffsetMap(5, text), { ranges: [], problem: 'foreign' })
  for (const text of ['mr1r', 'mr1bAAAA', 'mr1r!!!!', 'mr1rAAAAAAAA'])
    assert.deepEqual(decodeOffsetMap(5, text), { ranges: [], problem: 'damaged' })
  assert.deepEqual(decodeOffsetMap(5, ''), { ranges: [] })
  fc.assert(fc.property(fc.string(), text => void decodeOffsetMap(0, text)))
  fc.assert(
    fc.property(
      fc.uint8Array(),
      bytes => void decodeOffsetMap(0, `mr1r${Buffer.from(bytes).toString('base64url')}`),
    ),
  )
})

test('what does not fit is cut behind what does', () => {
  fc.assert(
    fc.property(maps, fc.integer({ min: 0, max: 120 }), ({ committed, ranges }, maxChars) => {
      const { text, isCut } = encodeWithin(committed, ranges, maxChars)
      assert.ok(text.length <= maxChars)
      const read = decodeOffsetMap(committed, text).ranges
      assert.deepEqual(read, ranges.slice(0, read.length))
      assert.equal(isCut, read.length < ranges.length)
    }),
  )
})
