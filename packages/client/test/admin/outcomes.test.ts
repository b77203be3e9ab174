// Administration of several things at once, where some of them or their brokers are in trouble: the others do not suffer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteGroupsApi,
  DescribeConfigsApi,
  DescribeGroupsApi,
  DescribeLogDirsApi,
  DescribeTopicPartitionsApi,
  ErrorCode,
  FindCoordinatorApi,
  LeaveGroupApi,
  ListGroupsApi,
  ListOffsetsApi,
  MetadataApi,
  OffsetFetchApi,
} from '@millrace/protocol'
import { Admin, ConnectionError, KafkaError, OffsetSpec, OperationTimeoutError } from '../../src/index.ts'
import { FakeCluster, silence } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

function setUp(brokers = [1]) {
  const fake = new FakeCluster(brokers)
  const admin = new Admin({ brokers: fake.bootstrap, network: fake.network, clock: quickClock })
  return { fake, admin }
}

const codeOf = (outcome: { readonly error: KafkaError | undefined }) => outcome.error?.code

const member = (memberId: string, memberMetadata: Buffer, memberAssignment: Buffer) => ({
  memberId,
  groupInstanceId: null,
  clientId: 'c',
  clientHost: '/127.0.0.1',
  memberMetadata,
  memberAssignment,
})

test('a member whose metadata is none harms itself only', async () => {
  const { fake, admin } = setUp()
  const howdy = Buffer.from([0, 0, 0x68, 0x6f, 0x77, 0x64])
  // Version 0, one topic "t"; version 0, "t" with partition 2.
  const subscribed = Buffer.from([0, 0, 0, 0, 0, 1, 0, 1, 0x74, 0xff, 0xff, 0xff, 0xff])
  const assigned = Buffer.from([0, 0, 0, 0, 0, 1, 0, 1, 0x74, 0, 0, 0, 1, 0, 0, 0, 2, 0xff, 0xff, 0xff, 0xff])
  fake.on(DescribeGroupsApi, ({ request }) => ({
    throttleTimeMs: 0,
    groups: request.groups.map(groupId => ({
      groupId,
      errorCode: 0,
      groupState: 'Stable',
      protocolType: 'consumer',
      protocolData: 'range',
      members:
        groupId === 'odd'
          ? [member('m1', howdy, howdy), member('m2', subscribed, assigned)]
          : [member('m3', subscribed, assigned)],
    })),
  }))
  const [odd, good] = await admin.describeGroups(['odd', 'good'])
  const [broken, sound] = odd!.members
  assert.deepEqual([broken!.topics, broken!.assignment], [[], []])
  assert.deepEqual([broken!.rawMetadata, broken!.rawAssignment], [howdy, howdy])
  for (const whole of [sound!, good!.members[0]!]) {
    assert.deepEqual([whole.topics, whole.assignment], [['t'], [{ topic: 't', partition: 2 }]])
    assert.deepEqual([whole.rawMetadata, whole.rawAssignment], [undefined, undefined])
  }
  admin.close()
})

test('a group that its coordinator refuses, or that has none, hides no other', async () => {
  const { fake, admin } = setUp()
  fake.on(FindCoordinatorApi, ({ request }) => ({
    throttleTimeMs: 0,
    coordinators: request.coordinatorKeys.map(key => ({
      key,
      nodeId: 1,
      host: 'fake',
      port: 1,
      errorCode:
        key === ''
          ? ErrorCode.INVALID_GROUP_ID
          : key === 'homeless'
            ? ErrorCode.COORDINATOR_NOT_AVAILABLE
            : ErrorCode.NONE,
    })),
  }))
  fake.on(DescribeGroupsApi, ({ request }) => ({
    throttleTimeMs: 0,
    groups: request.groups.map(groupId => ({
      groupId,
      errorCode: 0,
      groupState: 'Empty',
      protocolType: '',
      protocolData: '',
      members: [],
    })),
  }))
  fake.on(DeleteGroupsApi, ({ request }) => ({
    throttleTimeMs: 0,
    results: request.groupsNames.map(groupId => ({ groupId, errorCode: 0 })),
  }))
  const ids = ['', 'good', 'homeless']
  const expected = ['INVALID_GROUP_ID', undefined, 'OPERATION_TIMEOUT']
  const described = await admin.describeGroups(ids, { timeoutMs: 2_000 })
  assert.deepEqual(described.map(codeOf), expected)
  assert.deepEqual(
    described.map(group => [group.groupId, group.state]),
    [
      ['', ''],
      ['good', 'Empty'],
      ['homeless', ''],
    ],
  )
  assert.deepEqual((await admin.deleteGroups(ids, { timeoutMs: 2_000 })).map(codeOf), expected)
  admin.close()
})

