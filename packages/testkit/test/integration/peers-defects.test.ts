// Mistakes that other clients make or made, each with a test that this one does not, against a broker: ours, or the one KAFKA_URI names.
// Those that need a broker which misbehaves are in packages/client/test/peers-defects.test.ts; those of transactions stand with transactions.
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import {
  Admin,
  Consumer,
  CorruptRecordError,
  GroupError,
  OffsetSpec,
  Producer,
  throwFirst,
} from '@millrace/client'
import { eventually, takeRecords, withCluster } from '@millrace/testkit'

const timeout = 90_000
const quick = { autoOffsetReset: 'earliest', heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 } as const

test('timestamps of one batch may be months apart', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    // Deltas of 2^31 ms and more, which do not fit into 32 bits, in both directions.
    const topic = await createTopic()
    const timestamps = [
      5_000_000_000,
      5_000_000_000 + 2 ** 31,
      5_000_000_000 + 2 ** 33 + 7,
      5_000_000_000 - 2 ** 32,
    ]
    await using producer = new Producer({ brokers })
    await producer.sendBatch(timestamps.map(timestamp => ({ topic, partition: 0, value: 'v', timestamp })))
    await using consumer = new Consumer({ brokers })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const records = await takeRecords(consumer, timestamps.length)
    assert.deepEqual(
      records.map(({ timestamp }) => timestamp),
      timestamps,
    )
  }),
)

test('timestamps that do not rise stay as they are, and the batch knows its largest', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    // As texts they would sort differently than as numbers.
    const topic = await createTopic()
    const timestamps = [1_000, 999, 20_000, 3]
    await using producer = new Producer({ brokers })
    await producer.sendBatch(timestamps.map(timestamp => ({ topic, partition: 0, value: 'v', timestamp })))
    await using admin = new Admin({ brokers })
    const partition = { topic, partition: 0 }
    const [largest, second] = await admin.listOffsets([
      { ...partition, timestamp: OffsetSpec.maxTimestamp },
      { ...partition, timestamp: 1_001 },
    ])
    assert.deepEqual([largest!.offset, largest!.timestamp], [2, 20_000])
    assert.equal(second!.offset, 2)
    await using consumer = new Consumer({ brokers })
    consumer.assign([{ ...partition, offset: 'earliest' }])
    const records = await takeRecords(consumer, timestamps.length)
    assert.deepEqual(
      records.map(({ timestamp }) => timestamp),
      timestamps,
    )
  }),
)

test('automatic commits leave out what is fetched and not processed', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    const groupId = uniqueName('group')
    await using producer = new Producer({ brokers })
    await producer.sendBatch(Array.from({ length: 100 }, (_, index) => ({ topic, value: String(index) })))
    const options = { brokers, groupId, autoCommitIntervalMs: 50, ...quick }
    const crashing = new Consumer(options)
    crashing.subscribe(topic)
    const partition = { topic, partition: 0 }
    for await (const { offset } of crashing) {
      if (offset < 3) continue
      // Record 3 is in hand, a hundred are fetched, and some commits come by.
      await eventually('a commit of what is processed', async () => {
        const [committed] = await crashing.committed([partition])
        return committed?.offset === 3
      })
      await new Promise(resolve => setTimeout(resolve, 200))
      const [committed] = await crashing.committed([partition])
      assert.equal(committed?.offset, 3)
      break
    }
    // A crash: nobody closes the consumer, so that nothing more is committed.
    crashing.cluster.close()
    await using admin = new Admin({ brokers })
    const [offset] = await admin.groupOffsets(groupId)
    assert.equal(offset?.offset, 3)
    await using next = new Consumer({ ...options, sessionTimeoutMs: 6_000 })
    next.subscribe(topic)
    const [first] = await takeRecords(next, 1, 30_000)
    assert.equal(first!.offset, 3)
    // Its timers would go on without its connections.
    await crashing.close({ timeoutMs: 0 })
  }),
)

test('work that outlives its partition commits nothing to it', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    const groupId = uniqueName('group')
    await using producer = new Producer({ brokers })
    await producer.sendBatch(Array.from({ length: 10 }, (_, index) => ({ topic, value: String(index) })))
    const options = { brokers, groupId, autoCommit: false, ...quick }
    await using slow = new Consumer({ ...options, maxPollIntervalMs: 1_000 })
    const lost = Promise.withResolvers<void>()
    slow.subscribe(topic, { onLost: () => lost.resolve() })
    const partition = { topic, partition: 0 }
    for await (const record of slow) {
      if (record.offset < 4) continue
      // Too long over one record: the group takes the partition away.
      await lost.promise
      await using other = new Consumer(options)
      other.subscribe(topic)
      await takeRecords(other, 2, 30_000)
      await other.commit()
      const before = await other.committed([partition])
      await assert.rejects(slow.commit(), GroupError)
      await assert.rejects(slow.commit([{ ...partition, offset: 5 }]), GroupError)
      assert.equal(slow.markProcessed(record), false)
      assert.deepEqual(await other.committed([partition]), before)
      break
    }
  }),
)

