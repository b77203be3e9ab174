// The parts of compaction that decide: what is dirty, which segments become one, whose markers are needed, which offset a key has.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultLogConfig, type LogConfig } from '../src/index.ts'
import { cleanable, type CleanableView } from '../src/cleaner/cleanable.ts'
import { CleanedTransactions } from '../src/cleaner/cleaned-transactions.ts'
import { OffsetMap } from '../src/cleaner/offset-map.ts'
import { groupSegments } from '../src/cleaner/segment-groups.ts'

interface DirtyCase {
  readonly name: string
  /** Bytes, first and largest timestamp of each segment; each holds ten offsets, and the last one is active. */
  readonly segments: readonly (readonly [bytes: number, first: number, largest: number])[]
  readonly view?: Partial<CleanableView>
  readonly config?: Partial<LogConfig>
  /** First dirty offset, end, ratio, whether it is due. */
  readonly expected: readonly [number, number, number, boolean] | undefined
}

const three = [
  [100, 10, 19],
  [300, 20, 29],
  [100, 30, 39],
] as const

const dirtyCases: readonly DirtyCase[] = [
  {
    name: 'all closed segments of a log that was never cleaned are dirty',
    segments: three,
    expected: [0, 20, 1, true],
  },
  { name: 'one segment is the active one', segments: [[100, 1, 1]], expected: undefined },
  {
    name: 'what was cleaned counts as clean',
    segments: three,
    view: { cleanedOffset: 10 },
    expected: [10, 20, 0.75, true],
  },
  {
    name: 'a ratio that is not reached',
    segments: three,
    view: { cleanedOffset: 10 },
    config: { minCleanableDirtyRatio: 0.75 },
    expected: [10, 20, 0.75, false],
  },
  {
    name: 'nothing new is not due',
    segments: three,
    view: { cleanedOffset: 20 },
    expected: [20, 20, 0, false],
  },
  {
    name: 'a segment that is clean in front only counts as both',
    segments: three,
    view: { cleanedOffset: 15 },
    expected: [15, 20, 300 / 700, true],
    config: { minCleanableDirtyRatio: 0.4 },
  },
  {
    name: 'the last stable offset bounds it to whole segments',
    segments: three,
    view: { lastStableOffset: 19 },
    expected: [0, 10, 1, true],
  },
  {
    name: 'an open transaction at the beginning',
    segments: three,
    view: { lastStableOffset: 3 },
    expected: undefined,
  },
  {
    name: 'segments with records that are too young stay',
    segments: three,
    config: { minCompactionLagMs: 75 },
    expected: [0, 10, 1, true],
  },
  {
    name: 'a record that has waited too long makes it due whatever the ratio',
    segments: three,
    view: { cleanedOffset: 10 },
    config: { minCleanableDirtyRatio: 0.9, maxCompactionLagMs: 50 },
    expected: [10, 20, 0.75, true],
  },
  {
    name: 'one that has not',
    segments: three,
    view: { cleanedOffset: 10 },
    config: { minCleanableDirtyRatio: 0.9, maxCompactionLagMs: 80 },
    expected: [10, 20, 0.75, false],
  },
  {
    name: 'what was noted of a longer log of this name says nothing',
    segments: three,
    view: { cleanedOffset: 1000 },
    expected: [0, 20, 1, true],
  },
  {
    name: 'what was deleted needs not be cleaned',
    segments: three,
    view: { cleanedOffset: 5, logStartOffset: 10 },
    expected: [10, 20, 0.75, true],
  },
]

for (const { name, segments, view, config, expected } of dirtyCases) {
  test(`how dirty a log is: ${name}`, () => {
    const found = cleanable(
      {
        segments: segments.map(([sizeInBytes, first, largest], index) => ({
          baseOffset: index * 10,
          sizeInBytes,
          firstTimestamp: () => first,
          largestTimestamp: () => largest,
        })),
        logStartOffset: 0,
        logEndOffset: segments.length * 10,
        lastStableOffset: segments.length * 10,
        cleanedOffset: undefined,
        ...view,
      },
      { ...defaultLogConfig, cleanupCompact: true, minCleanableDirtyRatio: 0.5, ...config },
      100,
    )
    assert.deepEqual(
      found && [found.firstDirtyOffset, found.endOffset, found.dirtyRatio, found.due],
      expected,
    )
  })
}

interface GroupCase {
  readonly name: string
  /** Base offset and bytes, and bytes of each index where they matter. */
  readonly segments: readonly (readonly [base: number, bytes: number, indexBytes?: number])[]
  readonly endOffset: number
  readonly expected: readonly (readonly number[])[]
}

