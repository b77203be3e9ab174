// Administration of brokers that are older than what an operation would like best: another request does, or the error says what is missing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ApiVersionsApi,
  DeleteGroupsApi,
  DeleteTopicsApi,
  DescribeClusterApi,
  ElectLeadersApi,
  FindCoordinatorApi,
  ListConfigResourcesApi,
  ListGroupsApi,
  ListOffsetsApi,
  OffsetFetchApi,
} from '@millrace/protocol'
import { Admin, OffsetSpec, UnsupportedVersionError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

const topicId = 'AAAAAAAAAAAAAAAAAAAAAQ'

/** A broker whose requests end at these versions. */
function setUp(newest: Readonly<Record<string, number>>) {
  const fake = new FakeCluster()
  fake.on(ApiVersionsApi, () => ({
    errorCode: 0,
    apiKeys: fake.apis.map(({ key, name, minVersion, maxVersion }) => ({
      apiKey: key,
      minVersion,
      maxVersion: newest[name] ?? maxVersion,
    })),
  }))
  const admin = new Admin({ brokers: fake.bootstrap, network: fake.network, clock: quickClock })
  return { fake, admin }
}

async function rejectsVersion(call: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(call, (error: Error) => {
    assert.ok(error instanceof UnsupportedVersionError, String(error))
    assert.match(error.message, message)
    return true
  })
}

test('coordinators are looked up one by one where a request takes one key', async () => {
  const { fake, admin } = setUp({ FindCoordinator: 3 })
  const asked: string[] = []
  fake.on(FindCoordinatorApi, ({ request }) => {
    asked.push(request.key)
    return { errorCode: 0, nodeId: 1, host: 'fake', port: 1 }
  })
  fake.on(DeleteGroupsApi, ({ request }) => ({
    results: request.groupsNames.map(groupId => ({ groupId, errorCode: 0 })),
  }))
  const outcomes = await admin.deleteGroups(['a', 'b', 'c'])
  assert.deepEqual(
    outcomes.map(({ groupId, error }) => [groupId, error]),
    ['a', 'b', 'c'].map(groupId => [groupId, undefined]),
  )
  assert.deepEqual(asked, ['a', 'b', 'c'])
  assert.equal(fake.count('DeleteGroups'), 1)
  const [found] = await admin.findCoordinators('transaction', ['t'])
  assert.deepEqual(found!.coordinator, { id: 1, host: 'fake', port: 1, rack: null })
  admin.close()
})

test('offsets of several groups are read one group at a time before 3.0', async () => {
  const { fake, admin } = setUp({ OffsetFetch: 7 })
  fake.on(OffsetFetchApi, ({ request, version }) => {
    assert.equal(version, 7)
    assert.equal(request.requireStable, true)
    const committed = { partitionIndex: 0, committedOffset: request.groupId.length, errorCode: 0 }
    const rest = { committedLeaderEpoch: 2, metadata: null }
    return { errorCode: 0, topics: [{ name: 't', partitions: [{ ...committed, ...rest }] }] }
  })
  const found = await admin.listGroupOffsets(['a', 'bcd'], { requireStable: true })
  assert.deepEqual(
    found.map(({ groupId, offsets }) => [groupId, offsets[0]!.offset, offsets[0]!.leaderEpoch]),
    [
      ['a', 1, 2],
      ['bcd', 3, 2],
    ],
  )
  assert.equal(fake.count('OffsetFetch'), 2)
  admin.close()
})

test('topics are described by Metadata, those without a name by their ids, where nothing newer is there', async () => {
  const { fake, admin } = setUp({})
  fake.topic('t', [1, 1])
  const [described, missing] = await admin.describeTopics(['t', 'u'])
  assert.deepEqual(
    described!.partitions.map(({ partition, leader, eligibleLeaderReplicas }) => [
      partition,
      leader,
      eligibleLeaderReplicas,
    ]),
    [
      [0, 1, undefined],
      [1, 1, undefined],
    ],
  )
  assert.equal(missing!.error?.code, 'UNKNOWN_TOPIC_OR_PARTITION')
  const [byId] = await admin.describeTopics([{ topicId: described!.topicId }])
  assert.deepEqual([byId!.name, byId!.partitions.length], ['t', 2])
  assert.deepEqual(
    (await admin.describeTopics()).map(({ name }) => name),
    ['t'],
  )
  admin.close()
})

test('what an old broker cannot do is said, and nothing else is done in its place', async () => {
  const { fake, admin } = setUp({
    DeleteTopics: 5,
    DescribeCluster: 1,
    ElectLeaders: 0,
    ListConfigResources: 0,
    ListGroups: 4,
    ListOffsets: 6,
    Metadata: 9,
  })
  fake.topic('t', [1])
  for (const api of [DeleteTopicsApi, DescribeClusterApi, ElectLeadersApi, ListGroupsApi, ListOffsetsApi])
    fake.on(api as typeof DeleteTopicsApi, () => assert.fail('nothing is sent'))
  fake.on(ListConfigResourcesApi, () => ({ errorCode: 0, configResources: [{ resourceName: 'all' }] }))
  await rejectsVersion(admin.deleteTopics([{ topicId }]), /^DeleteTopics: .* versions 6–6 are needed/)
  await rejectsVersion(admin.describeTopics([{ topicId }]), /^Metadata: .* versions 12–13 are needed/)
  await rejectsVersion(admin.describeCluster({ includeFencedBrokers: true }), /^DescribeCluster: /)
  await rejectsVersion(admin.electLeaders('unclean'), /^ElectLeaders: /)
  await rejectsVersion(admin.listGroups({ types: ['share'] }), /^ListGroups: /)
  await rejectsVersion(
    admin.listOffsets([{ topic: 't', partition: 0, timestamp: OffsetSpec.maxTimestamp }]),
    /^ListOffsets: .* versions 7–/,
  )
  await rejectsVersion(admin.listConfigResources(), /^ListConfigResources: /)
  assert.deepEqual(await admin.listConfigResources(['clientMetrics']), [
    { type: 'clientMetrics', name: 'all' },
  ])
  await rejectsVersion(admin.describeMetadataQuorum(), /does not offer DescribeQuorum/)
  admin.close()
})
