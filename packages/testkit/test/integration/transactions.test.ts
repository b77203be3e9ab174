// The client's transactions against a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Admin,
  Consumer,
  GroupError,
  Producer,
  ProducerFencedError,
  RecordTooLargeError,
  topic as defineTopic,
  TransactionAbortableError,
  TransactionFatalError,
} from '@millrace/client'
import { eventually, readCommitted, readTopic, takeRecords, withCluster } from '@millrace/testkit'

const timeout = 120_000

/** The values that readers see: of committed transactions alone, or of all. */
async function valuesOf(
  brokers: readonly string[],
  topic: string,
  level: 'read_committed' | 'read_uncommitted' = 'read_committed',
): Promise<string[]> {
  return (await readTopic(brokers, topic, 1, level)).map(({ value }) => value!.toString())
}

/** The values of committed transactions, of which none is open any more. */
async function committedOf(brokers: readonly string[], topic: string): Promise<string[]> {
  return (await readCommitted(brokers, topic)).map(({ value }) => value!.toString())
}

test('readers of committed data see what is committed, and nothing of what is aborted', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers, transactionalId: uniqueName('id') })
    await producer.transaction(transaction => transaction.send({ topic, value: 'a' }))
    await assert.rejects(
      producer.transaction(async transaction => {
        await transaction.send({ topic, value: 'aborted' })
        throw new Error('mine')
      }),
      /mine/,
    )
    await producer.beginTransaction()
    await producer.send([
      { topic, value: 'b' },
      { topic, value: 'c' },
    ])
    assert.deepEqual(await valuesOf(brokers, topic), ['a'])
    await producer.commitTransaction()
    // Markers are written behind the answer to the commit.
    await eventually(
      'what was committed is seen',
      async () => (await valuesOf(brokers, topic)).join() === 'a,b,c',
    )
    assert.deepEqual(await valuesOf(brokers, topic, 'read_uncommitted'), ['a', 'aborted', 'b', 'c'])
  }),
)

test(
  'many transactions over several partitions, every third aborted: all of the others, in order',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const partitions = 3
      const topic = await createTopic({ partitions })
      await using producer = new Producer({ brokers, transactionalId: uniqueName('id') })
      const expected: string[][] = Array.from({ length: partitions }, () => [])
      for (let round = 0; round < 60; round++) {
        await producer.beginTransaction()
        for (let index = 0; index < 40; index++) {
          const partition = (round + index) % partitions
          const value = `${round}.${index}`
          while (!producer.enqueue({ topic, partition, value })) await producer.ready()
          if (round % 3 !== 2) expected[partition]!.push(value)
        }
        if (round % 3 === 2) await producer.abortTransaction()
        else await producer.commitTransaction()
      }
      const records = await readCommitted(brokers, topic, partitions)
      for (let partition = 0; partition < partitions; partition++) {
        const values = records
          .filter(record => record.partition === partition)
          .map(({ value }) => value!.toString())
        assert.deepEqual(values, expected[partition])
      }
    }),
)

test('a second producer with the same id fences the first, and ends what it had open', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    const transactionalId = uniqueName('id')
    await using first = new Producer({ brokers, transactionalId })
    await first.beginTransaction()
    await first.send({ topic, value: 'of the first' })
    await using second = new Producer({ brokers, transactionalId })
    await second.transaction(transaction => transaction.send({ topic, value: 'of the second' }))
    await assert.rejects(first.commitTransaction(), ProducerFencedError)
    await assert.rejects(first.beginTransaction(), ProducerFencedError)
    await assert.rejects(first.send({ topic, value: 'late' }), ProducerFencedError)
    assert.deepEqual(await committedOf(brokers, topic), ['of the second'])
  }),
)

test(
  'a producer that is fenced while it sends is over, or has only this transaction to abort',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic()
      const transactionalId = uniqueName('id')
      await using first = new Producer({ brokers, transactionalId })
      await first.beginTransaction()
      await first.send({ topic, value: 'of the first' })
      await using second = new Producer({ brokers, transactionalId })
      await second.initTransactions()
      // The partition's leader cannot tell a time-out from another producer; the coordinator can.
      await assert.rejects(first.send({ topic, value: 'late' }), /INVALID_PRODUCER_EPOCH|PRODUCER_FENCED/)
      await assert.rejects(first.abortTransaction(), ProducerFencedError)
      assert.deepEqual(await valuesOf(brokers, topic), [])
    }),
)

