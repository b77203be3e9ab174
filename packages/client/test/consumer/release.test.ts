// Batches that are given back: their memory serves the next fetch, and only theirs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FetchApi, RecordBatchWriter } from '@millrace/protocol'
import { Consumer, type ConsumerBatch, type ConsumerRecord, StateError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

const recordsPerBatch = 20
const recordBytes = 5_000

/** A value that tells its partition and offset all over. */
function valueOf(partition: number, offset: number): Buffer {
  return Buffer.alloc(recordBytes, `${partition}/${offset} `)
}

function batchOf(partition: number, baseOffset: number): Buffer {
  const writer = new RecordBatchWriter()
  writer.reset({ baseOffset })
  for (let index = 0; index < recordsPerBatch; index++)
    writer.append(1_000, null, valueOf(partition, baseOffset + index))
  return writer.finish()
}

/** Partitions without end; each answer has one batch of each. */
async function consume(
  partitions: number,
  batchCount: number,
  use: (batch: ConsumerBatch) => void,
): Promise<void> {
  const cluster = new FakeCluster()
  const { topicId } = cluster.topic(
    't',
    Array.from({ length: partitions }, () => 1),
  )
  cluster.on(FetchApi, ({ request }) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    sessionId: 0,
    responses: request.topics.map(topic => ({
      topicId,
      partitions: topic.partitions.map(({ partition, fetchOffset }) => ({
        partitionIndex: partition,
        errorCode: 0,
        highWatermark: 1_000_000,
        lastStableOffset: 1_000_000,
        records: [batchOf(partition, fetchOffset)],
      })),
    })),
  }))
  await using consumer = new Consumer({ brokers: cluster.bootstrap, network: cluster.network })
  consumer.assign(
    Array.from({ length: partitions }, (_, partition) => ({ topic: 't', partition, offset: 0 })),
  )
  let seen = 0
  for await (const batch of consumer.batches({ signal: AbortSignal.timeout(8_000) })) {
    use(batch)
    if (++seen === batchCount) break
  }
}

function check(record: ConsumerRecord): Buffer {
  const value = record.value!
  assert.ok(
    value.equals(valueOf(record.partition, record.offset)),
    `record ${record.offset} was written over`,
  )
  return value
}

test('memory of batches that are released is used again, and their records are whole until then', async () => {
  const memories = new Set<ArrayBufferLike>()
  await consume(1, 50, batch => {
    for (const record of batch) memories.add(check(record).buffer)
    batch.release()
  })
  assert.ok(memories.size <= 6, `${memories.size} buffers for 50 batches`)
})

test('batches that are not released stay as they are for ever', async () => {
  const kept: ConsumerRecord[] = []
  await consume(1, 50, batch => {
    kept.push(...batch)
  })
  for (const record of kept) check(record)
  assert.equal(kept.length, 50 * recordsPerBatch)
})

test('what came in one answer is written over only when all of it was released', async () => {
  const kept: ConsumerRecord[] = []
  await consume(3, 90, batch => {
    for (const record of batch) {
      check(record)
      if (batch.partition === 1) kept.push(record)
    }
    if (batch.partition !== 1) batch.release()
  })
  assert.equal(kept.length, 30 * recordsPerBatch)
  for (const record of kept) check(record)
})

test('released records cannot be read by mistake, and what was read stays readable', async () => {
  await consume(1, 2, batch => {
    const [first, second] = batch.toArray()
    check(first!)
    batch.release()
    batch.release()
    assert.equal(batch.next(), undefined)
    assert.throws(
      () => second!.value,
      (error: Error) => error instanceof StateError && /released/.test(error.message),
    )
    assert.throws(() => second!.keyBytes ?? second!.valueBytes, StateError)
    assert.equal(second!.offset, first!.offset + 1)
  })
})

test('what is left of a released batch counts as processed, like that of any other', async () => {
  const offsets: number[] = []
  await consume(1, 10, batch => {
    offsets.push(batch.next()!.offset)
    batch[Symbol.dispose]()
  })
  assert.deepEqual(
    offsets,
    Array.from({ length: 10 }, (_, index) => index * recordsPerBatch),
  )
})
