// What administrators ask and tell the broker: sizes, producers, elections, the quorum, producer ids.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddRaftVoterApi,
  AlterPartitionReassignmentsApi,
  AlterReplicaLogDirsApi,
  DescribeLogDirsApi,
  DescribeProducersApi,
  DescribeQuorumApi,
  ElectLeadersApi,
  ErrorCode,
  InitProducerIdApi,
  ListPartitionReassignmentsApi,
  RemoveRaftVoterApi,
  UnregisterBrokerApi,
  zeroUuid,
} from '@millrace/protocol'
import { batchOf, connect, produce, startBroker, temporaryDirectory } from './broker-fixture.ts'

test('sizes of partitions are told by directory', async t => {
  const broker = await startBroker(t, { topics: [{ name: 'sized', partitions: 2 }, 'other'] })
  const client = await connect(t, broker)
  const batch = batchOf(['x'.repeat(500)])
  await produce(client, 'sized', batch, { partition: 1 })
  for (let version = 1; version <= 5; version++) {
    const all = await client.send(DescribeLogDirsApi, version, { topics: null })
    assert.equal(all.results[0]!.logDir, broker.dataDir)
    assert.equal(all.results[0]!.topics.length, 2)
    const { totalBytes, usableBytes } = all.results[0]!
    if (version < 4) assert.deepEqual([totalBytes, usableBytes], [-1, -1])
    else assert.ok(totalBytes > 0 && usableBytes >= 0 && usableBytes <= totalBytes)
  }
  const one = await client.send(DescribeLogDirsApi, 4, {
    topics: [{ topic: 'sized', partitions: [0, 1, 9] }],
  })
  assert.deepEqual(
    one.results[0]!.topics[0]!.partitions.map(({ partitionIndex, partitionSize }) => [
      partitionIndex,
      partitionSize,
    ]),
    [
      [0, 0],
      [1, batch.length],
    ],
  )
})

test('producers with state in a partition are described', async t => {
  const broker = await startBroker(t, { topics: ['p'] })
  const client = await connect(t, broker)
  const { producerId } = await client.send(InitProducerIdApi, 4, {
    transactionalId: null,
    transactionTimeoutMs: 1000,
  })
  await produce(client, 'p', batchOf(['a', 'b'], { producerId, producerEpoch: 0, baseSequence: 0 }))
  const reply = await client.send(DescribeProducersApi, 0, {
    topics: [{ name: 'p', partitionIndexes: [0, 5] }],
  })
  const [there, missing] = reply.topics[0]!.partitions
  assert.equal(missing!.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.deepEqual(
    there!.activeProducers.map(state => [
      state.producerId,
      state.producerEpoch,
      state.lastSequence,
      state.currentTxnStartOffset,
    ]),
    [[producerId, 0, 1, -1]],
  )
})

test('elections and reassignments have nothing to do on one node', async t => {
  const broker = await startBroker(t, { topics: ['led'] })
  const client = await connect(t, broker)
  const election = await client.send(ElectLeadersApi, 2, {
    electionType: 0,
    topicPartitions: [{ topic: 'led', partitions: [0, 3] }],
    timeoutMs: 1000,
  })
  assert.deepEqual(
    election.replicaElectionResults[0]!.partitionResult.map(({ errorCode }) => errorCode),
    [ErrorCode.ELECTION_NOT_NEEDED, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  )
  const move = async (replicas: number[] | null) => {
    const reply = await client.send(AlterPartitionReassignmentsApi, 0, {
      timeoutMs: 1000,
      topics: [{ name: 'led', partitions: [{ partitionIndex: 0, replicas }] }],
    })
    return reply.responses[0]!.partitions[0]!.errorCode
  }
  assert.equal(await move([1]), ErrorCode.NONE)
  assert.equal(await move([2]), ErrorCode.INVALID_REPLICA_ASSIGNMENT)
  assert.equal(await move(null), ErrorCode.NO_REASSIGNMENT_IN_PROGRESS)
  const list = await client.send(ListPartitionReassignmentsApi, 0, { timeoutMs: 1000, topics: null })
  assert.deepEqual(list.topics, [])
})

test('the quorum of the metadata log is this node', async t => {
  const broker = await startBroker(t, { topics: ['x'] })
  const client = await connect(t, broker)
  for (const version of [0, 1, 2]) {
    const reply = await client.send(DescribeQuorumApi, version, {
      topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }],
    })
    const partition = reply.topics[0]!.partitions[0]!
    assert.equal(partition.leaderId, 1)
    assert.deepEqual(
      partition.currentVoters.map(({ replicaId }) => replicaId),
      [1],
    )
    assert.ok(partition.highWatermark > 0)
  }
})

