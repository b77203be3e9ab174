// The coordinator over a log: when replies come, what survives, what is cleaned up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import type { ApiError } from '../../src/api-error.ts'
import type { JoinAsked } from '../../src/groups/classic/membership.ts'
import type { ClassicGroup } from '../../src/groups/classic/classic-group.ts'
import type { JoinReply } from '../../src/groups/classic/events.ts'
import type { OffsetCommit } from '../../src/groups/offset-manager.ts'
import { subscription } from './conversation.ts'
import { FakeCore, FakeLog } from './fake-core.ts'

const topicId = 'AAAAAAAAAAAAAAAAAAAABQ'
const noMember = { memberId: '', groupInstanceId: null, generationId: -1 }
const hourMs = 3_600_000

function commitOf(groupId: string, offset: number, more: Partial<OffsetCommit> = {}): OffsetCommit {
  return {
    groupId,
    by: noMember,
    apiVersion: 9,
    retentionMs: -1,
    offsets: [{ topic: 't', partition: 0, offset, leaderEpoch: 3, metadata: 'm', topicId }],
    ...more,
  }
}

function joinOf(more: Partial<JoinAsked> = {}): JoinAsked {
  return {
    apiVersion: 3,
    clientId: 'c',
    clientHost: '/127.0.0.1',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    memberId: '',
    groupInstanceId: null,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription('t') }],
    reason: null,
    ...more,
  }
}

/** Resolves while time stands still, with the turns that writing needs. */
async function now<T>(core: FakeCore, promise: Promise<T>): Promise<T> {
  let value: { readonly is: T } | undefined
  void promise.then(is => {
    value = { is }
  })
  for (let round = 0; round < 6 && !value; round++) await core.clock.turn()
  assert.ok(value, 'still waiting')
  return value.is
}

async function isWaiting(core: FakeCore, promise: Promise<unknown>): Promise<boolean> {
  let waiting = true
  void promise.then(() => {
    waiting = false
  })
  for (let round = 0; round < 6; round++) await core.clock.turn()
  return waiting
}

async function offsetOf(core: FakeCore, groupId: string, partition = 0): Promise<number | undefined> {
  const { topics } = await now(core, core.coordinator.offsets.fetch(groupId, false))
  return topics.get('t')?.get(partition)?.offset
}

/** A group with one member that has its assignment. */
async function stableGroup(
  core: FakeCore,
  groupId: string,
  more: Partial<JoinAsked> = {},
): Promise<JoinReply> {
  const joined = await now(core, core.coordinator.classic.join(groupId, joinOf(more)))
  assert.equal(joined.errorCode, ErrorCode.NONE)
  const synced = await now(
    core,
    core.coordinator.classic.sync(groupId, {
      generationId: joined.generationId,
      memberId: joined.memberId,
      groupInstanceId: more.groupInstanceId ?? null,
      protocolType: null,
      protocolName: null,
      assignments: [{ memberId: joined.memberId, assignment: Buffer.from('mine') }],
    }),
  )
  assert.equal(Buffer.from(synced.assignment).toString(), 'mine')
  return joined
}

const beat = (core: FakeCore, groupId: string, { memberId, generationId }: JoinReply) =>
  now(core, core.coordinator.classic.heartbeat(groupId, { memberId, generationId, groupInstanceId: null }))

test('a commit is answered and shown only once it is durable', async () => {
  const core = new FakeCore({})
  core.slowDisk = true
  const commit = core.coordinator.offsets.commit(commitOf('g', 7))
  assert.ok(await isWaiting(core, commit))
  assert.equal(await offsetOf(core, 'g'), undefined)
  const stable = core.coordinator.offsets.fetch('g', true)
  assert.ok(await isWaiting(core, stable), 'who wants stable offsets waits for those being written')
  await core.sync()
  assert.equal(await now(core, commit), ErrorCode.NONE)
  assert.equal(await offsetOf(core, 'g'), 7)
  assert.equal((await now(core, stable)).topics.get('t')?.get(0)?.offset, 7)
})

