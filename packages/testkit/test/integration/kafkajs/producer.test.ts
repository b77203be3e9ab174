// Producers of KafkaJS's API: what is written, what is returned, and what is refused, as with KafkaJS.
import assert from 'node:assert/strict'
import { readTopic } from '@millrace/testkit'
import type { Message, RecordMetadata } from '@millrace/client/kafkajs'
import { both, failure, oursAlone, type Stage } from './both.ts'

async function connected({ kafka, finally: atEnd }: Stage, config = {}) {
  const producer = kafka.producer({ createPartitioner: undefined as never, ...config })
  await producer.connect()
  atEnd(() => producer.disconnect())
  return producer
}

async function written(stage: Stage, topic: string, partitions = 1) {
  const records = await readTopic(stage.brokers, topic, partitions)
  return records.map(({ partition, offset, timestamp, key, value, headers }) => ({
    partition,
    offset,
    timestamp,
    key: key?.toString() ?? null,
    value: value?.toString() ?? null,
    headers: headers.map(each => [each.key, each.value?.toString()]),
  }))
}

const timestamp = '1700000000123'

both(
  'messages are written as they are given, and the result has an entry for each partition',
  async stage => {
    const topic = await stage.createTopic({ partitions: 3 })
    const producer = await connected(stage)
    const messages: Message[] = [
      { key: 'a', value: 'one', timestamp, headers: { h: 'x', twice: ['1', Buffer.from('2')] } },
      { key: Buffer.from('b'), value: Buffer.from([1, 2]), timestamp },
      { key: 'gone', value: null, timestamp },
      { value: 'to two', partition: 2, timestamp },
    ]
    const sent = await producer.send({ topic, messages })
    const more = await producer.send({
      topic,
      acks: 1,
      messages: [{ value: 'more', partition: 2, timestamp }],
    })
    const none = await producer.send({ topic, messages: [] })
    // In whatever order the broker answers for its partitions.
    const untitled = (results: RecordMetadata[]) =>
      results
        .map(result => ({ ...result, topicName: '' }))
        .sort((x, y) => (x.partition ?? 0) - (y.partition ?? 0))
    return { sent: untitled(sent), more: untitled(more), none, written: await written(stage, topic, 3) }
  },
)

both('sendBatch writes to several topics, and puts entries of one topic together', async stage => {
  const [a, b] = [await stage.createTopic(), await stage.createTopic()]
  const producer = await connected(stage)
  const sent = await producer.sendBatch({
    topicMessages: [
      { topic: a, messages: [{ value: '1', timestamp }] },
      { topic: b, messages: [{ value: '2', timestamp }] },
      { topic: a, messages: [{ value: '3', timestamp }] },
    ],
  })
  const names = new Map([
    [a, 'a'],
    [b, 'b'],
  ])
  return {
    sent: sent
      .map(each => ({ ...each, topicName: names.get(each.topicName) }))
      .sort((x, y) => (x.topicName! < y.topicName! ? -1 : 1)),
    a: await written(stage, a),
    b: await written(stage, b),
  }
})

both('a partitioner of the application sees the message and the partitions', async stage => {
  const topic = await stage.createTopic({ partitions: 4 })
  const seen: object[] = []
  const producer = await connected(stage, {
    createPartitioner: () => (args: { topic: string; partitionMetadata: object[]; message: Message }) => {
      seen.push({ ...args, topic: args.topic === topic, partitionMetadata: args.partitionMetadata.length })
      return Number(args.message.value) % 4
    },
  })
  await producer.send({
    topic,
    messages: [
      { value: '6', timestamp },
      { value: '1', partition: 3, timestamp },
    ],
  })
  return { seen, written: await written(stage, topic, 4) }
})

// KafkaJS does so, too, among the partitions whose leaders it knows at the time.
oursAlone('messages without a key are dealt out among all partitions', async stage => {
  const topic = await stage.createTopic({ partitions: 3 })
  const producer = await connected(stage)
  await producer.send({ topic, messages: Array.from({ length: 9 }, () => ({ value: 'x', timestamp })) })
  const partitions = (await written(stage, topic, 3)).map(({ partition }) => partition)
  assert.deepEqual(
    partitions.sort((a, b) => a - b),
    [0, 0, 0, 1, 1, 1, 2, 2, 2],
  )
})

