// Commits of a group: what a deleted topic does to them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, OffsetCommitApi } from '@millrace/protocol'
import { BrokerError, Cluster, OperationTimeoutError } from '../../src/index.ts'
import { commitOffsets } from '../../src/consumer/committed-offsets.ts'
import { FakeCluster } from '../support/fake-broker.ts'

function setUp() {
  const fake = new FakeCluster()
  fake.topic('there', [1])
  fake.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: fake.topics.has(name) ? 0 : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      })),
    })),
  }))
  const cluster = new Cluster({ brokers: fake.bootstrap, network: fake.network, retryBackoffMs: 1 })
  const identity = () => ({ groupId: 'g', memberId: 'm', generation: 1, groupInstanceId: null })
  return { fake, cluster, identity }
}

const offsets = [
  { topic: 'gone', partition: 0, offset: 7 },
  { topic: 'there', partition: 0, offset: 8 },
]

test('a commit in passing leaves out a topic that is gone, and says what it committed', async () => {
  const { fake, cluster, identity } = setUp()
  const committed = await commitOffsets(cluster, identity, offsets, { skipUnknown: true })
  assert.deepEqual(committed, [offsets[1]])
  assert.equal(fake.count('OffsetCommit'), 1)
  cluster.close()
})

test('a commit that was asked for waits for the topic, and fails when it does not come', async () => {
  const { fake, cluster, identity } = setUp()
  await assert.rejects(commitOffsets(cluster, identity, offsets, { timeoutMs: 400 }), (error: Error) => {
    assert.ok(error instanceof OperationTimeoutError)
    assert.ok(error.cause instanceof BrokerError)
    return true
  })
  fake.topic('gone', [1])
  assert.deepEqual(await commitOffsets(cluster, identity, offsets), offsets)
  cluster.close()
})
