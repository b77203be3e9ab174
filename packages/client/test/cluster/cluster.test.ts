// Metadata, leaders and coordinators against brokers that come, go and move things about.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FindCoordinatorApi, HeartbeatApi, ListGroupsApi, MetadataApi } from '@millrace/protocol'
import { StandingClock } from '@millrace/testkit/clocks'
import {
  BrokerError,
  Cluster,
  type ClusterOptions,
  ConnectionError,
  OperationTimeoutError,
} from '../../src/index.ts'
import { FakeCluster, hangUp, silence } from '../support/fake-broker.ts'

function connect(fake: FakeCluster, options: Partial<ClusterOptions> = {}): Cluster {
  return new Cluster({
    brokers: fake.bootstrap,
    network: fake.network,
    retryBackoffMs: 1,
    reconnectBackoffMs: 1,
    reconnectBackoffMaxMs: 2,
    ...options,
  })
}

const noGroups = { throttleTimeMs: 0, errorCode: 0, groups: [] }

test('a bootstrap broker that is down is passed over', async () => {
  const fake = new FakeCluster([1, 2])
  fake.down.add(1)
  fake.topic('t', [2])
  await using cluster = connect(fake)
  const topic = await cluster.topic('t')
  assert.equal(topic.partitions[0]!.leader, 2)
})

test('when no broker can be reached the error says so', async () => {
  const fake = new FakeCluster([1])
  fake.down.add(1)
  await using cluster = connect(fake, { apiTimeoutMs: 300 })
  await assert.rejects(cluster.refreshMetadata(), ConnectionError)
  await assert.rejects(cluster.topic('t'), (error: OperationTimeoutError) => {
    assert.ok(error instanceof OperationTimeoutError)
    assert.ok(error.cause instanceof ConnectionError)
    return true
  })
})

test('a call goes again as often as apiRetries says, and one without an end until there is an answer', async () => {
  const fake = new FakeCluster([1])
  let asked = 0
  fake.on(MetadataApi, () => {
    asked++
    return hangUp
  })
  await using cluster = connect(fake, { apiRetries: 2 })
  await assert.rejects(cluster.topic('t'), (error: OperationTimeoutError) => {
    assert.ok(error instanceof OperationTimeoutError)
    assert.match(error.message, /^looking up topic "t" did not succeed in 3 attempts \(apiRetries\): /)
    assert.ok(error.cause instanceof ConnectionError)
    return true
  })
  assert.equal(asked, 3)
  const endless = cluster.retry(
    'asking',
    async () => {
      if (asked++ < 20) throw new ConnectionError('CONNECTION_CLOSED', 'not yet')
      return 'an answer'
    },
    { timeoutMs: Number.POSITIVE_INFINITY },
  )
  assert.equal(await endless, 'an answer')
})

test('an operation ends in its time though a broker accepts connections and says nothing', async () => {
  const fake = new FakeCluster([1])
  fake.topic('t', [1])
  fake.on(MetadataApi, () => silence)
  await using cluster = connect(fake, { apiTimeoutMs: 20, requestTimeoutMs: 60_000 })
  await assert.rejects(cluster.topic('t'), (error: OperationTimeoutError) => {
    assert.ok(error instanceof OperationTimeoutError)
    assert.match(error.message, /looking up topic "t" did not succeed within 20 ms: no broker has answered/)
    return true
  })
})

const nowhere = {
  errorCode: 0,
  leaderId: 1,
  leaderEpoch: 0,
  replicaNodes: [],
  isrNodes: [],
  offlineReplicas: [],
}

test('a response that numbers a partition as nobody does is refused, and takes no memory', async () => {
  for (const partitionIndex of [2 ** 31 - 1, -1]) {
    const fake = new FakeCluster([1])
    fake.on(MetadataApi, () => ({
      brokers: [{ nodeId: 1, host: 'fake', port: 1 }],
      controllerId: 1,
      topics: [{ name: 't', errorCode: 0, partitions: [{ ...nowhere, partitionIndex }] }],
    }))
    const clock = new StandingClock()
    await using cluster = connect(fake, { clock })
    const refused = assert.rejects(cluster.topic('t'), ({ message }: Error) => {
      assert.match(message, new RegExp(`names partition ${partitionIndex} of topic "t", of which it tells 1`))
      return true
    })
    await clock.passUntil(() => fake.count('Metadata') > 1)
    await clock.passDuring(refused, 1_000)
  }
})

test('concurrent lookups share a request', async () => {
  const fake = new FakeCluster([1])
  for (const name of ['a', 'b', 'c']) fake.topic(name, [1])
  await using cluster = connect(fake)
  await Promise.all(['a', 'b', 'c', 'a', 'b'].map(name => cluster.topic(name)))
  // The first goes alone; what comes meanwhile goes together.
  assert.equal(fake.count('Metadata'), 2)
})

test('a topic that is being created is waited for', async () => {
  const fake = new FakeCluster([1])
  await using cluster = connect(fake)
  const looking = cluster.topic('late')
  setTimeout(() => fake.topic('late', [1]), 10)
  assert.equal((await looking).name, 'late')
})

test('an answer of a broker that is behind does not undo what is known of a leader', async () => {
  const fake = new FakeCluster([1, 2])
  const topic = fake.topic('t', [1])
  topic.leaderEpoch = 5
  await using cluster = connect(fake)
  await cluster.topic('t')
  topic.leaderEpoch = 4
  topic.leaders[0] = 2
  await cluster.refreshMetadata(['t'])
  assert.equal(cluster.metadata.partition('t', 0)!.leader, 1)
  topic.leaderEpoch = 6
  await cluster.refreshMetadata(['t'])
  assert.equal(cluster.metadata.partition('t', 0)!.leader, 2)
})

