// What a broker does with a batch: refuse what producers must not send, stamp the header, leave the records alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type BatchHeader,
  sequenceAfter,
  checkProducedHeader,
  checkRecords,
  type Codec,
  codecs,
  compressionNames,
  type FinishOptions,
  RecordBatchCursor,
  RecordBatchWriter,
  RecordsError,
  readBatchHeader,
  readControlRecord,
  readProducedBatch,
  recompressBatch,
  RecordChecks,
  setBaseOffset,
  setLeaderEpoch,
  setLogAppendTime,
  setMaxTimestamp,
  setProducerState,
  toRecords,
  verifyBatchCrc,
  writeTransactionMarker,
} from '../../src/index.ts'
import { fixture } from './fixtures.ts'

function batch(options: FinishOptions = {}): Buffer {
  const writer = new RecordBatchWriter()
  for (let index = 0; index < 5; index++) writer.append(100 + index, `key-${index}`, `value ${index}`)
  return writer.finish(options)
}

function refuses(errorName: string, errorCode: number, pattern: RegExp): (error: unknown) => boolean {
  return error =>
    error instanceof RecordsError &&
    error.errorName === errorName &&
    error.errorCode === errorCode &&
    pattern.test(error.message)
}

test('a producer’s batch passes', () => {
  for (const name of compressionNames) {
    const header = readProducedBatch(
      batch({ codec: codecs[name], producerId: 1, producerEpoch: 0, baseSequence: 0 }),
    )
    assert.equal(header.recordCount, 5)
  }
  readProducedBatch(batch({ producerId: 1, producerEpoch: 0, baseSequence: 0, transactional: true }))
})

test('bytes that are not exactly one batch of magic 2 are refused', () => {
  const one = batch()
  assert.throws(() => readProducedBatch(Buffer.alloc(0)), refuses('INVALID_RECORD', 87, /no record batch/))
  assert.throws(
    () => readProducedBatch(Buffer.concat([one, one])),
    refuses('INVALID_RECORD', 87, /more than one/),
  )
  assert.throws(() => readProducedBatch(fixture('v1 none').bytes), refuses('INVALID_RECORD', 87, /magic 1/))
  assert.throws(() => readProducedBatch(one.subarray(0, -1)), refuses('CORRUPT_MESSAGE', 2, /cut off/))
})

test('a damaged batch is refused as corrupt', () => {
  const damaged = batch()
  damaged[70]! ^= 1
  assert.throws(
    () => readProducedBatch(damaged, undefined, 'orders-0'),
    refuses('CORRUPT_MESSAGE', 2, /orders-0/),
  )
})

/** Header fields that a producer must not send, and what is said about them. */
const refused: readonly [string, (header: BatchHeader) => void, string, number, RegExp][] = [
  ['a base offset', header => (header.baseOffset = 1), 'INVALID_RECORD', 87, /base offset 1/],
  ['no record', header => (header.recordCount = 0), 'INVALID_RECORD', 87, /0 records/],
  ['a negative count', header => (header.recordCount = -1), 'INVALID_RECORD', 87, /-1 records/],
  ['a gap', header => (header.lastOffsetDelta = 5), 'INVALID_RECORD', 87, /last offset delta of 5/],
  ['a control bit', header => (header.attributes |= 0x20), 'INVALID_RECORD', 87, /control/],
  ['a producer id without sequence', header => (header.producerId = 4), 'INVALID_RECORD', 87, /sequence -1/],
  [
    'a transaction without producer',
    header => (header.attributes |= 0x10),
    'INVALID_RECORD',
    87,
    /transactional/,
  ],
  ['an unknown codec', header => (header.attributes |= 7), 'UNSUPPORTED_COMPRESSION_TYPE', 76, /7/],
]

for (const [what, change, errorName, errorCode, pattern] of refused) {
  test(`a producer’s header with ${what} is refused`, () => {
    const header = readBatchHeader(batch())
    change(header)
    assert.throws(() => checkProducedHeader(header), refuses(errorName, errorCode, pattern))
  })
}

test('stamping offset and leader epoch leaves the checksum valid', () => {
  const bytes = batch({ codec: codecs.lz4 })
  const header = readBatchHeader(bytes)
  setBaseOffset(header, 2 ** 45 + 3)
  setLeaderEpoch(header, 17)
  const again = readBatchHeader(bytes)
  verifyBatchCrc(again)
  assert.equal(again.baseOffset, 2 ** 45 + 3)
  assert.equal(again.lastOffset, 2 ** 45 + 7)
  assert.equal(again.partitionLeaderEpoch, 17)
  assert.equal(toRecords(bytes)[4]!.offset, 2 ** 45 + 7)
})

test('stamping the broker’s time gives it to every record and computes the checksum anew', () => {
  const bytes = batch()
  setLogAppendTime(readBatchHeader(bytes), 1_700_000_000_000)
  const header = readBatchHeader(bytes)
  verifyBatchCrc(header)
  assert.ok(header.isLogAppendTime)
  assert.ok(toRecords(bytes).every(({ timestamp }) => timestamp === 1_700_000_000_000))
  assert.deepEqual(checkRecords(header), { maxTimestamp: 1_700_000_000_000, maxTimestampOffset: 0 })
})

