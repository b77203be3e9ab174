// One partition's leader, spoken to directly, against a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialLeader, OperationTimeoutError, PositionError, Producer } from '@millrace/client'
import { withCluster } from '@millrace/testkit'

const timeout = 60_000
const first = 1_700_000_000_000

test('what is written is read back, by offset, by end and by time', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using partition = await dialLeader({ brokers, compression: 'lz4' }, topic, 0)
    assert.equal(await partition.readBatch({ maxWaitMs: 0 }), undefined, 'nothing is there')
    assert.equal(partition.offset, 0)
    for (let round = 0; round < 3; round++) {
      const { baseOffset, logAppendTime } = await partition.write(
        Array.from({ length: 10 }, (_, index) => ({
          key: `k${index}`,
          value: `${round}:${index}`,
          headers: { round: String(round) },
          timestamp: first + round * 1_000 + index,
        })),
      )
      assert.deepEqual([baseOffset, logAppendTime], [round * 10, undefined])
    }
    const values: string[] = []
    while (values.length < 30) {
      const batch = await partition.readBatch({ maxWaitMs: 1_000 })
      for (const record of batch!)
        values.push(`${String(record.key)} ${String(record.value)} ${record.header('round')}`)
    }
    assert.deepEqual([values[0], values[29]], ['k0 0:0 0', 'k9 2:9 2'])
    assert.equal(await partition.offsetOf('latest'), 30)
    assert.equal(await partition.seek({ timestamp: first + 1_000 }), 10)
    const batch = (await partition.readBatch())!
    assert.equal(batch.firstOffset, 10)
    assert.equal(batch.next()!.value!.toString(), '1:0')
    assert.equal(await partition.offsetOf({ timestamp: first + 60_000 }), undefined)
    await partition.seek(31)
    await assert.rejects(partition.readBatch({ maxWaitMs: 0 }), PositionError)
  }),
)

test('limits in bytes are kept to', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using partition = await dialLeader({ brokers }, topic, 0)
    for (let round = 0; round < 20; round++) await partition.write([{ value: Buffer.alloc(1_000) }])
    await partition.seek('earliest')
    const small = (await partition.readBatch({ maxBytes: 3_500 }))!
    assert.equal(small.toArray().length, 3, 'three batches of a little over a thousand bytes')
    const one = (await partition.readBatch({ maxBytes: 10 }))!
    assert.equal(one.toArray().length, 1, 'a batch that is larger comes all the same')
    assert.equal((await partition.readBatch())!.toArray().length, 16)
    // There is less than what is worth an answer: what there is comes when the wait is over.
    await partition.write([{ value: 'last' }])
    const since = performance.now()
    const last = (await partition.readBatch({ minBytes: 100_000, maxWaitMs: 300 }))!
    assert.equal(last.next()!.value!.toString(), 'last')
    assert.ok(performance.now() - since >= 250)
  }),
)

test('records that are there are not waited for, and those that come end a wait', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using partition = await dialLeader({ brokers }, topic, 0)
    await partition.write([{ value: 'there' }])
    const since = performance.now()
    assert.ok(await partition.readBatch({ minBytes: 1, maxWaitMs: 10_000 }))
    assert.ok(performance.now() - since < 2_000)
    const coming = partition.readBatch({ minBytes: 1, maxWaitMs: 10_000 })
    // The write does not wait behind the read.
    await partition.write([{ value: 'coming' }])
    assert.equal((await coming)!.next()!.value!.toString(), 'coming')
    assert.ok(performance.now() - since < 4_000)
  }),
)

test('a deadline ends a wait', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using partition = await dialLeader({ brokers }, topic, 0)
    partition.setReadDeadline(new Date(Date.now() + 150))
    await partition.readBatch({ minBytes: 1, maxWaitMs: 10_000 }).then(
      batch => assert.equal(batch, undefined, 'the broker was faster'),
      (error: Error) => assert.ok(error instanceof OperationTimeoutError),
    )
    // A broker that was faster may have been so by less than a millisecond.
    partition.setReadDeadline(new Date(Date.now() - 1))
    await assert.rejects(partition.readBatch(), OperationTimeoutError)
    partition.setDeadline(undefined)
    await partition.write([{ value: 'a' }])
    assert.ok(await partition.readBatch())
  }),
)

test('with read_committed the end is that of what is decided', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers })
    await producer.send({ topic, partition: 0, value: 'a' })
    await using partition = await dialLeader({ brokers, isolationLevel: 'read_committed' }, topic, 0)
    assert.equal(await partition.offsetOf('latest'), 1)
    assert.equal((await partition.readBatch())!.next()!.value!.toString(), 'a')
  }),
)
