// Partitioners: where records go, compared with Java's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anyPartition, defaultPartitioner, roundRobinPartitioner } from '../../src/index.ts'

/** Key, then `Utils.toPositive(Utils.murmur2(key)) % n` of kafka-clients 4.3.1 for n = 3, 12, 50. */
const java: [key: string, of3: number, of12: number, of50: number][] = [
  ['', 0, 9, 31],
  ['a', 1, 4, 24],
  ['ab', 2, 2, 34],
  ['abc', 0, 3, 7],
  ['key-1', 0, 0, 40],
  ['key-2', 2, 2, 2],
  ['user:42', 1, 1, 25],
  ['wärme', 2, 2, 28],
  ['日本語', 1, 10, 20],
  ['0123456789abcdef', 0, 0, 2],
  ['😀', 0, 9, 17],
]

test('a key goes where Java sends it, as text and as bytes', () => {
  for (const [key, ...expected] of java) {
    for (const form of [key, Buffer.from(key)]) {
      const found = [3, 12, 50].map(count =>
        defaultPartitioner({ topic: 't', key: form, value: null }, count),
      )
      assert.deepEqual(found, expected, key)
    }
  }
})

test('a record without a key may go anywhere', () => {
  assert.equal(defaultPartitioner({ topic: 't', key: null, value: 'v' }, 3), anyPartition)
})

test('round robin takes turns, topic by topic', () => {
  const partitioner = roundRobinPartitioner()
  const next = (topic: string) => partitioner({ topic, key: 'k', value: null }, 3)
  assert.deepEqual([next('a'), next('a'), next('b'), next('a'), next('a'), next('b')], [0, 1, 0, 2, 0, 1])
})
