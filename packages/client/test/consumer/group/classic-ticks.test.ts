// A member asks for the next tick only when one is due.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TopicPartitions } from '../../../src/consumer/assignors/assignor.ts'
import { ClassicMembership } from '../../../src/consumer/group/classic/classic-membership.ts'
import { isEmpty, nothing, subtract } from '../../../src/consumer/group/topic-partitions.ts'
import { ConnectionError } from '../../../src/errors/index.ts'

function member(): ClassicMembership<TopicPartitions> {
  return new ClassicMembership({
    groupId: 'group',
    kind: { nothing, isNothing: isEmpty, subtract },
    groupInstanceId: null,
    cooperative: true,
    sessionTimeoutMs: 10_000,
    heartbeatIntervalMs: 3_000,
    maxPollIntervalMs: 60_000,
    retryBackoffMs: 100,
    leaveWaitMs: 500,
  })
}

const joined = {
  throttleTimeMs: 0,
  errorCode: 0,
  generationId: 1,
  protocolType: 'consumer',
  protocolName: 'range',
  leader: 'other',
  skipAssignment: false,
  memberId: 'me',
  members: [],
}

test('a heartbeat that fails late asks for no tick while the member waits to join', () => {
  const membership = member()
  membership.step({ type: 'start' }, 0)
  assert.equal(membership.phase, 'joining')
  membership.step({ type: 'failed', request: 'heartbeat', error: new Error('connection closed') }, 10)
  // A time that has passed and that no tick moves on would be asked for again and again.
  assert.equal(membership.nextTickAt(), Number.POSITIVE_INFINITY)
})

test('a member that is closed while it waits to join again asks for no tick until its hooks have run', () => {
  const membership = member()
  membership.step({ type: 'start' }, 0)
  membership.step({ type: 'joined', response: joined }, 1)
  membership.step({ type: 'synced', errorCode: 0, assignment: new Map([['t', [0]]]) }, 2)
  membership.step({ type: 'assigned' }, 3)
  assert.equal(membership.phase, 'stable')
  membership.step({ type: 'rejoin' }, 4)
  const error = new ConnectionError('CONNECTION_CLOSED', 'closed')
  membership.step({ type: 'failed', request: 'join', error }, 5)
  assert.equal(membership.nextTickAt(), 105)
  membership.step({ type: 'stop' }, 6)
  assert.equal(membership.phase, 'leaving')
  assert.equal(membership.nextTickAt(), Number.POSITIVE_INFINITY)
})
