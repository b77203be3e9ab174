// Offsets, times, transactions and epochs are found through the indexes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EpochCache } from '../src/epochs/epoch-cache.ts'
import { OffsetIndex } from '../src/segment/offset-index.ts'
import { TimeIndex } from '../src/segment/time-index.ts'
import { type AbortedEntry, collectAborted } from '../src/segment/transaction-index.ts'

const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 61, max: 9000 })), {
  maxLength: 80,
})

function ascending(pairs: readonly (readonly [number, number])[]): [number, number][] {
  let offset = 0
  let position = 0
  return pairs.map(([a, b]) => [(offset += a), (position += b)])
}

test('an offset is found at the last indexed batch that does not lie behind it', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 5000 }), (pairs, sought) => {
      const entries = ascending(pairs)
      const index = new OffsetIndex(10_000)
      for (const [offset, position] of entries) index.append(offset, position)
      const expected = entries.findLast(([offset]) => offset <= sought)?.[1] ?? 0
      assert.equal(index.lookup(sought), expected)
      const read = OffsetIndex.parse(index.bytes(), 10_000, 2 ** 31 - 1)
      assert.equal(read.lookup(sought), expected, 'also when it was read from its file')
    }),
  )
})

test('a cut of the offset index keeps exactly the entries before the cut', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 500_000 }), (pairs, cut) => {
      const entries = ascending(pairs)
      const index = new OffsetIndex(10_000)
      for (const [offset, position] of entries) index.append(offset, position)
      index.truncateToPosition(cut)
      assert.equal(index.count, entries.filter(([, position]) => position < cut).length)
    }),
  )
})

test('entries that do not ascend are a mistake of the program', () => {
  const index = new OffsetIndex(80)
  index.append(5, 100)
  assert.throws(() => index.append(5, 200))
  assert.throws(() => index.append(6, 100))
})

test('nothing in front of a time lookup has a timestamp as large as the one sought', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 1000 })), {
        maxLength: 60,
      }),
      fc.integer({ min: 0, max: 1100 }),
      (batches, sought) => {
        const index = new TimeIndex(10_000)
        let offset = 0
        let largest = -1
        const ends: { offset: number; timestamp: number }[] = []
        for (const [count, timestamp] of batches) {
          offset += count
          if (timestamp > largest) {
            largest = timestamp
            index.maybeAppend(timestamp, offset)
          }
          ends.push({ offset, timestamp })
        }
        const from = index.lookup(sought)
        const first = ends.find(end => end.timestamp >= sought)
        if (first) assert.ok(from <= first.offset, `${from} is behind ${first.offset}`)
      },
    ),
  )
})

test('readers of a range learn of the aborted transactions that touch it, and of no others that matter', () => {
  const entries: AbortedEntry[] = [
    { producerId: 1, firstOffset: 0, lastOffset: 10, lastStableOffset: 5 },
    { producerId: 2, firstOffset: 5, lastOffset: 20, lastStableOffset: 21 },
    { producerId: 3, firstOffset: 30, lastOffset: 40, lastStableOffset: 41 },
  ]
  const ask = (from: number, upper: number) => {
    const found: AbortedEntry[] = []
    const complete = collectAborted(entries, from, upper, found)
    return [found.map(entry => entry.producerId).join(), complete]
  }
  assert.deepEqual(ask(0, 100), ['1,2,3', false])
  assert.deepEqual(ask(11, 30), ['2', true])
  assert.deepEqual(ask(21, 30), ['', true])
  assert.deepEqual(ask(0, 4), ['1', true])
})

test('leader epochs end where the next known one begins', () => {
  const cache = new EpochCache([
    { epoch: 2, startOffset: 10 },
    { epoch: 5, startOffset: 100 },
  ])
  assert.deepEqual(cache.endOffsetFor(5, 5, 150), { epoch: 5, endOffset: 150 })
  assert.deepEqual(cache.endOffsetFor(2, 5, 150), { epoch: 2, endOffset: 100 })
  assert.deepEqual(cache.endOffsetFor(3, 5, 150), { epoch: 2, endOffset: 100 })
  assert.deepEqual(cache.endOffsetFor(1, 5, 150), { epoch: 1, endOffset: 10 })
  assert.deepEqual(cache.endOffsetFor(6, 5, 150), { epoch: -1, endOffset: -1 })
  // A leader without batches of its own epoch: its epoch begins where the log ends.
  for (const epoch of [5, 6])
    assert.deepEqual(cache.endOffsetFor(epoch, 7, 150), { epoch: 5, endOffset: 150 })
  assert.deepEqual(cache.endOffsetFor(7, 7, 150), { epoch: 7, endOffset: 150 })
  assert.deepEqual(new EpochCache().endOffsetFor(0, 0, 0), { epoch: 0, endOffset: 0 })
  assert.deepEqual(new EpochCache().endOffsetFor(2, 4, 0), { epoch: 2, endOffset: 0 })
  assert.deepEqual(new EpochCache().endOffsetFor(-1, 4, 0), { epoch: -1, endOffset: -1 })
})

test('leader epochs follow truncation at both ends', () => {
  const entries = [
    { epoch: 0, startOffset: 0 },
    { epoch: 1, startOffset: 50 },
    { epoch: 4, startOffset: 90 },
  ]
  const cache = new EpochCache(entries)
  assert.equal(cache.truncateFromEnd(90), true)
  assert.equal(cache.latest, 1)
  assert.equal(cache.truncateFromStart(60), true)
  assert.deepEqual(cache.entries, [{ epoch: 1, startOffset: 60 }])
  assert.equal(cache.assign(1, 70), false)
  assert.equal(cache.assign(3, 80), true)
  assert.equal(cache.epochAt(79), 1)
  assert.equal(cache.epochAt(80), 3)
})
