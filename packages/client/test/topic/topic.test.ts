// Topics with types: what the compiler and what the client say of records that do not fit, in producer, consumer and admin.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateTopicsApi,
  type CreateTopicsRequest,
  ProduceApi,
  type ProduceRequest,
} from '@millrace/protocol'
import {
  Admin,
  Consumer,
  type ConsumerRecord,
  int32,
  json,
  nullable,
  Producer,
  type RecordOf,
  SerializationError,
  string,
  topic,
} from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'
import { FakeLog } from '../support/fake-log.ts'

interface Order {
  readonly total: number
}

const orders = topic('orders', {
  key: string(),
  value: json<Order>(),
  partitions: 6,
  configs: { 'retention.ms': '1' },
})
const payments = topic('payments', {
  key: nullable(int32()),
  value: nullable(json<{ readonly paid: boolean }>()),
})
const raw = topic('raw')

function setUp() {
  const cluster = new FakeCluster()
  const log = new FakeLog()
  for (const name of ['orders', 'payments', 'raw']) cluster.topic(name, [1])
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => ({ index, ...log.append(records![0]!) })),
    })),
  }))
  const options = { brokers: cluster.bootstrap, network: cluster.network, retryBackoffMs: 1 }
  return { cluster, log, options }
}

test('a producer writes records of topics with types, and others beside them', async () => {
  const { log, options } = setUp()
  await using producer = new Producer({ ...options, idempotence: false })
  await producer.send({ topic: orders, key: 'user-7', value: { total: 12 } })
  await producer.send([
    { topic: orders, key: 'user-7', value: { total: 13 } },
    { topic: payments, value: { paid: true } },
    { topic: payments, key: 5, value: null },
    { topic: raw, value: 'text' },
  ])
  await producer.sendBatch([{ topic: orders, key: 'user-8', value: { total: 14 } }])
  await producer.send({ topic: 'orders', value: 'plain' })
  assert.equal(producer.enqueue({ topic: orders, key: 'user-9', value: { total: 15 } }), true)
  await producer.flush()
  assert.deepEqual(
    log.values.toSorted(),
    [
      '{"paid":true}',
      '{"total":12}',
      '{"total":13}',
      '{"total":14}',
      '{"total":15}',
      '',
      'plain',
      'text',
    ].toSorted(),
  )
})

test('a record that does not fit its topic is refused by the compiler and by the client', async () => {
  const { options } = setUp()
  await using producer = new Producer(options)
  // @ts-expect-error no key
  const keyless = producer.send({ topic: orders, value: { total: 1 } })
  await assert.rejects(keyless, (error: SerializationError) => {
    assert.ok(error instanceof SerializationError)
    assert.equal(error.part, 'key')
    assert.match(error.message, /the key of a record for topic "orders" .* nullable\(…\)/)
    return true
  })
  // @ts-expect-error null is no order
  await assert.rejects(producer.send({ topic: orders, key: 'k', value: null }), /the value of a record/)
  // @ts-expect-error no order
  await producer.send({ topic: orders, key: 'k', value: { sum: 1 } }).catch(() => {})
  // @ts-expect-error a number for a string
  const numeric = producer.send([{ topic: orders, key: 5, value: { total: 1 } }])
  await assert.rejects(numeric, /the key of a record for topic "orders" cannot be written: 5 is no text/)
})

