// The lag of groups: what they committed beside where logs begin and end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DescribeGroupsApi,
  encodeConsumerProtocolAssignment,
  ErrorCode,
  ListOffsetsApi,
  OffsetFetchApi,
  Writer,
} from '@millrace/protocol'
import { Admin, throwFirst } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

/** Logs of topic "t", by partition: start, last stable offset, end. */
const logs = [
  [0, 80, 100],
  [50, 60, 60],
  [0, 10, 10],
] as const

function assignmentOf(partitions: readonly number[]): Buffer {
  const writer = new Writer()
  encodeConsumerProtocolAssignment(writer, {
    assignedPartitions: [{ topic: 't', partitions }],
    userData: null,
  })
  return writer.finishBuffer()
}

function setUp(
  committed: Readonly<Record<string, number>>,
  groupErrors: Readonly<Record<string, number>> = {},
) {
  const fake = new FakeCluster()
  fake.topic('t', [1, 1, 1])
  const none = { throttleTimeMs: 0, errorCode: 0 }
  fake.on(DescribeGroupsApi, ({ request }) => ({
    throttleTimeMs: 0,
    groups: request.groups.map(groupId => ({
      groupId,
      errorCode: groupErrors[groupId] ?? 0,
      groupState: 'Stable',
      protocolType: 'consumer',
      protocolData: 'range',
      members: groupErrors[groupId]
        ? []
        : [
            {
              memberId: 'm',
              groupInstanceId: null,
              clientId: 'c',
              clientHost: '/127.0.0.1',
              memberMetadata: Buffer.alloc(0),
              memberAssignment: assignmentOf([0, 2]),
            },
          ],
    })),
  }))
  fake.on(OffsetFetchApi, ({ request }) => ({
    ...none,
    groups: request.groups.map(({ groupId }) => ({
      groupId,
      errorCode: 0,
      topics: Object.entries(committed).map(([name, offset]) => {
        const [topic, partition] = name.split(':')
        return {
          name: topic!,
          partitions: [
            { partitionIndex: Number(partition), committedOffset: offset, errorCode: 0, metadata: '' },
          ],
        }
      }),
    })),
  }))
  fake.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => {
        const [start, stable, end] = logs[partitionIndex]!
        const offset = timestamp === -2 ? start : request.isolationLevel === 1 ? stable : end
        return { partitionIndex, errorCode: 0, timestamp: -1, offset }
      }),
    })),
  }))
  return new Admin({ brokers: fake.bootstrap, network: fake.network, clock: quickClock })
}

test('lag is what is left to read: of what is committed, and of what was never committed nothing is known', async () => {
  await using admin = setUp({ 't:0': 70, 't:1': 20 })
  const [group] = throwFirst(await admin.describeGroupLag(['g']))
  const rows = group!.partitions.map(({ partition, committed, logStartOffset, endOffset, lag, member }) => [
    partition,
    committed,
    logStartOffset,
    endOffset,
    lag,
    member?.memberId,
  ])
  assert.deepEqual(rows, [
    [0, 70, 0, 100, 30, 'm'],
    // Retention has taken 30 records that the group never read.
    [1, 20, 50, 60, 10, undefined],
    [2, undefined, 0, 10, undefined, 'm'],
  ])
  assert.deepEqual([group!.lag, group!.state, group!.error], [40, 'Stable', undefined])
})

test('with read_committed, what open transactions hold back is not behind', async () => {
  await using admin = setUp({ 't:0': 70, 't:1': 60 })
  const [group] = await admin.describeGroupLag(['g'], { isolationLevel: 'read_committed' })
  assert.deepEqual(
    group!.partitions.map(({ lag }) => lag),
    [10, 0, undefined],
  )
  assert.equal(group!.lag, 10)
})

test('a partition that is no more has its error and hides no other', async () => {
  await using admin = setUp({ 't:0': 100, 'gone:0': 5 })
  const [group] = await admin.describeGroupLag(['g'])
  const gone = group!.partitions.find(({ topic }) => topic === 'gone')!
  assert.deepEqual([gone.committed, gone.lag, gone.error?.code], [5, undefined, 'UNKNOWN_TOPIC_OR_PARTITION'])
  assert.equal(group!.partitions.find(({ topic, partition }) => topic === 't' && partition === 0)!.lag, 0)
})

test('a group that may not be described has its error; one that is no classic group is told without its members', async () => {
  await using admin = setUp(
    { 't:0': 90 },
    { secret: ErrorCode.GROUP_AUTHORIZATION_FAILED, modern: ErrorCode.GROUP_ID_NOT_FOUND },
  )
  const [secret, modern] = await admin.describeGroupLag(['secret', 'modern'])
  assert.deepEqual([secret!.error?.code, secret!.partitions], ['GROUP_AUTHORIZATION_FAILED', []])
  assert.equal(modern!.error, undefined)
  assert.deepEqual(
    modern!.partitions.map(({ lag }) => lag),
    [10],
  )
})

test('wrong arguments are refused by name', async () => {
  await using admin = setUp({})
  await assert.rejects(
    admin.describeGroupLag('g' as never),
    /describeGroupLag: groupIds is "g": write a list/,
  )
  await assert.rejects(
    admin.describeGroupLag(['g'], { isolationLevel: 'committed' as never }),
    /describeGroupLag: options.isolationLevel is "committed": write one of read_committed/,
  )
})
