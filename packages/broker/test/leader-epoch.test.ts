// Every start leads all partitions in an epoch of its own, by which clients see what a crash took.
import assert from 'node:assert/strict'
import { cpSync, writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import {
  batches,
  DescribeTopicPartitionsApi,
  ErrorCode,
  FetchApi,
  ListOffsetsApi,
  MetadataApi,
  OffsetForLeaderEpochApi,
} from '@millrace/protocol'
import type { RunningBroker } from '../src/running-broker.ts'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  temporaryDirectory,
} from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'

async function endOf(
  client: TestClient,
  epoch: number,
  currentLeaderEpoch = -1,
  topic = 't',
): Promise<number[]> {
  const reply = await client.send(OffsetForLeaderEpochApi, 4, {
    topics: [{ topic, partitions: [{ partition: 0, currentLeaderEpoch, leaderEpoch: epoch }] }],
  })
  const { errorCode, leaderEpoch, endOffset } = reply.topics[0]!.partitions[0]!
  return errorCode === ErrorCode.NONE ? [leaderEpoch, endOffset] : [errorCode]
}

/** The epoch of a topic, as each API that tells of it does. */
async function epochOf(client: TestClient, topic = 't'): Promise<number> {
  const metadata = await client.send(MetadataApi, 9, { topics: [{ name: topic }] })
  const described = await client.send(DescribeTopicPartitionsApi, 0, { topics: [{ name: topic }] })
  const listed = await client.send(ListOffsetsApi, 5, {
    replicaId: -1,
    topics: [{ name: topic, partitions: [{ partitionIndex: 0, timestamp: -1 }] }],
  })
  const { leaderEpoch } = metadata.topics[0]!.partitions[0]!
  assert.equal(described.topics[0]!.partitions[0]!.leaderEpoch, leaderEpoch)
  assert.equal(listed.topics[0]!.partitions[0]!.leaderEpoch, leaderEpoch)
  return leaderEpoch
}

async function again(
  t: TestContext,
  broker: RunningBroker,
  dataDir: string,
): Promise<[RunningBroker, TestClient]> {
  await broker.close()
  const next = await startBroker(t, { dataDir })
  return [next, await connect(t, next)]
}

test('each start raises the epoch of every partition, and says where the ones before ended', async t => {
  const dataDir = temporaryDirectory(t)
  let broker = await startBroker(t, { dataDir })
  let client = await connect(t, broker)
  await createTopic(client, 't')
  await createTopic(client, 'idle')
  assert.equal(await epochOf(client), 0)
  await produce(client, 't', batchOf(['a', 'b']))
  ;[broker, client] = await again(t, broker, dataDir)
  assert.deepEqual([await epochOf(client), await epochOf(client, 'idle')], [1, 1])
  // Nothing was written in this epoch yet; the one before has ended all the same.
  assert.deepEqual(
    [await endOf(client, 0), await endOf(client, 1)],
    [
      [0, 2],
      [1, 2],
    ],
  )
  ;[broker, client] = await again(t, broker, dataDir)
  await produce(client, 't', batchOf(['c']))
  assert.equal(await epochOf(client), 2)
  const ends = await Promise.all([0, 1, 2, 3].map(epoch => endOf(client, epoch)))
  assert.deepEqual(ends, [
    [0, 2],
    [0, 2],
    [2, 3],
    [-1, -1],
  ])
  assert.deepEqual(await endOf(client, 0, -1, 'idle'), [0, 0])
  const stored = Buffer.concat([...onlyPartition(await fetchFrom(client, 't', 0)).records!])
  assert.deepEqual(
    [...batches(stored)].map(header => header.partitionLeaderEpoch),
    [0, 2],
  )
  await createTopic(client, 'late')
  assert.equal(await epochOf(client, 'late'), 2)
})

test('who knows the epoch of an earlier start is told to look again', async t => {
  const dataDir = temporaryDirectory(t)
  let broker = await startBroker(t, { dataDir })
  let client = await connect(t, broker)
  await createTopic(client, 't')
  await produce(client, 't', batchOf(['a']))
  ;[broker, client] = await again(t, broker, dataDir)
  assert.deepEqual(await endOf(client, 0, 0), [ErrorCode.FENCED_LEADER_EPOCH])
  assert.deepEqual(await endOf(client, 0, 2), [ErrorCode.UNKNOWN_LEADER_EPOCH])
  const fetched = await client.send(FetchApi, 11, {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 1 << 20,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      {
        topic: 't',
        partitions: [{ partition: 0, currentLeaderEpoch: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }],
      },
    ],
  })
  assert.equal(onlyPartition(fetched).errorCode, ErrorCode.FENCED_LEADER_EPOCH)
})