test('records of a consumer have the types of its topics, told apart by their name', () => {
  const { options } = setUp()
  const consumer = new Consumer({ ...options, groupId: 'g', topics: [orders, payments] })
  const use = (record: RecordOf<typeof orders> | RecordOf<typeof payments>): number | boolean | undefined => {
    if (record.topic === 'orders') {
      const key: string = record.key
      return key.length + record.value.total
    }
    const key: number | null = record.key
    return key === null ? undefined : record.value?.paid
  }
  const loops = async () => {
    for await (const record of consumer) use(record)
    for await (const batch of consumer.batches())
      if (batch.topic === 'orders') for (const record of batch) record.value.total.toFixed()
    await consumer.run({ eachRecord: record => void use(record) })
    for (const record of await consumer.poll()) use(record)
    consumer.subscribe([orders, 'payments'])
    // @ts-expect-error not among the topics
    consumer.subscribe('audit')
    // @ts-expect-error not among the topics
    consumer.subscribe(raw)
  }
  assert.equal(typeof loops, 'function')
  const plain = new Consumer(options)
  const bytes: AsyncIterable<ConsumerRecord<Buffer | null, Buffer | null>> = plain
  const serdes = new Consumer({ ...options, keySerde: string(), valueSerde: int32() })
  const typed: AsyncIterable<ConsumerRecord<string | null, number | null>> = serdes
  assert.ok(bytes && typed)
})

test('a consumer with topics reads those only', async () => {
  const { options } = setUp()
  const consumer = new Consumer({ ...options, groupId: 'g', topics: [orders, payments] })
  assert.throws(
    () => consumer.subscribe('audit' as never),
    /subscribe: "audit" is none of the topics of this consumer: orders, payments/,
  )
  assert.throws(() => consumer.subscribe([/^o/] as never), /subscribe: \/\^o\/ is none/)
  assert.throws(() => consumer.assign([{ topic: 'audit' as never, partition: 0 }]), /assign: "audit" is none/)
  consumer.subscribe()
  await consumer.close({ timeoutMs: 1 })
  const plain = new Consumer({ ...options, groupId: 'g' })
  assert.throws(
    () => plain.subscribe(orders as never),
    /declare it: new Consumer\(\{ topics: \[orders\] \}\)/,
  )
  assert.throws(() => plain.subscribe(), /subscribe: topics is undefined/)
  await plain.close({ timeoutMs: 1 })
})

const wrong: [what: string, attempt: () => unknown, message: RegExp][] = [
  ['a topic without a name', () => topic(''), /topic: name is empty/],
  ['a name that is a number', () => topic(5 as never), /topic: name is 5: write text/],
  [
    'a serde that is none',
    () => topic('t', { value: {} as never }),
    /definition.value is \{\}: write a serde/,
  ],
  [
    'a field that there is not',
    () => topic('t', { val: string() } as never),
    /field "val": did you mean "value"/,
  ],
  ['partitions as text', () => topic('t', { partitions: '6' as never }), /definition.partitions is "6"/],
  [
    'topics that are names',
    () => new Consumer({ brokers: ['a'], topics: ['orders'] as never }),
    /topics has "orders"; give what topic\(…\) makes/,
  ],
  [
    'the same topic twice',
    () => new Consumer({ brokers: ['a'], topics: [orders, orders] }),
    /topics has "orders" twice/,
  ],
  [
    'topics with serdes beside them',
    () => new Consumer({ brokers: ['a'], topics: [orders], keySerde: string() as never }),
    /topics have serdes of their own/,
  ],
]

for (const [what, attempt, message] of wrong)
  test(`${what} is refused`, () => assert.throws(attempt, message))

test('admin creates topics as they are declared', async () => {
  const { cluster, options } = setUp()
  let asked: CreateTopicsRequest | undefined
  cluster.on(CreateTopicsApi, ({ request }: Arrival<CreateTopicsRequest>) => {
    asked = request
    return {
      throttleTimeMs: 0,
      topics: request.topics.map(({ name }) => ({ name, errorCode: 0, errorMessage: null })),
    }
  })
  await using admin = new Admin(options)
  await admin.createTopics([orders, raw, { name: 'plain', partitions: 2 }])
  assert.deepEqual(
    asked!.topics.map(({ name, numPartitions, configs }) => [
      name,
      numPartitions,
      configs.map(({ name: setting }) => setting),
    ]),
    [
      ['orders', 6, ['retention.ms']],
      ['raw', -1, []],
      ['plain', 2, []],
    ],
  )
})
