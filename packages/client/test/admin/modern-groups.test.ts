// Groups of the consumer protocol and share groups, as programs see and change them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerGroupDescribeApi, DescribeGroupsApi, ErrorCode } from '@millrace/protocol'
import {
  AlterShareGroupOffsetsApi,
  DescribeShareGroupOffsetsApi,
  ShareGroupDescribeApi,
} from '@millrace/protocol/messages/share'
import { Admin, StateError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

function setUp() {
  const cluster = new FakeCluster()
  const admin = new Admin({ brokers: cluster.bootstrap, network: cluster.network, retryBackoffMs: 1 })
  cluster.on(DescribeGroupsApi, ({ request }) => ({
    throttleTimeMs: 0,
    groups: request.groups.map(groupId => ({
      errorCode: 0,
      groupId,
      groupState: 'Stable',
      protocolType: 'consumer',
      protocolData: 'range',
      members: [],
    })),
  }))
  return { cluster, admin }
}

const shares = (partitions: number[]) => ({
  topicPartitions: [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAA', topicName: 't', partitions }],
})

test('a group that the broker divides is described with what each member has, and is meant to have', async () => {
  const { cluster, admin } = setUp()
  cluster.on(ConsumerGroupDescribeApi, ({ request }) => ({
    groups: request.groupIds.map(groupId => ({
      errorCode: 0,
      groupId,
      groupState: 'Reconciling',
      groupEpoch: 4,
      assignmentEpoch: 4,
      assignorName: 'uniform',
      members: [
        {
          memberId: 'm',
          memberEpoch: 3,
          clientId: 'c',
          clientHost: '/127.0.0.1',
          subscribedTopicNames: ['u', 't'],
          subscribedTopicRegex: 'a.*',
          assignment: shares([1, 0]),
          targetAssignment: shares([0]),
        },
      ],
    })),
  }))
  const [group] = await admin.describeGroups(['g'])
  assert.deepEqual(
    [group!.type, group!.state, group!.protocol, group!.error],
    ['consumer', 'Reconciling', 'uniform', undefined],
  )
  const [member] = group!.members
  assert.deepEqual([member!.memberEpoch, member!.topics, member!.pattern], [3, ['t', 'u'], 'a.*'])
  const place = (partition: number) => ({ topic: 't', partition })
  assert.deepEqual(member!.assignment, [place(0), place(1)])
  assert.deepEqual(member!.targetAssignment, [place(0)])
  assert.equal(cluster.count('DescribeGroups'), 0)
  admin.close()
})

test('a classic group is described as before, whatever the broker says of the other protocol', async () => {
  for (const errorCode of [ErrorCode.GROUP_ID_NOT_FOUND, ErrorCode.UNSUPPORTED_VERSION, undefined]) {
    const { cluster, admin } = setUp()
    if (errorCode !== undefined) {
      cluster.on(ConsumerGroupDescribeApi, ({ request }) => ({
        groups: request.groupIds.map(groupId => ({
          errorCode,
          groupId,
          groupState: '',
          groupEpoch: 0,
          assignmentEpoch: 0,
          assignorName: '',
          members: [],
        })),
      }))
    }
    const [group] = await admin.describeGroups(['g'])
    assert.deepEqual([group!.type, group!.state, group!.protocol], ['classic', 'Stable', 'range'])
    admin.close()
  }
})

test('each share group has its own outcome', async () => {
  const { cluster, admin } = setUp()
  cluster.on(ShareGroupDescribeApi, ({ request }) => ({
    groups: request.groupIds.map(groupId => ({
      errorCode: groupId === 'there' ? 0 : ErrorCode.GROUP_ID_NOT_FOUND,
      groupId,
      groupState: groupId === 'there' ? 'Empty' : '',
      groupEpoch: 1,
      assignmentEpoch: 1,
      assignorName: 'simple',
      members: [],
    })),
  }))
  const [there, gone] = await admin.describeShareGroups(['there', 'gone'])
  assert.deepEqual([there!.state, there!.assignor, there!.error], ['Empty', 'simple', undefined])
  assert.equal(gone!.error?.code, 'GROUP_ID_NOT_FOUND')
  admin.close()
})

test('offsets of a share group are read and set partition by partition; an error of the whole group is thrown', async () => {
  const { cluster, admin } = setUp()
  const topicId = 'AAAAAAAAAAAAAAAAAAAAAA'
  cluster.on(DescribeShareGroupOffsetsApi, ({ request }) => ({
    groups: request.groups.map(({ groupId, topics }) => {
      assert.deepEqual(topics, null)
      const partitions = [
        { partitionIndex: 0, startOffset: 7, leaderEpoch: 1, lag: 3, errorCode: 0 },
        {
          partitionIndex: 1,
          startOffset: -1,
          leaderEpoch: -1,
          lag: -1,
          errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        },
      ]
      return { groupId, errorCode: 0, topics: [{ topicName: 't', topicId, partitions }] }
    }),
  }))
  cluster.on(AlterShareGroupOffsetsApi, () => ({ errorCode: ErrorCode.NON_EMPTY_GROUP, responses: [] }))
  const [zero, one] = await admin.shareGroupOffsets('g')
  assert.deepEqual(zero, {
    topic: 't',
    partition: 0,
    startOffset: 7,
    leaderEpoch: 1,
    lag: 3,
    error: undefined,
  })
  assert.equal(one!.error?.code, 'UNKNOWN_TOPIC_OR_PARTITION')
  const offsets = [{ topic: 't', partition: 0, startOffset: 0 }]
  await assert.rejects(admin.alterShareGroupOffsets('g', offsets), { code: 'NON_EMPTY_GROUP' })
  await assert.rejects(admin.alterShareGroupOffsets('g', [{ topic: 't', partition: 0 } as never]), {
    name: 'StateError',
    message: /^alterShareGroupOffsets: offsets\[0\]\.startOffset is missing/,
  })
  await assert.rejects(admin.deleteShareGroupOffsets('g', 't' as never), StateError)
  await assert.rejects(
    admin.describeShareGroups('g' as never),
    /describeShareGroups: groupIds is "g": write a list/,
  )
  admin.close()
})