test('commits of one turn share a batch a partition and one sync', async () => {
  const core = new FakeCore({ partitions: 1 })
  const commits = Array.from({ length: 50 }, (_, index) =>
    core.coordinator.offsets.commit(commitOf(`g${index}`, index)),
  )
  for (const commit of commits) assert.equal(await now(core, commit), ErrorCode.NONE)
  assert.equal(core.partitions[0]!.batches.length, 1)
  assert.equal(core.partitions[0]!.recordCount, 50)
  assert.equal(core.syncCount, 1)
})

test('many records of one turn become several batches, none of a request in two', async () => {
  const core = new FakeCore({ partitions: 1 })
  const metadata = 'x'.repeat(4000)
  const offsets = Array.from({ length: 100 }, (_, partition) => ({
    topic: 't',
    partition,
    offset: partition,
    leaderEpoch: -1,
    metadata,
    topicId,
  }))
  const commits = ['a', 'b', 'c'].map(id => core.coordinator.offsets.commit(commitOf(id, 0, { offsets })))
  for (const commit of commits) assert.equal(await now(core, commit), ErrorCode.NONE)
  assert.equal(core.partitions[0]!.batches.length, 3)
  assert.equal(core.syncCount, 1)
})

test('a request that is too large for one batch is refused and leaves the others alone', async () => {
  const core = new FakeCore({ partitions: 1 })
  const metadata = 'x'.repeat(4000)
  const offsets = Array.from({ length: 400 }, (_, partition) => ({
    topic: 't',
    partition,
    offset: partition,
    leaderEpoch: -1,
    metadata,
    topicId,
  }))
  const tooLarge = core.coordinator.offsets.commit(commitOf('a', 0, { offsets }))
  const other = core.coordinator.offsets.commit(commitOf('b', 5))
  assert.equal(await now(core, tooLarge), ErrorCode.UNKNOWN_SERVER_ERROR)
  assert.equal(await now(core, other), ErrorCode.NONE)
  assert.equal(await offsetOf(core, 'a'), undefined)
  assert.equal(await offsetOf(core, 'b'), 5)
})

test('a commit that cannot be written sends the member to find the coordinator, and changes nothing', async () => {
  const core = new FakeCore({ partitions: 1 })
  await now(core, core.coordinator.offsets.commit(commitOf('g', 1)))
  core.partitions[0]!.failing = true
  assert.equal(await now(core, core.coordinator.offsets.commit(commitOf('g', 2))), ErrorCode.NOT_COORDINATOR)
  assert.equal(await offsetOf(core, 'g'), 1)
  core.partitions[0]!.failing = false
  core.slowDisk = true
  const commit = core.coordinator.offsets.commit(commitOf('g', 3))
  await isWaiting(core, commit)
  await core.sync(new Error('the disk is gone'))
  assert.equal(await now(core, commit), ErrorCode.NOT_COORDINATOR)
  assert.equal(await offsetOf(core, 'g'), 1)
})

test('after a restart offsets, generation and members are as they were', async () => {
  const first = new FakeCore({})
  const member = await stableGroup(first, 'g')
  const by = { memberId: member.memberId, groupInstanceId: null, generationId: member.generationId }
  assert.equal(await now(first, first.coordinator.offsets.commit(commitOf('g', 42, { by }))), ErrorCode.NONE)
  await now(first, first.coordinator.offsets.commit(commitOf('simple', 9)))

  const second = new FakeCore({ after: first })
  assert.equal(await offsetOf(second, 'g'), 42)
  assert.equal(await offsetOf(second, 'simple'), 9)
  assert.deepEqual(await beat(second, 'g', member), { errorCode: ErrorCode.NONE })
  const committed = (await second.coordinator.offsets.fetch('g', false)).topics.get('t')!.get(0)!
  assert.equal(committed.metadata, 'm')
  assert.equal(committed.leaderEpoch, 3)
  assert.equal(committed.topicId, topicId)
  const group = (await now(second, second.coordinator.admin.find('g')))!
  assert.equal(group.state, 'Stable')
  assert.ok(group.isSubscribedTo('t'))
  assert.ok(!group.isSubscribedTo('other'))
  const simple = (await now(second, second.coordinator.admin.find('simple')))!
  assert.equal(simple.protocolType, null)
})

