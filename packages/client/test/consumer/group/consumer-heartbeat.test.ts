// What a member of a consumer group says in a heartbeat, and what it leaves out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHeartbeat } from '../../../src/consumer/group/modern/consumer-heartbeat.ts'
import { nothing } from '../../../src/consumer/group/topic-partitions.ts'

const options = {
  groupId: 'g',
  memberId: 'me',
  groupInstanceId: null,
  rack: 'r1',
  rebalanceTimeoutMs: 300_000,
  remoteAssignor: 'uniform',
}
const joining = { epoch: 0, full: true, owned: nothing }
const regular = { epoch: 2, full: false, owned: undefined }
const orders = { names: ['orders'], pattern: undefined }
const said = { groupId: 'g', memberId: 'me', instanceId: null, topicPartitions: null }

test('joining says everything, a regular heartbeat nothing but who it is', () => {
  const heartbeat = new ConsumerHeartbeat(options)
  assert.deepEqual(heartbeat.request(joining, { names: ['b', 'a'], pattern: undefined }, 1), {
    ...said,
    memberEpoch: 0,
    rackId: 'r1',
    rebalanceTimeoutMs: 300_000,
    serverAssignor: 'uniform',
    subscribedTopicNames: ['a', 'b'],
    topicPartitions: [],
  })
  assert.deepEqual(heartbeat.request(regular, { names: ['a', 'b'], pattern: undefined }, 1), {
    ...said,
    memberEpoch: 2,
  })
})

test('what the member has goes by topic id', () => {
  const heartbeat = new ConsumerHeartbeat(options)
  heartbeat.request(joining, orders, 1)
  const owned = new Map([['T', [0, 2]]])
  const { topicPartitions } = heartbeat.request({ ...regular, owned }, orders, 1)
  assert.deepEqual(topicPartitions, [{ topicId: 'T', partitions: [0, 2] }])
})

test('another subscription is said once', () => {
  const heartbeat = new ConsumerHeartbeat(options)
  heartbeat.request(joining, orders, 1)
  const both = { names: ['orders', 'bills'], pattern: undefined }
  assert.deepEqual(heartbeat.request(regular, both, 1).subscribedTopicNames, ['bills', 'orders'])
  assert.equal(heartbeat.request(regular, both, 1).subscribedTopicNames, undefined)
})

test('a pattern is said when it is new, and taken back by an empty one', () => {
  const heartbeat = new ConsumerHeartbeat(options)
  const byPattern = { names: [], pattern: 'or.*' }
  const first = heartbeat.request(joining, byPattern, 1)
  assert.deepEqual([first.subscribedTopicNames, first.subscribedTopicRegex], [[], 'or.*'])
  assert.equal(heartbeat.request(regular, byPattern, 1).subscribedTopicRegex, undefined)
  const back = heartbeat.request(regular, orders, 1)
  assert.deepEqual([back.subscribedTopicNames, back.subscribedTopicRegex], [['orders'], ''])
  assert.equal(heartbeat.request(regular, orders, 1).subscribedTopicRegex, undefined)
  // Nobody may have heard that it was taken back.
  assert.equal(heartbeat.request({ ...regular, full: true }, orders, 1).subscribedTopicRegex, '')
})

test('version 0 has no patterns, and a farewell no subscription', () => {
  const heartbeat = new ConsumerHeartbeat(options)
  assert.ok(!('subscribedTopicRegex' in heartbeat.request(joining, { names: [], pattern: 'a' }, 0)))
  assert.deepEqual(heartbeat.request({ epoch: -2, full: false, owned: undefined }, orders, 1), {
    ...said,
    memberEpoch: -2,
  })
})
