// Bytes that are cut off, damaged or made to harm end in typed errors, in bounded time and memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type BatchHeader,
  batches,
  checkRecords,
  codecs,
  completeBatchBytes,
  DecompressionError,
  RecordBatchCursor,
  RecordBatchWriter,
  RecordsError,
  readBatchHeader,
  toRecords,
  updateBatchCrc,
  verifyBatchCrc,
} from '../../src/index.ts'
import { fixture, fixtures } from './fixtures.ts'

const recordCountAt = 57
const batchFixtures = fixtures.filter(({ name }) => name !== 'hashes')

function isTyped(error: unknown): boolean {
  return error instanceof RecordsError || error instanceof DecompressionError
}

function hasCode(errorName: string): (error: unknown) => boolean {
  return error => error instanceof RecordsError && error.errorName === errorName
}

/** A batch of one record with `bytes` in the place of its records. */
function batchOf(bytes: number[], recordCount = 1): Buffer {
  const writer = new RecordBatchWriter()
  writer.append(1, null, null)
  const batch = Buffer.concat([writer.finish().subarray(0, 61), Buffer.from(bytes)])
  batch.writeInt32BE(batch.length - 12, 8)
  batch.writeInt32BE(recordCount, 57)
  updateBatchCrc(readBatchHeader(batch))
  return batch
}

function walk(buffer: Buffer): void {
  const cursor = new RecordBatchCursor()
  for (const header of batches(buffer)) {
    cursor.open(header, 1024 * 1024)
    while (cursor.next()) {
      const { keyStart, keyLength, valueStart, valueLength } = cursor
      assert.ok(keyStart + Math.max(keyLength, 0) <= cursor.buffer.length)
      assert.ok(valueStart + Math.max(valueLength, 0) <= cursor.buffer.length)
      cursor.record()
    }
  }
}

test('a batch that is cut off anywhere ends a walk without an error', () => {
  const { bytes } = fixture('three batches')
  const ends = [0, ...[...batches(bytes)].map(({ end }) => end)]
  for (let length = 0; length < bytes.length; length++) {
    const part = bytes.subarray(0, length)
    const whole = ends.filter(end => end <= length).at(-1)!
    assert.equal(completeBatchBytes(part), whole)
    assert.equal(
      [...batches(part)].reduce((_, { end }) => end, 0),
      whole,
    )
    if (length < ends[1]!) assert.throws(() => readBatchHeader(part), hasCode('CORRUPT_MESSAGE'))
  }
})

for (const { name, bytes } of batchFixtures.filter(each => each.bytes.length < 3000)) {
  test(`damaged bytes end in typed errors: ${name}`, () => {
    const damage = fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(damage, changes => {
        const damaged = Buffer.from(bytes)
        for (const [at, byte] of changes) damaged[at] = byte
        try {
          walk(damaged)
          for (const header of batches(damaged)) if (header.magic === 2) checkRecords(header)
        } catch (error) {
          assert.ok(isTyped(error), String(error))
        }
      }),
      { numRuns: 200 },
    )
  })
}

/** What the cursor says of a batch that `checkRecords` judges by itself: undefined when it cannot walk it. */
function walked(header: BatchHeader): { maxTimestamp: number; offsets: number[] } | undefined {
  try {
    const cursor = new RecordBatchCursor().open(header)
    const offsets: number[] = []
    let maxTimestamp = -1
    while (cursor.next()) {
      cursor.checkHeaders()
      offsets.push(cursor.offset - header.baseOffset)
      maxTimestamp = Math.max(maxTimestamp, cursor.timestamp)
    }
    return { maxTimestamp, offsets }
  } catch {
    return undefined
  }
}

test('the check of a batch passes exactly those that the cursor can walk and whose offsets count up', () => {
  const writer = new RecordBatchWriter()
  for (const [key, size] of [
    [null, 0],
    ['k', 70],
    ['key', 300],
    [null, 20],
  ] as const)
    writer.append(1_000 + size * 1_000_000, key, Buffer.alloc(size, 7), [{ key: 'h', value: 'v' }])
  const valid = Buffer.from(writer.finish())
  let passed = 0
  fc.assert(
    fc.property(fc.nat(valid.length - 62), fc.nat(255), fc.integer({ min: 3, max: 5 }), (at, byte, count) => {
      const damaged = Buffer.from(valid)
      damaged[61 + at] = byte
      if (count !== 5) damaged.writeInt32BE(count, 57)
      const header = readBatchHeader(damaged)
      const found = walked(header)
      if (found?.offsets.every((offset, index) => offset === index)) {
        passed++
        assert.equal(checkRecords(header).maxTimestamp, found.maxTimestamp)
      } else assert.throws(() => checkRecords(header), hasCode('INVALID_RECORD'))
    }),
    { numRuns: 3000 },
  )
  assert.ok(passed > 100, `${passed}`)
})

