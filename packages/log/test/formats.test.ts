// Files are byte for byte what Kafka writes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeEpochs, decodeOffsets, encodeEpochs, encodeOffsets } from '../src/format/checkpoint-file.ts'
import {
  decodeMetaProperties,
  encodeCleanShutdown,
  encodeMetaProperties,
} from '../src/format/meta-properties.ts'
import { decodePartitionMetadata, encodePartitionMetadata } from '../src/format/partition-metadata.ts'
import { OffsetIndex } from '../src/segment/offset-index.ts'
import { ProducerEntry } from '../src/producers/producer-entry.ts'
import { decodeSnapshot, encodeSnapshot } from '../src/producers/producer-snapshot.ts'
import {
  parsePartitionDirectoryName,
  parseSegmentFileName,
  removedDirectoryName,
  segmentFileName,
} from '../src/format/segment-name.ts'
import { TimeIndex } from '../src/segment/time-index.ts'
import { decodeAborted, encodeAborted } from '../src/segment/transaction-index.ts'
import { goldenFormats } from './golden-formats.ts'

function golden(name: string): Buffer {
  return Buffer.from(goldenFormats.get(name)!, 'hex')
}

test('the offset index is written as Kafka writes it and read back', () => {
  const index = new OffsetIndex(80)
  index.append(7, 4200)
  index.append(2 ** 31 - 1, 1_000_000_000)
  const bytes = golden('00000000000000000100.index')
  assert.deepEqual(index.bytes(), bytes)
  const read = OffsetIndex.parse(bytes, 80, 2_000_000_000)
  assert.equal(read.count, 2)
  assert.equal(read.lookup(6), 0)
  assert.equal(read.lookup(7), 4200)
  assert.equal(read.lookup(2 ** 31 - 1), 1_000_000_000)
})

test('the time index is written as Kafka writes it and read back', () => {
  const index = new TimeIndex(120)
  index.maybeAppend(1_700_000_000_000, 7)
  index.maybeAppend(1_700_000_000_000, 9)
  index.maybeAppend(1_700_000_000_001, 1900)
  const bytes = golden('00000000000000000100.timeindex')
  assert.deepEqual(index.bytes(), bytes)
  assert.deepEqual(TimeIndex.parse(bytes, 120).last(), { timestamp: 1_700_000_000_001, relativeOffset: 1900 })
})

test('aborted transactions are written as Kafka writes them and read back', () => {
  const entries = [
    { producerId: 4_000_000_000, firstOffset: 101, lastOffset: 150, lastStableOffset: 140 },
    { producerId: 5, firstOffset: 140, lastOffset: 160, lastStableOffset: 161 },
  ]
  const bytes = golden('00000000000000000100.txnindex')
  assert.deepEqual(encodeAborted(entries), bytes)
  assert.deepEqual(decodeAborted(bytes), entries)
  assert.deepEqual(decodeAborted(bytes.subarray(0, 60)), entries.slice(0, 1), 'a torn entry is left out')
})

function goldenProducers(): ProducerEntry[] {
  const seven = new ProducerEntry(7, 3)
  seven.remember({
    lastSequence: 2 ** 31 - 1,
    lastOffset: 1234,
    offsetDelta: 9,
    timestamp: 1_700_000_000_000,
  })
  const eight = new ProducerEntry(8, 0)
  eight.coordinatorEpoch = 5
  eight.lastTimestamp = 1_700_000_000_002
  eight.currentTxnFirstOffset = 1200
  return [seven, eight]
}

test('a producer snapshot is written as Kafka writes it and read back', () => {
  const bytes = golden('00000000000000001235.snapshot')
  assert.deepEqual(encodeSnapshot(goldenProducers(), 2), bytes)
  assert.deepEqual(decodeSnapshot(bytes), goldenProducers())
})

test('a damaged snapshot is recognised, whichever byte is wrong', () => {
  const bytes = golden('00000000000000001235.snapshot')
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at]! ^= 0x10
    assert.equal(decodeSnapshot(damaged), undefined, `byte ${at}`)
  }
  for (let length = 0; length < bytes.length; length++) {
    assert.equal(decodeSnapshot(bytes.subarray(0, length)), undefined, `cut to ${length}`)
  }
})

