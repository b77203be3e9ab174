// Ends of transactions in the partitions that took part: WriteTxnMarkers, what it leaves in the logs, and who sees it.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  DescribeProducersApi,
  ErrorCode,
  FetchApi,
  IncrementalAlterConfigsApi,
  ListOffsetsApi,
  RecordBatchWriter,
  WriteTxnMarkersApi,
  type WriteTxnMarkersRequestInit,
} from '@millrace/protocol'
import { groupCoordinator } from '../../src/groups/coordinator.ts'
import { offsetRecord } from '../../src/groups/offsets-records.ts'
import { offsetsTopic } from '../../src/metadata/internal-topics.ts'
import type { RunningBroker } from '../../src/running-broker.ts'
import { transactionMarkers } from '../../src/transactions/markers.ts'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  startBroker,
  temporaryDirectory,
  valuesOf,
} from '../broker-fixture.ts'
import type { TestClient } from '../test-client.ts'

type Marker = WriteTxnMarkersRequestInit['markers'][number]

const readCommitted = 1

function marker(committed: boolean, changes: Partial<Marker> = {}): Marker {
  return {
    producerId: 7,
    producerEpoch: 0,
    transactionResult: committed,
    topics: [{ name: 'txn', partitionIndexes: [0] }],
    coordinatorEpoch: 0,
    ...changes,
  }
}

/** Error codes by producer, topic and partition. */
async function write(client: TestClient, markers: readonly Marker[], version = 2): Promise<string[]> {
  const reply = await client.send(WriteTxnMarkersApi, version, { markers })
  return reply.markers.flatMap(({ producerId, topics }) =>
    topics.flatMap(({ name, partitions }) =>
      partitions.map(
        ({ partitionIndex, errorCode }) => `${producerId} ${name}-${partitionIndex} ${errorCode}`,
      ),
    ),
  )
}

/** As a producer whose transaction the coordinator knows. */
async function append(
  broker: RunningBroker,
  topic: string,
  values: readonly string[],
  baseSequence: number,
  { partition = 0, producerId = 7, producerEpoch = 0 } = {},
): Promise<void> {
  const batch = batchOf(values, { producerId, producerEpoch, baseSequence, transactional: true })
  broker.partition(topic, partition)!.append(batch, { verification: 'off' })
  await broker.logs.commit('durable')
}

async function committedValues(client: TestClient, topic: string): Promise<string[]> {
  const found = onlyPartition(await fetchFrom(client, topic, 0, { isolationLevel: readCommitted }))
  return valuesOf(found)
}

async function setUp(context: TestContext): Promise<{ broker: RunningBroker; client: TestClient }> {
  const broker = await startBroker(context)
  const client = await connect(context, broker)
  await createTopic(client, 'txn', 2)
  return { broker, client }
}

test('readers of committed data see nothing of a transaction before its marker, and all of it after', async t => {
  const { broker, client } = await setUp(t)
  await append(broker, 'txn', ['a', 'b'], 0)
  assert.deepEqual(await committedValues(client, 'txn'), [])
  assert.deepEqual(await write(client, [marker(true)]), ['7 txn-0 0'])
  const found = onlyPartition(await fetchFrom(client, 'txn', 0, { isolationLevel: readCommitted }))
  assert.deepEqual(valuesOf(found).slice(0, 2), ['0:a', '1:b'])
  assert.equal(found.lastStableOffset, 3)
  assert.deepEqual(found.abortedTransactions, [])
})

test('an aborted transaction is named to readers of committed data', async t => {
  const { broker, client } = await setUp(t)
  await append(broker, 'txn', ['a', 'b'], 0)
  await write(client, [marker(false)])
  const found = onlyPartition(await fetchFrom(client, 'txn', 0, { isolationLevel: readCommitted }))
  assert.deepEqual(found.abortedTransactions, [{ producerId: 7, firstOffset: 0 }])
  const all = onlyPartition(await fetchFrom(client, 'txn', 0))
  assert.equal(all.abortedTransactions, null)
})

