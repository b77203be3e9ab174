// The producer against a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  BrokerError,
  type DeliveryReport,
  Producer,
  type RecordDeliveryReport,
  RecordTooLargeError,
  StateError,
} from '@millrace/client'
import { readTopic, withCluster } from '@millrace/testkit'

const timeout = 60_000

test('a record comes back as it was sent', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers })
    const sent = await producer.send({
      topic,
      key: 'k',
      value: 'wärme ☕',
      headers: { trace: 'abc', empty: null },
      timestamp: 1_700_000_000_123,
    })
    assert.deepEqual(sent, { topic, partition: 0, offset: 0, timestamp: 1_700_000_000_123 })
    const [record] = await readTopic(brokers, topic)
    assert.equal(record!.key!.toString(), 'k')
    assert.equal(record!.value!.toString(), 'wärme ☕')
    assert.equal(record!.timestamp, 1_700_000_000_123)
    assert.equal(record!.header('trace'), 'abc')
    assert.equal(record!.header('empty'), null)
    assert.equal(record!.header('absent'), undefined)
  }),
)

test('null and empty keys and values are told apart', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers })
    await producer.send([
      { topic, key: null, value: null },
      { topic, key: '', value: '' },
    ])
    const records = await readTopic(brokers, topic)
    assert.deepEqual(
      records.map(({ key, value }) => [key?.length, value?.length]),
      [
        [undefined, undefined],
        [0, 0],
      ],
    )
  }),
)

test('records of one key stay in order on one partition, and offsets tell where they are', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const partitions = 4
    const topic = await createTopic({ partitions })
    await using producer = new Producer({ brokers })
    const input = Array.from({ length: 2_000 }, (_, index) => ({
      topic,
      key: `key-${index % 17}`,
      value: String(index),
    }))
    const results = await producer.send(input)
    const records = await readTopic(brokers, topic, partitions)
    assert.equal(records.length, input.length)
    const byPlace = new Map(records.map(record => [`${record.partition}/${record.offset}`, record]))
    results.forEach((result, index) => {
      const record = byPlace.get(`${result.partition}/${result.offset}`)
      assert.equal(record?.value?.toString(), String(index))
    })
    for (const key of new Set(input.map(record => record.key))) {
      const own = records.filter(record => record.key!.toString() === key)
      assert.equal(new Set(own.map(({ partition }) => partition)).size, 1)
      const numbers = own.map(record => Number(record.value))
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => a - b),
      )
    }
  }),
)

test('sendBatch tells the run of offsets in each partition', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 2 })
    await using producer = new Producer({ brokers })
    const toPartition = (partition: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ topic, partition, value: `${partition}:${index}` }))
    const [first, second] = await Promise.all([
      producer.sendBatch([...toPartition(0, 3), ...toPartition(1, 2)]),
      producer.sendBatch(toPartition(0, 4)),
    ])
    const log = { topic, logAppendTime: -1, logStartOffset: 0 }
    assert.deepEqual(first, [
      { ...log, partition: 0, baseOffset: 0, recordCount: 3 },
      { ...log, partition: 1, baseOffset: 0, recordCount: 2 },
    ])
    assert.deepEqual(second, [{ ...log, partition: 0, baseOffset: 3, recordCount: 4 }])
  }),
)

for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
  test(`batches compressed with ${compression} come back`, { timeout }, () =>
    withCluster(async ({ brokers, createTopic }) => {
      const topic = await createTopic()
      await using producer = new Producer({ brokers, compression })
      const values = Array.from({ length: 500 }, (_, index) => `value ${index} `.repeat(10))
      await producer.sendBatch(values.map(value => ({ topic, value })))
      const records = await readTopic(brokers, topic)
      assert.deepEqual(
        records.map(({ value }) => value!.toString()),
        values,
      )
    }),
  )
}

for (const acks of [0, 1, 'all'] as const) {
  test(`acks ${acks} writes everything`, { timeout }, () =>
    withCluster(async ({ brokers, createTopic }) => {
      const topic = await createTopic()
      await using producer = new Producer({ brokers, acks })
      const results = await producer.send(Array.from({ length: 100 }, () => ({ topic, value: 'x' })))
      assert.equal(results[99]!.offset, acks === 0 ? -1 : 99)
      // Without answers, only an orderly end says that the bytes are through.
      await producer.send({ topic, value: 'last' })
      await producer.close()
      for (let tries = 0; tries < 100; tries++) {
        if ((await readTopic(brokers, topic)).length === 101) return
      }
      assert.fail('the records did not arrive')
    }),
  )
}

test('enqueue pushes back when the buffer is full, and everything arrives once, in order', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    const reports: DeliveryReport[] = []
    await using producer = new Producer({
      brokers,
      bufferMemory: 50_000,
      batchSize: 4_096,
      onDelivery: report => reports.push(report),
    })
    const count = 20_000
    let refused = 0
    for (let index = 0; index < count; index++) {
      while (!producer.enqueue({ topic, value: `record ${index}` })) {
        refused++
        await producer.ready()
      }
      assert.ok(producer.statistics.bufferedBytes < 60_000)
    }
    await producer.close()
    assert.ok(refused > 10, `refused ${refused} times`)
    assert.equal(
      reports.reduce((sum, { recordCount }) => sum + recordCount, 0),
      count,
    )
    const records = await readTopic(brokers, topic)
    assert.equal(records.length, count)
    records.forEach((record, index) => assert.equal(record.value!.toString(), `record ${index}`))
  }),
)

