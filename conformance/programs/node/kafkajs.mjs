// Conformance of KafkaJS 2.2.4: producer with every codec, idempotence, consumer groups, admin.
import assert from 'node:assert/strict'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import kafkajs from 'kafkajs'
import SnappyCodec from 'kafkajs-snappy'
import { compressFrame, decompressFrame } from 'lz4-napi'
import { bootstrap, check, done, numbered, until } from './checks.mjs'

const { CompressionCodecs, CompressionTypes, ConfigResourceTypes, Kafka, logLevel } = kafkajs

const codecOf = (compress, decompress) => () => ({
  compress: encoder => compress(encoder.buffer),
  decompress: buffer => decompress(buffer),
})
CompressionCodecs[CompressionTypes.Snappy] = SnappyCodec
CompressionCodecs[CompressionTypes.ZSTD] = codecOf(
  promisify(zlib.zstdCompress),
  promisify(zlib.zstdDecompress),
)
CompressionCodecs[CompressionTypes.LZ4] = codecOf(compressFrame, decompressFrame)

const kafka = new Kafka({ clientId: 'kafkajs-conformance', brokers: [bootstrap], logLevel: logLevel.NOTHING })
const admin = kafka.admin()
await admin.connect()

async function createTopic(topic, numPartitions, configEntries = []) {
  await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: true })
  return topic
}

async function produce(topic, messages, options = {}) {
  const { compression = CompressionTypes.None, acks = -1, ...settings } = options
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, ...settings })
  await producer.connect()
  const results = await producer.send({ topic, messages, compression, acks })
  await producer.disconnect()
  return results
}

/** Reads a topic with a group of its own until so many messages came. */
async function consume(topic, total, options = {}) {
  const groupId = options.groupId ?? `kafkajs-reads-${topic}`
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 10_000,
    heartbeatInterval: 500,
    maxWaitTimeInMs: 200,
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  const records = []
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      records.push({ partition, ...message })
    },
  })
  try {
    await until(`${total} messages of ${topic}`, () => records.length >= total)
  } finally {
    await consumer.disconnect()
  }
  return records
}

async function codec(name, compression) {
  const topic = await createTopic(`kafkajs-${name}`, 3)
  const before = Date.now()
  const sent = numbered(500)
  await produce(topic, sent, { compression })
  const records = await consume(topic, sent.length)
  assert.equal(records.length, sent.length)
  const next = new Map(sent.slice(0, 10).map((message, index) => [message.key, index]))
  const offsets = [0, 0, 0]
  for (const record of records) {
    const key = record.key.toString()
    const index = next.get(key)
    next.set(key, index + 10)
    assert.equal(record.value.toString(), sent[index].value)
    assert.equal(record.headers.index.toString(), String(index))
    assert.equal(Number(record.offset), offsets[record.partition]++)
    assert.ok(Number(record.timestamp) >= before - 1000 && Number(record.timestamp) <= Date.now() + 1000)
  }
}

async function nulls() {
  const topic = await createTopic('kafkajs-nulls', 1)
  const [result] = await produce(topic, [
    { key: 'gone', value: null, timestamp: '1700000000123' },
    { key: null, value: '' },
  ])
  assert.equal(result.baseOffset, '0')
  const [first, second] = await consume(topic, 2)
  assert.deepEqual([first.key.toString(), first.value, first.timestamp], ['gone', null, '1700000000123'])
  assert.deepEqual([second.key, second.value.length], [null, 0])
  assert.deepEqual(await admin.fetchTopicOffsets(topic), [{ partition: 0, offset: '2', high: '2', low: '0' }])
}

async function idempotent() {
  const topic = await createTopic('kafkajs-idempotent', 1)
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  for (let i = 0; i < 50; i++)
    await producer.send({ topic, acks: -1, messages: [{ value: `${i}` }, { value: `${i}+` }] })
  await producer.disconnect()
  const records = await consume(topic, 100)
  assert.deepEqual(
    records.map(record => record.value.toString()),
    Array.from({ length: 50 }, (_, i) => [`${i}`, `${i}+`]).flat(),
  )
}

async function acknowledgements() {
  const topic = await createTopic('kafkajs-acks', 1)
  for (const acks of [0, 1, -1]) await produce(topic, [{ value: `acks ${acks}` }], { acks })
  await until('all three are there', async () => (await admin.fetchTopicOffsets(topic))[0].high === '3')
}

