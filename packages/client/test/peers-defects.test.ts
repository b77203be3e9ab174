// Mistakes that other clients make or made, each with a test that this one does not, where it takes a broker that misbehaves.
// Those that show on any broker are in packages/testkit/test/integration/peers-defects.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, FetchApi, HeartbeatApi, ProduceApi, type ProduceRequest } from '@millrace/protocol'
import { nodeClock } from '@millrace/runtime'
import { CorruptRecordError, Producer } from '../src/index.ts'
import { type Arrival, FakeCluster } from './support/fake-broker.ts'
import { serveLoneMember } from './support/fake-group.ts'
import { FakeLog } from './support/fake-log.ts'
import { setUp, take } from './support/fake-partitions.ts'

const quick = { retryBackoffMs: 1, retryBackoffMaxMs: 5, reconnectBackoffMs: 1 }

/** Two brokers and a topic whose partitions are led as said; each broker has logs of its own, so that a batch at the wrong one shows. */
function setUpLogs(leaders: number[]) {
  const fake = new FakeCluster([1, 2])
  const topic = fake.topic('t', leaders)
  const logs = new Map<string, FakeLog>()
  const logOf = (brokerId: number, partition: number) => {
    const name = `${brokerId}/${partition}`
    const log = logs.get(name) ?? new FakeLog()
    logs.set(name, log)
    return log
  }
  /** What goes wrong with a batch, once. */
  let trouble: (brokerId: number, partition: number) => number = () => 0
  fake.on(ProduceApi, ({ request, brokerId }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const leads = topic.leaders[index] === brokerId
        const code = trouble(brokerId, index) || (leads ? 0 : ErrorCode.NOT_LEADER_OR_FOLLOWER)
        if (code !== 0) return { index, errorCode: code, baseOffset: -1 }
        return { index, ...logOf(brokerId, index).append(Buffer.concat(records as Buffer[])) }
      }),
    })),
  }))
  const producer = new Producer({ brokers: fake.bootstrap, network: fake.network, ...quick })
  return {
    fake,
    topic,
    producer,
    logOf,
    setTrouble: (next: typeof trouble) => {
      trouble = next
    },
  }
}

test('what a broker refuses for one partition goes to that one alone, and each to its own leader', async () => {
  const { topic, producer, logOf, setTrouble } = setUpLogs([1, 1, 1])
  let first = true
  setTrouble((_, partition) => {
    if (!first || partition === 2) return 0
    if (partition === 1) first = false
    return partition === 0 ? ErrorCode.NOT_ENOUGH_REPLICAS : ErrorCode.NOT_LEADER_OR_FOLLOWER
  })
  const sent = producer.send([0, 1, 2].map(partition => ({ topic: 't', partition, value: `p${partition}` })))
  topic.leaders[1] = 2
  topic.leaderEpoch++
  await sent
  assert.deepEqual(logOf(1, 0).values, ['p0'])
  assert.deepEqual(logOf(2, 1).values, ['p1'])
  assert.deepEqual(logOf(1, 2).values, ['p2'])
  assert.deepEqual([logOf(2, 0).values, logOf(1, 1).values, logOf(2, 2).values], [[], [], []])
  await producer.close()
})

test('a broker that lost track of a producer costs neither order nor a second copy', async () => {
  const { producer, logOf } = setUpLogs([1])
  await producer.send({ topic: 't', value: '0' })
  for (let round = 0; round < 3; round++) {
    logOf(1, 0).loseTrack()
    const sends = Array.from({ length: 20 }, (_, index) =>
      producer.send({ topic: 't', value: String(round * 20 + index + 1) }),
    )
    await Promise.all(sends)
  }
  assert.deepEqual(
    logOf(1, 0).values,
    Array.from({ length: 61 }, (_, index) => String(index)),
  )
  await producer.close()
})

test('a batch with a wrong checksum reaches nobody', async () => {
  const { consumer, logs } = setUp([10])
  logs.damage = (baseOffset, bytes) => {
    if (baseOffset === 5) bytes[bytes.length - 3]! ^= 4
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  const seen: number[] = []
  const consume = async () => {
    for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(8_000) })) seen.push(offset)
  }
  await assert.rejects(consume(), (error: Error) => {
    assert.ok(error instanceof CorruptRecordError)
    assert.deepEqual([error.offset, error.nextOffset], [5, 10])
    return true
  })
  assert.deepEqual(seen, [0, 1, 2, 3, 4])
  await consumer.close()
})

test('a broker that throttles gets no fetch before its time is over', async () => {
  const { cluster, consumer, logs } = setUp([10])
  const arrivals: number[] = []
  cluster.on(FetchApi, arrival => {
    arrivals.push(performance.now())
    return { ...logs.fetch(arrival), throttleTimeMs: arrivals.length === 1 ? 100 : 0 }
  })
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  await take(consumer, 10)
  assert.ok(arrivals[1]! - arrivals[0]! >= 99, `${arrivals[1]! - arrivals[0]!} ms`)
  await consumer.close()
})

test('no timer is set for a time that is over', async () => {
  const warnings: Error[] = []
  const onWarning = (warning: Error) => warnings.push(warning)
  process.on('warning', onWarning)
  const { cluster, consumer } = setUp([10], {
    groupId: 'g',
    heartbeatIntervalMs: 5,
    autoCommitIntervalMs: 5,
    fetchMaxWaitMs: 5,
    metadataMaxAgeMs: 5,
  })
  serveLoneMember(cluster)
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: 3, errorCode: 0 }))
  consumer.subscribe('t')
  for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
    // Everything that was due is late now.
    for (const end = performance.now() + 20; performance.now() < end; );
    await new Promise(resolve => setTimeout(resolve, 2))
    if (offset === 9) break
  }
  await consumer.close()
  nodeClock.setTimer(-5, () => {}).cancel()
  await new Promise(setImmediate)
  process.off('warning', onWarning)
  assert.deepEqual(warnings, [])
})