test('the text files are written as Kafka writes them and read back', () => {
  const epochs = [
    { epoch: 0, startOffset: 0 },
    { epoch: 5, startOffset: 1200 },
  ]
  assert.deepEqual(encodeEpochs(epochs), golden('leader-epoch-checkpoint'))
  assert.deepEqual(decodeEpochs('x', golden('leader-epoch-checkpoint')), epochs)
  assert.deepEqual(encodePartitionMetadata('AAECAwQFBgcICQoLDA0ODw'), golden('partition.metadata'))
  assert.equal(decodePartitionMetadata('x', golden('partition.metadata')), 'AAECAwQFBgcICQoLDA0ODw')
  const offsets = new Map([['orders.v1-eu-12', Number.MAX_SAFE_INTEGER]])
  assert.deepEqual(encodeOffsets(offsets), golden('recovery-point-offset-checkpoint'))
  assert.deepEqual(decodeOffsets('x', golden('recovery-point-offset-checkpoint')), offsets)
  assert.deepEqual(encodeCleanShutdown(), golden('.kafka_cleanshutdown'))
})

test('meta.properties survives a round trip and is read as Java writes it', () => {
  const properties = { clusterId: 'AAECAwQFBgcICQoLDA0ODw', nodeId: 3, directoryId: 'BBECAwQFBgcICQoLDA0ODw' }
  assert.deepEqual(decodeMetaProperties('x', encodeMetaProperties(properties)), properties)
  const javas =
    '#\n#Sat Nov 21 09:00:00 UTC 2026\ncluster.id=AAECAwQFBgcICQoLDA0ODw\nversion=1\ndirectory.id=BBECAwQFBgcICQoLDA0ODw\nnode.id=3\n'
  assert.deepEqual(decodeMetaProperties('x', Buffer.from(javas)), properties)
})

test('text files of another version or with the wrong number of lines are refused', () => {
  assert.throws(() => decodeOffsets('some/file', Buffer.from('1\n0\n')), /some\/file has version "1"/)
  assert.throws(() => decodeOffsets('f', Buffer.alloc(0)), /f is empty/)
  assert.throws(() => decodeOffsets('f', Buffer.from('0\n2\na 0 1\n')), /announces 2 entries and has 1/)
  // Torn within the last number: what is left would be another offset.
  assert.throws(() => decodeOffsets('f', Buffer.from('0\n1\na 0 12')), /f ends in the middle of a line/)
  assert.throws(() => decodeOffsets('f', Buffer.from('0\n1\na x 1\n')), /the line "a x 1"/)
  assert.throws(() => decodeMetaProperties('m', Buffer.from('version=2\n')), /version 2/)
  assert.throws(() => decodePartitionMetadata('p', Buffer.from('version: 1\ntopic_id: x')), /version 1/)
  assert.equal(decodePartitionMetadata('p', Buffer.from('')), undefined)
  assert.equal(decodePartitionMetadata('p', Buffer.alloc(43)), undefined)
})

test('pre-allocated and torn index files are read up to their last entry', () => {
  const offsets = Buffer.concat([golden('00000000000000000100.index'), Buffer.alloc(80)])
  assert.equal(OffsetIndex.parse(offsets, 1000, 2_000_000_000).count, 2)
  assert.equal(OffsetIndex.parse(offsets.subarray(0, 13), 1000, 2_000_000_000).count, 1)
  assert.equal(
    OffsetIndex.parse(offsets, 1000, 1_000_000_000).count,
    1,
    'entries beyond the log are left out',
  )
  assert.equal(OffsetIndex.parse(Buffer.alloc(80), 1000, 100).count, 0)
  const times = Buffer.concat([golden('00000000000000000100.timeindex'), Buffer.alloc(24)])
  assert.equal(TimeIndex.parse(times, 1000).count, 2)
  assert.equal(TimeIndex.parse(Buffer.alloc(24), 1000).count, 0)
})

test('names of files and directories are told apart', () => {
  assert.equal(segmentFileName(42, '.log'), '00000000000000000042.log')
  assert.deepEqual(parseSegmentFileName('00000000000000000042.timeindex'), {
    offset: 42,
    suffix: '.timeindex',
  })
  assert.equal(parseSegmentFileName('00000000000000000042.log.deleted'), undefined)
  assert.equal(parseSegmentFileName('00000000000000000042-0000000003.checkpoint'), undefined)
  assert.deepEqual(parsePartitionDirectoryName('a-b-12'), { topic: 'a-b', partition: 12 })
  assert.equal(parsePartitionDirectoryName('lost+found'), undefined)
  const removed = removedDirectoryName(`${'t'.repeat(249)}-0`, 'f'.repeat(32), '-delete')
  assert.equal(removed.length, 255, 'no longer than a file system allows')
})
