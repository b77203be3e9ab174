// The small pure parts of the coordinator.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Reader, zeroUuid } from '@millrace/protocol'
import fc from 'fast-check'
import { ClassicGroup } from '../../src/groups/classic-group.ts'
import { isExpired } from '../../src/groups/commit-rules.ts'
import { coordinatorPartition, javaStringHash } from '../../src/groups/coordinator-key.ts'
import { Deadline, DeadlineHeap } from '../../src/groups/deadline-heap.ts'
import { GroupMember } from '../../src/groups/group-member.ts'
import { mayFollow } from '../../src/groups/group-state.ts'
import { groupRecord, offsetRecord, readOffsetsRecord } from '../../src/groups/offsets-records.ts'
import { type CommittedOffset, OffsetTable } from '../../src/groups/offset-table.ts'
import { subscribedTopics } from '../../src/groups/subscription.ts'
import { subscription } from './conversation.ts'

const committed: CommittedOffset = {
  offset: 7,
  leaderEpoch: 2,
  metadata: 'm',
  commitTimestampMs: 1000,
  expireTimestampMs: -1,
  topicId: 'AAAAAAAAAAAAAAAAAAAABQ',
}

test('groups fall on the partitions that Apache Kafka puts them on', () => {
  // Values of java.lang.String.hashCode.
  assert.equal(javaStringHash(''), 0)
  assert.equal(javaStringHash('test-group'), 627841412)
  assert.equal(javaStringHash('grüße-消費者-🚀'), 810174804)
  assert.equal(javaStringHash('polygenelubricants'), -(2 ** 31))
  assert.equal(coordinatorPartition('polygenelubricants', 50), 0)
  assert.equal(coordinatorPartition('test-group', 50), 12)
  assert.equal(coordinatorPartition('grüße-消費者-🚀', 50), 4)
})

test('a deadline heap gives everything back in order, whatever was moved and removed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(20), fc.oneof(fc.nat(100), fc.constant(Number.POSITIVE_INFINITY)))),
      fc.nat(100),
      (moves, nowMs) => {
        const heap = new DeadlineHeap<number>()
        const entries = Array.from({ length: 21 }, (_, item) => new Deadline(item))
        const expected = new Map<number, number>()
        for (const [item, atMs] of moves) {
          heap.set(entries[item]!, atMs)
          if (atMs === Number.POSITIVE_INFINITY) expected.delete(item)
          else expected.set(item, atMs)
          assert.equal(heap.earliestMs, Math.min(...expected.values()))
        }
        const due = heap.takeDue(nowMs).map(item => expected.get(item)!)
        const wanted = [...expected.values()].filter(atMs => atMs <= nowMs).sort((a, b) => a - b)
        assert.deepEqual(due, wanted)
        assert.equal(heap.size, expected.size - wanted.length)
      },
    ),
  )
})

test('an offset record is read as it was written', () => {
  const text = fc.string({ maxLength: 20, unit: 'grapheme' })
  const plain = { noNullPrototype: true }
  const offset = fc.record(
    {
      offset: fc.maxSafeNat(),
      leaderEpoch: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
      metadata: fc.string({ maxLength: 3000 }),
      commitTimestampMs: fc.maxSafeNat(),
      expireTimestampMs: fc.constant(-1),
      topicId: fc.constantFrom(zeroUuid, committed.topicId),
    },
    plain,
  )
  const change = fc.record(
    { groupId: text, topic: text, partition: fc.nat(), committed: fc.option(offset) },
    plain,
  )
  fc.assert(
    fc.property(change, given => {
      const { key, value } = offsetRecord(given)
      assert.deepEqual(readOffsetsRecord(key, value), { type: 'offset', change: given })
    }),
  )
})

test('an offset with an expiry time is stored in the only version that has one', () => {
  const expiring = { ...committed, expireTimestampMs: 5000 }
  const { key, value } = offsetRecord({ groupId: 'g', topic: 't', partition: 0, committed: expiring })
  assert.equal(value!.readInt16BE(0), 1)
  const entry = readOffsetsRecord(key, value)
  // Version 1 has neither leader epoch nor topic id.
  const read = { ...expiring, leaderEpoch: -1, topicId: zeroUuid }
  assert.deepEqual(entry, {
    type: 'offset',
    change: { groupId: 'g', topic: 't', partition: 0, committed: read },
  })
})

test('records have the bytes that Apache Kafka writes', () => {
  const { key, value } = offsetRecord({ groupId: 'g', topic: 't', partition: 3, committed })
  // type 1, "g", "t", partition 3
  assert.equal(key.toString('hex'), '0001' + '000167' + '000174' + '00000003')
  // version 4: offset, leader epoch, metadata (compact), commit time, one tagged field: topic id
  assert.equal(
    value!.toString('hex'),
    '0004' +
      '0000000000000007' +
      '00000002' +
      '026d' +
      '00000000000003e8' +
      '010010' +
      '00000000000000000000000000000005',
  )
  const group = groupRecord('g', {
    protocolType: 'consumer',
    generation: 1,
    protocol: null,
    leader: null,
    currentStateTimestamp: 1000,
    members: [],
  })
  assert.equal(group.key.toString('hex'), '0002' + '000167')
  assert.equal(
    group.value!.toString('hex'),
    '0003' + '0008636f6e73756d6572' + '00000001' + 'ffff' + 'ffff' + '00000000000003e8' + '00000000',
  )
  assert.equal(groupRecord('g', null).value, null)
})

test('old and foreign keys are told apart', () => {
  const { key, value } = offsetRecord({ groupId: 'g', topic: 't', partition: 3, committed })
  const legacy = Buffer.from(key)
  legacy.writeInt16BE(0, 0)
  assert.equal(readOffsetsRecord(legacy, value)?.type, 'offset')
  for (const type of [3, 8, 16, 99]) {
    const foreign = Buffer.from(key)
    foreign.writeInt16BE(type, 0)
    assert.equal(readOffsetsRecord(foreign, value), undefined)
  }
})