test(
  'a transaction that is open for too long is aborted by the coordinator, and the producer goes on',
  { timeout },
  () =>
    withCluster(
      async ({ brokers, createTopic, uniqueName }) => {
        const topic = await createTopic()
        const transactionalId = uniqueName('id')
        await using producer = new Producer({ brokers, transactionalId, transactionTimeoutMs: 500 })
        await using admin = new Admin({ brokers })
        await producer.beginTransaction()
        await producer.send({ topic, value: 'too slow' })
        await eventually(
          'the coordinator aborts',
          async () => (await admin.describeTransactions([transactionalId]))[0]?.state === 'CompleteAbort',
          60_000,
        )
        const late = await producer.send({ topic, value: 'late' }).then(
          () => assert.fail('it was taken'),
          (error: Error) => error,
        )
        assert.match(late.message, /INVALID_PRODUCER_EPOCH/)
        await assert.rejects(producer.commitTransaction(), TransactionAbortableError)
        await producer.abortTransaction()
        await producer.transaction(transaction => transaction.send({ topic, value: 'in time' }))
        assert.deepEqual(await committedOf(brokers, topic), ['in time'])
      },
      { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': 200 },
    ),
)

test('offsets are committed with the transaction, or not at all', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const [source, target] = [await createTopic(), await createTopic()]
    const groupId = uniqueName('group')
    await using filler = new Producer({ brokers })
    await filler.send(Array.from({ length: 10 }, (_, index) => ({ topic: source, value: `${index}` })))
    await using consumer = new Consumer({
      brokers,
      groupId,
      autoCommit: false,
      autoOffsetReset: 'earliest',
      isolationLevel: 'read_committed',
    })
    consumer.subscribe(source)
    await using producer = new Producer({ brokers, transactionalId: uniqueName('id') })
    const partition = { topic: source, partition: 0 }
    const records = await takeRecords(consumer, 4)
    await producer.beginTransaction()
    await producer.send(records.map(({ value }) => ({ topic: target, value })))
    await producer.sendOffsets([{ ...partition, offset: 4, metadata: 'mine' }], consumer.groupMetadata())
    await producer.abortTransaction()
    assert.deepEqual(await consumer.committed([partition]), [undefined])
    await producer.transaction(async transaction => {
      void transaction.send(records.map(({ value }) => ({ topic: target, value })))
      await transaction.sendOffsets([{ ...partition, offset: 4, metadata: 'mine' }], consumer.groupMetadata())
    })
    const [committed] = await consumer.committed([partition])
    assert.equal(committed?.offset, 4)
    assert.equal(committed?.metadata, 'mine')
    assert.deepEqual(await committedOf(brokers, target), ['0', '1', '2', '3'])
  }),
)

test(
  'offsets of a member that the group has gone on without are refused, and only the transaction is lost',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const source = await createTopic({ partitions: 2 })
      const target = await createTopic()
      const groupId = uniqueName('group')
      const options = {
        brokers,
        groupId,
        autoCommit: false,
        isolationLevel: 'read_committed',
        heartbeatIntervalMs: 100,
      } as const
      await using first = new Consumer(options)
      first.subscribe(source)
      const loop = new AbortController()
      const reading = first.run({ eachRecord: () => {}, signal: loop.signal })
      await eventually('the first member has all partitions', () => first.assignment.length === 2)
      const stale = first.groupMetadata()
      await using second = new Consumer(options)
      second.subscribe(source)
      const readingToo = second.run({ eachRecord: () => {}, signal: loop.signal })
      await eventually('the second member has its share', () => second.assignment.length === 1)

      await using producer = new Producer({ brokers, transactionalId: uniqueName('id') })
      const offsets = [{ topic: source, partition: 0, offset: 0 }]
      await producer.beginTransaction()
      await producer.send({ topic: target, value: 'stale' })
      const error = await producer.sendOffsets(offsets, stale).then(
        () => assert.fail('they were taken'),
        (reason: Error) => reason,
      )
      assert.ok(error instanceof TransactionAbortableError, String(error))
      assert.ok(error.cause instanceof GroupError)
      assert.equal(error.cause.code, 'COMMIT_FAILED')
      await producer.abortTransaction()
      await producer.transaction(async transaction => {
        void transaction.send({ topic: target, value: 'fresh' })
        await transaction.sendOffsets(offsets, first.groupMetadata())
      })
      assert.deepEqual(await committedOf(brokers, target), ['fresh'])
      loop.abort()
      await Promise.all([reading, readingToo])
    }),
)