test('after a restart sessions end without anybody asking for the group', async () => {
  const first = new FakeCore({})
  await stableGroup(first, 'g')
  const second = new FakeCore({ after: first })
  await second.clock.pass(11_000)
  const group = (await now(second, second.coordinator.admin.find('g')))!
  assert.equal(group.state, 'Empty')
  assert.equal((group as ClassicGroup).generationId, 2)
})

test('a group that was asked for an id is known after a restart', async () => {
  const first = new FakeCore({})
  const reply = await now(first, first.coordinator.classic.join('g', joinOf({ apiVersion: 9 })))
  assert.equal(reply.errorCode, ErrorCode.MEMBER_ID_REQUIRED)
  assert.match(reply.memberId, /^c-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const second = new FakeCore({ after: first })
  assert.deepEqual(
    (await now(second, second.coordinator.admin.list())).map(group => [group.groupId, group.state]),
    [['g', 'Empty']],
  )
})

test('a join needs a group id, a session timeout within bounds, and a group for a member id', async () => {
  const { coordinator, clock } = new FakeCore({ config: { 'group.min.session.timeout.ms': '6000' } })
  const error = async (groupId: string, more: Partial<JoinAsked>) => {
    const reply = coordinator.classic.join(groupId, joinOf(more))
    await clock.turn()
    return (await reply).errorCode
  }
  assert.equal(await error('', {}), ErrorCode.INVALID_GROUP_ID)
  assert.equal(await error('g', { sessionTimeoutMs: 5999 }), ErrorCode.INVALID_SESSION_TIMEOUT)
  assert.equal(await error('g', { sessionTimeoutMs: 1_800_001 }), ErrorCode.INVALID_SESSION_TIMEOUT)
  assert.equal(await error('g', { memberId: 'old' }), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await error('g', { sessionTimeoutMs: 6000 }), ErrorCode.NONE)
})

test('requests for a group that does not exist are refused as Kafka does', async () => {
  const core = new FakeCore({})
  const { coordinator } = core
  const asked = { memberId: 'm', generationId: 1, groupInstanceId: null }
  assert.equal(
    (await now(core, coordinator.classic.heartbeat('g', asked))).errorCode,
    ErrorCode.UNKNOWN_MEMBER_ID,
  )
  const protocol = { protocolType: null, protocolName: null, assignments: [] }
  const synced = await now(core, coordinator.classic.sync('g', { ...asked, ...protocol }))
  assert.equal(synced.errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  const left = await now(core, coordinator.classic.leave('g', { members: [{ ...asked, reason: null }] }))
  assert.equal(left.errorCode, ErrorCode.NONE)
  assert.equal(left.members[0]!.errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  const { offsets, admin } = coordinator
  const by = { memberId: 'm', groupInstanceId: null, generationId: 1 }
  const commit = (apiVersion: number) => now(core, offsets.commit(commitOf('g', 1, { by, apiVersion })))
  assert.equal(await commit(8), ErrorCode.ILLEGAL_GENERATION)
  assert.equal(await commit(9), ErrorCode.GROUP_ID_NOT_FOUND)
  assert.equal(await now(core, admin.delete('g')), ErrorCode.GROUP_ID_NOT_FOUND)
  assert.equal((await now(core, offsets.delete('g', []))).errorCode, ErrorCode.GROUP_ID_NOT_FOUND)
  assert.equal(await now(core, admin.find('g')), undefined)
})

test('a deleted group stays deleted, with commits that were being written when it was', async () => {
  const first = new FakeCore({ partitions: 1 })
  await now(first, first.coordinator.offsets.commit(commitOf('g', 1)))
  first.slowDisk = true
  const late = first.coordinator.offsets.commit(
    commitOf('g', 2, {
      offsets: [{ topic: 't', partition: 1, offset: 2, leaderEpoch: -1, metadata: '', topicId }],
    }),
  )
  await first.clock.turn()
  const deleted = first.coordinator.admin.delete('g')
  await first.clock.turn()
  await first.sync()
  await first.sync()
  assert.equal(await now(first, late), ErrorCode.NONE)
  assert.equal(await now(first, deleted), ErrorCode.NONE)
  assert.equal(await offsetOf(first, 'g', 0), undefined)
  assert.equal(await offsetOf(first, 'g', 1), undefined)
  const second = new FakeCore({ after: first })
  assert.deepEqual(await now(second, second.coordinator.admin.list()), [])
  assert.equal(await offsetOf(second, 'g', 1), undefined)
})

test('a group with members can be neither deleted nor robbed of offsets that it uses', async () => {
  const core = new FakeCore({})
  const { coordinator } = core
  await now(core, coordinator.offsets.commit(commitOf('g', 1)))
  await stableGroup(core, 'g')
  assert.equal(await now(core, coordinator.admin.delete('g')), ErrorCode.NON_EMPTY_GROUP)
  const deletion = await now(core, coordinator.offsets.delete('g', [{ topic: 't', partition: 0 }]))
  assert.equal(deletion.errorCode, ErrorCode.NONE)
  assert.deepEqual([...deletion.refusedTopics], ['t'])
  assert.equal(await offsetOf(core, 'g'), 1)
  // Members of another type: nobody knows what they use.
  await stableGroup(core, 'connect', { protocolType: 'connect' })
  const refused = await now(core, coordinator.offsets.delete('connect', [{ topic: 't', partition: 0 }]))
  assert.equal(refused.errorCode, ErrorCode.NON_EMPTY_GROUP)
})

test('offsets that nobody uses can be deleted', async () => {
  const core = new FakeCore({})
  await now(core, core.coordinator.offsets.commit(commitOf('g', 1)))
  const deletion = await now(core, core.coordinator.offsets.delete('g', [{ topic: 't', partition: 0 }]))
  assert.deepEqual(deletion, { errorCode: ErrorCode.NONE, refusedTopics: new Set() })
  assert.equal(await offsetOf(core, 'g'), undefined)
  assert.equal(await offsetOf(new FakeCore({ after: core }), 'g'), undefined)
})

test('offsets of a group without members expire after the retention time, and the group with them', async () => {
  const core = new FakeCore({ config: { 'offsets.retention.minutes': '60' } })
  const member = await stableGroup(core, 'g')
  const by = { memberId: member.memberId, groupInstanceId: null, generationId: member.generationId }
  await now(core, core.coordinator.offsets.commit(commitOf('g', 1, { by })))
  for (let heartbeats = 0; heartbeats < 900; heartbeats++) {
    await core.clock.pass(9000)
    await beat(core, 'g', member)
  }
  // It is long past the commit, but the members subscribe to the topic.
  assert.equal(await offsetOf(core, 'g'), 1)
  await core.clock.pass(hourMs)
  assert.equal(await offsetOf(core, 'g'), 1, 'counted from when the last member was gone')
  await core.clock.pass(hourMs / 2)
  assert.equal(await offsetOf(core, 'g'), undefined)
  assert.deepEqual(await now(core, core.coordinator.admin.list()), [])
  assert.deepEqual(await now(core, new FakeCore({ after: core }).coordinator.admin.list()), [])
})

test('offsets of a group that never had members expire after the commit, or when the client has said', async () => {
  const core = new FakeCore({ config: { 'offsets.retention.minutes': '60' } })
  await now(core, core.coordinator.offsets.commit(commitOf('old', 1)))
  await now(
    core,
    core.coordinator.offsets.commit(commitOf('kept', 1, { retentionMs: 10 * hourMs, apiVersion: 4 })),
  )
  await core.clock.pass(hourMs / 2)
  await now(core, core.coordinator.offsets.commit(commitOf('new', 1)))
  await core.clock.pass((hourMs * 3) / 4)
  assert.equal(await offsetOf(core, 'old'), undefined)
  assert.equal(await offsetOf(core, 'new'), 1)
  assert.equal(await offsetOf(core, 'kept'), 1)
  await core.clock.pass(10 * hourMs)
  assert.deepEqual(await now(core, core.coordinator.admin.list()), [])
})

test('a deleted topic takes its offsets along, but not those of a new one of its name', async () => {
  const core = new FakeCore({})
  core.makeTopic('t', 2, topicId)
  await now(core, core.coordinator.offsets.commit(commitOf('g', 1)))
  await now(core, core.coordinator.offsets.commit(commitOf('h', 1)))
  core.slowDisk = true
  core.deleteTopic('t')
  const newId = 'AAAAAAAAAAAAAAAAAAAABg'
  core.makeTopic('t', 2, newId)
  const fresh = core.coordinator.offsets.commit(
    commitOf('g', 0, {
      offsets: [{ topic: 't', partition: 0, offset: 5, leaderEpoch: 0, metadata: '', topicId: newId }],
    }),
  )
  await core.clock.turn()
  await core.sync()
  await core.sync()
  assert.equal(await now(core, fresh), ErrorCode.NONE)
  assert.equal(await offsetOf(core, 'g'), 5)
  assert.equal(await offsetOf(core, 'h'), undefined)
  assert.equal(await offsetOf(new FakeCore({ after: core }), 'g'), 5)
})

test('a thousand groups need one timer, and all their sessions end', async () => {
  const core = new FakeCore({ partitions: 50 })
  for (let index = 0; index < 1000; index++) {
    void core.coordinator.classic.join(`g${index}`, joinOf({ sessionTimeoutMs: 6000 + index }))
  }
  await core.clock.turn()
  assert.equal(core.clock.timerCount, 2, 'one for sessions, one for retention')
  await core.clock.pass(5 * 60_000)
  const states = new Set((await now(core, core.coordinator.admin.list())).map(group => group.state))
  assert.deepEqual([...states], ['Empty'])
})

test('closing answers who waits and leaves no timer and no listener', async () => {
  const core = new FakeCore({})
  await stableGroup(core, 'g')
  const waiting = core.coordinator.classic.join('g', joinOf({ clientId: 'd' }))
  const commit = core.coordinator.offsets.commit(commitOf('h', 1))
  await core.clock.turn()
  const closing = core.coordinator.close()
  await now(core, closing)
  assert.equal((await now(core, waiting)).errorCode, ErrorCode.NOT_COORDINATOR)
  assert.equal(await now(core, commit), ErrorCode.NONE)
  assert.equal(core.clock.timerCount, 0)
  assert.equal(core.listenerCount, 0)
  const late = await now(core, core.coordinator.classic.join('g', joinOf()))
  assert.equal(late.errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE)
})

test('when the offsets topic is deleted, members are sent away and groups begin anew', async () => {
  const core = new FakeCore({})
  const member = await stableGroup(core, 'g')
  const waiting = core.coordinator.classic.join('g', joinOf({ clientId: 'd' }))
  await core.clock.turn()
  core.deleteTopic('__consumer_offsets')
  assert.equal((await now(core, waiting)).errorCode, ErrorCode.NOT_COORDINATOR)
  assert.deepEqual(await beat(core, 'g', member), { errorCode: ErrorCode.UNKNOWN_MEMBER_ID })
})

test('a group that fails when it is woken harms no other, is logged, and is woken again', async () => {
  const core = new FakeCore({})
  for (const groupId of ['a', 'b', 'c']) {
    await now(core, core.coordinator.classic.join(groupId, joinOf({ sessionTimeoutMs: 6000 })))
  }
  const broken = (await now(core, core.coordinator.admin.find('b'))) as ClassicGroup
  let failures = 0
  broken.earliestDeadlineMs = () => {
    failures++
    throw new Error('broken on purpose')
  }
  await core.clock.pass(7000)
  const stateOf = async (groupId: string) => (await now(core, core.coordinator.admin.find(groupId)))?.state
  assert.deepEqual([await stateOf('a'), await stateOf('c')], ['Empty', 'Empty'])
  await core.clock.pass(5000)
  assert.ok(failures > 5, 'it is tried again')
  assert.ok(failures < 20, 'with pauses')
  assert.equal(core.logLines.filter(({ event }) => event === 'group.wake_failed').length, failures)
  // Members that come later find a coordinator that works.
  await now(core, core.coordinator.classic.join('d', joinOf({ sessionTimeoutMs: 6000 })))
  await core.clock.pass(7000)
  assert.equal(await stateOf('d'), 'Empty')
})

test('a request on which a group fails is answered with an error, and so is who waited for what it had done', async () => {
  const core = new FakeCore({})
  const member = await stableGroup(core, 'g')
  const waiting = core.coordinator.classic.join('g', joinOf({ clientId: 'd' }))
  await core.clock.turn()
  const broken = (await now(core, core.coordinator.admin.find('g'))) as ClassicGroup
  broken.nextGeneration = () => {
    throw new Error('broken on purpose')
  }
  const { memberId, generationId } = member
  const left = core.coordinator.classic.leave('g', {
    members: [{ memberId, groupInstanceId: null, reason: null }],
  })
  // The leave was answered before the rebalance that follows from it failed.
  assert.equal((await now(core, left)).members[0]!.errorCode, ErrorCode.NONE)
  assert.ok(core.logLines.some(({ event }) => event === 'group.step_failed'))
  const again = core.coordinator.classic.join('g', joinOf({ clientId: 'e' })).then(
    () => 'answered',
    (error: unknown) => (error as ApiError).code,
  )
  assert.equal(await now(core, again), ErrorCode.UNKNOWN_SERVER_ERROR)
  const beat = { memberId, generationId, groupInstanceId: null }
  assert.equal(
    (await now(core, core.coordinator.classic.heartbeat('g', beat))).errorCode,
    ErrorCode.UNKNOWN_MEMBER_ID,
  )
  await now(core, core.coordinator.close())
  assert.equal((await now(core, waiting)).errorCode, ErrorCode.NOT_COORDINATOR)
})

test('a member whose metadata is no subscription harms no other group', async () => {
  const core = new FakeCore({ config: { 'offsets.retention.minutes': '60' } })
  const { coordinator } = core
  const odd = { protocols: [{ name: 'range', metadata: Buffer.from('0000686f7764', 'hex') }] }
  await now(core, coordinator.offsets.commit(commitOf('odd', 1)))
  await now(core, coordinator.offsets.commit(commitOf('other', 1)))
  const member = await stableGroup(core, 'odd', odd)
  const groups = await now(core, coordinator.admin.list())
  assert.deepEqual(groups.map(({ groupId, state }) => `${groupId} ${state}`).sort(), [
    'odd Stable',
    'other Empty',
  ])
  const partitions = [{ topic: 't', partition: 0 }]
  // What it reads is not known: nothing is taken from it. The other group's offsets go.
  assert.deepEqual([...(await now(core, coordinator.offsets.delete('odd', partitions))).refusedTopics], ['t'])
  for (let heartbeats = 0; heartbeats < 600; heartbeats++) {
    await core.clock.pass(9000)
    assert.deepEqual(await beat(core, 'odd', member), { errorCode: ErrorCode.NONE })
  }
  assert.equal(await offsetOf(core, 'odd'), 1)
  assert.equal(await offsetOf(core, 'other'), undefined)
  const after = new FakeCore({ after: core })
  assert.deepEqual(await beat(after, 'odd', member), { errorCode: ErrorCode.NONE })
})

test('a group of a topic that was deleted while it was loaded writes nothing to a new topic of that name', async () => {
  const first = new FakeCore({ partitions: 1 })
  await stableGroup(first, 'g')
  // Loaded in the background; the topic goes and comes again before that is over.
  const core = new FakeCore({ after: first })
  core.deleteTopic('__consumer_offsets')
  core.partitions[0] = new FakeLog('__consumer_offsets', 0)
  core.makeTopic('__consumer_offsets', 1, 'AAAAAAAAAAAAAAAAAAAACg')
  await core.clock.pass(60_000)
  assert.equal(core.partitions[0].recordCount, 0)
})
