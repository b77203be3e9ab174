// Where records without a key go: a partition for a batch, all of them in time, and none that the topic no longer has.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProduceApi, type ProduceRequest } from '@millrace/protocol'
import { Producer } from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'

function setUp(partitions: number) {
  const cluster = new FakeCluster()
  const topic = cluster.topic('t', Array<number>(partitions).fill(1))
  const producer = new Producer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    retryBackoffMs: 1,
    idempotence: false,
  })
  const bytes = new Map<number, number>()
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        bytes.set(index, (bytes.get(index) ?? 0) + records![0]!.length)
        return { index, errorCode: 0, baseOffset: 0 }
      }),
    })),
  }))
  return { cluster, topic, producer, bytes }
}

test('a trickle of records without keys reaches every partition', async () => {
  const { producer, bytes } = setUp(3)
  const value = 'v'.repeat(1_000)
  for (let sent = 0; sent < 300; sent++) await producer.send({ topic: 't', value })
  assert.equal(bytes.size, 3)
  for (const [partition, total] of bytes)
    assert.ok(total > 16_384, `${total} bytes in partition ${partition}`)
  await producer.close()
})

test('records that come together fill one batch', async () => {
  const { producer, bytes } = setUp(3)
  const value = 'v'.repeat(1_000)
  await producer.send({ topic: 't', value })
  bytes.clear()
  await producer.send(Array.from({ length: 100 }, () => ({ topic: 't', value })))
  assert.equal(bytes.size, 1)
  await producer.close()
})

test('a topic that is made anew with fewer partitions gets records in those only', async () => {
  const { cluster, topic, producer } = setUp(4)
  await producer.send({ topic: 't', partition: 3, value: 'old' })
  cluster.topics.set('t', { ...topic, topicId: 'BBBBBBBBBBBBBBBBBBBBBA', leaders: [1, 1] })
  await producer.cluster.refreshMetadata()
  for (let key = 0; key < 20; key++) {
    const { partition } = await producer.send({ topic: 't', key: `key-${key}`, value: 'new' })
    assert.ok(partition < 2)
  }
  await assert.rejects(producer.send({ topic: 't', partition: 3, value: 'new' }), /no partition 3 .* has 2/)
  await producer.close()
})

test('a record for a partition that was added since is refused once and taken soon after', async () => {
  const { topic, producer } = setUp(1)
  await producer.send({ topic: 't', partition: 0, value: 'old' })
  topic.leaders.push(1)
  await assert.rejects(producer.send({ topic: 't', partition: 1, value: 'new' }), /no partition 1 .* has 1/)
  while (!producer.cluster.metadata.partition('t', 1)) await new Promise(resolve => setImmediate(resolve))
  assert.equal((await producer.send({ topic: 't', partition: 1, value: 'new' })).partition, 1)
  await producer.close()
})
