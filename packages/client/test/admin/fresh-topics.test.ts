// Topics that brokers do not know yet: created a moment ago here, elsewhere, or never.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePartitionsApi,
  CreateTopicsApi,
  DeleteTopicsApi,
  ErrorCode,
  ListOffsetsApi,
  MetadataApi,
} from '@millrace/protocol'
import { nodeClock } from '@millrace/runtime'
import { Admin, BrokerError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

const query = [{ topic: 'new', partition: 0, timestamp: -1 }]

/** A cluster that tells of the topic `new`, and of partitions that it gets, only after so many look-ups; time passes with them, `stepMs` each. */
function slowCluster(lookUps: number, stepMs: number) {
  const fake = new FakeCluster()
  const told = fake.topic('new', [1])
  let left = lookUps
  let partitions = 1
  let wanted = 1
  let now = 0
  fake.on(MetadataApi, ({ request }) => {
    now += stepMs
    const asked = request.topics?.some(({ name }) => name === 'new')
    const known = asked && left-- <= 0
    if (known) partitions = wanted
    return {
      throttleTimeMs: 0,
      clusterId: 'fake',
      controllerId: 1,
      brokers: [{ nodeId: 1, host: 'fake', port: 1, rack: null }],
      topics: asked
        ? [
            {
              errorCode: known ? 0 : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
              name: 'new',
              topicId: told.topicId,
              partitions: Array.from({ length: known ? partitions : 0 }, (_, partitionIndex) => ({
                errorCode: 0,
                partitionIndex,
                leaderId: 1,
                replicaNodes: [1],
                isrNodes: [1],
                offlineReplicas: [],
              })),
            },
          ]
        : [],
    }
  })
  fake.on(CreateTopicsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name }) => ({
      name,
      errorCode: 0,
      numPartitions: 1,
      replicationFactor: 1,
    })),
  }))
  fake.on(CreatePartitionsApi, ({ request }) => {
    wanted = request.topics[0]!.count
    left = lookUps
    return { throttleTimeMs: 0, results: [{ name: 'new', errorCode: 0 }] }
  })
  fake.on(DeleteTopicsApi, () => ({ throttleTimeMs: 0, responses: [{ name: 'new', errorCode: 0 }] }))
  fake.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: 0, offset: 5 })),
    })),
  }))
  const admin = new Admin({
    brokers: fake.bootstrap,
    network: fake.network,
    clock: { ...nodeClock, monotonic: () => now },
    retryBackoffMs: 1,
    retryBackoffMaxMs: 1,
  })
  return { admin, lookUps: () => fake.count('Metadata') }
}

const isUnknown = (error: unknown) =>
  error instanceof BrokerError && error.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION

test('a topic that was just created here is waited for, for long where there is much to create', async () => {
  const { admin } = slowCluster(10, 2000)
  await admin.createTopics([{ name: 'new' }])
  const [found] = await admin.listOffsets(query)
  assert.equal(found!.offset, 5)
  admin.close()
})

test('a topic that was just created elsewhere is waited for a moment', async () => {
  const { admin } = slowCluster(3, 100)
  const [found] = await admin.listOffsets(query)
  assert.equal(found!.offset, 5)
  admin.close()
})

test('a topic that nobody creates is told to be missing after about a second, not at the end of all time', async () => {
  const { admin, lookUps } = slowCluster(1000, 250)
  const [missing] = await admin.listOffsets(query)
  assert.ok(isUnknown(missing!.error), String(missing!.error))
  assert.ok(lookUps() < 10, `${lookUps()} look-ups`)
  admin.close()
})

test('a partition that a topic was not created with is told to be missing after about a second', async () => {
  const { admin, lookUps } = slowCluster(2, 250)
  await admin.createTopics([{ name: 'new' }])
  const [missing] = await admin.listOffsets([{ ...query[0]!, partition: 1 }])
  assert.ok(isUnknown(missing!.error), String(missing!.error))
  assert.ok(lookUps() < 12, `${lookUps()} look-ups`)
  admin.close()
})

test('a partition that was just added is waited for', async () => {
  const { admin, lookUps } = slowCluster(4, 2000)
  await admin.createPartitions([{ topic: 'new', count: 2 }])
  const [found] = await admin.listOffsets([{ ...query[0]!, partition: 1 }])
  assert.equal(found!.offset, 5)
  assert.ok(lookUps() > 4)
  admin.close()
})

test('a topic that was created here is not waited for when it was deleted again', async () => {
  const { admin, lookUps } = slowCluster(1000, 250)
  await admin.createTopics([{ name: 'new' }])
  await admin.deleteTopics(['new'])
  const [missing] = await admin.listOffsets(query)
  assert.ok(isUnknown(missing!.error), String(missing!.error))
  assert.ok(lookUps() < 12, `${lookUps()} look-ups`)
  admin.close()
})

test('a topic that was just created here can be described', async () => {
  const { admin } = slowCluster(5, 2000)
  await admin.createTopics([{ name: 'new' }])
  const [described] = await admin.describeTopics(['new'])
  assert.equal(described!.error, undefined)
  assert.equal(described!.partitions.length, 1)
  admin.close()
})

test('describing a topic that nobody created says at once that it is missing', async () => {
  const { admin, lookUps } = slowCluster(1000, 250)
  const [described] = await admin.describeTopics(['new'])
  assert.ok(isUnknown(described!.error))
  assert.equal(lookUps(), 1)
  admin.close()
})
