// A member of a group of another protocol type than `consumer`, against a coordinator in memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ErrorCode,
  HeartbeatApi,
  JoinGroupApi,
  type JoinGroupRequest,
  LeaveGroupApi,
  SyncGroupApi,
  type SyncGroupRequest,
} from '@millrace/protocol'
import { ClassicGroupMember, type ClassicGroupMemberOptions } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

const none = { throttleTimeMs: 0, errorCode: 0 }

/** A group of this member, its leader, and of one more who never says a word. */
function setUp(options: Partial<ClassicGroupMemberOptions> = {}) {
  const cluster = new FakeCluster()
  const joins: JoinGroupRequest[] = []
  const syncs: SyncGroupRequest[] = []
  const events: string[] = []
  let generationId = 0
  const heartbeat = { errorCode: 0 }
  cluster.on(JoinGroupApi, ({ request }) => {
    joins.push(request)
    if (request.memberId === '')
      return { ...none, errorCode: 79, memberId: 'me', leader: '', generationId: -1, members: [] }
    const { name: protocolName, metadata } = request.protocols[0]!
    const members = ['me', 'other'].map(memberId => ({ memberId, groupInstanceId: null, metadata }))
    const { protocolType } = request
    return {
      ...none,
      generationId: ++generationId,
      protocolType,
      protocolName,
      leader: 'me',
      memberId: 'me',
      members,
    }
  })
  cluster.on(SyncGroupApi, ({ request }) => {
    syncs.push(request)
    const mine = request.assignments.find(({ memberId }) => memberId === 'me')
    return { ...none, assignment: mine?.assignment ?? Buffer.alloc(0) }
  })
  cluster.on(HeartbeatApi, () => {
    const { errorCode } = heartbeat
    heartbeat.errorCode = 0
    return { ...none, errorCode }
  })
  cluster.on(LeaveGroupApi, ({ request }) => {
    events.push(`leave ${request.members[0]?.memberId}`)
    return { ...none, members: [] }
  })
  const member = new ClassicGroupMember({
    brokers: cluster.bootstrap,
    network: cluster.network,
    groupId: 'registry',
    protocolType: 'sr',
    protocols: [{ name: 'v0', metadata: Buffer.from('hello') }],
    assign: (members, { generation }) =>
      new Map(members.map(({ memberId }) => [memberId, Buffer.from(`${memberId} in ${generation}`)])),
    heartbeatIntervalMs: 10,
    retryBackoffMs: 1,
    onAssigned: ({ assignment, isLeader }) =>
      void events.push(`${isLeader ? 'leads' : 'follows'}: ${assignment.toString()}`),
    onRevoked: ({ generation }) => void events.push(`revoked ${generation}`),
    onLost: ({ generation }) => void events.push(`lost ${generation}`),
    onWarning: error => void events.push(`warning: ${error.message}`),
    ...options,
  })
  return { cluster, member, joins, syncs, events, heartbeat }
}

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`it did not come about: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 2))
  }
}

test('it joins with its metadata, divides as the leader, and has its share when join resolves', async () => {
  const { member, joins, syncs, events } = setUp()
  assert.deepEqual(
    [member.memberId, member.generation, member.leaderId, member.isLeader],
    ['', -1, '', false],
  )
  await member.join()
  assert.equal(joins[0]!.protocolType, 'sr')
  assert.deepEqual(
    joins[1]!.protocols.map(({ name, metadata }) => [name, metadata.toString()]),
    [['v0', 'hello']],
  )
  assert.deepEqual(
    syncs[0]!.assignments.map(({ memberId, assignment }) => [memberId, assignment.toString()]),
    [
      ['me', 'me in 1'],
      ['other', 'other in 1'],
    ],
  )
  assert.deepEqual([syncs[0]!.protocolType, syncs[0]!.protocolName], ['sr', 'v0'])
  assert.deepEqual(events, ['leads: me in 1'])
  assert.deepEqual(
    [member.memberId, member.generation, member.leaderId, member.isLeader],
    ['me', 1, 'me', true],
  )
  assert.equal(member.share!.assignment.toString(), 'me in 1')
  await member.close()
  assert.deepEqual(events, ['leads: me in 1', 'revoked 1', 'leave me'])
  assert.equal(member.share, undefined)
})

test('a rebalance takes what it has first, and metadata is asked for anew', async () => {
  let asked = 0
  const metadata = async () => Buffer.from(`load ${++asked}`)
  const { member, joins, events } = setUp({ protocols: [{ name: 'v0', metadata }] })
  await member.join()
  member.rejoin()
  await eventually('it has its next share', () => events.includes('leads: me in 2'))
  assert.deepEqual(events, ['leads: me in 1', 'revoked 1', 'leads: me in 2'])
  assert.equal(joins.at(-1)!.protocols[0]!.metadata.toString(), `load ${asked}`)
  await member.close()
})

test('a cooperative member keeps what it has until it gets its next share', async () => {
  const { member, events, heartbeat } = setUp({ cooperative: true })
  await member.join()
  heartbeat.errorCode = ErrorCode.REBALANCE_IN_PROGRESS
  await eventually('it has its next share', () => events.includes('leads: me in 2'))
  assert.deepEqual(events, ['leads: me in 1', 'leads: me in 2'])
  await member.close()
})

test('a member that was put out has lost its share, and gets another one', async () => {
  const { member, events, heartbeat } = setUp()
  await member.join()
  heartbeat.errorCode = ErrorCode.UNKNOWN_MEMBER_ID
  await eventually('it is back', () => events.includes('leads: me in 2'))
  assert.deepEqual(events, ['leads: me in 1', 'lost 1', 'leads: me in 2'])
  await member.close()
})

test('the group waits for a hook, and one that throws is a warning', async () => {
  const { member, events, joins } = setUp({
    async onRevoked() {
      await new Promise(resolve => setTimeout(resolve, 30))
      events.push(`stopped after ${joins.length} joins`)
      throw new Error('no way')
    },
  })
  await member.join()
  member.rejoin()
  await eventually('it has its next share', () => events.includes('leads: me in 2'))
  assert.deepEqual(events, ['leads: me in 1', 'stopped after 2 joins', 'warning: no way', 'leads: me in 2'])
  await member.close()
})

test('an error in dividing, or of the coordinator, ends the membership and is told', async () => {
  for (const [assign, message] of [
    [() => Promise.reject(new Error('cannot divide')), /cannot divide/],
    [() => ({ me: Buffer.alloc(1) }) as never, /assign must return a Map/],
    [() => new Map([['nobody', Buffer.alloc(1)]]), /names a member "nobody" that is not in the group/],
    [() => new Map([['me', 'text']]) as never, /gives member "me" something that is no bytes/],
  ] as const) {
    const failures: Error[] = []
    const { member } = setUp({ assign, onFailed: error => void failures.push(error) })
    await assert.rejects(member.join(), message)
    assert.equal(failures.length, 1)
    await assert.rejects(member.join(), message)
    await member.close()
  }
  const { member, cluster } = setUp({ onFailed: () => {} })
  cluster.on(JoinGroupApi, () => ({
    ...none,
    errorCode: 30,
    generationId: -1,
    memberId: '',
    leader: '',
    members: [],
  }))
  await assert.rejects(member.join(), { code: 'GROUP_AUTHORIZATION_FAILED' })
  await member.close()
})

test('closing does not wait for a hook for ever, and ends a join that waits', async () => {
  const stuck = setUp({ onRevoked: () => new Promise(() => {}) })
  await stuck.member.join()
  await stuck.member.close({ timeoutMs: 20 })
  assert.ok(stuck.events.includes('leave me'))
  const waiting = setUp()
  waiting.cluster.down.add(1)
  const join = waiting.member.join()
  const refused = assert.rejects(join, { code: 'CLOSED' })
  await waiting.member.close()
  await refused
  await assert.rejects(waiting.member.join(), { code: 'CLOSED' })
  assert.throws(() => waiting.member.rejoin(), { code: 'CLOSED' })
})

test('options that cannot be are refused by name', () => {
  const good = {
    brokers: ['fake:1'],
    groupId: 'g',
    protocolType: 'sr',
    protocols: [{ name: 'v0', metadata: Buffer.alloc(0) }],
    assign: () => new Map(),
  }
  for (const [change, message] of [
    [{ groupId: '' }, /groupId is "": it needs a name/],
    [{ protocolType: undefined }, /protocolType is undefined/],
    [{ protocols: [] }, /protocols is .*offer at least one/],
    [{ protocols: [{ name: 'v0', metadata: 'text' }] }, /protocols\[0\]\.metadata is "text": give bytes/],
    [{ protocols: [{ metadata: Buffer.alloc(0) }] }, /protocols\[0\]\.name is undefined/],
    [{ assign: undefined }, /assign is missing/],
    [{ heartbeatIntervalMs: 10_000 }, /heartbeatIntervalMs must be less than sessionTimeoutMs/],
    [{ groupID: 'g' }, /there is no option "groupID"; did you mean "groupId"\?/],
  ] as const) {
    assert.throws(() => new ClassicGroupMember({ ...good, ...change } as never), {
      name: 'ConfigError',
      message,
    })
  }
  const { member } = setUp()
  assert.throws(() => member.rejoin(), /join first/)
})
