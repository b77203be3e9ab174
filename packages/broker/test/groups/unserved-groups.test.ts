// Groups of kinds that are not run here, left behind by another broker: they keep their id, their records and their offsets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  batches,
  encodeConsumerGroupMemberMetadataKey,
  encodeConsumerGroupMemberMetadataValue,
  encodeConsumerGroupMetadataKey,
  encodeConsumerGroupMetadataValue,
  ErrorCode,
  RecordBatchCursor,
  RecordBatchWriter,
  Writer,
} from '@millrace/protocol'
import { encodeShareGroupMetadataKey, encodeShareGroupMetadataValue } from '@millrace/protocol/messages/share'
import { coordinatorPartition } from '../../src/coordination/coordinator-key.ts'
import type { CoordinatorRecord } from '../../src/coordination/record.ts'
import type { OffsetCommit } from '../../src/groups/offset-manager.ts'
import { subscription } from './conversation.ts'
import { FakeCore } from './fake-core.ts'

const topicId = 'AAAAAAAAAAAAAAAAAAAABQ'

function bytes(encode: (writer: Writer) => void): Buffer {
  const writer = new Writer(64)
  encode(writer)
  return Buffer.concat(writer.finish())
}

const consumerGroup = (groupId: string): CoordinatorRecord => ({
  key: bytes(writer => encodeConsumerGroupMetadataKey(writer, { groupId })),
  value: bytes(writer => encodeConsumerGroupMetadataValue(writer, { epoch: 3 }, 0)),
})
const consumerMember = (groupId: string, memberId: string): CoordinatorRecord => ({
  key: bytes(writer => encodeConsumerGroupMemberMetadataKey(writer, { groupId, memberId })),
  value: bytes(writer =>
    encodeConsumerGroupMemberMetadataValue(
      writer,
      {
        instanceId: null,
        rackId: null,
        clientId: 'c',
        clientHost: '/h',
        subscribedTopicNames: ['t'],
        subscribedTopicRegex: null,
        rebalanceTimeoutMs: 1000,
        serverAssignor: null,
      },
      0,
    ),
  ),
})
const shareGroup = (groupId: string): CoordinatorRecord => ({
  key: bytes(writer => encodeShareGroupMetadataKey(writer, { groupId })),
  value: bytes(writer => encodeShareGroupMetadataValue(writer, { epoch: 1, metadataHash: 0 }, 0)),
})
const tombstone = ({ key }: CoordinatorRecord): CoordinatorRecord => ({ key, value: null })
/** Of a type that nobody has defined yet. */
const unknown = (groupId: string): CoordinatorRecord => {
  const { key, value } = consumerGroup(groupId)
  key.writeInt16BE(77, 0)
  return { key, value }
}

/** A broker that starts over what another one has left of these groups. */
async function startOver(left: Readonly<Record<string, readonly CoordinatorRecord[]>>): Promise<FakeCore> {
  const before = new FakeCore({})
  await before.coordinator.createTopic()
  for (const [groupId, records] of Object.entries(left)) {
    const log = before.partitions[coordinatorPartition(groupId, before.partitions.length)]!
    const writer = new RecordBatchWriter({ initialBytes: 1024 })
    for (const { key, value } of records) writer.append(1000, key, value)
    log.append(writer.finish())
    log.durableCount = log.batches.length
  }
  return new FakeCore({ after: before })
}

/** The records of a group's partition, as hex: a key, or a key and its tombstone. */
function written(core: FakeCore, groupId: string): string[] {
  const cursor = new RecordBatchCursor()
  const lines: string[] = []
  for (const batch of core.partitions[coordinatorPartition(groupId, core.partitions.length)]!.batches) {
    for (const header of batches(batch)) {
      cursor.open(header)
      while (cursor.next()) {
        lines.push(`${cursor.key()!.toString('hex')}${cursor.value() ? '' : ' deleted'}`)
      }
    }
  }
  return lines
}

async function now<T>(core: FakeCore, promise: Promise<T>): Promise<T> {
  let value: { readonly is: T } | undefined
  void promise.then(is => {
    value = { is }
  })
  for (let round = 0; round < 6 && !value; round++) await core.clock.turn()
  assert.ok(value, 'still waiting')
  return value.is
}

const join = {
  apiVersion: 9,
  clientId: 'c',
  clientHost: '/127.0.0.1',
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 60_000,
  memberId: '',
  groupInstanceId: null,
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: subscription('t') }],
  reason: null,
}

