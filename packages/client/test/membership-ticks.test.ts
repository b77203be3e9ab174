import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClassicMembership } from '../src/consumer/group/membership.ts'

test('a heartbeat that fails late asks for no tick while the member waits to join', () => {
  const membership = new ClassicMembership({
    groupId: 'group',
    groupInstanceId: null,
    cooperative: false,
    sessionTimeoutMs: 10_000,
    heartbeatIntervalMs: 3_000,
    maxPollIntervalMs: 60_000,
    retryBackoffMs: 100,
  })
  membership.step({ type: 'start' }, 0)
  assert.equal(membership.phase, 'joining')
  membership.step({ type: 'failed', request: 'heartbeat', error: new Error('connection closed') }, 10)
  // A time that has passed and that no tick moves on would be asked for again and again.
  assert.equal(membership.nextTickAt(), Number.POSITIVE_INFINITY)
})