test('aborted transactions are named as far as the reply reaches', async t => {
  const { broker, client } = await setUp(t)
  for (const sequence of [0, 1, 2]) {
    await append(broker, 'txn', ['a'], sequence)
    await write(client, [marker(false)])
  }
  const options = { isolationLevel: readCommitted, partitionMaxBytes: 1 }
  const firstOnly = onlyPartition(await fetchFrom(client, 'txn', 0, options))
  assert.deepEqual(firstOnly.abortedTransactions, [{ producerId: 7, firstOffset: 0 }])
  const second = onlyPartition(await fetchFrom(client, 'txn', 2, options))
  assert.deepEqual(second.abortedTransactions, [{ producerId: 7, firstOffset: 2 }])
  const all = onlyPartition(await fetchFrom(client, 'txn', 1, { isolationLevel: readCommitted }))
  assert.deepEqual(
    all.abortedTransactions?.map(({ firstOffset }) => firstOffset),
    [0, 2, 4],
  )
})

test('what lies behind an open transaction does not count for a fetch of committed data', async t => {
  const { broker, client } = await setUp(t)
  await append(broker, 'txn', ['a'], 0)
  await append(broker, 'txn', ['b'.repeat(1000)], 0, { producerId: 8 })
  await write(client, [marker(true, { producerId: 8 })])
  const began = performance.now()
  const options = { isolationLevel: readCommitted, minBytes: 1, maxWaitMs: 300 }
  const found = onlyPartition(await fetchFrom(client, 'txn', 0, options))
  assert.deepEqual(valuesOf(found), [])
  assert.ok(performance.now() - began >= 290, 'it has waited')
  assert.equal(found.highWatermark, 3)
  assert.equal(found.lastStableOffset, 0)
})

test('offsets are listed up to the last stable one for readers of committed data', async t => {
  const { broker, client } = await setUp(t)
  const latest = async (isolationLevel: number, timestamp = -1) => {
    const topics = [{ name: 'txn', partitions: [{ partitionIndex: 0, timestamp }] }]
    const reply = await client.send(ListOffsetsApi, 7, { replicaId: -1, isolationLevel, topics })
    return reply.topics[0]!.partitions[0]!.offset
  }
  await append(broker, 'txn', ['a'], 0)
  await write(client, [marker(true)])
  await append(broker, 'txn', ['b', 'c'], 1)
  assert.equal(await latest(0), 4)
  assert.equal(await latest(readCommitted), 2)
  assert.equal(await latest(0, 1000), 0)
  const time = Number(onlyPartition(await fetchFrom(client, 'txn', 2)).records![0]!.readBigInt64BE(35))
  assert.equal(await latest(0, time + 1), -1)
  assert.equal(await latest(readCommitted, time + 1), -1)
  await write(client, [marker(false)])
  assert.equal(await latest(readCommitted), 5)
})

test('where the newest record is not committed, readers of committed data are told of none, as by Apache Kafka', async t => {
  const { broker, client } = await setUp(t)
  const newest = async (isolationLevel: number) => {
    const topics = [{ name: 'txn', partitions: [{ partitionIndex: 0, timestamp: -3 }] }]
    const reply = await client.send(ListOffsetsApi, 7, { replicaId: -1, isolationLevel, topics })
    return reply.topics[0]!.partitions[0]!.offset
  }
  const old = batchOf(['old'], { timestamp: Date.now() - 60_000 })
  broker.partition('txn', 0)!.append(old)
  await append(broker, 'txn', ['a', 'b'], 0)
  assert.deepEqual([await newest(0), await newest(readCommitted)], [1, -1])
  await write(client, [marker(true)])
  assert.ok((await newest(readCommitted)) >= 1)
})

test('an isolation level that does not exist is refused, and shows nothing', async t => {
  const { broker, client } = await setUp(t)
  await append(broker, 'txn', ['a'], 0)
  for (const isolationLevel of [2, -1]) {
    const found = onlyPartition(await fetchFrom(client, 'txn', 0, { isolationLevel }))
    assert.equal(found.errorCode, ErrorCode.INVALID_REQUEST)
    assert.equal(found.records?.length ?? 0, 0)
    const topics = [{ name: 'txn', partitions: [{ partitionIndex: 0, timestamp: -1 }] }]
    const reply = await client.send(ListOffsetsApi, 7, { replicaId: -1, isolationLevel, topics })
    assert.equal(reply.topics[0]!.partitions[0]!.errorCode, ErrorCode.INVALID_REQUEST)
  }
})