test('any change of a byte that the checksum covers is noticed, and the message says where', () => {
  const { bytes } = fixture('v2 idempotent')
  for (let at = 21; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at]! ^= 0x40
    // The high bytes of 64-bit fields show before the checksum does.
    assert.throws(() => verifyBatchCrc(readBatchHeader(damaged)), hasCode('CORRUPT_MESSAGE'))
    if (at < recordCountAt) continue
    assert.throws(
      () => verifyBatchCrc(readBatchHeader(damaged), 'orders-3'),
      /batch at offset 0 of orders-3 .* is corrupt: checksum 0x[0-9a-f]{8} stored, 0x[0-9a-f]{8} computed/,
    )
  }
  const old = Buffer.from(fixture('v1 none').bytes)
  old[30]! ^= 1
  assert.throws(() => verifyBatchCrc(readBatchHeader(old)), hasCode('CORRUPT_MESSAGE'))
})

test('sizes that no batch can have are refused', () => {
  const { bytes } = fixture('v2 idempotent')
  for (const size of [0, -1, -(2 ** 31), 13]) {
    const bad = Buffer.from(bytes)
    bad.writeInt32BE(size, 8)
    assert.throws(() => [...batches(bad)], hasCode('CORRUPT_MESSAGE'), `size ${size}`)
  }
  const huge = Buffer.from(bytes)
  huge.writeInt32BE(2 ** 31 - 1, 8)
  assert.deepEqual([...batches(huge)], [])
  const short = Buffer.from(bytes)
  short.writeInt32BE(30, 8)
  assert.throws(() => readBatchHeader(short), hasCode('CORRUPT_MESSAGE'))
})

test('a batch that ends before it begins is refused, since readers go on from its end', () => {
  const bad = Buffer.from(fixture('v2 idempotent').bytes)
  bad.writeInt32BE(-1, 23)
  assert.throws(() => [...batches(bad)], hasCode('CORRUPT_MESSAGE'))
})

test('a magic that is not known is refused', () => {
  for (const magic of [3, 255]) {
    const bad = Buffer.from(fixture('v2 none').bytes)
    bad[16] = magic
    assert.throws(() => readBatchHeader(bad), /magic/)
  }
})

test('offsets and producer ids beyond what a number holds are refused', () => {
  for (const at of [0, 43]) {
    const bad = Buffer.from(fixture('v2 idempotent').bytes)
    bad.writeBigInt64BE(2n ** 53n, at)
    assert.throws(() => readBatchHeader(bad), hasCode('CORRUPT_MESSAGE'))
  }
})

test('a record count that the bytes cannot hold is refused before anything is read', () => {
  for (const count of [2 ** 31 - 1, 1000, -1, -(2 ** 31)]) {
    const bad = Buffer.from(fixture('v2 idempotent').bytes)
    bad.writeInt32BE(count, 57)
    assert.throws(() => toRecords(bad), hasCode('INVALID_RECORD'), `count ${count}`)
  }
})

test('more or fewer records than the header says are refused', () => {
  const { bytes } = fixture('v2 idempotent')
  for (const count of [0, 1]) {
    const bad = Buffer.from(bytes)
    bad.writeInt32BE(count, 57)
    assert.throws(() => toRecords(bad), /bytes behind its last record/)
  }
  assert.throws(() => toRecords(batchOf([12, 0, 0, 0, 1, 1, 0, 12, 0, 0], 2)), hasCode('INVALID_RECORD'))
})

