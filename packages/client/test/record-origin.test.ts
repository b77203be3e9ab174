// What records of one batch share is kept once, and is each record's own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codecs, type FinishOptions, RecordBatchWriter } from '@millrace/protocol'
import { ConsumerBatch } from '../src/consumer/batch.ts'
import { bytesParts } from '../src/serde/part.ts'
import { FetchedChunk } from '../src/consumer/fetched-chunk.ts'
import { PartitionState } from '../src/consumer/partition-state.ts'

/** A batch of `count` records, as a broker gives it to consumers. */
function batchOf(count: number, baseOffset: number, options: FinishOptions): Buffer {
  const writer = new RecordBatchWriter()
  writer.reset({ baseOffset })
  for (let index = 0; index < count; index++)
    writer.tryAppend(1e6, 1_700_000_000_000 + index, null, `value ${index}`)
  return writer.finish(options)
}

function recordsOf(...batches: Buffer[]) {
  const chunk = new FetchedChunk({
    topic: 'orders',
    partition: 0,
    bytes: Buffer.concat(batches),
    fetchOffset: 0,
    aborted: undefined,
    checkCrcs: false,
    decompressedMaxBytes: 1e6,
  })
  const source = { topic: 'orders', partition: 0, parts: bytesParts('orders') }
  return new ConsumerBatch(chunk, source, new PartitionState('orders', 0)).toArray()
}

test('records keep what the log says of their own batch, after later batches were read too', () => {
  const plain = batchOf(2, 0, { partitionLeaderEpoch: 3 })
  const appendTime = batchOf(1, 2, { partitionLeaderEpoch: 4, codec: codecs.gzip, logAppendTimeMs: 5 })
  const transactional = batchOf(2, 3, {
    partitionLeaderEpoch: 4,
    producerId: 77,
    producerEpoch: 5,
    baseSequence: 0,
    transactional: true,
  })
  const records = recordsOf(plain, appendTime, transactional)
  assert.deepEqual(
    records.map(record => [
      record.offset,
      record.value?.toString(),
      record.leaderEpoch,
      record.timestampType,
      record.compression,
      record.producerId,
      record.producerEpoch,
      record.isTransactional,
    ]),
    [
      [0, 'value 0', 3, 'CreateTime', 'none', -1, -1, false],
      [1, 'value 1', 3, 'CreateTime', 'none', -1, -1, false],
      [2, 'value 0', 4, 'LogAppendTime', 'gzip', -1, -1, false],
      [3, 'value 0', 4, 'CreateTime', 'none', 77, 5, true],
      [4, 'value 1', 4, 'CreateTime', 'none', 77, 5, true],
    ],
  )
})

test('each difference between two batches is seen', () => {
  const first = { partitionLeaderEpoch: 1, producerId: 1, producerEpoch: 1, baseSequence: 0 }
  const shown = (options: FinishOptions) => {
    const [, record] = recordsOf(batchOf(1, 0, first), batchOf(1, 1, { ...first, ...options }))
    return [record?.leaderEpoch, record?.producerId, record?.producerEpoch, record?.compression]
  }
  assert.deepEqual(shown({}), [1, 1, 1, 'none'])
  assert.deepEqual(shown({ partitionLeaderEpoch: 2 }), [2, 1, 1, 'none'])
  assert.deepEqual(shown({ producerId: 2 }), [1, 2, 1, 'none'])
  assert.deepEqual(shown({ producerEpoch: 2 }), [1, 1, 2, 'none'])
  assert.deepEqual(shown({ codec: codecs.zstd }), [1, 1, 1, 'zstd'])
})
