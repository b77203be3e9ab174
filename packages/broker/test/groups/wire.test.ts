// Groups over sockets, on a disk: the broker says what Apache Kafka says, before and after it was started again.
import assert from 'node:assert/strict'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import {
  DeleteTopicsApi,
  DescribeGroupsApi,
  ErrorCode,
  FindCoordinatorApi,
  HeartbeatApi,
  JoinGroupApi,
  ListGroupsApi,
  MetadataApi,
  OffsetCommitApi,
  OffsetFetchApi,
  SyncGroupApi,
} from '@millrace/protocol'
import { RunningBroker } from '../../src/running-broker.ts'
import { connect, createTopic, startBroker, temporaryDirectory } from '../broker-fixture.ts'
import type { TestClient } from '../test-client.ts'
import { subscription } from './conversation.ts'
import { wireConversation } from './wire-conversation.ts'

async function stableMember(client: TestClient, groupId: string) {
  const { memberId, generationId } = await client.send(JoinGroupApi, 3, {
    groupId,
    sessionTimeoutMs: 60_000,
    rebalanceTimeoutMs: 60_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription('t') }],
  })
  const assignments = [{ memberId, assignment: Buffer.from('all') }]
  await client.send(SyncGroupApi, 3, { groupId, memberId, generationId, assignments })
  return { groupId, memberId, generationId }
}

async function commit(client: TestClient, groupId: string, offset: number): Promise<number> {
  const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: '' }]
  const topics = [{ name: 't', partitions }]
  const reply = await client.send(OffsetCommitApi, 8, {
    groupId,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics,
  })
  return reply.topics[0]!.partitions[0]!.errorCode
}

async function committed(client: TestClient, groupId: string): Promise<number | undefined> {
  const reply = await client.send(OffsetFetchApi, 7, { groupId, topics: null })
  return reply.topics[0]?.partitions[0]?.committedOffset
}

/** A broker on `dataDir`, to be closed before the directory goes away. */
async function brokerOn(context: TestContext, dataDir: string): Promise<RunningBroker> {
  return startBroker(context, { dataDir, config: { 'log.fsync': 'group' } })
}

test('the broker says what Apache Kafka says about groups', async context => {
  const broker = await startBroker(context)
  const said = await wireConversation(clientId => connect(context, broker, clientId))
  assert.equal(said, readFileSync(new URL('wire.txt', import.meta.url), 'utf8'))
})

test('members and offsets survive a restart', async context => {
  const dataDir = temporaryDirectory(context)
  const first = await brokerOn(context, dataDir)
  const before = await connect(context, first)
  await createTopic(before, 't')
  const member = await stableMember(before, 'g')
  assert.equal(await commit(before, 'simple', 42), ErrorCode.NONE)
  await first.close()

  const second = await brokerOn(context, dataDir)
  const after = await connect(context, second)
  assert.equal(await committed(after, 'simple'), 42)
  assert.equal((await after.send(HeartbeatApi, 3, member)).errorCode, ErrorCode.NONE)
  const synced = await after.send(SyncGroupApi, 3, { ...member, assignments: [] })
  assert.equal(synced.assignment.toString(), 'all')
  const listed = await after.send(ListGroupsApi, 4, {})
  assert.deepEqual(listed.groups.map(({ groupId, groupState }) => `${groupId} ${groupState}`).sort(), [
    'g Stable',
    'simple Empty',
  ])
  await second.close()
})

test('an acknowledged commit is on the disk when the acknowledgement comes', async context => {
  const dataDir = temporaryDirectory(context)
  const broker = await brokerOn(context, join(dataDir, 'original'))
  const client = await connect(context, broker)
  await createTopic(client, 't')
  for (let offset = 1; offset <= 5; offset++) {
    assert.equal(await commit(client, 'g', offset), ErrorCode.NONE)
    // What a machine would find that died now, if nothing else had reached the disk.
    const copy = join(dataDir, `copy-${offset}`)
    cpSync(join(dataDir, 'original'), copy, { recursive: true, filter: path => !path.endsWith('.lock') })
    const heir = await brokerOn(context, copy)
    assert.equal(await committed(await connect(context, heir), 'g'), offset)
    await heir.close()
  }
  await broker.close()
})

