// The parts of compaction that decide: what is dirty, which segments become one, whose markers are needed, which offset a key has.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultLogConfig, type LogConfig } from '../src/index.ts'
import { cleanable, type CleanableView } from '../src/cleaner/cleanable.ts'
import { CleanedTransactions } from '../src/cleaner/cleaned-transactions.ts'
import { KeyHash } from '../src/cleaner/key-hash.ts'
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

/** The secret and the hashes of Chaskey-12's own vectors: of the bytes 0, 1, 2 …, as many as are said. */
const chaskeySecret = wordsOf([0x833d3433, 0x009f389f, 0x2398e64f, 0x417acf39])
const chaskeyVectors: readonly (readonly [length: number, hash: readonly number[]])[] = [
  [0, [0x43cb1f41, 0x51eba0c2, 0xff0a8ac3, 0x7ee3f642]],
  [1, [0xf9ac2067, 0x9c35a846, 0x441aad3d, 0x777b7330]],
  [15, [0x03cfb44b, 0x283c8163, 0xfca71448, 0xc40a0aea]],
  [16, [0x5dd0e2a9, 0xfb5eac8c, 0x633a392e, 0x500c36f3]],
  [17, [0x8b5f6d5a, 0x202314f6, 0x22092368, 0x9639e606]],
  [32, [0x77962784, 0x07c647fa, 0xdd752c0f, 0xd2f5a799]],
  [63, [0x2dd072e1, 0x42b89efe, 0xfb26b615, 0x049aa451]],
]

function wordsOf(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4)
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, index * 4)
  return bytes
}

test('keys are hashed as Chaskey-12 says, wherever they stand', () => {
  const hash = new KeyHash(chaskeySecret)
  const counted = Buffer.from(Array.from({ length: 64 }, (_, index) => index))
  for (const [length, expected] of chaskeyVectors) {
    for (const start of [0, 3]) {
      hash.hash(Buffer.concat([Buffer.alloc(start, 9), counted]), start, length)
      assert.deepEqual([...new Uint32Array(hash.words.buffer)], expected, `${length} bytes`)
    }
  }
})

function offsetMap(sizeInBytes: number, loadFactor: number) {
  const map = new OffsetMap(sizeInBytes, loadFactor, chaskeySecret)
  const within = (key: string) => Buffer.from(`..${key}.`)
  return {
    map,
    put: (key: string, offset: number) => map.put(within(key), 2, Buffer.byteLength(key), offset),
    get: (key: string) => map.get(within(key), 2, Buffer.byteLength(key)),
  }
}

test('a map of offsets knows the last offset of each key, and takes as many as it says', () => {
  for (const [bytes, factor, keysMax] of [
    [24 * 100, 0.9, 90],
    [24 * 100, 5, 99],
    [0, 0.9, 1],
    [24 * 10, 0, 1],
  ] as const) {
    const { map, put, get } = offsetMap(bytes, factor)
    assert.equal(map.keysMax, keysMax)
    for (let index = 0; index < keysMax; index++) {
      assert.equal(map.full, false)
      put(`key ${index}`, index)
    }
    assert.equal(map.full, true)
    assert.throws(() => put('one more', 5), /full/)
    // Known ones may come again, with offsets beyond 32 bits, too.
    for (let index = 0; index < keysMax; index++) put(`key ${index}`, 2 ** 45 + index)
    for (let index = 0; index < keysMax; index++) assert.equal(get(`key ${index}`), 2 ** 45 + index)
    assert.equal(get('unknown'), -1)
    assert.equal(map.latestOffset, 2 ** 45 + keysMax - 1)
  }
})

test('the offset 0 and the empty key are as good as others', () => {
  const { map, put, get } = offsetMap(24 * 10, 0.9)
  put('', 0)
  assert.equal(get(''), 0)
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