test('a batch may not become larger than what a consumer allows', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers, compression: 'gzip', maxRequestSize: 8_000_000 })
    // Some thousand times smaller when it is compressed.
    await producer.send({ topic, partition: 0, value: Buffer.alloc(4_000_000) })
    await producer.send({ topic, partition: 0, value: 'small' })
    await using consumer = new Consumer({ brokers, decompressedMaxBytes: 1_000_000 })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    await assert.rejects(takeRecords(consumer, 1), (error: Error) => {
      assert.ok(error instanceof CorruptRecordError)
      consumer.seek(error, error.nextOffset)
      return true
    })
    const [record] = await takeRecords(consumer, 1)
    assert.equal(record!.value!.toString(), 'small')
  }),
)

test(
  'a topic that is made anew is read from its start, and no offset of the old one is committed to it',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic()
      const groupId = uniqueName('group')
      await using admin = new Admin({ brokers })
      const fill = async (prefix: string, count: number) => {
        await using producer = new Producer({ brokers })
        await producer.sendBatch(
          Array.from({ length: count }, (_, index) => ({ topic, value: `${prefix}${index}` })),
        )
      }
      await fill('old', 10)
      // The new one has records at the offsets where the old one was left.
      await using consumer = new Consumer({
        brokers,
        groupId,
        autoCommitIntervalMs: 50,
        onWarning: () => {},
        ...quick,
      })
      consumer.subscribe(topic)
      await takeRecords(consumer, 10)
      const committed = async () =>
        (await admin.groupOffsets(groupId)).find(each => each.topic === topic)?.offset
      await eventually('a commit', async () => (await committed()) === 10)
      throwFirst(await admin.deleteTopics([topic]))
      // Deleting takes a moment on brokers of several processes.
      await eventually('the topic anew', async () => {
        const [outcome] = await admin.createTopics([{ name: topic, partitions: 1 }])
        return outcome?.error === undefined
      })
      await fill('new', 25)
      const records = await takeRecords(consumer, 25, 30_000)
      assert.deepEqual(
        records.map(({ value }) => value!.toString()),
        Array.from({ length: 25 }, (_, index) => `new${index}`),
      )
      await eventually('a commit to the new topic', async () => (await committed()) === 25)
    }),
)

test('topics, groups, keys and headers may be called what every object has', { timeout }, () =>
  withCluster(async ({ brokers, uniqueName }) => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
    await using admin = new Admin({ brokers })
    await admin.createTopics(names.map(name => ({ name, partitions: 1 })))
    const run = uniqueName('run')
    await using producer = new Producer({ brokers })
    // As JSON.parse makes it: `__proto__` is a field of its own.
    const headers = JSON.parse('{ "__proto__": "p", "constructor": "c" }') as Record<string, string>
    const written = await producer.sendBatch(
      names.map(topic => ({ topic, key: '__proto__', value: run, headers })),
    )
    assert.deepEqual(written.map(({ topic }) => topic).sort(), [...names].sort())
    await using consumer = new Consumer({ brokers, groupId: '__proto__', autoCommit: false, ...quick })
    consumer.subscribe(names, {
      onAssigned: partitions => {
        for (const each of partitions)
          consumer.seek(each, written.find(({ topic }) => topic === each.topic)!.baseOffset)
      },
    })
    const records = await takeRecords(consumer, names.length)
    assert.deepEqual(records.map(({ topic }) => topic).sort(), [...names].sort())
    for (const record of records)
      assert.deepEqual(
        record.headers.map(({ key, value }) => [key, value!.toString()]),
        [
          ['__proto__', 'p'],
          ['constructor', 'c'],
        ],
      )
    await consumer.commit()
    const offsets = await admin.groupOffsets('__proto__')
    assert.deepEqual(offsets.map(({ topic }) => topic).sort(), [...names].sort())
  }),
)

test(
  'behind the markers of transactions nothing is left: positions, commits and lag pass them',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic()
      const partition = { topic, partition: 0 }
      await using producer = new Producer({ brokers, transactionalId: uniqueName('transactions') })
      await producer.transaction(() => producer.send({ ...partition, value: 'kept' }))
      const aborted = producer.transaction(async () => {
        await producer.send({ ...partition, value: 'dropped' })
        throw new Error('no')
      })
      await assert.rejects(aborted, /no/)
      for (const isolationLevel of ['read_committed', 'read_uncommitted'] as const) {
        const groupId = uniqueName('group')
        await using consumer = new Consumer({
          brokers,
          groupId,
          isolationLevel,
          autoCommitIntervalMs: 50,
          ...quick,
        })
        consumer.subscribe(topic)
        for await (const event of consumer.events({ signal: AbortSignal.timeout(20_000) }))
          if (event.type === 'partitionEnd' && event.offset === 4) break
        assert.equal(consumer.lag(partition), 0)
        await eventually(
          `a commit, ${isolationLevel}`,
          async () => (await consumer.committed([partition]))[0]?.offset === 4,
        )
      }
    }),
)

test('a signal that lives long keeps nothing of the calls that are over', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    const { signal } = new AbortController()
    const listeners = () => getEventListeners(signal, 'abort').length
    await using producer = new Producer({ brokers })
    await Promise.all(Array.from({ length: 30 }, () => producer.send({ topic, value: 'v' }, { signal })))
    assert.equal(listeners(), 0)
    await using consumer = new Consumer({ brokers, groupId: uniqueName('group'), ...quick })
    consumer.subscribe(topic)
    let taken = 0
    for await (const _ of consumer.records({ signal })) if (++taken === 30) break
    for (let times = 0; times < 3; times++) {
      await consumer.poll({ timeoutMs: 1, signal })
      await consumer.commit(undefined, { signal })
    }
    assert.equal(listeners(), 0)
  }),
)