test('the one voter is fixed, and the one broker is not forgotten while it runs', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const voter = { clusterId: null, voterId: 9, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' }
  const listeners = [{ name: 'CONTROLLER', host: 'localhost', port: 9093 }]
  for (const [change, errorCode] of [
    [{}, ErrorCode.UNSUPPORTED_VERSION],
    [{ clusterId: 'another' }, ErrorCode.INCONSISTENT_CLUSTER_ID],
    [{ voterId: -1 }, ErrorCode.INVALID_REQUEST],
    [{ voterDirectoryId: zeroUuid }, ErrorCode.INVALID_REQUEST],
  ] as const) {
    const asked = { ...voter, ...change }
    const added = await client.send(AddRaftVoterApi, 1, { ...asked, listeners, timeoutMs: 1000 })
    const removed = await client.send(RemoveRaftVoterApi, 0, asked)
    assert.deepEqual([added.errorCode, removed.errorCode], [errorCode, errorCode])
  }
  const unreachable = await client.send(AddRaftVoterApi, 0, { ...voter, listeners: [], timeoutMs: 1000 })
  assert.equal(unreachable.errorCode, ErrorCode.INVALID_REQUEST)
  const unknown = await client.send(UnregisterBrokerApi, 0, { brokerId: 9 })
  assert.deepEqual(
    [unknown.errorCode, unknown.errorMessage],
    [ErrorCode.BROKER_ID_NOT_REGISTERED, 'Broker ID 9 is not currently registered'],
  )
  const itself = await client.send(UnregisterBrokerApi, 0, { brokerId: 1 })
  assert.equal(itself.errorCode, ErrorCode.INVALID_REQUEST)
})

test('producer ids are never given twice, not even after the broker died', async t => {
  const dataDir = temporaryDirectory(t)
  const seen = new Set<number>()
  for (let round = 0; round < 3; round++) {
    const broker = await startBroker(t, { dataDir })
    const client = await connect(t, broker)
    for (let version = 0; version <= 5; version++) {
      const reply = await client.send(InitProducerIdApi, version, {
        transactionalId: null,
        transactionTimeoutMs: 1000,
      })
      assert.deepEqual([reply.errorCode, reply.producerEpoch], [ErrorCode.NONE, 0])
      assert.ok(!seen.has(reply.producerId))
      seen.add(reply.producerId)
    }
    await broker.close()
  }
})

test('a partition stays in the one directory, and goes to no other', async t => {
  const broker = await startBroker(t, { topics: ['here'] })
  const client = await connect(t, broker)
  const move = async (path: string, name: string, partitions: readonly number[]) => {
    const reply = await client.send(AlterReplicaLogDirsApi, 2, {
      dirs: [{ path, topics: [{ name, partitions }] }],
    })
    return reply.results.map(({ topicName, partitions: moved }) => [
      topicName,
      ...moved.map(({ partitionIndex, errorCode }) => [partitionIndex, errorCode]),
    ])
  }
  const { dataDir } = broker
  assert.deepEqual(await move(dataDir, 'here', [0, 7]), [
    ['here', [0, 0], [7, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]],
  ])
  assert.deepEqual(await move(dataDir, 'gone', [0]), [['gone', [0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]]])
  assert.deepEqual(await move('/nowhere', 'here', [0]), [['here', [0, ErrorCode.LOG_DIR_NOT_FOUND]]])
  assert.deepEqual(await move(`${dataDir}/`, 'here', [0]), [['here', [0, ErrorCode.LOG_DIR_NOT_FOUND]]])
  const topics = [{ name: 'here', partitions: [0] }]
  const both = await client.send(AlterReplicaLogDirsApi, 2, {
    dirs: [
      { path: dataDir, topics },
      { path: '/nowhere', topics },
    ],
  })
  assert.deepEqual(
    both.results.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
    [[ErrorCode.LOG_DIR_NOT_FOUND]],
  )
})
