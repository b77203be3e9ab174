// The small pure parts of the coordinator.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Reader, zeroUuid } from '@millrace/protocol'
import fc from 'fast-check'
import { ClassicGroup } from '../../src/groups/classic/classic-group.ts'
import { coordinatorPartition, javaStringHash } from '../../src/coordination/coordinator-key.ts'
import { Deadline, DeadlineHeap } from '../../src/coordination/deadline-heap.ts'
import { GroupMember } from '../../src/groups/classic/group-member.ts'
import { mayFollow } from '../../src/groups/classic/group-state.ts'
import type { GroupEffect } from '../../src/groups/classic/events.ts'
import { restoreGroup } from '../../src/groups/classic/restore.ts'
import { step } from '../../src/groups/classic/step.ts'
import { unservedKey } from '../../src/groups/record-types.ts'
import { groupRecord, offsetRecord, readOffsetsRecord } from '../../src/groups/offsets-records.ts'
import type { CommittedOffset } from '../../src/groups/offset-change.ts'
import { OffsetTable } from '../../src/groups/offset-table.ts'
import { subscribedTopics } from '../../src/groups/classic/subscription.ts'
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
        const due = heap.takeDue(nowMs).map(({ item }) => expected.get(item)!)
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

test('every record says whose it is: old offsets, other kinds of groups, nobody known', () => {
  const { key, value } = offsetRecord({ groupId: 'g', topic: 't', partition: 3, committed })
  const keyOfType = (type: number): Buffer => {
    const other = Buffer.from(key)
    other.writeInt16BE(type, 0)
    return other
  }
  assert.equal(readOffsetsRecord(keyOfType(0), value)?.type, 'offset')
  const unserved = (type: number) => readOffsetsRecord(keyOfType(type), value)
  const entryOf = (group: string, isMember: boolean) => ({
    type: 'unserved',
    groupId: 'g',
    key: { group, isMember },
  })
  assert.deepEqual(unserved(3), entryOf('consumer', false))
  assert.deepEqual(unserved(5), entryOf('consumer', true))
  assert.deepEqual(unserved(10), entryOf('share', true))
  assert.deepEqual(unserved(23), entryOf('streams', false))
  for (const type of [-1, 24, 99]) assert.equal(unserved(type), undefined)
  assert.equal(readOffsetsRecord(Buffer.of(0), value), undefined)
})

test('the keys of every kind of group that the protocol defines are known', () => {
  const folder = new URL('../../../protocol/definitions/', import.meta.url)
  const areas = { consumer: 'groups', share: 'share', streams: 'streams' }
  for (const [group, area] of Object.entries(areas)) {
    const definitions = readFileSync(new URL(`${area}/${group}-group-records.kmsg`, folder), 'utf8')
    const keys = [...definitions.matchAll(/^coordinator-key (\d+) (\w+)/gm)]
    assert.ok(keys.length >= 6)
    for (const [, type, name] of keys) {
      const isMember = name!.endsWith('GroupMemberMetadataKey')
      assert.deepEqual(unservedKey(Number(type)), { group, isMember }, name)
    }
  }
})

test('a group is restored from any record that can be read', () => {
  const member = {
    memberId: 'm',
    groupInstanceId: null,
    clientId: 'c',
    clientHost: '/h',
    rebalanceTimeout: -1,
    sessionTimeout: 6000,
    subscription: Buffer.alloc(0),
    assignment: Buffer.alloc(0),
  }
  const limits = { initialRebalanceDelayMs: 0, maxSize: 10, newMemberJoinTimeoutMs: 1000 }
  for (const leader of [null, 'm', 'nobody']) {
    for (const protocol of [null, 'range']) {
      for (const members of [[], [member]]) {
        const stored = { protocolType: 'consumer', generation: 4, protocol, leader, members }
        const group = restoreGroup('g', { ...stored, currentStateTimestamp: -1 }, 1000)
        assert.equal(group.leaderId, members.length > 0 ? 'm' : null)
        const effects: GroupEffect[] = []
        step(group, { type: 'tick' }, { wallMs: 9000, monotonicMs: 9000 }, limits, effects)
        assert.equal(group.state, 'Empty')
      }
    }
  }
})

