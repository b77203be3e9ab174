// Produce requests whose data is not durable in the time that they give.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ErrorCode,
  FindCoordinatorApi,
  OffsetCommitApi,
  OffsetFetchApi,
  ProduceApi,
} from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  valuesOf,
} from './broker-fixture.ts'
import { StallableDisk } from './stallable-disk.ts'
import type { TestClient } from './test-client.ts'

async function send(client: TestClient, value: string, acks: number, timeoutMs: number) {
  const reply = await client.send(ProduceApi, 9, {
    acks,
    timeoutMs,
    topicData: [
      {
        name: 'slow',
        partitionData: [
          { index: 0, records: [batchOf([value])] },
          { index: 9, records: [batchOf([value])] },
        ],
      },
    ],
  })
  return reply.responses[0]!.partitionResponses
}

test('data that is not durable in time is REQUEST_TIMED_OUT, and may become so later', async t => {
  const disk = new StallableDisk()
  const broker = await startBroker(t, { disk: disk.asDisk(), config: { 'log.fsync': 'group' } })
  const client = await connect(t, broker)
  await createTopic(client, 'slow')
  assert.equal((await produce(client, 'slow', batchOf(['before']))).errorCode, ErrorCode.NONE)
  disk.stall()
  try {
    // Who does not wait for the disk is not held to its time.
    assert.equal((await send(client, 'quick', 1, 1))[0]!.errorCode, ErrorCode.NONE)
    const late = await send(client, 'late', -1, 1)
    assert.deepEqual(
      late.map(({ errorCode, baseOffset }) => [errorCode, baseOffset]),
      [
        [ErrorCode.REQUEST_TIMED_OUT, -1],
        [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1],
      ],
    )
    assert.deepEqual(valuesOf(onlyPartition(await fetchFrom(client, 'slow', 0))), ['0:before'])
  } finally {
    disk.resume()
  }
  const after = await produce(client, 'slow', batchOf(['after']))
  assert.deepEqual([after.errorCode, after.baseOffset], [ErrorCode.NONE, 3])
  const values = valuesOf(onlyPartition(await fetchFrom(client, 'slow', 0)))
  assert.deepEqual(values, ['0:before', '1:quick', '2:late', '3:after'])
})

test('a commit of offsets that is not durable in time sends the member to look for its coordinator again', async t => {
  const disk = new StallableDisk()
  const broker = await startBroker(t, {
    disk: disk.asDisk(),
    topics: ['slow'],
    config: { 'log.fsync': 'group', 'offsets.commit.timeout.ms': 1_500 },
  })
  const client = await connect(t, broker)
  await client.send(FindCoordinatorApi, 4, { coordinatorKeys: ['g'] })
  const commit = async (committedOffset: number) => {
    const reply = await client.send(OffsetCommitApi, 8, {
      groupId: 'g',
      generationIdOrMemberEpoch: -1,
      memberId: '',
      topics: [{ name: 'slow', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: '' }] }],
    })
    return reply.topics[0]!.partitions[0]!.errorCode
  }
  assert.equal(await commit(1), ErrorCode.NONE)
  disk.stall()
  assert.equal(await commit(2), ErrorCode.COORDINATOR_NOT_AVAILABLE)
  disk.resume()
  assert.equal(await commit(3), ErrorCode.NONE)
  const found = await client.send(OffsetFetchApi, 7, {
    groupId: 'g',
    topics: [{ name: 'slow', partitionIndexes: [0] }],
  })
  assert.equal(found.topics[0]!.partitions[0]!.committedOffset, 3)
})