test('a topic that is gone is forgotten', async () => {
  const fake = new FakeCluster([1])
  fake.topic('t', [1])
  await using cluster = connect(fake)
  await cluster.topic('t')
  fake.topics.delete('t')
  await cluster.refreshMetadata()
  assert.equal(cluster.metadata.topic('t'), undefined)
  assert.equal(cluster.metadata.problemOf('t')!.errorCode, 3)
})

test('a coordinator is looked up once, and again when it says that it is none', async () => {
  const fake = new FakeCluster([1, 2])
  let coordinator = 1
  fake.on(FindCoordinatorApi, ({ request }) => ({
    throttleTimeMs: 0,
    coordinators: request.coordinatorKeys.map(key => ({
      key,
      nodeId: coordinator,
      host: 'fake',
      port: coordinator,
      errorCode: 0,
    })),
  }))
  fake.on(HeartbeatApi, ({ brokerId }) => ({
    throttleTimeMs: 0,
    errorCode: brokerId === coordinator ? 0 : 16,
  }))
  await using cluster = connect(fake)
  const beat = () =>
    cluster.call(
      HeartbeatApi,
      { groupId: 'g', generationId: 1, memberId: 'm' },
      {
        what: 'sending a heartbeat',
        to: { coordinator: { type: 'group', key: 'g' } },
        check: ({ errorCode }) => {
          if (errorCode !== 0) throw new BrokerError(errorCode, 'sending a heartbeat')
        },
      },
    )
  await beat()
  await beat()
  assert.equal(fake.count('FindCoordinator'), 1)
  coordinator = 2
  await beat()
  assert.equal(fake.count('FindCoordinator'), 2)
})

test('a request to the leader goes to the leader, and to the next one after it moved', async () => {
  const fake = new FakeCluster([1, 2])
  const topic = fake.topic('t', [2])
  fake.on(ListGroupsApi, () => noGroups)
  await using cluster = connect(fake)
  const to = { leaderOf: { topic: 't', partition: 0 } }
  await cluster.request(ListGroupsApi, {}, { to })
  topic.leaders[0] = 1
  topic.leaderEpoch = 1
  cluster.invalidateMetadata()
  await cluster.request(ListGroupsApi, {}, { to })
  assert.deepEqual(
    fake.log.filter(({ name }) => name === 'ListGroups').map(({ brokerId }) => brokerId),
    [2, 1],
  )
})

test('calls go on through lost connections until they work', async () => {
  const fake = new FakeCluster([1])
  let attempts = 0
  fake.on(ListGroupsApi, () => (++attempts < 3 ? hangUp : noGroups))
  await using cluster = connect(fake)
  await cluster.call(ListGroupsApi, {}, { what: 'listing groups', check: () => {} })
  assert.equal(attempts, 3)
})

test('an error that no retry mends ends a call at once', async () => {
  const fake = new FakeCluster([1])
  fake.on(ListGroupsApi, () => ({ ...noGroups, errorCode: 31 }))
  await using cluster = connect(fake)
  const call = cluster.call(
    ListGroupsApi,
    {},
    {
      what: 'listing groups',
      check: ({ errorCode }) => {
        throw new BrokerError(errorCode, 'listing groups')
      },
    },
  )
  await assert.rejects(call, { code: 'CLUSTER_AUTHORIZATION_FAILED', errorCode: 31, retriable: false })
  assert.equal(fake.count('ListGroups'), 1)
})

test('an abort ends the wait for an answer', async () => {
  const fake = new FakeCluster([1])
  fake.on(ListGroupsApi, () => silence)
  await using cluster = connect(fake)
  const controller = new AbortController()
  const waiting = cluster.request(ListGroupsApi, {}, { signal: controller.signal })
  setTimeout(() => controller.abort(new Error('enough')), 5)
  await assert.rejects(waiting, /enough/)
  await assert.rejects(cluster.request(ListGroupsApi, {}, { signal: controller.signal }), /enough/)
})

test('a cluster that asks for it is started over from the bootstrap list', async () => {
  const fake = new FakeCluster([1])
  fake.topic('t', [1])
  await using cluster = connect(fake)
  await cluster.topic('t')
  const { network } = fake
  assert.ok(network)
  fake.on(MetadataApi, () => ({
    throttleTimeMs: 0,
    errorCode: 129,
    brokers: [],
    topics: [],
    controllerId: -1,
  }))
  await assert.rejects(cluster.refreshMetadata(), { code: 'REBOOTSTRAP_REQUIRED' })
  assert.equal(cluster.metadata.topic('t'), undefined)
  assert.equal(cluster.metadata.nodes.size, 0)
})

test('a closed cluster answers nothing any more', async () => {
  const fake = new FakeCluster([1])
  fake.on(ListGroupsApi, () => silence)
  const cluster = connect(fake)
  const waiting = cluster.request(ListGroupsApi, {})
  setTimeout(() => cluster.close(), 5)
  await assert.rejects(waiting, { code: 'CLOSED' })
  await assert.rejects(cluster.request(ListGroupsApi, {}), { code: 'CLOSED' })
})

test('a call to a controller that is gone goes to the next one', async () => {
  const fake = new FakeCluster([1, 2])
  fake.on(ListGroupsApi, () => noGroups)
  await using cluster = connect(fake)
  const call = () =>
    cluster.call(
      ListGroupsApi,
      {},
      { what: 'listing groups', to: 'controller', totalTimeoutMs: 2_000, check: () => {} },
    )
  await call()
  fake.brokerIds.shift()
  fake.down.add(1)
  fake.cut(1)
  await call()
  assert.deepEqual(
    fake.log.filter(({ name }) => name === 'ListGroups').map(({ brokerId }) => brokerId),
    [1, 2],
  )
})
