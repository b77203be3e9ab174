// Topics that nobody uses any more are forgotten, and those that are needed never are: a client that meets many carries a few.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MetadataApi, ProduceApi } from '@millrace/protocol'
import { StandingClock } from '@millrace/testkit/clocks'
import { Cluster, Producer } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { FakeLog } from '../support/fake-log.ts'

const minuteMs = 60_000
/** A topic id that says whose it is. */
const idOf = (name: string) => Buffer.from(name.padEnd(16)).toString('base64url')
const nameOf = (topicId: string) => Buffer.from(topicId, 'base64url').toString().trimEnd()

/** A cluster that has every topic that it is asked for, and what was asked for each time. */
function setUp() {
  const fake = new FakeCluster()
  const clock = new StandingClock()
  const asked: string[][] = []
  const leaders = new Map<string, number[]>()
  fake.on(MetadataApi, ({ request }) => {
    const names = (request.topics ?? []).map(({ name }) => name ?? '')
    asked.push(names)
    return {
      clusterId: 'fake',
      controllerId: 1,
      brokers: [{ nodeId: 1, host: 'fake', port: 1, rack: null }],
      topics: names.map(name => ({
        errorCode: 0,
        name,
        topicId: idOf(name),
        isInternal: false,
        partitions: (leaders.get(name) ?? [1]).map((leaderId, partitionIndex) => ({
          errorCode: 0,
          partitionIndex,
          leaderId,
          leaderEpoch: 0,
          replicaNodes: [1],
          isrNodes: [1],
          offlineReplicas: [],
        })),
      })),
    }
  })
  const options = { brokers: fake.bootstrap, network: fake.network, clock }
  return { fake, clock, asked, leaders, options }
}

test('a client that meets ever new topics remembers those of the last minutes, and asks for no others', async () => {
  const { clock, asked, options } = setUp()
  await using cluster = new Cluster(options)
  for (let minute = 0; minute < 60; minute++) {
    await clock.passDuring(cluster.topic(`t${minute}`))
    await clock.passDuring(cluster.topic('always'))
    cluster.invalidateMetadata()
    await clock.passDuring(cluster.refreshMetadata())
    await clock.pass(minuteMs)
  }
  assert.ok(cluster.metadata.topics.size <= 12, `${cluster.metadata.topics.size} topics are known`)
  assert.ok(cluster.metadata.topic('always') && cluster.metadata.topic('t59'))
  assert.ok(Math.max(...asked.map(({ length }) => length)) <= 7)
})

test('a topic that was forgotten is looked up again, with what it has become, and its records keep their order', async () => {
  const { fake, clock, leaders, options } = setUp()
  const logs = new Map<string, FakeLog>()
  fake.on(ProduceApi, ({ request }) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const key = `${nameOf(topicId)}-${index}`
        const log = logs.get(key) ?? new FakeLog()
        logs.set(key, log)
        return { index, ...log.append(records![0]!) }
      }),
    })),
  }))
  const producer = new Producer({ ...options, lingerMs: 0 })
  const send = (topic: string, value: string, partition = 0) =>
    clock.passDuring(producer.send({ topic, value, partition }))
  await send('t', 'first')
  for (let minute = 0; minute < 12; minute++) {
    await send('other', 'x')
    producer.cluster.invalidateMetadata()
    await clock.passDuring(producer.cluster.refreshMetadata())
    await clock.pass(minuteMs)
  }
  assert.equal(producer.cluster.metadata.topic('t'), undefined)
  leaders.set('t', [1, 1])
  await send('t', 'into what has grown', 1)
  await send('t', 'second')
  assert.deepEqual(logs.get('t-0')!.values, ['first', 'second'])
  assert.deepEqual(
    logs.get('t-0')!.batches.map(({ sequence }) => sequence),
    [0, 1],
  )
  assert.deepEqual(logs.get('t-1')!.values, ['into what has grown'])
  await clock.passDuring(producer.close())
})

test('records that wait for a leader longer than idle topics are remembered are sent when there is one', async () => {
  const { fake, clock, leaders, options } = setUp()
  leaders.set('t', [-1])
  fake.on(ProduceApi, ({ request }) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode: 0, baseOffset: 7 })),
    })),
  }))
  const producer = new Producer({ ...options, deliveryTimeoutMs: 30 * minuteMs, retryBackoffMs: 1_000 })
  const sent = producer.send({ topic: 't', value: 'patient' })
  await clock.passUntil(() => fake.count('Metadata') > 1)
  await clock.pass(10 * minuteMs)
  leaders.set('t', [1])
  assert.equal((await clock.passDuring(sent, 1_000)).offset, 7)
  await clock.passDuring(producer.close())
})
