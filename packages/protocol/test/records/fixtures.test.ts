// Bytes that Kafka's own classes wrote are read as Kafka reads them, and ours are the same bytes where the format leaves no choice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  crc32c,
  murmur2,
  murmur2String,
  RecordBatchWriter,
  readBatchHeader,
  toRecords,
  writeTransactionMarker,
  setBaseOffset,
} from '../../src/index.ts'
import { describeBatches } from './describe.ts'
import { fixture, fixtures } from './fixtures.ts'

for (const { name, bytes, lines } of fixtures.filter(each => each.name !== 'hashes')) {
  test(`batches that Kafka wrote are read as Kafka reads them: ${name}`, () => {
    assert.ok(lines.length > 1 && bytes.length > 26)
    assert.deepEqual(describeBatches(bytes), lines)
  })
}

test('records written here are the bytes that Kafka writes', () => {
  const { bytes } = fixture('v2 none')
  const writer = new RecordBatchWriter()
  for (const { timestamp, key, value, headers } of toRecords(bytes))
    writer.append(timestamp, key, value, headers)
  assert.deepEqual(writer.finish(), bytes)
})

test('the producer’s fields stand where Kafka puts them', () => {
  const { bytes } = fixture('v2 idempotent')
  const writer = new RecordBatchWriter()
  writer.append(1000, 'a', '1')
  writer.append(1010, 'b', '2')
  assert.deepEqual(
    writer.finish({ producerId: 4_000_000_000, producerEpoch: 3, baseSequence: 2_147_483_647 }),
    bytes,
  )
  assert.equal(readBatchHeader(bytes).lastSequence, 0)
})

test('offsets, leader epoch and delete horizon of a compacted batch are the bytes that Kafka writes', () => {
  const { bytes } = fixture('v2 compacted with delete horizon')
  const writer = new RecordBatchWriter()
  writer.reset({ baseOffset: 100, baseTimestamp: 9000 })
  writer.appendAt(101, 8000, 'k', 'v')
  writer.appendAt(105, 8500, 'gone', null)
  const batch = writer.finish({
    lastOffset: 109,
    deleteHorizonMs: 9000,
    producerId: 9,
    producerEpoch: 1,
    baseSequence: 30,
    partitionLeaderEpoch: 4,
  })
  assert.deepEqual(batch, bytes)
})

test('transaction markers are the bytes that Kafka writes', () => {
  const common = { producerId: 9, producerEpoch: 1, partitionLeaderEpoch: 2 }
  const commit = writeTransactionMarker({ ...common, coordinatorEpoch: 11, commit: true, timestamp: 5000 })
  setBaseOffset(readBatchHeader(commit), 20)
  assert.deepEqual(commit, fixture('v2 commit marker').bytes)
  const abort = writeTransactionMarker({ ...common, coordinatorEpoch: 12, commit: false, timestamp: 5001 })
  setBaseOffset(readBatchHeader(abort), 21)
  assert.deepEqual(abort, fixture('v2 abort marker').bytes)
})

test('murmur2 and CRC-32C are those of Java', () => {
  const { lines } = fixture('hashes')
  assert.ok(lines.length > 30)
  for (const line of lines) {
    const [, hex, hash, crc] = /^hash '([0-9a-f]*)' murmur2=(-?\d+) crc32c=(\d+)$/.exec(line) ?? []
    const bytes = Buffer.from(hex!, 'hex')
    assert.equal(murmur2(bytes), Number(hash), line)
    assert.equal(crc32c(bytes), Number(crc), line)
    const text = bytes.toString()
    if (Buffer.from(text).equals(bytes)) assert.equal(murmur2String(text), Number(hash), line)
  }
})
