import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { largestTimestamp, RecordBatchWriter, RecordsError, readBatchHeader } from '@millrace/protocol'

const record = fc.record({
  timestamp: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  value: fc.option(fc.uint8Array({ maxLength: 300 }), { nil: null }),
})

function batchOf(records: readonly { timestamp: number; value: Uint8Array | null }[]): Buffer {
  const writer = new RecordBatchWriter()
  for (const { timestamp, value } of records) writer.append(timestamp, null, value)
  return Buffer.from(writer.finish())
}

test('the largest timestamp is that of the records, in whatever order and of whatever size they are', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 50 }), records => {
      const header = readBatchHeader(batchOf(records))
      assert.equal(largestTimestamp(header), Math.max(...records.map(({ timestamp }) => timestamp)))
    }),
  )
})

test('bytes that are no records end in a RecordsError, and nothing outside the batch is read', () => {
  const valid = batchOf([
    { timestamp: 1, value: Buffer.alloc(200) },
    { timestamp: 2, value: null },
  ])
  fc.assert(
    fc.property(fc.nat(valid.length - 62), fc.nat(255), fc.integer({ min: 1, max: 9 }), (at, byte, count) => {
      const damaged = Buffer.from(valid)
      damaged[61 + at] = byte
      damaged.writeInt32BE(count, 57)
      try {
        largestTimestamp(readBatchHeader(damaged))
      } catch (error) {
        assert.ok(error instanceof RecordsError)
      }
    }),
  )
})

test('a count that the bytes do not bear out is refused', () => {
  const batch = batchOf([
    { timestamp: 1, value: null },
    { timestamp: 2, value: null },
  ])
  for (const count of [1, 3]) {
    batch.writeInt32BE(count, 57)
    assert.throws(() => largestTimestamp(readBatchHeader(batch)), RecordsError)
  }
})