const commitOf = (groupId: string, generationId: number, memberId = ''): OffsetCommit => ({
  groupId,
  by: { memberId, groupInstanceId: null, generationId },
  apiVersion: 9,
  retentionMs: -1,
  offsets: [{ topic: 't', partition: 0, offset: 5, leaderEpoch: 0, metadata: '', topicId }],
})

test('groups of other kinds are listed with their type and are no classic groups', async () => {
  const core = await startOver({
    live: [consumerGroup('live'), consumerMember('live', 'm')],
    idle: [consumerGroup('idle'), consumerMember('idle', 'm'), tombstone(consumerMember('idle', 'm'))],
    shared: [shareGroup('shared')],
    gone: [consumerGroup('gone'), tombstone(consumerGroup('gone'))],
  })
  const groups = await now(core, core.coordinator.admin.list())
  assert.deepEqual(
    groups
      .map(({ groupId, type, state, protocolType }) => `${groupId} ${type} ${state} ${protocolType}`)
      .sort(),
    ['idle consumer Empty consumer', 'live consumer Unknown consumer', 'shared share Empty share'],
  )
})

test('an id that belongs to a group of another kind is refused to classic members, and nothing is written', async () => {
  const core = await startOver({
    live: [consumerGroup('live'), consumerMember('live', 'm')],
    shared: [shareGroup('shared')],
  })
  const { classic } = core.coordinator
  for (const groupId of ['live', 'shared']) {
    const before = written(core, groupId)
    const joined = await now(core, classic.join(groupId, join))
    assert.equal(joined.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
    const asked = { memberId: 'm', groupInstanceId: null, generationId: 3 }
    assert.equal((await now(core, classic.heartbeat(groupId, asked))).errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
    const sync = { ...asked, protocolType: null, protocolName: null, assignments: [] }
    assert.equal((await now(core, classic.sync(groupId, sync))).errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
    const left = await now(core, classic.leave(groupId, { members: [{ ...asked, reason: null }] }))
    assert.equal(left.members[0]!.errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
    await core.clock.pass(20_000)
    assert.deepEqual(written(core, groupId), before)
  }
})

test('a consumer group that nobody is in makes room for classic members and leaves them its offsets', async () => {
  const core = await startOver({ idle: [consumerGroup('idle')] })
  const { classic, offsets, admin } = core.coordinator
  await now(core, offsets.commit(commitOf('idle', -1)))
  const stale = await now(core, classic.join('idle', { ...join, memberId: 'old' }))
  assert.equal(stale.errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal((await now(core, admin.find('idle')))!.type, 'consumer')
  const { errorCode, memberId } = await now(core, classic.join('idle', join))
  assert.equal(errorCode, ErrorCode.MEMBER_ID_REQUIRED)
  assert.equal((await now(core, classic.join('idle', { ...join, memberId }))).errorCode, ErrorCode.NONE)
  assert.equal((await now(core, offsets.fetch('idle', false))).topics.get('t')?.get(0)?.offset, 5)
  assert.ok(written(core, 'idle').includes(`${consumerGroup('idle').key.toString('hex')} deleted`))
  const after = new FakeCore({ after: core })
  const groups = await now(after, after.coordinator.admin.list())
  assert.deepEqual(
    groups.map(({ groupId, type }) => `${groupId} ${type}`),
    ['idle classic'],
  )
  assert.equal(
    (await now(after, after.coordinator.offsets.fetch('idle', false))).topics.get('t')?.get(0)?.offset,
    5,
  )
})

test('members that cannot be heard of lapse, in memory only', async () => {
  const core = await startOver({ live: [consumerGroup('live'), consumerMember('live', 'm')] })
  const { classic, admin } = core.coordinator
  assert.equal((await now(core, admin.find('live')))!.state, 'Unknown')
  const before = written(core, 'live')
  await core.clock.pass(46_000)
  assert.equal((await now(core, admin.find('live')))!.state, 'Empty')
  assert.deepEqual(written(core, 'live'), before)
  assert.equal((await now(core, classic.join('live', join))).errorCode, ErrorCode.MEMBER_ID_REQUIRED)
  for (const { key } of [consumerGroup('live'), consumerMember('live', 'm')]) {
    assert.ok(written(core, 'live').includes(`${key.toString('hex')} deleted`))
  }
})

test('a group whose replacement cannot be written is there again', async () => {
  const core = await startOver({ idle: [consumerGroup('idle')] })
  const { classic, admin } = core.coordinator
  await now(core, admin.list())
  core.slowDisk = true
  const first = await now(core, classic.join('idle', { ...join, apiVersion: 3 }))
  assert.equal(first.errorCode, ErrorCode.NONE)
  const waiting = classic.join('idle', { ...join, apiVersion: 3 })
  await core.clock.turn()
  await core.sync(new Error('the disk is gone'))
  assert.equal((await now(core, waiting)).errorCode, ErrorCode.NOT_COORDINATOR)
  assert.equal((await now(core, admin.find('idle')))!.type, 'consumer')
})

test('offsets of another kind of group are committed by who is no member, while there are none', async () => {
  const core = await startOver({
    live: [consumerGroup('live'), consumerMember('live', 'm')],
    idle: [consumerGroup('idle')],
    shared: [shareGroup('shared')],
  })
  const { offsets } = core.coordinator
  const commit = (groupId: string, generation: number, memberId?: string) =>
    now(core, offsets.commit(commitOf(groupId, generation, memberId)))
  assert.equal(await commit('idle', -1), ErrorCode.NONE)
  assert.equal(await commit('idle', 3, 'm'), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await commit('live', -1), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await commit('live', 3, 'm'), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await commit('shared', -1), ErrorCode.GROUP_ID_NOT_FOUND)
  assert.equal((await now(core, offsets.fetch('idle', false))).topics.get('t')?.get(0)?.offset, 5)
  const partitions = [{ topic: 't', partition: 0 }]
  assert.deepEqual([...(await now(core, offsets.delete('live', partitions))).refusedTopics], ['t'])
  const shared = await now(core, offsets.delete('shared', partitions))
  assert.equal(shared.errorCode, ErrorCode.GROUP_ID_NOT_FOUND)
})

test('what nobody here understands stays, whatever is deleted and expires around it', async () => {
  const core = await startOver({
    g: [unknown('g')],
    live: [consumerGroup('live'), consumerMember('live', 'm')],
    idle: [consumerGroup('idle')],
  })
  assert.ok(core.logLines.every(({ level }) => level !== 'error'))
  const { admin, offsets } = core.coordinator
  assert.equal(await now(core, offsets.commit(commitOf('g', -1))), ErrorCode.NONE)
  assert.equal(await now(core, offsets.commit(commitOf('idle', -1))), ErrorCode.NONE)
  assert.equal(await now(core, admin.delete('g')), ErrorCode.NONE)
  assert.equal(await now(core, admin.delete('live')), ErrorCode.NON_EMPTY_GROUP)
  // Far beyond the sessions of members and offsets.retention.minutes.
  await core.clock.pass(8 * 24 * 3_600_000)
  assert.equal((await now(core, offsets.fetch('idle', false))).topics.get('t')?.get(0)?.offset, 5)
  for (const [groupId, record] of [
    ['g', unknown('g')],
    ['live', consumerGroup('live')],
    ['live', consumerMember('live', 'm')],
    ['idle', consumerGroup('idle')],
  ] as const) {
    const key = record.key.toString('hex')
    assert.deepEqual(
      written(core, groupId).filter(line => line.startsWith(key)),
      [key],
    )
  }
})

test('a group of another kind without members is deleted with all that is stored of it', async () => {
  const member = consumerMember('idle', 'm')
  const core = await startOver({
    idle: [consumerGroup('idle'), member, tombstone(member)],
    other: [consumerGroup('other')],
  })
  await now(core, core.coordinator.offsets.commit(commitOf('idle', -1)))
  assert.equal(await now(core, core.coordinator.admin.delete('idle')), ErrorCode.NONE)
  assert.ok(written(core, 'idle').includes(`${consumerGroup('idle').key.toString('hex')} deleted`))
  const after = new FakeCore({ after: core })
  const groups = await now(after, after.coordinator.admin.list())
  assert.deepEqual(
    groups.map(({ groupId }) => groupId),
    ['other'],
  )
  // The id is free.
  const joined = await now(after, after.coordinator.classic.join('idle', join))
  assert.equal(joined.errorCode, ErrorCode.MEMBER_ID_REQUIRED)
})

test('a deletion that cannot be written leaves a group of another kind as it was', async () => {
  const core = await startOver({ idle: [consumerGroup('idle')] })
  await now(core, core.coordinator.admin.list())
  for (const log of core.partitions) log.failing = true
  assert.equal(await now(core, core.coordinator.admin.delete('idle')), ErrorCode.NOT_COORDINATOR)
  for (const log of core.partitions) log.failing = false
  assert.equal((await now(core, core.coordinator.admin.find('idle')))!.type, 'consumer')
})
