// A group member's course, event by event, without a coordinator.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JoinGroupResponse } from '@millrace/protocol'
import type { TopicPartitions } from '../../../src/consumer/assignors/assignor.ts'
import {
  ClassicMembership,
  type MembershipEffect,
  type MembershipEvent,
} from '../../../src/consumer/group/classic/classic-membership.ts'
import { isEmpty, nothing, subtract } from '../../../src/consumer/group/topic-partitions.ts'
import { ConnectionError } from '../../../src/index.ts'

const nobody = {
  errorCode: 0,
  throttleTimeMs: 0,
  skipAssignment: false,
  protocolType: 'consumer',
  members: [],
}

function joined(more: Partial<JoinGroupResponse> = {}): MembershipEvent<TopicPartitions> {
  return {
    type: 'joined',
    response: { ...nobody, generationId: 1, protocolName: 'range', leader: 'other', memberId: 'me', ...more },
  }
}

function synced(partitions: number[], errorCode = 0): MembershipEvent<TopicPartitions> {
  const assignment = new Map(partitions.length > 0 ? [['t', partitions]] : [])
  return { type: 'synced', errorCode, assignment }
}

class Course {
  readonly membership: ClassicMembership<TopicPartitions>
  now = 0

  constructor(options: { cooperative?: boolean; groupInstanceId?: string } = {}) {
    this.membership = new ClassicMembership({
      groupId: 'g',
      kind: { nothing, isNothing: isEmpty, subtract },
      groupInstanceId: options.groupInstanceId ?? null,
      cooperative: options.cooperative ?? false,
      sessionTimeoutMs: 1_000,
      heartbeatIntervalMs: 100,
      maxPollIntervalMs: 10_000,
      retryBackoffMs: 50,
      leaveWaitMs: 500,
    })
  }

  /** What an event leads to, in short: `revoke t0,t1`, `join me`, `heartbeat` … */
  on(event: MembershipEvent<TopicPartitions>): string[] {
    return this.membership.step(event, this.now).map(describe)
  }

  /** Joins and gets these partitions. */
  settle(partitions: number[], generationId = 1): void {
    this.on({ type: 'start' })
    this.on(joined({ generationId }))
    this.on(synced(partitions))
    this.on({ type: 'assigned' })
    assert.equal(this.membership.phase, 'stable')
  }
}

function describe(effect: MembershipEffect<TopicPartitions>): string {
  const list = (partitions: ReadonlyMap<string, readonly number[]>) =>
    [...partitions].flatMap(([topic, numbers]) => numbers.map(number => `${topic}${number}`)).join()
  switch (effect.type) {
    case 'revoke':
      return `${effect.lost ? 'lose' : 'revoke'} ${list(effect.assignment)}`
    case 'assign':
      return `assign +${list(effect.added)} -${list(effect.revoked)}`
    case 'join':
      return `join ${effect.memberId || 'as new'}`
    case 'leave':
      return `leave ${effect.memberId || 'unknown'}`
    case 'fail':
      return `fail ${(effect.error as Error & { code: string }).code}`
    default:
      return effect.type
  }
}

test('a new member gets its id, joins with it, and takes over its partitions', () => {
  const course = new Course()
  assert.deepEqual(course.on({ type: 'start' }), ['join as new'])
  assert.deepEqual(course.on(joined({ errorCode: 79, memberId: 'me-1' })), ['join me-1'])
  assert.deepEqual(course.on(joined({ memberId: 'me-1' })), ['sync'])
  assert.deepEqual(course.on(synced([0, 1])), ['assign +t0,t1 -'])
  assert.deepEqual(course.on({ type: 'assigned' }), [])
  assert.equal(course.membership.phase, 'stable')
})

test('the leader plans before it syncs, unless the coordinator says that there is nothing to plan', () => {
  const course = new Course()
  course.on({ type: 'start' })
  assert.deepEqual(course.on(joined({ leader: 'me' })), ['plan'])
  assert.deepEqual(course.on({ type: 'planned', assignments: [] }), ['sync'])
  const back = new Course()
  back.on({ type: 'start' })
  assert.deepEqual(back.on(joined({ leader: 'me', skipAssignment: true })), ['sync'])
})

test('an eager member gives up everything before it joins again', () => {
  const course = new Course()
  course.settle([0, 1])
  assert.deepEqual(course.on({ type: 'heartbeat', generation: 1, errorCode: 27 }), ['revoke t0,t1'])
  assert.deepEqual(course.on({ type: 'revoked' }), ['join me'])
  course.on(joined({ generationId: 2 }))
  assert.deepEqual(course.on(synced([1])), ['assign +t1 -'])
})