test('metadata that is no subscription makes the topics of its group unknown, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.constant(Buffer.from('0000686f7764', 'hex')),
        fc.uint8Array({ maxLength: 20 }).map(tail => Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 2]), tail])),
      ),
      metadata => {
        const group = groupIn('Stable', 'consumer', ['t'])
        group.add(
          new GroupMember({
            memberId: 'odd',
            groupInstanceId: null,
            clientId: 'c',
            clientHost: '/h',
            rebalanceTimeoutMs: 1,
            sessionTimeoutMs: 1,
            protocolType: 'consumer',
            protocols: [{ name: 'range', metadata: Buffer.from(metadata) }],
          }),
          null,
        )
        group.transitionTo('PreparingRebalance', 2000)
        group.nextGeneration(2000)
        // Either the odd one can be read, or everything counts as in use: nothing of what the others read expires.
        assert.equal(group.isSubscribedTo('t'), true)
      },
    ),
  )
})

test('an offset table shows what is durable and knows what is pending', () => {
  const table = new OffsetTable()
  const first = { groupId: 'g', topic: 't', partition: 0, committed }
  const second = { ...first, partition: 1 }
  const deletion = { ...first, committed: null }
  const writing = [first, second].map(change => table.written([change]))
  for (const change of writing) change.begin()
  assert.equal(table.get('g', 't', 0), undefined)
  assert.equal(table.isPending('g'), true)
  assert.deepEqual(table.known('g'), [first, second])
  writing[0]!.settle(true, 10)
  writing[1]!.settle(false, -1)
  assert.equal(table.get('g', 't', 0)?.offset, committed.offset)
  assert.equal(table.get('g', 't', 1), undefined)
  const deleting = table.written([deletion])
  deleting.begin()
  assert.equal(table.get('g', 't', 0)?.offset, committed.offset)
  assert.deepEqual(table.known('g'), [deletion, second], 'being deleted, and failed but perhaps in the log')
  deleting.settle(true, 12)
  assert.throws(() => deleting.settle(true, 12), { name: 'InvariantError' })
  assert.equal(table.isPending('g'), false)
  assert.deepEqual([...table.groupIds()], [])
  table.apply({ ...second, committed: null }, 13)
  assert.deepEqual(table.known('g'), [])
})

test('of offsets in a transaction those count that were written last, in flight or not, and later plain ones count more', () => {
  const table = new OffsetTable()
  const at = (offset: number) => ({
    groupId: 'g',
    topic: 't',
    partition: 0,
    committed: { ...committed, offset },
  })
  const write = (offset: number) => {
    const change = table.writtenInTransaction(7, [at(offset)])
    change.begin()
    return change
  }
  write(1).settle(true, 10)
  const [second, third] = [write(2), write(3)]
  second.settle(false, -1)
  assert.equal(table.isUnstable('g', 't', 0), true)
  third.settle(false, -1)
  table.endTransaction(7, true, 13)
  assert.equal(table.get('g', 't', 0)?.offset, 1, 'those behind it have failed')
  assert.equal(table.isUnstable('g', 't', 0), false)
  const inFlight = write(4)
  table.endTransaction(7, true, 15)
  inFlight.settle(true, 14)
  assert.equal(table.get('g', 't', 0)?.offset, 4)
  table.apply(at(5), 16)
  assert.equal(table.get('g', 't', 0)?.offset, 5)
  write(6).settle(false, -1)
  assert.equal(table.isInTransaction('g'), false)
  table.endTransaction(7, true, 18)
  assert.equal(table.get('g', 't', 0)?.offset, 5)
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
    group.isExpired('t', offset, wallMs, 500)
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