both('what cannot be sent is refused in the same words', async stage => {
  const topic = await stage.createTopic()
  const producer = await connected(stage, { idempotent: true })
  const message = async (work: Promise<unknown>) =>
    work.then(String, (error: Error) => `${error.name}: ${error.message}`)
  const send = (record: object) => message(producer.send(record as never))
  return [
    await send({ topic: '', messages: [] }),
    await send({ topic: 't' }),
    await send({ topic: 't', messages: [{ key: 'k' }] }),
    await send({ topic, acks: 1, messages: [{ value: 'v' }] }),
    producer.isIdempotent(),
    await message(Promise.resolve().then(() => producer.on('nonsense' as never, () => {}))),
    await message(producer.transaction()),
  ]
})

both('a producer that is not connected says so, and may be connected again', async stage => {
  const topic = await stage.createTopic()
  // What is sent again counts once.
  const producer = stage.kafka.producer({ idempotent: true })
  const record = { topic, messages: [{ value: 'v', timestamp }] }
  const before = await failure(producer.send(record))
  await producer.connect()
  await producer.send(record)
  await producer.disconnect()
  const after = await failure(producer.send(record))
  await producer.connect()
  await producer.send(record)
  await producer.disconnect()
  return { before, after, written: await written(stage, topic) }
})

both(
  'a message that the broker finds too large is an error of the protocol',
  async stage => {
    const topic = await stage.createTopic({ configs: { 'max.message.bytes': '1000' } })
    const producer = await connected(stage)
    return failure(producer.send({ topic, messages: [{ value: 'x'.repeat(5_000) }] }))
  },
  { name: 'KafkaJSProtocolError', retriable: false, type: 'MESSAGE_TOO_LARGE', code: 10 },
)

both('gzip goes out compressed', async stage => {
  const topic = await stage.createTopic()
  const producer = await connected(stage)
  const { CompressionTypes } = stage.library
  const value = 'again and '.repeat(100)
  await producer.send({ topic, compression: CompressionTypes.GZIP, messages: [{ value, timestamp }] })
  return written(stage, topic)
})

oursAlone('all codecs are there without being registered', async stage => {
  const { CompressionTypes } = stage.library
  const topic = await stage.createTopic()
  const producer = await connected(stage)
  const types = Object.values(CompressionTypes)
  for (const compression of types)
    await producer.send({ topic, compression, messages: [{ value: `by ${compression}` }] })
  const records = await readTopic(stage.brokers, topic)
  assert.deepEqual(
    records.map(({ value }) => value!.toString()),
    types.map(type => `by ${type}`),
  )
  assert.deepEqual(
    await failure(producer.send({ topic, compression: 9 as never, messages: [{ value: '' }] })),
    {
      name: 'KafkaJSNotImplemented',
      retriable: false,
      type: undefined,
      code: undefined,
    },
  )
})

oursAlone('a partition that there is not is an error; KafkaJS loses such messages', async stage => {
  const topic = await stage.createTopic()
  const producer = await connected(stage)
  const failed = await failure(producer.send({ topic, messages: [{ value: 'v', partition: 7 }] }))
  assert.equal((failed as { name: string }).name.startsWith('KafkaJS'), true)
})

both('without acknowledgements nothing is returned, and all is written', async stage => {
  const topic = await stage.createTopic()
  const producer = await connected(stage)
  const sent = await producer.send({ topic, acks: 0, messages: [{ value: 'v', timestamp }] })
  // Behind it on the same broker, so that it is written, too.
  await producer.send({ topic, messages: [{ value: 'w', timestamp }] })
  const records = await written(stage, topic)
  return { sent, values: records.map(record => (record as { value: string }).value).sort() }
})

both('events tell of requests', async stage => {
  const topic = await stage.createTopic()
  const producer = stage.kafka.producer()
  const told: { type: string; payload: Record<string, unknown> | null | undefined }[] = []
  for (const name of Object.values(producer.events))
    producer.on(name as 'producer.connect', ({ type, payload }) => void told.push({ type, payload }))
  await producer.connect()
  await producer.send({ topic, messages: [{ value: 'v' }] })
  const heard = told.length
  const remove = producer.on(
    producer.events.DISCONNECT,
    () => void told.push({ type: 'removed', payload: null }),
  )
  remove()
  await producer.disconnect()
  const produce = told.find(({ payload }) => payload?.['apiName'] === 'Produce')!
  const typed = Object.entries(produce.payload!)
    .map(([field, value]) => `${field}: ${typeof value}`)
    .sort()
  return {
    type: produce.type,
    typed,
    key: produce.payload!['apiKey'],
    clientId: produce.payload!['clientId'],
    heard: heard > 0,
    connects: told.filter(({ type }) => !type.includes('network')).map(({ type }) => type),
  }
})
