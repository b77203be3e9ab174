// A broker that is frozen: its connections are open and nothing comes. What any broker can answer goes to another one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiVersionsApi, ErrorCode, MetadataApi, ProduceApi, type ProduceRequest } from '@millrace/protocol'
import { Producer } from '../../src/index.ts'
import { type Arrival, FakeCluster, silence } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

test('a frozen leader that also has the idle general connection costs one request time-out, not two', async () => {
  const fake = new FakeCluster([1, 2])
  const topic = fake.topic('t', [2])
  const requestTimeoutMs = 20_000
  let frozen = false
  fake.on(ProduceApi, ({ request, brokerId }: Arrival<ProduceRequest>) =>
    frozen && brokerId === 2
      ? silence
      : {
          throttleTimeMs: 0,
          responses: request.topicData.map(({ name, topicId, partitionData }) => ({
            name,
            topicId,
            partitionResponses: partitionData.map(({ index }) => ({
              index,
              errorCode: topic.leaders[0] === brokerId ? 0 : ErrorCode.NOT_LEADER_OR_FOLLOWER,
              baseOffset: 0,
            })),
          })),
        },
  )
  const producer = new Producer({
    brokers: ['fake:2'],
    network: fake.network,
    clock: quickClock,
    requestTimeoutMs,
  })
  await producer.send({ topic: 't', value: 'v' })
  const answer = {
    throttleTimeMs: 0,
    clusterId: 'fake',
    controllerId: 1,
    brokers: [1, 2].map(nodeId => ({ nodeId, host: 'fake', port: nodeId, rack: null })),
    topics: [
      {
        errorCode: 0,
        name: 't',
        topicId: topic.topicId,
        partitions: [
          { errorCode: 0, partitionIndex: 0, leaderId: 1, leaderEpoch: 1, replicaNodes: [1], isrNodes: [1] },
        ],
      },
    ],
  }
  const apiKeys = [ApiVersionsApi, MetadataApi, ProduceApi].map(({ key, minVersion, maxVersion }) => ({
    apiKey: key,
    minVersion,
    maxVersion,
  }))
  fake.on(MetadataApi, ({ brokerId }) => (brokerId === 2 ? silence : answer))
  fake.on(ApiVersionsApi, ({ brokerId }) =>
    brokerId === 2 ? silence : { errorCode: 0, throttleTimeMs: 0, apiKeys },
  )
  frozen = true
  topic.leaders[0] = 1
  const startedAt = quickClock.monotonic()
  await producer.send({ topic: 't', value: 'v' })
  const tookMs = quickClock.monotonic() - startedAt
  assert.ok(tookMs >= requestTimeoutMs && tookMs < 1.8 * requestTimeoutMs, `${tookMs} ms`)
  assert.ok(fake.log.some(({ name, brokerId }) => name === 'Metadata' && brokerId === 1))
  await producer.close()
})