test('records of an open transaction may be deleted, and readers of committed data go on at the start', async t => {
  const { broker, client } = await setUp(t)
  await append(broker, 'txn', ['a', 'b', 'c'], 0)
  const log = broker.partition('txn', 0)!
  await log.deleteRecords(2)
  assert.equal(log.lastStableOffset, 2)
  const found = onlyPartition(await fetchFrom(client, 'txn', 2, { isolationLevel: readCommitted }))
  assert.equal(found.errorCode, ErrorCode.NONE)
  assert.deepEqual(valuesOf(found), [])
})

test('a fetch of committed data that waits is answered when another one ends its transaction', async t => {
  const { broker, client } = await setUp(t)
  const other = await connect(t, broker)
  await append(broker, 'txn', ['a'], 0)
  await append(broker, 'txn', ['b'], 0, { producerId: 8 })
  const began = performance.now()
  const waiting = client.send(FetchApi, 11, {
    maxWaitMs: 20_000,
    minBytes: 1,
    maxBytes: 1 << 20,
    isolationLevel: readCommitted,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ topic: 'txn', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] }],
  })
  await write(other, [marker(true, { producerId: 8 })])
  await write(other, [marker(true)])
  const values = valuesOf(onlyPartition(await waiting)).slice(0, 2)
  assert.deepEqual(values, ['0:a', '1:b'])
  assert.ok(performance.now() - began < 10_000)
})

test('each partition of each marker has its own outcome, those of one producer together', async t => {
  const { client } = await setUp(t)
  const both = [{ name: 'txn', partitionIndexes: [0, 1, 9] }]
  const outcome = await write(client, [
    marker(true, { topics: both }),
    marker(false, { topics: [{ name: 'not-there', partitionIndexes: [0] }] }),
    marker(true, { producerId: 8 }),
  ])
  assert.deepEqual(outcome, ['7 txn-0 0', '7 txn-1 0', '7 txn-9 3', '7 not-there-0 3', '8 txn-0 0'])
  assert.deepEqual(await write(client, []), [])
})

test('markers of an older epoch, and of a coordinator that is not in charge any more, are refused', async t => {
  const { broker, client } = await setUp(t)
  await append(broker, 'txn', ['a'], 0, { producerEpoch: 3 })
  const { INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED } = ErrorCode
  assert.deepEqual(await write(client, [marker(true, { producerEpoch: 2 })]), [
    `7 txn-0 ${INVALID_PRODUCER_EPOCH}`,
  ])
  await write(client, [marker(true, { producerEpoch: 3, coordinatorEpoch: 5 })])
  await append(broker, 'txn', ['b'], 1, { producerEpoch: 3 })
  assert.deepEqual(await write(client, [marker(true, { producerEpoch: 3, coordinatorEpoch: 4 })]), [
    `7 txn-0 ${TRANSACTION_COORDINATOR_FENCED}`,
  ])
})

test('a marker of transactions of version 2 carries a higher epoch than the data, and may come again', async t => {
  const { broker, client } = await setUp(t)
  await append(broker, 'txn', ['a'], 0)
  const refused = [`7 txn-0 ${ErrorCode.INVALID_PRODUCER_EPOCH}`]
  assert.deepEqual(await write(client, [marker(true, { transactionVersion: 2 })]), refused)
  const good = marker(true, { transactionVersion: 2, producerEpoch: 1 })
  assert.deepEqual(await write(client, [good]), ['7 txn-0 0'])
  assert.deepEqual(await write(client, [good]), ['7 txn-0 0'])
  // The next transaction is of that epoch: a marker that is late must not end it.
  await append(broker, 'txn', ['b'], 0, { producerEpoch: 1 })
  assert.deepEqual(await write(client, [good]), refused)
  assert.equal(broker.partition('txn', 0)?.lastStableOffset, 3)
})

test('producers are described with their open transactions', async t => {
  const { broker, client } = await setUp(t)
  await write(client, [marker(true, { coordinatorEpoch: 4, producerId: 9 })])
  await append(broker, 'txn', ['a', 'b'], 5)
  const topics = ['txn', 'not-there', 'no topic'].map(name => ({ name, partitionIndexes: [0, 9] }))
  const reply = await client.send(DescribeProducersApi, 0, { topics })
  const errors = reply.topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
  assert.deepEqual(errors, [
    [0, 3],
    [3, 3],
    [17, 17],
  ])
  const [ended, open] = reply.topics[0]!.partitions[0]!.activeProducers
  const { lastTimestamp, ...rest } = open!
  assert.ok(Math.abs(lastTimestamp - Date.now()) < 60_000)
  assert.deepEqual(rest, {
    producerId: 7,
    producerEpoch: 0,
    lastSequence: 6,
    coordinatorEpoch: -1,
    currentTxnStartOffset: 1,
  })
  assert.equal(ended?.coordinatorEpoch, 4)
  assert.equal(ended?.currentTxnStartOffset, -1)
})