test('a topic that does not exist, one without a leader and one whose leader is dead hide no other', async () => {
  const { fake, admin } = setUp([1, 2])
  fake.topic('good', [1, 1])
  fake.topic('leaderless', [-1])
  fake.topic('dead', [2])
  fake.down.add(2)
  fake.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: 0, offset: 5 })),
    })),
  }))
  const query = (topic: string, partition = 0) => ({ topic, partition, timestamp: OffsetSpec.latest })
  const found = await admin.listOffsets(
    [query('missing'), query('good'), query('leaderless'), query('dead'), query('good', 1), query('good', 2)],
    { timeoutMs: 3_000 },
  )
  assert.deepEqual(found.map(codeOf), [
    'UNKNOWN_TOPIC_OR_PARTITION',
    undefined,
    'OPERATION_TIMEOUT',
    'OPERATION_TIMEOUT',
    undefined,
    'UNKNOWN_TOPIC_OR_PARTITION',
  ])
  assert.deepEqual(
    found.map(({ offset }) => offset),
    [-1, 5, -1, -1, 5, -1],
  )
  assert.match(
    found[2]!.error!.message,
    /^listing offsets of leaderless-0 did not succeed in time: .*LEADER_NOT_AVAILABLE/,
  )
  assert.match(
    found[3]!.error!.message,
    /^listing offsets of dead-0 did not succeed in time: cannot connect to fake:2/,
  )
  admin.close()
})

test('a partition that a response leaves out is said so, and asked for again', async () => {
  const { fake, admin } = setUp()
  fake.topic('t', [1, 1])
  let asked = 0
  fake.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions
        .filter(({ partitionIndex }) => partitionIndex === 0 || ++asked > 1)
        .map(({ partitionIndex }) => ({ partitionIndex, errorCode: 0, offset: 5 })),
    })),
  }))
  const queries = [0, 1].map(partition => ({ topic: 't', partition, timestamp: OffsetSpec.latest }))
  const found = await admin.listOffsets(queries)
  assert.deepEqual(
    found.map(({ offset, error }) => [offset, error]),
    [
      [5, undefined],
      [5, undefined],
    ],
  )
  admin.close()
})

test('one dead broker does not hide the log directories of the others', async () => {
  const { fake, admin } = setUp([1, 2, 3])
  fake.down.add(2)
  fake.on(DescribeLogDirsApi, ({ brokerId }) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    results: [{ errorCode: 0, logDir: `/data/${brokerId}`, topics: [], totalBytes: 9, usableBytes: 5 }],
  }))
  const described = await admin.describeLogDirs()
  assert.deepEqual(
    described.map(({ brokerId, path }) => [brokerId, path]),
    [
      [1, '/data/1'],
      [2, ''],
      [3, '/data/3'],
    ],
  )
  assert.ok(described[1]!.error instanceof ConnectionError)
  assert.match(described[1]!.error.message, /^cannot connect to fake:2/)
  admin.close()
})

test('a broker that the cluster has given up is no longer asked for groups', async () => {
  const { fake, admin } = setUp([1, 2])
  const groupsOf = new Map([
    [1, ['a', 'c']],
    [2, ['b']],
  ])
  fake.on(ListGroupsApi, ({ brokerId }) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    groups: groupsOf
      .get(brokerId)!
      .map(groupId => ({ groupId, protocolType: 'consumer', groupState: 'Stable', groupType: 'classic' })),
  }))
  assert.deepEqual(
    (await admin.listGroups()).map(({ groupId, coordinatorId }) => [groupId, coordinatorId]),
    [
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ],
  )
  fake.down.add(2)
  fake.cut(2)
  let lookUps = 0
  fake.on(MetadataApi, () => ({
    throttleTimeMs: 0,
    clusterId: 'fake',
    controllerId: 1,
    brokers: [1, 2]
      .slice(0, ++lookUps > 3 ? 1 : 2)
      .map(nodeId => ({ nodeId, host: 'fake', port: nodeId, rack: null })),
    topics: [],
  }))
  assert.deepEqual(
    (await admin.listGroups()).map(({ groupId }) => groupId),
    ['a', 'c'],
  )
  admin.close()
})

test('when no broker can be reached at all, the call fails and says so', async () => {
  const { fake, admin } = setUp()
  fake.topic('t', [1])
  fake.down.add(1)
  const timeoutMs = 10_000
  for (const call of [
    () => admin.describeLogDirs({ timeoutMs }),
    () => admin.describeGroups(['a', 'b'], { timeoutMs }),
    () => admin.listOffsets([{ topic: 't', partition: 0, timestamp: OffsetSpec.latest }], { timeoutMs }),
    () => admin.describeConfigs([{ type: 'topic', name: 't' }], { timeoutMs }),
  ]) {
    await assert.rejects(call(), (error: OperationTimeoutError) => {
      assert.ok(error instanceof OperationTimeoutError, String(error))
      assert.match(error.message, /cannot connect to fake:1/)
      return true
    })
  }
  admin.close()
})

