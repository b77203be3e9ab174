// Partitioners: where records go, compared with what clients of other languages choose.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  anyPartition,
  ConfigError,
  crc32Partitioner,
  defaultPartitioner,
  fnv1aPartitioner,
  type Partitioner,
  type PartitionerInput,
  priorityPartitioner,
  Producer,
  roundRobinPartitioner,
  saramaPartitioner,
  saramaReferencePartitioner,
  uniformStickyPartitioner,
} from '../../src/index.ts'
import { namedPartitioner } from '../../src/producer/partitioners/named.ts'

const counts = [3, 12, 50]
type Places = readonly [of3: number, of12: number, of50: number]
interface Row {
  readonly java: Places
  readonly unsigned: Places
  readonly sarama: Places
  readonly reference: Places
  readonly crc32: Places
}

/**
 * By key: `Utils.toPositive(Utils.murmur2(key)) % n` of kafka-clients 4.3.1; Go's `fnv.New32a().Sum32() % n`; NewHashPartitioner of sarama 1.61 (Hash of kafka-go 0.4.51 and
 * `fnv1a` of librdkafka 2.15 agree); NewReferenceHashPartitioner (ReferenceHash agrees); `consistent` of librdkafka (CRC32Balancer of kafka-go agrees).
 */
const placed: Readonly<Record<string, Row>> = {
  '': { java: [0, 9, 31], unsigned: [1, 1, 11], sarama: [0, 3, 35], reference: [2, 5, 13], crc32: [0, 0, 0] },
  a: { java: [1, 4, 24], unsigned: [1, 4, 20], sarama: [0, 0, 26], reference: [2, 8, 22], crc32: [0, 3, 7] },
  ab: {
    java: [2, 2, 34],
    unsigned: [0, 6, 46],
    sarama: [0, 6, 46],
    reference: [0, 6, 46],
    crc32: [2, 5, 35],
  },
  abc: {
    java: [0, 3, 7],
    unsigned: [2, 11, 31],
    sarama: [2, 11, 31],
    reference: [2, 11, 31],
    crc32: [0, 6, 28],
  },
  'key-1': {
    java: [0, 0, 40],
    unsigned: [1, 10, 38],
    sarama: [1, 10, 38],
    reference: [1, 10, 38],
    crc32: [2, 2, 38],
  },
  'key-2': {
    java: [2, 2, 2],
    unsigned: [2, 11, 19],
    sarama: [2, 11, 19],
    reference: [2, 11, 19],
    crc32: [0, 0, 30],
  },
  'user:42': {
    java: [1, 1, 25],
    unsigned: [2, 2, 22],
    sarama: [2, 2, 22],
    reference: [2, 2, 22],
    crc32: [1, 10, 8],
  },
  wärme: {
    java: [2, 2, 28],
    unsigned: [0, 3, 31],
    sarama: [1, 1, 15],
    reference: [1, 7, 33],
    crc32: [2, 8, 26],
  },
  日本語: {
    java: [1, 10, 20],
    unsigned: [0, 3, 1],
    sarama: [1, 1, 45],
    reference: [1, 7, 3],
    crc32: [1, 1, 5],
  },
  '0123456789abcdef': {
    java: [0, 0, 2],
    unsigned: [0, 9, 45],
    sarama: [1, 7, 1],
    reference: [1, 1, 47],
    crc32: [0, 3, 11],
  },
  '😀': { java: [0, 9, 17], unsigned: [2, 8, 6], sarama: [2, 8, 6], reference: [2, 8, 6], crc32: [1, 4, 6] },
}

const record = (key: string | Uint8Array | null, more: Partial<PartitionerInput> = {}): PartitionerInput => ({
  topic: 't',
  key,
  value: 'v',
  headers: [],
  ...more,
})

function assertPlaces(partitioner: Partitioner, column: keyof Row, skip: readonly string[] = []): void {
  for (const [key, row] of Object.entries(placed)) {
    if (skip.includes(key)) continue
    for (const form of [key, Buffer.from(key)]) {
      const found = counts.map(count => partitioner(record(form), count))
      assert.deepEqual(found, row[column], `${column}: ${key}`)
    }
  }
}

test('a key goes where Java sends it, as text and as bytes', () => {
  assertPlaces(defaultPartitioner, 'java')
  assertPlaces(namedPartitioner('murmur2_random'), 'java')
  assertPlaces(namedPartitioner('murmur2'), 'java')
})

test('a key goes where Go programs send it', () => {
  assertPlaces(fnv1aPartitioner, 'unsigned')
  assertPlaces(saramaPartitioner, 'sarama')
  assertPlaces(saramaReferencePartitioner, 'reference')
})

