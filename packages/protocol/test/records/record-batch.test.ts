// What is written with RecordBatchWriter comes back through cursors, whatever the records are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  BatchHeader,
  BufferPool,
  type CompressionName,
  checkRecords,
  codecs,
  compressionNames,
  forEachRecord,
  isSameTimestamp,
  RecordBatchCursor,
  RecordBatchWriter,
  readBatchHeader,
  recordSizeUpperBound,
  toRecords,
  updateBatchCrc,
  verifyBatchCrc,
} from '../../src/index.ts'

const bytesOrText = fc.oneof(
  fc.constant(null),
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ maxLength: 120 }),
  fc.string({ maxLength: 120, unit: 'grapheme' }),
)
const header = fc.record({ key: fc.string({ maxLength: 80, unit: 'grapheme' }), value: bytesOrText })
const record = fc.record({
  timestamp: fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: -(2 ** 40), max: 2 ** 51 }),
    fc.integer({ min: 0, max: 2 ** 51 }),
  ),
  key: bytesOrText,
  value: bytesOrText,
  headers: fc.array(header, { maxLength: 4 }),
})

function bytesOf(value: Uint8Array | string | null): Buffer | null {
  return value === null ? null : Buffer.from(value)
}

test('records come back as they were written, with every codec', () => {
  const pool = new BufferPool()
  const writer = new RecordBatchWriter({ pool })
  const reused = new BatchHeader()
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 90 }),
      fc.constantFrom<CompressionName>(...compressionNames),
      (records, codec) => {
        let size = writer.sizeInBytes
        for (const { timestamp, key, value, headers } of records) {
          const added = writer.append(timestamp, key, value, headers)
          assert.ok(added <= recordSizeUpperBound(key, value, headers))
          size += added
          assert.equal(writer.sizeInBytes, size)
        }
        const batch = writer.finish({ codec: codecs[codec] })
        assert.equal(writer.recordCount, 0)
        readBatchHeader(batch, 0, reused)
        verifyBatchCrc(reused)
        assert.equal(reused.sizeInBytes, batch.length)
        assert.equal(reused.recordCount, records.length)
        assert.equal(reused.lastOffsetDelta, records.length - 1)
        assert.equal(reused.baseTimestamp, records[0]!.timestamp)
        assert.equal(reused.maxTimestamp, Math.max(...records.map(({ timestamp }) => timestamp)))
        assert.equal(checkRecords(reused).maxTimestamp, Math.max(-1, reused.maxTimestamp))
        assert.deepEqual(
          toRecords(batch),
          records.map(({ timestamp, key, value, headers }, index) => ({
            offset: index,
            timestamp,
            key: bytesOf(key),
            value: bytesOf(value),
            headers: headers.map(one => ({ key: one.key, value: bytesOf(one.value) })),
          })),
        )
        pool.release(batch)
      },
    ),
    { numRuns: 150 },
  )
})

test('a record that would pass the limit leaves the batch as it is', () => {
  const writer = new RecordBatchWriter()
  writer.append(5, 'key', 'value')
  const before = writer.sizeInBytes
  assert.equal(writer.tryAppend(before + 10, 5, null, 'x'.repeat(20)), -1)
  assert.equal(writer.sizeInBytes, before)
  const exact = writer.tryAppend(before + 27, 5, null, 'x'.repeat(20))
  assert.equal(exact, 27)
  assert.equal(writer.sizeInBytes, before + exact)
  assert.equal(toRecords(writer.finish()).length, 2)
})

test('text readers give what was written', () => {
  const writer = new RecordBatchWriter()
  writer.append(1, 'clé', 'größer')
  writer.append(1, null, null)
  const seen: (string | null)[] = []
  forEachRecord(writer.finish(), cursor => seen.push(cursor.keyString(), cursor.valueString()))
  assert.deepEqual(seen, ['clé', 'größer', null, null])
})

test('a batch compressed on the thread pool holds what one compressed at once does', async () => {
  for (const name of compressionNames) {
    const writer = new RecordBatchWriter()
    const fill = (): void => {
      for (let index = 0; index < 2000; index++)
        writer.append(1000 + index, `key-${index}`, `value ${index % 7}`)
    }
    fill()
    const first = writer.finish({ codec: codecs[name], producerId: 7, producerEpoch: 1, baseSequence: 9 })
    fill()
    const pending = writer.finishAsync({
      codec: codecs[name],
      producerId: 7,
      producerEpoch: 1,
      baseSequence: 9,
    })
    writer.append(1, null, 'of the next batch')
    const second = await pending
    assert.deepEqual(toRecords(second), toRecords(first), name)
    assert.equal(readBatchHeader(second).baseSequence, 9)
    verifyBatchCrc(readBatchHeader(second))
    assert.equal(toRecords(writer.finish())[0]!.value!.toString(), 'of the next batch')
  }
})

