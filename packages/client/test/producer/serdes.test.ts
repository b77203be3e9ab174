// Serdes of a producer: what they are told, what they may add, and that records stay in order while serdes take their time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProduceApi, type ProduceRequest, RecordBatchCursor, readBatchHeader } from '@millrace/protocol'
import {
  type AsyncSerde,
  type DeliveryReport,
  json,
  Producer,
  type ProducerOptions,
  SerializationError,
  type Serde,
  type SerdeContext,
  string,
  topic,
} from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'

interface Written {
  readonly topic: string
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly (readonly [string, string | undefined])[]
}

function setUp(options: Partial<ProducerOptions> = {}) {
  const cluster = new FakeCluster()
  const topics = new Map(['t', 'u'].map(name => [cluster.topic(name, [1]).topicId, name]))
  const written: Written[] = []
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const cursor = new RecordBatchCursor().open(readBatchHeader(records![0]!))
        while (cursor.next())
          written.push({
            topic: name || topics.get(topicId)!,
            key: cursor.keyString(),
            value: cursor.valueString(),
            headers: cursor.headers().map(header => [header.key, header.value?.toString()] as const),
          })
        return { index, errorCode: 0, baseOffset: 0 }
      }),
    })),
  }))
  const producer = new Producer({ brokers: cluster.bootstrap, network: cluster.network, ...options })
  const values = (name = 't') => written.filter(record => record.topic === name).map(({ value }) => value)
  return { producer, written, values }
}