test('silent producers are forgotten after a time that can be changed, those with an open transaction never', async t => {
  const { broker, client } = await setUp(t)
  const old = { timestamp: Date.now() - 10_000, producerEpoch: 0, baseSequence: 0 }
  const log = broker.partition('txn', 0)!
  log.append(batchOf(['a'], { ...old, producerId: 8 }))
  log.append(batchOf(['b'], { ...old, producerId: 9, transactional: true }), { verification: 'off' })
  const left = async () => {
    await broker.logs.enforceRetention()
    return log.activeProducers().map(({ producerId }) => producerId)
  }
  assert.deepEqual(await left(), [8, 9])
  const configs = [{ name: 'producer.id.expiration.ms', configOperation: 0, value: '5000' }]
  const resources = [{ resourceType: 4, resourceName: '', configs }]
  const altered = await client.send(IncrementalAlterConfigsApi, 1, { resources, validateOnly: false })
  assert.equal(altered.responses[0]!.errorCode, ErrorCode.NONE)
  assert.deepEqual(await left(), [9])
})

/** What TxnOffsetCommit writes, and keeps until the transaction ends. */
async function commitOffset(broker: RunningBroker, partition: number, offset: number): Promise<void> {
  const committed = {
    offset,
    leaderEpoch: -1,
    metadata: '',
    commitTimestampMs: Date.now(),
    expireTimestampMs: -1,
    topicId: 'AAAAAAAAAAAAAAAAAAAACQ',
  }
  const change = { groupId: 'g', topic: 'txn', partition: 0, committed }
  const { key, value } = offsetRecord(change)
  const writer = new RecordBatchWriter()
  writer.append(Date.now(), key, value)
  const batch = writer.finish({ producerId: 7, producerEpoch: 0, baseSequence: -1, transactional: true })
  const log = broker.partition(offsetsTopic, partition)!
  log.append(batch, { origin: 'coordinator', verification: 'off' })
  await broker.logs.commit('durable')
  const shard = await broker.service(groupCoordinator).partition(partition)
  shard?.offsets.addToTransaction(7, change, log.logEndOffset - 1)
}

test('offsets of a transaction count when it is committed, and not when it is aborted', async t => {
  const dataDir = temporaryDirectory(t)
  const broker = await startBroker(t, { dataDir, config: { 'offsets.topic.num.partitions': '1' } })
  const client = await connect(t, broker)
  await createTopic(client, 'txn')
  const topics = [{ name: offsetsTopic, partitionIndexes: [0] }]
  assert.deepEqual(await write(client, [marker(true, { topics })]), [`7 ${offsetsTopic}-0 3`])
  await broker.service(groupCoordinator).createTopic()
  await commitOffset(broker, 0, 5)
  const offsets = async (of: RunningBroker) =>
    (await of.service(groupCoordinator).offsets.fetch('g', false)).topics.get('txn')?.get(0)?.offset
  assert.equal(await offsets(broker), undefined)
  assert.deepEqual(await write(client, [marker(true, { topics })]), [`7 ${offsetsTopic}-0 0`])
  assert.equal(await offsets(broker), 5)
  await commitOffset(broker, 0, 6)
  await write(client, [marker(false, { topics })])
  assert.equal(await offsets(broker), 5)
  await commitOffset(broker, 0, 7)
  await broker.close()
  // The marker comes to a broker that has not read the offsets yet.
  const next = await startBroker(t, { dataDir, config: { 'offsets.topic.num.partitions': '1' } })
  const end = {
    producerId: 7,
    producerEpoch: 0,
    coordinatorEpoch: 0,
    committed: true,
    transactionVersion: 1,
  }
  const errors = await next.service(transactionMarkers).write(end, [{ topic: offsetsTopic, partition: 0 }])
  assert.deepEqual(errors, [ErrorCode.NONE])
  assert.equal(await offsets(next), 7)
})
