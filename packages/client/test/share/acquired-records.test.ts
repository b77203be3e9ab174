// Records out of an answer of a share session: those that were acquired, and what is said of other offsets at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordBatchWriter } from '@millrace/protocol'
import { bytesParts } from '../../src/serde/part.ts'
import { readAcquired, type SharePartitionData } from '../../src/share/acquired-records.ts'

const place = { topic: 't', topicId: 'T', partition: 0 }
const source = { topic: 't', partition: 0, parts: bytesParts('t') }
const options = { checkCrcs: true, decompressedMaxBytes: 1 << 20 }

/** A batch with records at these offsets, the first of which it begins with. */
function batch(from: number, to: number): Buffer {
  const writer = new RecordBatchWriter()
  writer.reset({ baseOffset: from })
  for (let offset = from; offset < to; offset++) writer.append(1_000, null, String(offset))
  return Buffer.from(writer.finish())
}

function read(bytes: Buffer, ranges: readonly (readonly [number, number, number])[]) {
  const acquiredRecords = ranges.map(([firstOffset, lastOffset, deliveryCount]) => ({
    firstOffset,
    lastOffset,
    deliveryCount,
  }))
  const data = { records: [bytes], acquiredRecords } as unknown as SharePartitionData
  const { records, others, errors } = readAcquired(place, data, source, options)
  return {
    records: records.map(record => [record.offset, record.deliveryCount, record.valueBytes!.toString()]),
    others: others.toBatches().map(each => [each.firstOffset, each.lastOffset, each.acknowledgeTypes[0]]),
    errors: errors.length,
  }
}

test('only what was acquired is read, each record with its number of deliveries', () => {
  assert.deepEqual(
    read(batch(0, 6), [
      [1, 2, 1],
      [4, 4, 3],
    ]),
    {
      records: [
        [1, 1, '1'],
        [2, 1, '2'],
        [4, 3, '4'],
      ],
      others: [],
      errors: 0,
    },
  )
})

test('offsets without a record are gaps, those of batches in between as well', () => {
  const bytes = Buffer.concat([batch(2, 4), batch(8, 10)])
  assert.deepEqual(read(bytes, [[0, 9, 1]]), {
    records: [
      [2, 1, '2'],
      [3, 1, '3'],
      [8, 1, '8'],
      [9, 1, '9'],
    ],
    others: [
      [0, 1, 0],
      [4, 7, 0],
    ],
    errors: 0,
  })
})

test('a long gap costs no more than a short one', () => {
  const { records, others } = read(batch(2 ** 40, 2 ** 40 + 1), [[0, 2 ** 40, 1]])
  assert.equal(records.length, 1)
  assert.deepEqual(others, [[0, 2 ** 40 - 1, 0]])
})

test('what was acquired and did not come is for another delivery', () => {
  assert.deepEqual(read(batch(0, 2), [[0, 5, 1]]).others, [[2, 5, 2]])
  assert.deepEqual(read(Buffer.alloc(0), [[0, 5, 1]]), { records: [], others: [[0, 5, 2]], errors: 0 })
})

test('a damaged batch is rejected and told, and those behind it are read', () => {
  const damaged = batch(0, 3)
  damaged[damaged.length - 1]! ^= 0xff
  assert.deepEqual(read(Buffer.concat([damaged, batch(3, 5)]), [[0, 4, 1]]), {
    records: [
      [3, 1, '3'],
      [4, 1, '4'],
    ],
    others: [[0, 2, 3]],
    errors: 1,
  })
})

test('bytes whose structure cannot be told are rejected as a whole', () => {
  const torn = batch(0, 3)
  torn[16] = 9
  assert.deepEqual(read(torn, [[0, 2, 1]]), { records: [], others: [[0, 2, 3]], errors: 1 })
})