test('an offset table shows what is durable and knows what is pending', () => {
  const table = new OffsetTable()
  const first = { groupId: 'g', topic: 't', partition: 0, committed }
  const second = { ...first, partition: 1 }
  const deletion = { ...first, committed: null }
  table.begin(first)
  table.begin(second)
  assert.equal(table.get('g', 't', 0), undefined)
  assert.equal(table.isPending('g'), true)
  assert.deepEqual(table.known('g'), [first, second])
  table.settle(first, true)
  table.settle(second, false)
  assert.equal(table.get('g', 't', 0), committed)
  assert.equal(table.get('g', 't', 1), undefined)
  table.begin(deletion)
  assert.equal(table.get('g', 't', 0), committed)
  assert.deepEqual(table.known('g'), [deletion, second], 'being deleted, and failed but perhaps in the log')
  table.settle(deletion, true)
  assert.equal(table.isPending('g'), false)
  assert.deepEqual([...table.groupIds()], [])
  table.apply({ ...second, committed: null })
  assert.deepEqual(table.known('g'), [])
})

test('subscriptions of every version begin with the topics', () => {
  assert.deepEqual(subscribedTopics(subscription('a', 'bc')), ['a', 'bc'])
  const newer = Buffer.concat([subscription('a'), Buffer.from('whatever')])
  newer.writeInt16BE(3, 0)
  assert.deepEqual(subscribedTopics(newer), ['a'])
  assert.throws(() => subscribedTopics(Buffer.from([0, 0, 0x7f, 0xff, 0xff, 0xff])), { name: 'DecodeError' })
  assert.throws(() => subscribedTopics(Buffer.alloc(1)), { name: 'DecodeError' })
})

/** A group with members in the state asked for; topics null when they cannot be read. */
function groupIn(
  state: 'Empty' | 'PreparingRebalance' | 'Stable',
  type: string | null,
  topics: string[] | null,
) {
  const group = new ClassicGroup('g', 2000)
  if (type !== null) {
    const metadata = topics ? subscription(...topics) : Buffer.alloc(0)
    const member = new GroupMember({
      memberId: 'm',
      groupInstanceId: null,
      clientId: 'c',
      clientHost: '/h',
      rebalanceTimeoutMs: 1,
      sessionTimeoutMs: 1,
      protocolType: type,
      protocols: [{ name: 'range', metadata }],
    })
    group.add(member, null)
    group.transitionTo('PreparingRebalance', 2000)
    if (state === 'Empty') group.remove('m', [])
    if (state !== 'PreparingRebalance') group.nextGeneration(2000)
    if (state === 'Stable') group.transitionTo('Stable', 2000)
  }
  return group
}

test('offsets expire by the rules of the group that holds them', () => {
  const expired = (group: ClassicGroup, wallMs: number, offset = committed) =>
    isExpired(group, 't', offset, wallMs, 500)
  const simple = groupIn('Empty', null, null)
  assert.deepEqual([expired(simple, 1499), expired(simple, 1500)], [false, true], 'from the commit')
  const empty = groupIn('Empty', 'consumer', ['t'])
  assert.deepEqual([expired(empty, 2499), expired(empty, 2500)], [false, true], 'from when it became empty')
  empty.stateTimestampMs = -1
  assert.deepEqual(
    [expired(empty, 1499), expired(empty, 1500)],
    [false, true],
    'from the commit where that is unknown',
  )
  const other = groupIn('Stable', 'consumer', ['other'])
  assert.deepEqual(
    [expired(other, 1499), expired(other, 1500)],
    [false, true],
    'a topic that nobody subscribes to',
  )
  assert.equal(expired(groupIn('Stable', 'consumer', ['t']), 10_000), false, 'a topic in use')
  assert.equal(expired(groupIn('Stable', 'consumer', null), 10_000), false, 'nobody knows what is in use')
  assert.equal(expired(groupIn('PreparingRebalance', 'consumer', ['other']), 10_000), false, 'in a rebalance')
  assert.equal(expired(groupIn('Stable', 'connect', ['other']), 10_000), false, 'another type of group')
  const set = { ...committed, expireTimestampMs: 5000 }
  assert.deepEqual(
    [expired(simple, 4999, set), expired(simple, 5000, set)],
    [false, true],
    'as the client has said',
  )
})

test('only the transitions of the diagram are possible', () => {
  const states = ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'] as const
  const possible = states.flatMap(from => states.filter(to => mayFollow(from, to)).map(to => `${from} ${to}`))
  assert.deepEqual(possible, [
    'Empty PreparingRebalance',
    'Empty Dead',
    'PreparingRebalance Empty',
    'PreparingRebalance CompletingRebalance',
    'PreparingRebalance Dead',
    'CompletingRebalance PreparingRebalance',
    'CompletingRebalance Stable',
    'CompletingRebalance Dead',
    'Stable PreparingRebalance',
    'Stable Dead',
    'Dead Dead',
  ])
  assert.throws(() => new ClassicGroup('g', 0).transitionTo('Stable', 0), /cannot go from Empty to Stable/)
})

test('a truncated record is refused, not misread', () => {
  const { key, value } = offsetRecord({ groupId: 'g', topic: 't', partition: 3, committed })
  for (let length = 2; length < key.length; length++) {
    assert.throws(() => readOffsetsRecord(key.subarray(0, length), value), { name: 'DecodeError' })
  }
  assert.throws(() => new Reader(value!.subarray(0, 3)).int64(), { name: 'DecodeError' })
})