test('a broker that was there a moment ago is waited for, one that never was is not', async () => {
  const { fake, admin } = setUp([1, 2])
  fake.on(DescribeConfigsApi, ({ request }) => ({
    throttleTimeMs: 0,
    results: request.resources.map(({ resourceType, resourceName }) => ({
      errorCode: 0,
      errorMessage: null,
      resourceType,
      resourceName,
      configs: [],
    })),
  }))
  const resources = ['1', '2', '9'].map(name => ({ type: 'broker' as const, name }))
  assert.deepEqual((await admin.describeConfigs(resources)).map(codeOf), [
    undefined,
    undefined,
    'BROKER_NOT_AVAILABLE',
  ])
  let lookUps = 0
  fake.on(MetadataApi, () => ({
    throttleTimeMs: 0,
    clusterId: 'fake',
    controllerId: 1,
    brokers: [1, 2]
      .slice(0, ++lookUps > 3 ? 2 : 1)
      .map(nodeId => ({ nodeId, host: 'fake', port: nodeId, rack: null })),
    topics: [],
  }))
  await admin.cluster.refreshMetadata([])
  assert.deepEqual((await admin.describeConfigs(resources)).map(codeOf), [
    undefined,
    undefined,
    'BROKER_NOT_AVAILABLE',
  ])
  assert.ok(lookUps > 3)
  admin.close()
})

test('a topic that a response leaves out, and a committed offset that is refused, have their errors', async () => {
  const { fake, admin } = setUp()
  fake.on(DescribeTopicPartitionsApi, () => ({
    throttleTimeMs: 0,
    topics: [
      { errorCode: 0, name: 'a', topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', isInternal: false, partitions: [] },
    ],
    nextCursor: null,
  }))
  fake.on(OffsetFetchApi, ({ request }) => ({
    throttleTimeMs: 0,
    groups: request.groups.map(({ groupId, topics }) => ({
      groupId,
      errorCode: 0,
      topics: topics!.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map(partitionIndex => ({
          partitionIndex,
          committedOffset: name === 'secret' ? -1 : 7,
          committedLeaderEpoch: -1,
          metadata: '',
          errorCode: name === 'secret' ? ErrorCode.TOPIC_AUTHORIZATION_FAILED : 0,
        })),
      })),
    })),
  }))
  assert.deepEqual((await admin.describeTopics(['b', 'a'])).map(codeOf), [
    'UNKNOWN_TOPIC_OR_PARTITION',
    undefined,
  ])
  const offsets = await admin.groupOffsets('g', [
    { topic: 'secret', partition: 0 },
    { topic: 'open', partition: 0 },
  ])
  assert.deepEqual(
    offsets.map(({ topic, offset, error }) => [topic, offset, error?.code]),
    [
      ['secret', -1, 'TOPIC_AUTHORIZATION_FAILED'],
      ['open', 7, undefined],
    ],
  )
  admin.close()
})

test('a partition that is asked about more than once has an answer to each question', async () => {
  const { fake, admin } = setUp()
  fake.topic('t', [1, 1])
  const duplicate = ErrorCode.INVALID_REQUEST
  // As Apache Kafka: who names a partition twice in one request gets no offset of it.
  fake.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => ({
        partitionIndex,
        errorCode:
          partitions.filter(other => other.partitionIndex === partitionIndex).length > 1 ? duplicate : 0,
        offset: partitionIndex * 100 + timestamp,
        timestamp: -1,
      })),
    })),
  }))
  const queries = [10, 20, 30].flatMap(timestamp =>
    [1, 0].map(partition => ({ topic: 't', partition, timestamp })),
  )
  const found = await admin.listOffsets(queries)
  assert.deepEqual(
    found.map(({ partition, offset, error }) => [partition, offset, error]),
    [110, 10, 120, 20, 130, 30].map(offset => [offset > 100 ? 1 : 0, offset, undefined]),
  )
  assert.equal(fake.count('ListOffsets'), 3)
  admin.close()
})

test('the time of a call is that of all its steps', async () => {
  const { fake, admin } = setUp()
  fake.on(DescribeGroupsApi, async ({ request }) => {
    await new Promise(resolve => setTimeout(resolve, 20))
    return {
      throttleTimeMs: 0,
      groups: request.groups.map(groupId => ({
        groupId,
        errorCode: 0,
        groupState: 'Stable',
        protocolType: 'consumer',
        protocolData: 'range',
        members: [member('m', Buffer.alloc(0), Buffer.alloc(0))],
      })),
    }
  })
  fake.on(LeaveGroupApi, () => silence)
  await assert.rejects(admin.removeMembers('g', 'all', { timeoutMs: 10_000 }), (error: Error) => {
    const [, waitedMs] = /did not succeed within (\d+) ms/.exec(error.message) ?? []
    // The first step has taken 20 ms, which are 400 of this clock.
    assert.ok(Number(waitedMs) <= 9_700, error.message)
    return true
  })
  fake.down.add(1)
  fake.cut(1)
  for (const call of [
    () => admin.describeTopics(['t'], { timeoutMs: 3_000 }),
    () => admin.describeCluster({ timeoutMs: 3_000 }),
  ]) {
    await assert.rejects(call(), /did not succeed within 3000 ms/)
  }
  admin.close()
})