test('a record that cannot be delivered costs its transaction, and the next one is good', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '2000' } })
    await using producer = new Producer({ brokers, transactionalId: uniqueName('id') })
    await producer.beginTransaction()
    await producer.send({ topic, value: 'before' })
    await assert.rejects(producer.send({ topic, value: 'x'.repeat(5_000) }), RecordTooLargeError)
    await assert.rejects(producer.commitTransaction(), (error: Error) => {
      assert.ok(error instanceof TransactionAbortableError)
      assert.ok(error.cause instanceof RecordTooLargeError)
      return true
    })
    await producer.abortTransaction()
    await producer.transaction(transaction => transaction.send({ topic, value: 'after' }))
    assert.deepEqual(await committedOf(brokers, topic), ['after'])
  }),
)

test(
  'what a send nobody waits for cannot write costs its transaction, however early it fails',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic()
      const typed = defineTopic(topic, {
        value: {
          serialize: (value: string) => {
            if (value === 'unspeakable') throw new Error('cannot be said')
            return Buffer.from(value)
          },
          deserialize: String,
        },
      })
      const waiting = defineTopic(topic, {
        value: {
          async: true,
          serialize: async (value: string) => {
            await sleep(20)
            if (value === 'unspeakable') throw new Error('cannot be said, it turned out')
            return Buffer.from(value)
          },
          deserialize: async (bytes: Buffer) => String(bytes),
        },
      })
      await using producer = new Producer({
        brokers,
        transactionalId: uniqueName('id'),
        allowAutoTopicCreation: false,
        deliveryTimeoutMs: 1_500,
        apiTimeoutMs: 1_500,
        requestTimeoutMs: 1_000,
      })
      const failures: Record<string, () => Promise<unknown>> = {
        'a topic that there is not': () => producer.send({ topic: uniqueName('missing'), value: 'lost' }),
        'a partition that there is not': () => producer.send({ topic, partition: 99, value: 'lost' }),
        'a serde that throws': () => producer.send({ topic: typed, value: 'unspeakable' }),
        'a serde that rejects': () => producer.send({ topic: waiting, value: 'unspeakable' }),
      }
      for (const [what, send] of Object.entries(failures)) {
        await producer.beginTransaction()
        await producer.send({ topic, value: 'with it' })
        const failed = assert.rejects(send())
        await assert.rejects(producer.commitTransaction(), TransactionAbortableError, what)
        await failed
        await producer.abortTransaction()
      }
      await producer.transaction(transaction => transaction.send({ topic, value: 'good' }))
      await eventually(
        'only the good one is there',
        async () => (await valuesOf(brokers, topic)).join() === 'good',
      )
    }),
)

test('a send that outlives its transaction does not cost the next one', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    await using producer = new Producer({
      brokers,
      transactionalId: uniqueName('id'),
      allowAutoTopicCreation: false,
      apiTimeoutMs: 2_000,
    })
    await producer.beginTransaction()
    const left = producer.send({ topic: uniqueName('missing'), value: 'lost' })
    const failed = assert.rejects(left)
    await producer.abortTransaction()
    await producer.beginTransaction()
    await producer.send({ topic, value: 'next' })
    await failed
    await producer.commitTransaction()
    await eventually('it is there', async () => (await valuesOf(brokers, topic)).join() === 'next')
  }),
)

test('records that a broker divides are one transaction still', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '2000' } })
    await using producer = new Producer({ brokers, transactionalId: uniqueName('id'), compression: 'lz4' })
    const values = Array.from({ length: 50 }, (_, index) => `${index}:`.padEnd(300, `${index * 7919}`))
    await producer.transaction(transaction => transaction.send(values.map(value => ({ topic, value }))))
    assert.deepEqual(await committedOf(brokers, topic), values)
  }),
)