test('commits of one connection may be sent without waiting, and the last one counts', async context => {
  const broker = await startBroker(context, { config: { 'log.fsync': 'group' } })
  const client = await connect(context, broker)
  await createTopic(client, 't')
  const commits = Array.from({ length: 200 }, (_, offset) => commit(client, 'g', offset))
  assert.deepEqual(new Set(await Promise.all(commits)), new Set([ErrorCode.NONE]))
  assert.equal(await committed(client, 'g'), 199)
})

test('a commit that is to be kept for ever is taken, however a client says so', async context => {
  const broker = await startBroker(context)
  const client = await connect(context, broker)
  await createTopic(client, 't')
  for (const retentionTimeMs of [2 ** 63, Number.MAX_SAFE_INTEGER]) {
    const groupId = `kept ${retentionTimeMs}`
    const partitions = [{ partitionIndex: 0, committedOffset: 7, committedMetadata: '' }]
    const topics = [{ name: 't', partitions }]
    const member = { groupId, generationIdOrMemberEpoch: -1, memberId: '' }
    const reply = await client.send(OffsetCommitApi, 3, { ...member, topics, retentionTimeMs })
    assert.equal(reply.topics[0]!.partitions[0]!.errorCode, ErrorCode.NONE)
    assert.equal(await committed(client, groupId), 7)
  }
})

test('a broker without groups has no topic for them, and asking about groups makes none', async context => {
  const broker = await startBroker(context)
  const client = await connect(context, broker)
  assert.deepEqual((await client.send(ListGroupsApi, 4, {})).groups, [])
  assert.equal(await committed(client, 'g'), undefined)
  const described = await client.send(DescribeGroupsApi, 5, { groups: ['g'] })
  assert.equal(described.groups[0]!.groupState, 'Dead')
  const topicNames = async () =>
    (await client.send(MetadataApi, 8, { topics: null })).topics.map(({ name }) => name)
  assert.deepEqual(await topicNames(), [])
  const found = await client.send(FindCoordinatorApi, 3, { key: 'g', keyType: 0 })
  assert.equal(found.errorCode, ErrorCode.NONE)
  assert.equal(found.port, broker.port)
  assert.deepEqual(await topicNames(), ['__consumer_offsets'])
})

test('there is no coordinator for share groups', async context => {
  const broker = await startBroker(context)
  const client = await connect(context, broker)
  const ask = async (version: number, keyType: number) => {
    const reply = await client.send(FindCoordinatorApi, version, { keyType, coordinatorKeys: ['k'] })
    return reply.coordinators[0]!
  }
  assert.equal((await ask(5, 2)).errorCode, ErrorCode.INVALID_REQUEST)
  assert.equal((await ask(6, 2)).errorCode, ErrorCode.UNSUPPORTED_VERSION)
  assert.equal((await ask(6, 9)).errorCode, ErrorCode.INVALID_REQUEST)
})

test('offsets of a deleted topic are gone', async context => {
  const broker = await startBroker(context)
  const client = await connect(context, broker)
  await createTopic(client, 't')
  await commit(client, 'g', 5)
  await client.send(DeleteTopicsApi, 5, { topicNames: ['t'], timeoutMs: 10_000 })
  await createTopic(client, 't')
  // The deletions are written behind the reply.
  const reply = await client.send(OffsetFetchApi, 7, {
    groupId: 'g',
    topics: [{ name: 't', partitionIndexes: [0] }],
    requireStable: true,
  })
  assert.equal(reply.topics[0]!.partitions[0]!.committedOffset, -1)
})

test('a member whose connection breaks while it waits does not hold the broker up when it closes', async context => {
  const broker = await startBroker(context)
  const client = await connect(context, broker)
  await stableMember(client, 'g')
  const other = await connect(context, broker)
  other.post(JoinGroupApi, 3, {
    groupId: 'g',
    sessionTimeoutMs: 60_000,
    rebalanceTimeoutMs: 60_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription('t') }],
  })
  for (let state = ''; state !== 'PreparingRebalance'; ) {
    state = (await client.send(DescribeGroupsApi, 5, { groups: ['g'] })).groups[0]!.groupState
  }
  await other.close()
  await broker.close()
})