/** Two members share four partitions; they commit by themselves; a third goes on. */
async function group() {
  const topic = await createTopic('kafkajs-group', 4)
  const groupId = 'kafkajs-members'
  const seen = []
  const assigned = new Map()
  const members = []
  for (const id of [0, 1]) {
    const member = kafka.consumer({
      groupId,
      sessionTimeout: 10_000,
      heartbeatInterval: 300,
      maxWaitTimeInMs: 200,
    })
    member.on(member.events.GROUP_JOIN, ({ payload }) =>
      assigned.set(id, payload.memberAssignment[topic]?.length ?? 0),
    )
    await member.connect()
    await member.subscribe({ topics: [topic], fromBeginning: true })
    await member.run({
      eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
        for (const message of batch.messages) {
          seen.push(message.value.toString())
          resolveOffset(message.offset)
        }
        await commitOffsetsIfNecessary()
      },
    })
    members.push(member)
  }
  await until('both members have two partitions', () => assigned.get(0) === 2 && assigned.get(1) === 2)
  await produce(
    topic,
    Array.from({ length: 200 }, (_, i) => ({ value: `${i}`, partition: i % 4 })),
  )
  await until('200 messages', () => seen.length >= 200)
  const described = await admin.describeGroups([groupId])
  assert.deepEqual(
    [described.groups[0].state, described.groups[0].protocol, described.groups[0].members.length],
    ['Stable', 'RoundRobinAssigner', 2],
  )
  for (const member of members) await member.disconnect()
  assert.equal(new Set(seen).size, 200)
  assert.equal(seen.length, 200)
  await produce(topic, [{ value: 'after', partition: 1 }])
  const later = await consume(topic, 1, { groupId })
  assert.deepEqual(
    later.map(record => record.value.toString()),
    ['after'],
  )
}

async function groupAdmin() {
  const groupId = 'kafkajs-members'
  const { groups } = await admin.listGroups()
  assert.ok(groups.some(group => group.groupId === groupId && group.protocolType === 'consumer'))
  const [fetched] = await admin.fetchOffsets({ groupId, topics: ['kafkajs-group'] })
  const sum = fetched.partitions.reduce((total, each) => total + Number(each.offset), 0)
  assert.equal(sum, 201)
  await admin.setOffsets({ groupId, topic: 'kafkajs-group', partitions: [{ partition: 2, offset: '7' }] })
  await admin.resetOffsets({ groupId, topic: 'kafkajs-group', earliest: true })
  const [reset] = await admin.fetchOffsets({ groupId, topics: ['kafkajs-group'], resolveOffsets: true })
  assert.ok(reset.partitions.every(each => each.offset === '0'))
  await admin.deleteGroups([groupId])
  await assert.rejects(
    admin.deleteGroups([groupId]),
    error => error.groups[0].error.type === 'GROUP_ID_NOT_FOUND',
  )
}

async function topicsAdmin() {
  const topic = await createTopic('kafkajs-admin', 2, [{ name: 'retention.ms', value: '3600000' }])
  assert.equal(await admin.createTopics({ topics: [{ topic }] }), false, 'it exists')
  await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] })
  await until('three partitions', async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    return topics[0].partitions.length === 3
  })
  const resource = { type: ConfigResourceTypes.TOPIC, name: topic }
  await admin.alterConfigs({
    resources: [{ ...resource, configEntries: [{ name: 'retention.ms', value: '7200000' }] }],
  })
  let value
  await until('the altered config', async () => {
    const { resources } = await admin.describeConfigs({
      resources: [{ ...resource, configNames: ['retention.ms'] }],
    })
    value = resources[0].configEntries[0].configValue
    return value === '7200000'
  })
  const cluster = await admin.describeCluster()
  assert.equal(cluster.brokers.length, 1)
  assert.equal(cluster.controller, cluster.brokers[0].nodeId)
  await admin.deleteTopicRecords({
    topic: 'kafkajs-idempotent',
    partitions: [{ partition: 0, offset: '40' }],
  })
  assert.equal((await admin.fetchTopicOffsets('kafkajs-idempotent'))[0].low, '40')
  const [byTime] = await admin.fetchTopicOffsetsByTimestamp('kafkajs-idempotent', 1)
  assert.equal(byTime.offset, '40')
  await admin.deleteTopics({ topics: [topic] })
  await until('the topic is gone', async () => !(await admin.listTopics()).includes(topic))
}

for (const name of ['None', 'GZIP', 'Snappy', 'LZ4', 'ZSTD'])
  await check(`${name.toLowerCase()}: order by key, offsets, headers and times`, () =>
    codec(name.toLowerCase(), CompressionTypes[name]),
  )
await check('null and empty values, a null key, a given timestamp', nulls)
await check('an idempotent producer', idempotent)
await check('acks 0, 1 and all', acknowledgements)
await check('a group of two, commits, a third goes on', group)
await check('admin: groups and their offsets', groupAdmin)
await check('admin: topics, configs, partitions, records, cluster', topicsAdmin)
await admin.disconnect()
done()