test('a key goes where librdkafka sends it', () => {
  assertPlaces(crc32Partitioner, 'crc32', [''])
  assertPlaces(namedPartitioner('consistent'), 'crc32')
  assertPlaces(namedPartitioner('consistent_random'), 'crc32', [''])
  assertPlaces(namedPartitioner('fnv1a'), 'sarama')
  assertPlaces(namedPartitioner('fnv1a_random'), 'sarama')
})

test('a record without a key may go anywhere, unless a missing key is one', () => {
  const free = [
    defaultPartitioner,
    fnv1aPartitioner,
    saramaPartitioner,
    saramaReferencePartitioner,
    crc32Partitioner,
  ]
  for (const partitioner of free) assert.equal(partitioner(record(null), 3), anyPartition)
  assert.equal(crc32Partitioner(record(''), 3), anyPartition)
  assert.equal(uniformStickyPartitioner(record('key'), 3), anyPartition)
  assert.equal(namedPartitioner('fnv1a')(record(null), 12), placed['']!.sarama[1])
  assert.equal(namedPartitioner('murmur2')(record(null), 12), placed['']!.java[1])
})

test('a name that there is not is refused with those that there are', () => {
  const make = () => new Producer({ brokers: ['localhost:1'], partitioner: 'sticky' as never })
  assert.throws(
    make,
    (error: Error) =>
      error instanceof ConfigError && /no partitioner "sticky".*uniform-sticky/.test(error.message),
  )
  assert.throws(
    () => new Producer({ brokers: ['localhost:1'], partitioner: 'toString' as never }),
    ConfigError,
  )
})

test('round robin takes turns, topic by topic', () => {
  const partitioner = roundRobinPartitioner()
  const next = (topic: string) => partitioner(record('k', { topic }), 3)
  assert.deepEqual([next('a'), next('a'), next('b'), next('a'), next('a'), next('b')], [0, 1, 0, 2, 0, 1])
})

const priority = (value: string | Uint8Array | null) => [{ key: 'priority', value }]

test('a header sends to its reserved partitions, and nothing else goes there', () => {
  const partitioner = priorityPartitioner({ reserved: { high: [0], urgent: [1, 2] } })
  for (const [key, { java }] of Object.entries(placed)) {
    assert.equal(partitioner(record(key, { headers: priority('high') }), 53), 0)
    const urgent = partitioner(record(key, { headers: priority(Buffer.from('urgent')) }), 53)
    assert.ok(urgent === 1 || urgent === 2)
    // The fifty that are left, by key as ever.
    for (const headers of [[], priority('low'), priority(null)])
      assert.equal(partitioner(record(key, { headers }), 53), java[2] + 3)
  }
})

test('the last header of the name counts', () => {
  const partitioner = priorityPartitioner({ header: 'lane', reserved: { fast: [4] } })
  const headers = [
    { key: 'lane', value: 'slow' },
    { key: 'other', value: 'fast' },
    { key: 'lane', value: 'fast' },
  ]
  assert.equal(partitioner(record('k', { headers }), 5), 4)
  assert.notEqual(partitioner(record('k', { headers: headers.slice(0, 2) }), 5), 4)
})

test('records without a key stick to one of the partitions that are theirs, and then to another', () => {
  const partitioner = priorityPartitioner({ reserved: { high: [1] } })
  const value = 'x'.repeat(10_000)
  const seen = Array.from({ length: 60 }, () => partitioner(record(null, { value }), 4))
  assert.deepEqual(
    [...new Set(seen)].sort((a, b) => a - b),
    [0, 2, 3],
  )
  const changes = seen.filter((partition, at) => at > 0 && partition !== seen[at - 1]).length
  assert.equal(changes, 4, 'every 128 KiB')
  assert.equal(partitioner(record(null, { headers: priority('high') }), 4), 1)
})

test('reservations that cannot be are refused, and a topic that has no partition left says so', () => {
  const refused: readonly [unknown, RegExp][] = [
    [undefined, /reserved is no object/],
    [{ high: [] }, /reserved\.high is no list/],
    [{ high: [-1] }, /reserved\.high has -1/],
    [{ high: [0.5] }, /reserved\.high has 0\.5/],
    [{ high: [0], low: [0] }, /partition 0 is reserved for both "high" and "low"/],
  ]
  for (const [reserved, message] of refused) {
    const make = () => priorityPartitioner({ reserved: reserved as never })
    assert.throws(make, (error: Error) => error instanceof ConfigError && message.test(error.message))
  }
  const partitioner = priorityPartitioner({ reserved: { high: [0], low: [5] } })
  assert.throws(
    () => partitioner(record('k'), 1),
    /topic "t" has 1 partitions and none for records without priority/,
  )
  assert.throws(() => partitioner(record('k', { headers: priority('low') }), 3), /none for priority "low"/)
})