test('who says what epoch it has read last is told where the log went another way (KIP-595)', async t => {
  const dataDir = temporaryDirectory(t)
  let broker = await startBroker(t, { dataDir })
  let client = await connect(t, broker)
  await createTopic(client, 't')
  for (const value of ['a', 'b']) await produce(client, 't', batchOf([value]))
  ;[broker, client] = await again(t, broker, dataDir)
  for (const value of ['c', 'd']) await produce(client, 't', batchOf([value]))
  const read = async (fetchOffset: number, lastFetchedEpoch: number) => {
    const partition = { partition: 0, fetchOffset, lastFetchedEpoch, partitionMaxBytes: 1 << 20 }
    const reply = await client.send(FetchApi, 12, {
      // It would wait for data, were it not told at once.
      maxWaitMs: fetchOffset < 4 ? 60_000 : 0,
      minBytes: 1 << 19,
      maxBytes: 1 << 20,
      topics: [{ topic: 't', partitions: [partition] }],
    })
    return onlyPartition(reply)
  }
  for (const epoch of [1, -1])
    assert.deepEqual((await read(4, epoch)).divergingEpoch, { epoch: -1, endOffset: -1 }, 'none')
  const diverged = await read(3, 0)
  assert.deepEqual(diverged.divergingEpoch, { epoch: 0, endOffset: 2 })
  assert.deepEqual([diverged.errorCode, diverged.highWatermark], [ErrorCode.NONE, 4])
  assert.equal(Buffer.concat([...diverged.records!]).length, 0)
  assert.equal((await read(2, 7)).errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(broker.partition('t', 0)!.leaderEpoch, 1)
})

test('a client that looks again learns the epoch of a log that came from elsewhere and is ahead', async t => {
  const dataDir = temporaryDirectory(t)
  const first = await startBroker(t, { dataDir })
  const client = await connect(t, first)
  await createTopic(client, 't')
  await produce(client, 't', batchOf(['a']))
  await first.close()
  writeFileSync(`${dataDir}/t-0/leader-epoch-checkpoint`, '0\n1\n9 0\n')
  const broker = await startBroker(t, { dataDir })
  const reader = await connect(t, broker)
  // Metadata alone loads no log. Who asks for records with what it says is refused once.
  assert.deepEqual(await endOf(reader, 9, 1), [ErrorCode.FENCED_LEADER_EPOCH])
  const epoch = await epochOf(reader)
  assert.equal(epoch, 9)
  assert.deepEqual(await endOf(reader, 9, epoch), [9, 1])
})

test('records that a crash took are seen by their epoch, though others have their offsets', async t => {
  const dataDir = temporaryDirectory(t)
  const earlier = `${temporaryDirectory(t)}/copy`
  const first = await startBroker(t, { dataDir })
  const client = await connect(t, first)
  await createTopic(client, 't')
  await produce(client, 't', batchOf(['kept']))
  // What a loss of power may leave of a broker that does not sync: an earlier state, without the mark of a clean stop.
  cpSync(dataDir, earlier, { recursive: true, filter: path => !path.endsWith('.lock') })
  await produce(client, 't', batchOf(['lost', 'lost']))
  const second = await startBroker(t, { dataDir: earlier })
  const other = await connect(t, second)
  await produce(other, 't', batchOf(['x', 'y', 'z']))
  // A reader at offset 3 of epoch 0 learns that this epoch ended at 1.
  assert.deepEqual(await endOf(other, 0), [0, 1])
  assert.deepEqual(await endOf(other, 1), [1, 4])
})

test('the epoch rises across snapshots of the metadata, which take the log’s place', async t => {
  const dataDir = temporaryDirectory(t)
  const config = { 'log.fsync': 'never', 'metadata.log.max.record.bytes.between.snapshots': '1' }
  for (let start = 0; start < 4; start++) {
    const broker = await startBroker(t, { dataDir, config })
    const client = await connect(t, broker)
    await createTopic(client, `t${start}`)
    assert.equal(await epochOf(client, 't0'), start)
    await broker.close()
  }
})