/** A serde that answers when it is told to, unless it is told to have the answer at hand. */
function slowSerde() {
  const waiting = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const atHand = new Set<string>()
  const serde: AsyncSerde<string> = {
    async: true,
    serialize(value) {
      if (atHand.has(value)) return value
      return new Promise((resolve, reject) => waiting.set(value, { resolve: () => resolve(value), reject }))
    },
    deserialize: bytes => bytes.toString(),
  }
  return { serde, waiting, atHand, answer: (value: string) => waiting.get(value)!.resolve() }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

test('serdes are told topic and part by one object each, and the headers, to which they may add', async () => {
  const contexts: SerdeContext[] = []
  const tagging: Serde<string> = {
    serialize(value, context, headers) {
      contexts.push(context)
      headers.add(context.part, `${headers.list.length}`)
      return value
    },
    deserialize: bytes => bytes.toString(),
  }
  const { producer, written } = setUp({ keySerde: tagging, valueSerde: tagging } as Partial<ProducerOptions>)
  const tagged = topic('u', { key: tagging, value: tagging })
  const headers = [{ key: 'own', value: 'x' }]
  for (let round = 0; round < 2; round++) {
    await producer.send({ topic: 't', key: 'k', value: 'v', headers })
    await producer.send({ topic: tagged, key: 'k', value: 'v' })
  }
  await producer.close()
  assert.deepEqual(new Set(contexts).size, 4)
  assert.deepEqual(contexts[0], { topic: 't', part: 'key' })
  assert.deepEqual(contexts[3], { topic: 'u', part: 'value' })
  assert.deepEqual(written[0]!.headers, [
    ['own', 'x'],
    ['key', '1'],
    ['value', '2'],
  ])
  assert.deepEqual(written[3]!.headers, [
    ['key', '0'],
    ['value', '1'],
  ])
  assert.deepEqual(headers, [{ key: 'own', value: 'x' }])
})

test('what a serde throws, rejects with or returns for nothing is a SerializationError, and nothing is written', async () => {
  const failing: Record<string, Serde<string> | AsyncSerde<string>> = {
    throws: {
      serialize: () => {
        throw new RangeError('no such subject')
      },
      deserialize: String,
    },
    rejects: {
      async: true,
      serialize: () => Promise.reject(new RangeError('no such subject')),
      deserialize: String,
    },
    'throws at once': {
      async: true,
      serialize: () => {
        throw new RangeError('no such subject')
      },
      deserialize: String,
    },
  }
  for (const serde of Object.values(failing)) {
    const { producer, written } = setUp()
    const records = [
      { topic: 't', value: 'good' },
      { topic: topic('t', { value: serde }), value: 'bad' },
    ]
    await assert.rejects(producer.send(records as never), (error: SerializationError) => {
      assert.ok(error instanceof SerializationError)
      assert.equal(error.code, 'SERIALIZATION_FAILED')
      assert.equal(error.topic, 't')
      assert.equal(error.part, 'value')
      assert.ok(error.cause instanceof RangeError)
      assert.equal(error.message, 'the value of a record for topic "t" cannot be written: no such subject')
      return true
    })
    await producer.close()
    assert.deepEqual(written, [])
  }
  const { producer } = setUp()
  for (const [returned, message] of [
    [undefined, /its serde returned undefined, which is neither text nor bytes/],
    [Promise.resolve('x'), /a promise, which a serde with async: true may/],
  ] as const) {
    const serde = { serialize: () => returned as never, deserialize: String }
    await assert.rejects(producer.send({ topic: topic('t', { value: serde }), value: 'x' as never }), message)
  }
  await producer.close()
})

test('an error that may pass by says so', async () => {
  const { producer } = setUp()
  const away: Serde<string> = {
    serialize: () => {
      throw Object.assign(new Error('the registry is away'), { retriable: true })
    },
    deserialize: String,
  }
  await assert.rejects(
    producer.send({ topic: topic('t', { value: away }), value: 'x' }),
    (error: SerializationError) => error.retriable,
  )
  await producer.close()
})

test('calls for a topic stay in their order, whichever serde answers first; other topics do not wait', async () => {
  const { producer, values } = setUp()
  const { serde, waiting, atHand, answer } = slowSerde()
  const slow = topic('t', { value: serde })
  await producer.send({ topic: 'u', value: 'first' })
  const sends = [
    producer.send({ topic: slow, value: 'a' }),
    producer.sendBatch([
      { topic: slow, value: 'b' },
      { topic: slow, value: 'c' },
    ]),
  ]
  atHand.add('d')
  sends.push(producer.send({ topic: slow, value: 'd' }))
  // A record of the same topic without serdes must not overtake either.
  sends.push(producer.send({ topic: 't', value: 'e' }))
  await producer.send({ topic: 'u', value: 'second' })
  while (waiting.size < 3) await turn()
  answer('c')
  answer('b')
  for (let turns = 0; turns < 10; turns++) await turn()
  assert.deepEqual(values(), [])
  assert.deepEqual(values('u'), ['first', 'second'])
  answer('a')
  await Promise.all(sends)
  assert.deepEqual(values(), ['a', 'b', 'c', 'd', 'e'])
  await producer.close()
})

test('a call that fails lets none of those behind it overtake those before it', async () => {
  const { producer, values } = setUp()
  const { serde, waiting, atHand, answer } = slowSerde()
  const slow = topic('t', { value: serde })
  atHand.add('c')
  const first = producer.send({ topic: slow, value: 'a' })
  const second = producer.send({ topic: slow, value: 'b' })
  const third = producer.send({ topic: slow, value: 'c' })
  waiting.get('b')!.reject(new Error('refused'))
  for (let turns = 0; turns < 10; turns++) await turn()
  assert.deepEqual(values(), [])
  answer('a')
  await assert.rejects(second, SerializationError)
  await Promise.all([first, third])
  assert.deepEqual(values(), ['a', 'c'])
  await producer.close()
})

test('enqueue keeps the order, takes what is at hand at once, and flush waits for the rest', async () => {
  const reports: DeliveryReport[] = []
  const { producer, values } = setUp({ onDelivery: report => reports.push(report) })
  const { serde, waiting, atHand, answer } = slowSerde()
  const slow = topic('t', { value: serde })
  for (const value of ['0', 'b', 'd']) atHand.add(value)
  while (!producer.enqueue({ topic: slow, value: '0' })) await producer.ready()
  assert.equal(producer.statistics.recordsEnqueued, 1)
  for (const value of ['a', 'b', 'c', 'd']) assert.equal(producer.enqueue({ topic: slow, value }), true)
  assert.equal(producer.statistics.recordsEnqueued, 1)
  const flushed = producer.flush()
  answer('c')
  await turn()
  answer('a')
  await flushed
  assert.deepEqual(values(), ['0', 'a', 'b', 'c', 'd'])
  assert.equal(waiting.size, 2)
  assert.equal(
    reports.reduce((sum, { recordCount }) => sum + recordCount, 0),
    5,
  )
  await producer.close()
})

test('what a serde refuses of an enqueued record is its verdict: for the listener, or for flush', async () => {
  const reports: DeliveryReport[] = []
  for (const onDelivery of [undefined, (report: DeliveryReport) => reports.push(report)]) {
    const { producer } = setUp(onDelivery && { onDelivery })
    await producer.send({ topic: 't', value: 'first' })
    const { serde, waiting } = slowSerde()
    assert.equal(producer.enqueue({ topic: topic('t', { value: serde }), value: 'a' }), true)
    waiting.get('a')!.reject(new Error('refused'))
    const flushed = producer.flush()
    if (onDelivery) await flushed
    else await assert.rejects(flushed, /the value of a record for topic "t" cannot be written: refused/)
    assert.equal(producer.statistics.recordsFailed, 1)
    await producer.close()
  }
  const failed = reports.find(({ error }) => error !== undefined)!
  assert.ok(failed.error instanceof SerializationError)
  assert.deepEqual([failed.topic, failed.partition, failed.recordCount], ['t', -1, 1])
})

test('records that wait for serdes are bounded: enqueue says no, and ready says when', async () => {
  const { producer, values } = setUp()
  await producer.send({ topic: 't', value: 'first' })
  const { serde, waiting } = slowSerde()
  const slow = topic('t', { value: serde })
  let taken = 0
  while (producer.enqueue({ topic: slow, value: `${taken}` })) taken++
  assert.equal(taken, 1000)
  let isReady = false
  const ready = producer.ready().then(() => {
    isReady = true
  })
  for (let turns = 0; turns < 5; turns++) await turn()
  assert.equal(isReady, false)
  for (const { resolve } of waiting.values()) resolve()
  await ready
  await producer.flush()
  assert.equal(values().length, taken + 1)
  await producer.close()
})

test('a serde that never answers ends with the delivery timeout, and a close does not wait for it', async () => {
  const { serde } = slowSerde()
  const slow = topic('t', { value: serde })
  const { producer } = setUp({ deliveryTimeoutMs: 50 })
  await assert.rejects(
    producer.send({ topic: slow, value: 'a' }),
    /the serdes of "t" did not answer within deliveryTimeoutMs \(50\)/,
  )
  await producer.close()
  const other = setUp()
  const sent = other.producer.send({ topic: slow, value: 'b' })
  sent.catch(() => {})
  await other.producer.close({ timeoutMs: 20 })
  await assert.rejects(sent, /the producer is closed/)
})

test('default serdes that wait are waited for, too', async () => {
  const valueSerde: AsyncSerde<string> = {
    async: true,
    serialize: value => Promise.resolve(value.toUpperCase()),
    deserialize: bytes => bytes.toString(),
  }
  const { producer, values } = setUp({ valueSerde } as Partial<ProducerOptions>)
  await producer.send([
    { topic: 't', value: 'a' },
    { topic: 't', value: 'b' },
    { topic: topic('t', { value: string() }), value: 'c' },
  ] as never)
  await producer.send({ topic: topic('u', { value: json() }), value: { a: 1 } })
  assert.deepEqual(values(), ['A', 'B', 'c'])
  assert.deepEqual(values('u'), ['{"a":1}'])
  await producer.close()
})