test('a cooperative member keeps its partitions, gives up what went to others, and then asks for another round', () => {
  const course = new Course({ cooperative: true })
  course.settle([0, 1])
  assert.deepEqual(course.on({ type: 'heartbeat', generation: 1, errorCode: 27 }), ['join me'])
  course.on(joined({ generationId: 2 }))
  assert.deepEqual(course.on(synced([1])), ['assign + -t0'])
  assert.deepEqual(course.on({ type: 'assigned' }), ['join me'])
  course.on(joined({ generationId: 3 }))
  assert.deepEqual(course.on(synced([1])), ['assign + -'])
  assert.deepEqual(course.on({ type: 'assigned' }), [])
})

test('a member that the coordinator does not know has lost its partitions', () => {
  for (const cooperative of [false, true]) {
    const course = new Course({ cooperative })
    course.settle([0])
    assert.deepEqual(course.on({ type: 'heartbeat', generation: 1, errorCode: 25 }), ['lose t0'])
    assert.deepEqual(course.on({ type: 'revoked' }), ['join as new'])
  }
})

test('a member of an old generation joins again under its id', () => {
  const course = new Course()
  course.settle([0])
  assert.deepEqual(course.on({ type: 'heartbeat', generation: 1, errorCode: 22 }), ['lose t0'])
  assert.deepEqual(course.on({ type: 'revoked' }), ['join me'])
})

test('heartbeats are due by the clock, one at a time, also while hooks run', () => {
  const course = new Course()
  course.on({ type: 'start' })
  course.on(joined())
  course.on(synced([0]))
  course.now = 99
  assert.deepEqual(course.on({ type: 'tick' }), [])
  course.now = 100
  assert.deepEqual(course.on({ type: 'tick' }), ['heartbeat'])
  course.now = 300
  assert.deepEqual(course.on({ type: 'tick' }), [])
  course.on({ type: 'heartbeat', generation: 1, errorCode: 0 })
  assert.equal(course.membership.nextTickAt(), 400)
})

test('an answer to a heartbeat of an older generation says nothing', () => {
  const course = new Course()
  course.settle([0], 5)
  assert.deepEqual(course.on({ type: 'heartbeat', generation: 4, errorCode: 22 }), [])
  assert.equal(course.membership.phase, 'stable')
})

test('a rebalance that is announced while hooks run follows them', () => {
  const course = new Course()
  course.on({ type: 'start' })
  course.on(joined())
  course.on(synced([0]))
  assert.deepEqual(course.on({ type: 'heartbeat', generation: 1, errorCode: 27 }), [])
  assert.deepEqual(course.on({ type: 'assigned' }), ['revoke t0'])
})

test('joining is tried again after a pause when the coordinator cannot be reached', () => {
  const course = new Course()
  course.on({ type: 'start' })
  const error = new ConnectionError('CONNECT_FAILED', 'no route')
  assert.deepEqual(course.on({ type: 'failed', request: 'join', error }), [])
  assert.equal(course.membership.nextTickAt(), 50)
  course.now = 50
  assert.deepEqual(course.on({ type: 'tick' }), ['join as new'])
})

test('errors that no retry mends end the membership, and the partitions are lost', () => {
  const course = new Course({ groupInstanceId: 'static' })
  course.settle([0])
  assert.deepEqual(course.on({ type: 'heartbeat', generation: 1, errorCode: 82 }), ['lose t0', 'fail FENCED'])
  assert.deepEqual(course.on({ type: 'tick' }), [])
  const forbidden = new Course()
  forbidden.on({ type: 'start' })
  assert.deepEqual(forbidden.on(joined({ errorCode: 30 })), ['fail GROUP_AUTHORIZATION_FAILED'])
})

test('a user who does not poll loses the partitions and gets back in with the next poll', () => {
  const course = new Course()
  course.settle([0])
  course.now = 10_000
  assert.deepEqual(course.on({ type: 'tick' }), ['leave me', 'lose t0'])
  assert.equal(course.membership.generation, -1)
  course.on({ type: 'revoked' })
  assert.deepEqual(course.on({ type: 'polled' }), ['join as new'])
})

test('stopping gives up the partitions, then leaves', () => {
  const course = new Course()
  course.settle([0])
  assert.deepEqual(course.on({ type: 'stop' }), ['revoke t0'])
  assert.deepEqual(course.on({ type: 'revoked' }), ['leave me'])
  assert.deepEqual(course.on({ type: 'tick' }), [])
})

test('stopping while hooks run waits for them', () => {
  const course = new Course()
  course.on({ type: 'start' })
  course.on(joined())
  course.on(synced([0]))
  assert.deepEqual(course.on({ type: 'stop' }), [])
  assert.deepEqual(course.on({ type: 'assigned' }), ['revoke t0'])
  assert.deepEqual(course.on({ type: 'revoked' }), ['leave me'])
})