const groupCases: readonly GroupCase[] = [
  { name: 'none', segments: [], endOffset: 0, expected: [] },
  {
    name: 'as many as fit into one',
    segments: [
      [0, 40],
      [10, 60],
      [20, 1],
      [30, 99],
    ],
    endOffset: 40,
    expected: [
      [0, 10],
      [20, 30],
    ],
  },
  {
    name: 'one that is too large stays alone',
    segments: [
      [0, 10],
      [10, 150],
      [20, 10],
    ],
    endOffset: 30,
    expected: [[0], [10], [20]],
  },
  {
    name: 'indexes are bounded, too',
    segments: [
      [0, 1, 30],
      [10, 1, 30],
      [20, 1, 1],
    ],
    endOffset: 30,
    expected: [[0], [10, 20]],
  },
  {
    name: 'offsets of a segment are 31 bits from its base',
    segments: [
      [0, 1],
      [2 ** 30, 1],
      [2 ** 31 - 1, 1],
    ],
    endOffset: 2 ** 31 + 10,
    expected: [[0, 2 ** 30], [2 ** 31 - 1]],
  },
  {
    name: 'the last offset that fits',
    segments: [
      [0, 1],
      [2 ** 30, 1],
    ],
    endOffset: 2 ** 31,
    expected: [[0, 2 ** 30]],
  },
  {
    name: 'an empty segment joins whatever its offset',
    segments: [
      [0, 1],
      [2 ** 40, 0],
      [2 ** 40 + 1, 1],
    ],
    endOffset: 2 ** 40 + 2,
    expected: [[0, 2 ** 40], [2 ** 40 + 1]],
  },
]

for (const { name, segments, endOffset, expected } of groupCases) {
  test(`segments that become one: ${name}`, () => {
    const groups = groupSegments(
      segments.map(([baseOffset, sizeInBytes, indexBytes = 0]) => ({
        baseOffset,
        sizeInBytes,
        offsetIndexBytes: indexBytes,
        timeIndexBytes: 0,
      })),
      { segmentBytes: 100, segmentIndexBytes: 50, endOffset },
    )
    assert.deepEqual(
      groups.map(group => group.map(({ baseOffset }) => baseOffset)),
      expected,
    )
  })
}

test('a map of offsets knows the last offset of each key, and takes as many as it says', () => {
  for (const [bytes, factor, keysMax] of [
    [24 * 100, 0.9, 90],
    [24 * 100, 5, 99],
    [0, 0.9, 1],
    [24 * 10, 0, 1],
  ] as const) {
    const map = new OffsetMap(bytes, factor)
    assert.equal(map.keysMax, keysMax)
    for (let index = 0; index < keysMax; index++) {
      assert.equal(map.full, false)
      map.put(Buffer.from(`key ${index}`), index)
    }
    assert.equal(map.full, true)
    assert.throws(() => map.put(Buffer.from('one more'), 5), /full/)
    // Known ones may come again, with offsets beyond 32 bits, too.
    for (let index = 0; index < keysMax; index++) map.put(Buffer.from(`key ${index}`), 2 ** 45 + index)
    for (let index = 0; index < keysMax; index++)
      assert.equal(map.get(Buffer.from(`key ${index}`)), 2 ** 45 + index)
    assert.equal(map.get(Buffer.from('unknown')), -1)
    assert.equal(map.latestOffset, 2 ** 45 + keysMax - 1)
  }
})

test('the offset 0 and the empty key are as good as others', () => {
  const map = new OffsetMap(24 * 10, 0.9)
  map.put(Buffer.alloc(0), 0)
  assert.equal(map.get(Buffer.alloc(0)), 0)
  assert.equal(map.size, 1)
})

const aborted = (producerId: number, firstOffset: number, lastOffset: number) => ({
  producerId,
  firstOffset,
  lastOffset,
  lastStableOffset: lastOffset + 1,
})
const of = (producerId: number, lastOffset: number) => ({ producerId, lastOffset, transactional: true })
const abort = { aborted: true, coordinatorEpoch: 0 }
const commit = { aborted: false, coordinatorEpoch: 0 }

test('records of an aborted transaction are told from those before and behind it', () => {
  const transactions = new CleanedTransactions()
  const kept: number[] = []
  transactions.onAbortKept = entry => kept.push(entry.firstOffset)
  transactions.add([aborted(1, 20, 29), aborted(2, 5, 30)])
  assert.equal(transactions.onBatch(of(1, 9)), false)
  assert.equal(transactions.onControl(of(1, 10), commit), false)
  assert.equal(transactions.onBatch(of(1, 25)), true)
  assert.equal(transactions.onBatch({ ...of(1, 26), transactional: false }), false)
  assert.equal(transactions.onControl(of(1, 29), abort), false)
  // Nothing was seen of the other one: its marker is over.
  assert.equal(transactions.onControl(of(2, 30), abort), true)
  assert.equal(transactions.onBatch(of(1, 35)), false)
  assert.deepEqual(kept, [20])
})

test('a marker is over when nothing of its transaction is left, or nothing of itself', () => {
  const transactions = new CleanedTransactions()
  assert.equal(transactions.onControl(of(1, 1), commit), true)
  assert.equal(transactions.onControl(of(1, 2), null), true)
  // Control batches of another kind are nobody's.
  assert.equal(transactions.onControl(of(1, 3), undefined), false)
})