test('a timeout that the cluster does not allow ends the producer with the reason', { timeout }, () =>
  withCluster(async ({ brokers, uniqueName }) => {
    await using producer = new Producer({
      brokers,
      transactionalId: uniqueName('id'),
      transactionTimeoutMs: 2_000_000_000,
    })
    await assert.rejects(producer.beginTransaction(), (error: Error) => {
      assert.ok(error instanceof TransactionFatalError)
      assert.match(error.message, /INVALID_TRANSACTION_TIMEOUT/)
      assert.equal(error.recoverable, false)
      return true
    })
  }),
)

test(
  'transactions of version 1 do the same, and a cluster that goes over to version 2 is followed',
  {
    timeout,
    skip: process.env['KAFKA_URI'] ? 'the level of the cluster is not ours to change' : false,
  },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic()
      await using admin = new Admin({ brokers })
      await admin.updateFeatures([{ name: 'transaction.version', level: 1, kind: 'safeDowngrade' }])
      const transactionalId = uniqueName('id')
      const producer = new Producer({ brokers, transactionalId, connectionsMaxIdleMs: 1 })
      await using _ = producer
      for (const value of ['a', 'b'])
        await producer.transaction(transaction => transaction.send({ topic, value }))
      await producer.beginTransaction()
      await producer.send({ topic, value: 'aborted' })
      await producer.abortTransaction()
      const [before] = await admin.describeTransactions([transactionalId])
      assert.equal(before?.producerEpoch, 0, 'version 1 has one epoch for all of them')
      await admin.updateFeatures([{ name: 'transaction.version', level: 2 }])
      await using other = new Producer({ brokers, transactionalId: uniqueName('id') })
      await other.transaction(transaction => transaction.send({ topic, value: 'c' }))
      assert.deepEqual(await committedOf(brokers, topic), ['a', 'b', 'c'])
    }),
)

test(
  'of two aborted transactions of one producer in one answer none is seen, nor is one whose marker comes later',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic()
      await using producer = new Producer({
        brokers,
        transactionalId: uniqueName('id'),
        lingerMs: 0,
        batchSize: 200,
      })
      const transact = async (name: string, commit: boolean) => {
        await producer.beginTransaction()
        for (let index = 0; index < 20; index++)
          await producer.send({ topic, value: `${name} ${index} `.padEnd(150, '.') })
        await (commit ? producer.commitTransaction() : producer.abortTransaction())
      }
      await transact('first aborted', false)
      await transact('second aborted', false)
      await transact('committed', true)
      await transact('third aborted', false)
      // Answers of a batch or two: most have records of an aborted transaction without its marker.
      for (const partitionFetchMaxBytes of [1_048_576, 400]) {
        await using consumer = new Consumer({
          brokers,
          isolationLevel: 'read_committed',
          partitionFetchMaxBytes,
        })
        consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
        const records = await takeRecords(consumer, 20)
        assert.ok(records.every(({ value }) => value!.toString().startsWith('committed')))
        assert.deepEqual(await consumer.poll({ timeoutMs: 1_000 }), [])
      }
    }),
)

test('who starts to read inside of two aborted transactions sees nothing of either', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    await using one = new Producer({ brokers, transactionalId: uniqueName('one') })
    await using two = new Producer({ brokers, transactionalId: uniqueName('two') })
    await one.beginTransaction()
    await two.beginTransaction()
    for (let index = 0; index < 4; index++) {
      await one.send({ topic, value: `one ${index}` })
      await two.send({ topic, value: `two ${index}` })
    }
    await one.abortTransaction()
    await two.abortTransaction()
    await one.transaction(transaction => transaction.send({ topic, value: 'seen' }))
    for (let offset = 0; offset < 9; offset++) {
      await using consumer = new Consumer({ brokers, isolationLevel: 'read_committed' })
      consumer.assign([{ topic, partition: 0, offset }])
      const [record] = await takeRecords(consumer, 1)
      assert.equal(record!.value!.toString(), 'seen', `from offset ${offset}`)
    }
  }),
)