test('a wrong largest timestamp is put right, and is then that of the records', () => {
  const bytes = batch()
  setLogAppendTime(readBatchHeader(bytes), 99)
  setMaxTimestamp(readBatchHeader(bytes), 5)
  const header = readBatchHeader(bytes)
  verifyBatchCrc(header)
  assert.deepEqual([header.maxTimestamp, header.isLogAppendTime], [5, false])
  assert.deepEqual(checkRecords(header), { maxTimestamp: 104, maxTimestampOffset: 4 })
})

test('a finished batch can go to another producer epoch and back', () => {
  const bytes = batch({ producerId: 1, producerEpoch: 0, baseSequence: 10 })
  const before = Buffer.from(bytes)
  setProducerState(readBatchHeader(bytes), {
    producerId: 2,
    producerEpoch: 3,
    baseSequence: 0,
    transactional: true,
  })
  const header = readBatchHeader(bytes)
  verifyBatchCrc(header)
  assert.deepEqual(
    [header.producerId, header.producerEpoch, header.baseSequence, header.isTransactional],
    [2, 3, 0, true],
  )
  setProducerState(header, { producerId: 1, producerEpoch: 0, baseSequence: 10, transactional: false })
  assert.deepEqual(bytes, before)
})

test('sequences wrap from 2^31−1 to 0', () => {
  assert.equal(sequenceAfter(2 ** 31 - 1, 1), 0)
  assert.equal(sequenceAfter(2 ** 31 - 2, 4), 2)
  const header = readBatchHeader(batch({ producerId: 1, producerEpoch: 0, baseSequence: 2 ** 31 - 3 }))
  assert.equal(header.lastSequence, 1)
})

test('a batch is compressed anew with its records and fields unchanged', () => {
  const bytes = batch({ codec: codecs.gzip, producerId: 1, producerEpoch: 2, baseSequence: 3 })
  const original = Buffer.from(bytes)
  for (const name of compressionNames) {
    const other = recompressBatch(readBatchHeader(bytes), codecs[name])
    const header = readBatchHeader(other)
    verifyBatchCrc(header)
    assert.equal(compressionNames[header.compression], name)
    assert.deepEqual([header.producerId, header.producerEpoch, header.baseSequence], [1, 2, 3])
    assert.deepEqual(toRecords(other), toRecords(bytes))
  }
  assert.deepEqual(bytes, original)
})

test('records without key are named when a key is required', () => {
  const writer = new RecordBatchWriter()
  for (const key of ['a', null, 'b', null]) writer.append(1, key, 'v')
  const header = readBatchHeader(writer.finish({ codec: codecs.zstd }))
  checkRecords(header)
  assert.throws(
    () => checkRecords(header, { keyRequired: true }),
    (error: unknown) => {
      assert.ok(error instanceof RecordsError)
      assert.equal(error.errorName, 'INVALID_RECORD')
      assert.deepEqual(error.recordIndexes, [1, 3])
      return true
    },
  )
})

test('records out of the time that is allowed are named', () => {
  const header = readBatchHeader(batch())
  checkRecords(header, { timestampMin: 100, timestampMax: 104 })
  assert.throws(
    () => checkRecords(header, { timestampMin: 101, timestampMax: 103 }),
    (error: unknown) => {
      assert.ok(error instanceof RecordsError)
      assert.equal(error.errorName, 'INVALID_TIMESTAMP')
      assert.deepEqual(error.recordIndexes, [0, 4])
      return true
    },
  )
})

test('checked some records at a time, the same is found and refused as at once', () => {
  const times = [3, 1, 9, 2, 9, 4, 5]
  const writer = new RecordBatchWriter()
  const good = (codec: Codec) => {
    for (const time of times) writer.append(time, null, 'v')
    return readBatchHeader(writer.finish({ codec }))
  }
  for (const codec of Object.values(codecs)) {
    const header = good(codec)
    for (const size of [1, 2, 6, 7, 100]) {
      const checks = new RecordChecks(header)
      for (let step = 1; step * size < times.length; step++) assert.equal(checks.step(size), undefined)
      assert.deepEqual(checks.step(size), checkRecords(header))
      const refused = new RecordChecks(header, { keyRequired: true })
      assert.throws(
        () => {
          while (!refused.step(size));
        },
        (error: unknown) => error instanceof RecordsError && error.recordIndexes.length === times.length,
      )
    }
  }
})

test('offsets that do not count up are refused', () => {
  const writer = new RecordBatchWriter()
  writer.appendAt(0, 1, null, 'a')
  writer.appendAt(2, 1, null, 'b')
  assert.throws(() => checkRecords(readBatchHeader(writer.finish())), /record 1 .* has offset 2/)
})

test('transaction markers say what ended and who ended it', () => {
  for (const commit of [true, false]) {
    const bytes = writeTransactionMarker({
      producerId: 8,
      producerEpoch: 1,
      coordinatorEpoch: 77,
      commit,
      timestamp: 5,
    })
    const header = readBatchHeader(bytes)
    assert.ok(header.isControl && header.isTransactional)
    const cursor = new RecordBatchCursor().open(header)
    assert.ok(cursor.next())
    assert.deepEqual(readControlRecord(cursor), { type: commit ? 1 : 0, coordinatorEpoch: 77 })
    assert.deepEqual(toRecords(bytes), [])
  }
})
