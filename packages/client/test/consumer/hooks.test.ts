// What a group does to its member's user: hooks that throw, and a membership that ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FetchApi, HeartbeatApi, JoinGroupApi, RecordBatchWriter } from '@millrace/protocol'
import { Consumer } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { serveGroup } from '../support/fake-group.ts'

const none = { throttleTimeMs: 0, errorCode: 0 }

/** A group of one, and topics with a record each. */
function setUp() {
  const fake = new FakeCluster()
  for (const name of ['a', 'b']) fake.topic(name, [1])
  let generation = 0
  fake.on(JoinGroupApi, ({ request }) => {
    const { name, metadata } = request.protocols[0]!
    return {
      ...none,
      generationId: ++generation,
      protocolType: 'consumer',
      protocolName: name,
      leader: 'm',
      memberId: 'm',
      members: [{ memberId: 'm', metadata }],
    }
  })
  serveGroup(fake)
  fake.on(HeartbeatApi, () => none)
  fake.on(FetchApi, async ({ request }) => {
    await new Promise(resolve => setImmediate(resolve))
    return {
      ...none,
      sessionId: 0,
      responses: request.topics.map(({ topicId, partitions }) => ({
        topicId,
        partitions: partitions.map(({ partition, fetchOffset }) => {
          const writer = new RecordBatchWriter()
          writer.append(1_000, null, 'only')
          return {
            partitionIndex: partition,
            errorCode: 0,
            highWatermark: 1,
            lastStableOffset: 1,
            records: fetchOffset === 0 ? [writer.finish()] : null,
          }
        }),
      })),
    }
  })
  const consumer = new Consumer({
    brokers: fake.bootstrap,
    network: fake.network,
    groupId: 'g',
    heartbeatIntervalMs: 5,
    fetchMaxWaitMs: 5,
    autoCommit: false,
  })
  return { fake, consumer }
}

async function next(consumer: Consumer) {
  for await (const record of consumer.records({ signal: AbortSignal.timeout(5_000) })) {
    consumer.markProcessed(record)
    return record
  }
  return undefined
}

test('partitions that come while a hook fails over those that go are read', async () => {
  const { consumer } = setUp()
  consumer.subscribe('a')
  assert.equal((await next(consumer))?.topic, 'a')
  consumer.subscribe('b', {
    onRevoked: () => {
      throw new Error('the hook failed')
    },
  })
  await assert.rejects(next(consumer), /the hook failed/)
  assert.equal((await next(consumer))?.topic, 'b')
  await consumer.close()
})

test('a membership that has ended is told to everyone who asks for records', async () => {
  const { fake, consumer } = setUp()
  fake.on(JoinGroupApi, () => ({ ...none, errorCode: 30, leader: '', memberId: '', members: [] }))
  consumer.subscribe('a')
  for (let call = 0; call < 3; call++)
    await assert.rejects(consumer.poll({ timeoutMs: 5_000 }), { code: 'GROUP_AUTHORIZATION_FAILED' })
  await consumer.close()
})