test('offsets with gaps survive, as after compaction, and records are copied as they are', () => {
  const source = new RecordBatchWriter()
  source.reset({ baseOffset: 1000 })
  for (let index = 0; index < 10; index++)
    source.append(5000 - index, `k${index}`, `v${index}`, [{ key: 'h', value: String(index) }])
  const batch = source.finish({ codec: codecs.lz4, producerId: 3, producerEpoch: 0, baseSequence: 20 })

  const writer = new RecordBatchWriter()
  const header = readBatchHeader(batch)
  writer.reset({ baseOffset: header.baseOffset, baseTimestamp: 777 })
  const cursor = new RecordBatchCursor().open(header)
  while (cursor.next()) if (cursor.offset % 3 === 0) writer.appendFrom(cursor)
  const compacted = writer.finish({ lastOffset: header.lastOffset, deleteHorizonMs: 777 })

  const kept = readBatchHeader(compacted)
  verifyBatchCrc(kept)
  assert.equal(kept.baseOffset, 1000)
  assert.equal(kept.lastOffset, 1009)
  assert.equal(kept.deleteHorizonMs, 777)
  assert.equal(kept.maxTimestamp, 4998)
  assert.deepEqual(
    toRecords(compacted),
    toRecords(batch).filter(({ offset }) => offset % 3 === 0),
  )
})

test('a compacted batch may be empty and still say where it ends', () => {
  const writer = new RecordBatchWriter()
  writer.reset({ baseOffset: 40, baseTimestamp: 9 })
  const batch = writer.finish({ lastOffset: 49, producerId: 5, producerEpoch: 2, baseSequence: 1 })
  const header = readBatchHeader(batch)
  assert.equal(header.sizeInBytes, 61)
  assert.equal(header.nextOffset, 50)
  assert.equal(header.lastSequence, 10)
  assert.equal(new RecordBatchCursor().open(header).next(), false)
})

test('a batch without records is refused', () => {
  assert.throws(() => new RecordBatchWriter().finish(), /without records/)
})

test('timestamps that are not whole milliseconds are refused and change nothing', () => {
  const writer = new RecordBatchWriter()
  for (const timestamp of [1.5, Number.NaN, 2 ** 53, Infinity])
    assert.throws(() => writer.append(timestamp, null, 'v'), RangeError)
  writer.append(1, null, 'v')
  assert.throws(() => writer.append(1.5, null, 'v'), RangeError)
  assert.equal(toRecords(writer.finish()).length, 1)
})

test('a time set by the broker is every record’s time', () => {
  const writer = new RecordBatchWriter()
  writer.append(1, null, 'a')
  writer.append(2, null, 'b')
  const batch = writer.finish({ logAppendTimeMs: 99 })
  assert.deepEqual(
    toRecords(batch).map(({ timestamp }) => timestamp),
    [99, 99],
  )
})

test('a value without a length is refused and changes nothing', () => {
  const writer = new RecordBatchWriter()
  assert.throws(() => writer.append(1, null, 42 as unknown as string), TypeError)
  assert.equal(writer.sizeInBytes, 61)
})

test('timestamps of 64 bits are read as the nearest number, in the header and in every record', () => {
  const base = 1_764_460_000_123_456_789n
  const delta = 3_000_000_001n
  const zigzag = (value: bigint) => {
    const bytes: number[] = []
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
    for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
    return Buffer.from([...bytes, Number(rest)])
  }
  for (const [from, difference] of [
    [base, delta],
    [0n, base],
    [base, -base],
    [-1n, 2n ** 63n - 1n],
    [0n, -(2n ** 63n)],
  ] as const) {
    const time = zigzag(difference)
    // Attributes, timestamp delta, offset delta 0, null key, empty value, no headers.
    const body = Buffer.concat([Buffer.of(0), time, Buffer.of(0, 1, 0, 0)])
    const header = new RecordBatchWriter()
    header.append(0, null, '')
    const batch = Buffer.concat([header.finish({}).subarray(0, 61), zigzag(BigInt(body.length)), body])
    batch.writeInt32BE(batch.length - 12, 8)
    batch.writeBigInt64BE(from, 27)
    batch.writeBigInt64BE(from + difference, 35)
    const read = updateAndRead(batch)
    assert.equal(read.maxTimestamp, Number(from + difference))
    const cursor = new RecordBatchCursor().open(read)
    assert.ok(cursor.next())
    const { maxTimestamp } = checkRecords(read)
    const exact = Number(from + difference)
    assert.ok(isSameTimestamp(exact, cursor.timestamp), `${cursor.timestamp} is ${exact}`)
    assert.ok(isSameTimestamp(Math.max(exact, -1), maxTimestamp), `${maxTimestamp} is ${exact}`)
    assert.equal(cursor.next(), false)
  }
})

function updateAndRead(batch: Buffer): BatchHeader {
  const header = readBatchHeader(batch)
  updateBatchCrc(header)
  return header
}