test('a listener hears of each record once, with the offset and the time that the log has', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 3, configs: { 'message.timestamp.type': 'LogAppendTime' } })
    const reports: RecordDeliveryReport[] = []
    await using producer = new Producer({
      brokers,
      batchSize: 1_000,
      onRecordDelivery: report => reports.push(report),
    })
    const count = 2_000
    for (let tag = 0; tag < count; tag++) {
      const record = { topic, key: `key ${tag % 50}`, value: `record ${tag}`, tag }
      while (!producer.enqueue(record)) await producer.ready()
    }
    await producer.close()
    assert.equal(reports.length, count)
    assert.deepEqual(new Set(reports.map(({ record }) => record.tag)).size, count)
    const records = await readTopic(brokers, topic, 3)
    const places = new Map(records.map(record => [`${record.partition}@${record.offset}`, record]))
    for (const { record, partition, offset, timestamp, status, error } of reports) {
      const written = places.get(`${partition}@${offset}`)
      assert.deepEqual([written?.value?.toString(), written?.timestamp], [record.value, timestamp])
      assert.deepEqual([status, error], ['persisted', undefined])
    }
  }),
)

test('sends that wait for room keep their order', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers, bufferMemory: 2_000, batchSize: 500 })
    const sends = Array.from({ length: 50 }, (_, call) =>
      producer.send(Array.from({ length: 20 }, (_, index) => ({ topic, value: `${call}.${index}` }))),
    )
    await Promise.all(sends)
    const values = (await readTopic(brokers, topic)).map(({ value }) => value!.toString())
    const expected = sends.flatMap((_, call) => Array.from({ length: 20 }, (_, index) => `${call}.${index}`))
    assert.deepEqual(values, expected)
  }),
)

test('a batch that the topic finds too large is divided until it fits', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '2000' } })
    await using producer = new Producer({ brokers })
    const values = Array.from({ length: 50 }, (_, index) => `${index}:`.padEnd(300, '.'))
    const results = await producer.send(values.map(value => ({ topic, value })))
    assert.deepEqual(
      results.map(({ offset }) => offset),
      values.map((_, index) => index),
    )
    const records = await readTopic(brokers, topic)
    assert.deepEqual(
      records.map(({ value }) => value!.toString()),
      values,
    )
  }),
)

test('a record that the topic finds too large fails, and the ones around it do not', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '2000' } })
    await using producer = new Producer({ brokers })
    await producer.send({ topic, value: 'before' })
    await assert.rejects(producer.send({ topic, value: 'x'.repeat(5_000) }), RecordTooLargeError)
    assert.equal((await producer.send({ topic, value: 'after' })).offset, 1)
  }),
)

test('a record larger than a request may be is refused before it is sent', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers, maxRequestSize: 10_000 })
    await assert.rejects(producer.send({ topic, value: 'ü'.repeat(6_000) }), RecordTooLargeError)
    await producer.send({ topic, value: 'u'.repeat(6_000) })
  }),
)

test('a partition that does not exist is named', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 2 })
    await using producer = new Producer({ brokers })
    await assert.rejects(producer.send({ topic, partition: 2, value: 'x' }), (error: StateError) => {
      assert.ok(error instanceof StateError)
      assert.match(error.message, /no partition 2 of topic .* it has 2/)
      return true
    })
  }),
)

test('a topic name that cannot be is an error at once', { timeout }, () =>
  withCluster(async ({ brokers }) => {
    await using producer = new Producer({ brokers })
    await assert.rejects(producer.send({ topic: 'no spaces', value: 'x' }), (error: BrokerError) => {
      assert.equal(error.code, 'INVALID_TOPIC_EXCEPTION')
      return true
    })
  }),
)

test('a topic that does not exist is created by the first record', { timeout }, () =>
  withCluster(async ({ brokers, uniqueName }) => {
    const topic = uniqueName('created')
    await using producer = new Producer({ brokers })
    const { offset } = await producer.send({ topic, value: 'first' })
    assert.equal(offset, 0)
  }),
)

test('failures that nobody waits for come out of flush, once', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '1000' } })
    await using producer = new Producer({ brokers })
    await producer.send({ topic, value: 'x' })
    assert.ok(producer.enqueue({ topic, value: 'y'.repeat(3_000) }))
    await assert.rejects(producer.flush(), RecordTooLargeError)
    await producer.flush()
    await producer.close()
    assert.throws(() => producer.enqueue({ topic, value: 'z' }), { code: 'CLOSED' })
  }),
)

test('two producers do not disturb each other', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using one = new Producer({ brokers })
    await using two = new Producer({ brokers })
    await Promise.all(
      [one, two].flatMap((producer, number) =>
        Array.from({ length: 20 }, (_, index) => producer.send({ topic, value: `${number}:${index}` })),
      ),
    )
    const records = await readTopic(brokers, topic)
    assert.equal(records.length, 40)
    for (const number of [0, 1]) {
      const own = records
        .map(({ value }) => value!.toString())
        .filter(value => value.startsWith(`${number}:`))
      assert.deepEqual(
        own,
        Array.from({ length: 20 }, (_, index) => `${number}:${index}`),
      )
    }
  }),
)