/** Records as they stand in a batch: each breaks one rule. */
const malformed: Record<string, number[]> = {
  'a record longer than the batch': [14, 0, 0, 0, 1, 1, 0],
  'a record of negative length': [1, 0, 0, 0, 1, 1, 0],
  'a record of length 2^31−1': [0xfe, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 1, 1, 0],
  'a record length of eleven bytes': [...Array.from({ length: 10 }, () => 0x80), 0, 0, 0, 0, 1, 1, 0],
  'a record that is too short for its fields': [10, 0, 0, 0, 1, 1, 0],
  'a key longer than the record': [14, 0, 0, 0, 20, 65, 1, 0],
  'a key of length −2': [12, 0, 0, 0, 3, 1, 0],
  'a key of length 2^31−1': [20, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0x0f, 1, 0],
  'a value longer than the record': [14, 0, 0, 0, 1, 20, 65, 0],
  'a value of length −2': [12, 0, 0, 0, 1, 3, 0],
  'a value of length 2^31−1': [20, 0, 0, 0, 1, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0],
  'a value that leaves no room for the header count': [14, 0, 0, 0, 1, 4, 65, 65],
  'varints that run over the end of the record': [12, 0, 0x80, 0x80, 0x80, 0x80, 0x80],
}

for (const [what, bytes] of Object.entries(malformed)) {
  test(`${what} is refused`, () => {
    const batch = batchOf(bytes)
    verifyBatchCrc(readBatchHeader(batch))
    assert.throws(() => toRecords(batch), isTyped)
    assert.throws(() => checkRecords(readBatchHeader(batch)), isTyped)
  })
}

/** Header sections of a record: each breaks one rule. */
const malformedHeaders: Record<string, number[]> = {
  'a negative header count': [1],
  'more headers than bytes': [200, 1, 0],
  'a header with a key of length −1': [2, 1, 1],
  'a header with a key that is longer than the record': [2, 40, 1],
  'a header with a value that is longer than the record': [2, 2, 104, 40],
  'a header with a value of length −2': [2, 2, 104, 3],
}

for (const [what, section] of Object.entries(malformedHeaders)) {
  test(`${what} is refused`, () => {
    const body = [0, 0, 0, 1, 1, ...section]
    const batch = batchOf([body.length * 2, ...body])
    assert.throws(() => toRecords(batch), hasCode('INVALID_RECORD'))
    assert.throws(() => checkRecords(readBatchHeader(batch)), hasCode('INVALID_RECORD'))
  })
}

test('bytes between the headers and the end of a record are refused by the full check', () => {
  const batch = batchOf([16, 0, 0, 0, 1, 1, 0, 9, 9])
  assert.equal(toRecords(batch).length, 1)
  assert.throws(() => checkRecords(readBatchHeader(batch)), /left over/)
})

test('a batch that would become more than is allowed is refused', () => {
  const writer = new RecordBatchWriter()
  for (const name of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
    writer.append(1, null, Buffer.alloc(2 * 1024 * 1024))
    const header = readBatchHeader(writer.finish({ codec: codecs[name] }))
    const tooLarge = (error: unknown): boolean => error instanceof DecompressionError && error.tooLarge
    assert.throws(() => new RecordBatchCursor().open(header, 1024 * 1024), tooLarge, name)
    assert.throws(() => checkRecords(header, { decompressedBytesMax: 1024 * 1024 }), tooLarge, name)
    assert.equal(checkRecords(header).maxTimestamp, 1)
  }
})

test('compression ids that no codec has are refused', () => {
  for (const id of [5, 6, 7]) {
    const bad = Buffer.from(fixture('v2 idempotent').bytes)
    bad[22] = id
    assert.throws(() => toRecords(bad), hasCode('CORRUPT_MESSAGE'))
  }
})

test('a compressed message inside a compressed message is refused', () => {
  const wrapper = fixture('v1 gzip').bytes
  const inner = codecs.gzip.compress(wrapper)
  const nested = Buffer.concat([wrapper.subarray(0, 34), inner])
  nested.writeInt32BE(nested.length - 12, 8)
  nested.writeInt32BE(inner.length, 30)
  assert.throws(() => toRecords(nested), /in a compressed one/)
})

test('a message in a compressed one is held to its own checksum', () => {
  const wrapper = fixture('v1 gzip').bytes
  const messages = codecs.gzip.decompress(wrapper.subarray(34))
  messages[messages.length - 1]! ^= 1
  const inner = codecs.gzip.compress(messages)
  const damaged = Buffer.concat([wrapper.subarray(0, 34), inner])
  damaged.writeInt32BE(damaged.length - 12, 8)
  damaged.writeInt32BE(inner.length, 30)
  assert.throws(() => toRecords(damaged), /the message set at offset 53 .* is corrupt/)
})