test('a member that lost its partitions joins again when their loss has been dealt with, not before', () => {
  const course = new Course()
  course.settle([0])
  course.now = 10_000
  assert.deepEqual(course.on({ type: 'tick' }), ['leave me', 'lose t0'])
  // The hook is still running: what it takes back must not be what the next assignment gives.
  assert.deepEqual(course.on({ type: 'polled' }), [])
  assert.deepEqual(course.on({ type: 'polled' }), [])
  assert.deepEqual(course.on({ type: 'revoked' }), ['join as new'])
  course.on(joined({ generationId: 2 }))
  course.on(synced([0]))
  course.on({ type: 'assigned' })
  assert.deepEqual(course.membership.owned, new Map([['t', [0]]]))
})

test('a failure of what a member no longer waits for changes nothing', () => {
  const course = new Course({ cooperative: true })
  course.settle([0])
  course.on({ type: 'heartbeat', generation: 1, errorCode: 27 })
  assert.deepEqual(course.on({ type: 'stop' }), ['revoke t0'])
  const error = new ConnectionError('CONNECTION_CLOSED', 'gone')
  assert.deepEqual(course.on({ type: 'failed', request: 'join', error }), [])
  assert.deepEqual(course.on({ type: 'revoked' }), ['leave me'])
})

test('a cooperative member that is closed in a rebalance takes part until its partitions are given up, as their offsets need the generation', () => {
  for (const leader of ['other', 'me']) {
    const course = new Course({ cooperative: true })
    course.settle([0])
    course.on({ type: 'heartbeat', generation: 1, errorCode: 27 })
    assert.deepEqual(course.on({ type: 'stop' }), ['revoke t0'])
    assert.ok(course.membership.isRejoining)
    const next = course.on(joined({ generationId: 2, leader }))
    assert.deepEqual(next, leader === 'me' ? ['plan'] : ['sync'])
    assert.equal(course.membership.generation, 2)
    if (leader === 'me') assert.deepEqual(course.on({ type: 'planned', assignments: [] }), ['sync'])
    assert.ok(course.membership.isRejoining)
    assert.deepEqual(course.on(synced([0, 1])), [])
    assert.ok(!course.membership.isRejoining)
    assert.deepEqual(course.on({ type: 'revoked' }), ['leave me'])
  }
})

test('a member that leaves waits for no rebalance: neither for one that fails, nor when its partitions are given up', () => {
  const quick = new Course({ cooperative: true })
  quick.settle([0])
  quick.on({ type: 'heartbeat', generation: 1, errorCode: 27 })
  quick.on({ type: 'stop' })
  assert.deepEqual(quick.on({ type: 'revoked' }), ['leave me'])
  assert.deepEqual(quick.on(joined({ generationId: 2 })), [])
  const failed = new Course({ cooperative: true })
  failed.settle([0])
  failed.on({ type: 'heartbeat', generation: 1, errorCode: 27 })
  failed.on({ type: 'stop' })
  assert.deepEqual(failed.on(joined({ errorCode: 25 })), [])
  assert.ok(!failed.membership.isRejoining)
})

test('a member that is closed while it waits for its id leaves with it, whatever else the answer says', () => {
  for (const errorCode of [0, 79]) {
    const course = new Course()
    course.on({ type: 'start' })
    assert.deepEqual(course.on({ type: 'stop' }), [])
    assert.equal(course.membership.phase, 'leaving')
    assert.deepEqual(course.on(joined({ errorCode, memberId: 'me-1' })), ['leave me-1'])
    assert.equal(course.membership.phase, 'left')
  }
})

test('a member that leaves does not wait for its id for ever, nor for one that it is not given', () => {
  const late = new Course()
  late.on({ type: 'start' })
  assert.deepEqual(late.on({ type: 'stop' }), [])
  assert.equal(late.membership.nextTickAt(), 500)
  late.now = 499
  assert.deepEqual(late.on({ type: 'tick' }), [])
  late.now = 500
  assert.deepEqual(late.on({ type: 'tick' }), ['leave unknown'])
  const refused = new Course()
  refused.on({ type: 'start' })
  refused.on({ type: 'stop' })
  const error = new ConnectionError('CONNECTION_CLOSED', 'closed')
  assert.deepEqual(refused.on({ type: 'failed', request: 'join', error }), ['leave unknown'])
  // Static members have no id of their own to give back, and those with one can leave with it at once.
  const fixed = new Course({ groupInstanceId: 'one' })
  fixed.on({ type: 'start' })
  assert.deepEqual(fixed.on({ type: 'stop' }), ['leave unknown'])
  const known = new Course()
  known.on({ type: 'start' })
  known.on(joined({ errorCode: 79, memberId: 'me-1' }))
  assert.deepEqual(known.on({ type: 'stop' }), ['leave me-1'])
})
