// Starting over from the bootstrap list (KIP-899, KIP-1102): when the cluster asks for it, when no known broker is left, when look-ups fail for long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, ListGroupsApi, MetadataApi } from '@millrace/protocol'
import { BrokerError, Cluster, type ClusterOptions, ConfigError, Producer } from '../../src/index.ts'
import { FakeCluster, silence } from '../support/fake-broker.ts'

function connect(fake: FakeCluster, options: Partial<ClusterOptions> = {}): Cluster {
  return new Cluster({
    brokers: fake.bootstrap,
    network: fake.network,
    retryBackoffMs: 1,
    retryBackoffMaxMs: 2,
    reconnectBackoffMs: 1,
    reconnectBackoffMaxMs: 2,
    ...options,
  })
}

const answer = (brokerId: number, topics: object[] = []) => ({
  throttleTimeMs: 0,
  errorCode: 0,
  clusterId: 'fake',
  controllerId: brokerId,
  brokers: [{ nodeId: brokerId, host: 'fake', port: brokerId, rack: null }],
  topics: topics as never[],
})

const topicLedBy = (leaderId: number) => ({
  errorCode: 0,
  name: 't',
  topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
  isInternal: false,
  partitions: [
    {
      errorCode: 0,
      partitionIndex: 0,
      leaderId,
      leaderEpoch: 0,
      replicaNodes: [leaderId],
      isrNodes: [leaderId],
      offlineReplicas: [],
    },
  ],
})

test('a cluster that wants clients to start over is obeyed, and no call fails for it', async () => {
  const fake = new FakeCluster([1, 2])
  const asked: number[] = []
  let moved = false
  fake.on(ListGroupsApi, () => ({ throttleTimeMs: 0, errorCode: 0, groups: [] }))
  fake.on(MetadataApi, ({ brokerId }) => {
    asked.push(brokerId)
    if (brokerId === 2 && moved)
      return { ...answer(2), errorCode: ErrorCode.REBOOTSTRAP_REQUIRED, brokers: [] }
    return answer(moved ? 1 : 2, [topicLedBy(moved ? 1 : 2)])
  })
  await using cluster = connect(fake, { brokers: ['fake:1'] })
  assert.equal((await cluster.topic('t')).partitions[0]!.leader, 2)
  // From here on the only open connection is that to the broker of before.
  await cluster.request(ListGroupsApi, {}, { to: { broker: 2 } })
  fake.cut(1)
  await new Promise(resolve => setTimeout(resolve, 10))
  moved = true
  cluster.invalidateMetadata()
  await cluster.retry('looking again', () => cluster.refreshMetadata(['t']))
  assert.equal(cluster.metadata.partition('t', 0)!.leader, 1)
  assert.deepEqual(asked.slice(-2), [2, 1], 'the bootstrap broker was asked behind the one that refused')
})

test('with the strategy none such an answer is an error of the call', async () => {
  const fake = new FakeCluster([1])
  fake.on(MetadataApi, () => ({ ...answer(1), errorCode: ErrorCode.REBOOTSTRAP_REQUIRED, brokers: [] }))
  await using cluster = connect(fake, { metadataRecoveryStrategy: 'none' })
  await assert.rejects(cluster.topic('t'), (error: Error) => {
    assert.ok(error instanceof BrokerError)
    assert.deepEqual([error.code, error.retriable], ['REBOOTSTRAP_REQUIRED', false])
    return true
  })
})

for (const strategy of ['rebootstrap', 'none'] as const) {
  test(`when no known broker can be reached, ${strategy === 'none' ? 'none' : 'the bootstrap list'} is asked instead`, async () => {
    const fake = new FakeCluster([1, 2])
    // The bootstrap address is none of the brokers' own.
    fake.on(MetadataApi, ({ brokerId }) => answer(brokerId === 1 ? 2 : brokerId))
    fake.on(ListGroupsApi, () => ({ throttleTimeMs: 0, errorCode: 0, groups: [] }))
    await using cluster = connect(fake, { brokers: ['fake:1'], metadataRecoveryStrategy: strategy })
    await cluster.refreshMetadata([])
    fake.cut(1)
    fake.down.add(2)
    await new Promise(resolve => setTimeout(resolve, 10))
    const before = fake.connects
    const request = cluster.request(ListGroupsApi, {}, { to: 'any' })
    if (strategy === 'none') await assert.rejects(request, { code: 'CONNECT_FAILED' })
    else await request
    assert.ok(fake.connects > before)
  })
}

test('look-ups that fail for long make the client forget the brokers that it knows', async () => {
  const fake = new FakeCluster([1, 2])
  let isStrange = false
  const asked: number[] = []
  fake.on(MetadataApi, ({ brokerId }) => {
    asked.push(brokerId)
    // Another machine has the address by now: it takes connections and says nothing.
    if (brokerId === 2 && isStrange) return silence
    return answer(isStrange ? 1 : 2)
  })
  await using cluster = connect(fake, {
    brokers: ['fake:1'],
    requestTimeoutMs: 20,
    rebootstrapTriggerMs: 60,
    apiTimeoutMs: 5_000,
  })
  await cluster.refreshMetadata([])
  fake.cut(1)
  // The bootstrap broker is not there for a while, so that only the known one is asked.
  fake.down.add(1)
  isStrange = true
  const found = cluster.retry('looking again', () => cluster.refreshMetadata([]))
  // It starts over.
  while (cluster.metadata.nodes.size > 0) await new Promise(resolve => setTimeout(resolve, 5))
  fake.down.delete(1)
  await found
  assert.deepEqual([...cluster.metadata.nodes.keys()], [1])
})

test("Java's names are taken, and other strategies are refused", () => {
  const make = (options: object) => () => new Producer({ 'bootstrap.servers': 'b', ...options } as never)
  make({ 'metadata.recovery.strategy': 'REBOOTSTRAP', 'metadata.recovery.rebootstrap.trigger.ms': '1000' })()
  assert.throws(make({ 'metadata.recovery.strategy': 'restart' }), (error: Error) => {
    assert.ok(error instanceof ConfigError)
    assert.match(error.message, /"restart" is none of rebootstrap, none/)
    return true
  })
})
