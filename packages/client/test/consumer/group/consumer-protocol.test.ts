// A consumer whose broker divides the partitions (KIP-848), against a coordinator in memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConsumerGroupHeartbeatApi, ErrorCode } from '@millrace/protocol'
import { Consumer, type ConsumerOptions, SubscriptionPattern } from '../../../src/index.ts'
import { FakeConsumerGroup } from '../../support/fake-consumer-group.ts'
import { serveGroup } from '../../support/fake-group.ts'
import { setUp, take } from '../../support/fake-partitions.ts'

const timeout = 20_000

function join(ends: number[], options: Partial<ConsumerOptions> = {}) {
  const all = setUp(ends, { groupId: 'g', groupProtocol: 'consumer', autoCommit: false, ...options })
  const { topicId } = all.topic
  const group = new FakeConsumerGroup(
    all.cluster,
    topicId,
    ends.map((_, partition) => partition),
  )
  return { ...all, group }
}

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 8_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`it did not come about: ${what}`)
    await sleep(2)
  }
}

test('it reads what the broker assigns, under an id of its own making, and leaves on close', {
  timeout,
}, async () => {
  const { consumer, group } = join([10, 10])
  consumer.subscribe('t')
  const records = await take(consumer, 20)
  assert.equal(records.length, 20)
  const [first] = group.heartbeats
  assert.match(first!.memberId, /^[\w-]{22}$/)
  assert.equal(first!.memberEpoch, 0)
  assert.deepEqual(first!.subscribedTopicNames, ['t'])
  assert.deepEqual(first!.topicPartitions, [])
  assert.equal(first!.rebalanceTimeoutMs, 300_000)
  await eventually('the broker hears what it has', () =>
    group.heartbeats.some(({ topicPartitions }) => topicPartitions?.[0]?.partitions.length === 2),
  )
  await consumer.close()
  assert.equal(group.heartbeats.at(-1)!.memberEpoch, -1)
  assert.equal(group.members.size, 0)
})

test('it commits and reads offsets under its member epoch', { timeout }, async () => {
  const { consumer, group } = join([10])
  consumer.subscribe('t')
  await take(consumer, 3)
  await consumer.commit()
  const { memberId } = group.heartbeats[0]!
  const [fetched] = group.fetches[0]!.groups
  assert.deepEqual([fetched!.memberId, fetched!.memberEpoch], [memberId, 1])
  assert.deepEqual([group.commits[0]!.memberId, group.commits[0]!.generationIdOrMemberEpoch], [memberId, 1])
  assert.equal(group.committed.get(0), 3)
  await consumer.close()
})

test('a commit under an old epoch goes again under the new one', { timeout }, async () => {
  const { consumer, group } = join([10])
  consumer.subscribe('t')
  await take(consumer, 3)
  group.bump()
  await consumer.commit()
  assert.ok(group.commits.length > 1)
  assert.equal(group.commits[0]!.generationIdOrMemberEpoch, 1)
  assert.equal(group.commits.at(-1)!.generationIdOrMemberEpoch, 2)
  assert.equal(group.committed.get(0), 3)
  await consumer.close()
})

test('offsets asked for under an old epoch are asked for again', { timeout }, async () => {
  const { consumer, group } = join([10, 10])
  group.committed.set(1, 4)
  group.divide([0])
  consumer.subscribe('t', {
    onAssigned: partitions => {
      // The epoch that the first partitions came with is old before their offsets are asked for.
      if (partitions[0]!.partition === 0) group.divide([0, 1])
    },
  })
  const records = await take(consumer, 16)
  assert.deepEqual(
    Math.min(...records.filter(({ partition }) => partition === 1).map(({ offset }) => offset)),
    4,
  )
  await consumer.close()
})

test('what goes to another member is finished and committed before the broker hears that it is free', {
  timeout,
}, async () => {
  const { consumer, group } = join([10, 10], { autoCommit: true })
  const revoked: number[] = []
  consumer.subscribe('t', {
    onRevoked: partitions => void revoked.push(...partitions.map(each => each.partition)),
  })
  await take(consumer, 20)
  group.divide([1])
  await eventually('it is revoked', () => revoked.length > 0)
  assert.deepEqual(revoked, [0])
  assert.equal(group.committed.get(0), 10)
  assert.deepEqual(consumer.assignment, [{ topic: 't', partition: 1 }])
  const committedAt = group.heartbeats.length
  await eventually('the broker hears it', () =>
    group.heartbeats
      .slice(committedAt - 1)
      .some(({ topicPartitions }) => topicPartitions?.[0]?.partitions.join() === '1'),
  )
  await consumer.close()
})

test('a member that was put out loses its partitions and joins anew under its id', { timeout }, async () => {
  const { consumer, group } = join([10])
  const events: string[] = []
  consumer.subscribe('t', {
    onAssigned: () => void events.push('assigned'),
    onRevoked: () => void events.push('revoked'),
    onLost: () => void events.push('lost'),
  })
  await take(consumer, 3)
  group.refuse = ErrorCode.UNKNOWN_MEMBER_ID
  await eventually('it is back', () => events.filter(event => event === 'assigned').length === 2)
  assert.deepEqual(events, ['assigned', 'lost', 'assigned'])
  assert.equal(new Set(group.heartbeats.map(({ memberId }) => memberId)).size, 1)
  await consumer.close()
})

test('a static member leaves for a while', { timeout }, async () => {
  const { consumer, group } = join([10], { groupInstanceId: 'one' })
  consumer.subscribe('t')
  await take(consumer, 1)
  await consumer.close()
  const { memberEpoch, instanceId } = group.heartbeats.at(-1)!
  assert.deepEqual([memberEpoch, instanceId], [-2, 'one'])
})

test('a member whose user stops asking leaves, and comes back when the user does', { timeout }, async () => {
  const { consumer, group } = join([10], { maxPollIntervalMs: 150 })
  const events: string[] = []
  consumer.subscribe('t', {
    onAssigned: () => void events.push('assigned'),
    onLost: () => void events.push('lost'),
  })
  await take(consumer, 3)
  await eventually('it has left', () => group.members.size === 0)
  assert.ok(group.heartbeats.some(({ memberEpoch }) => memberEpoch === -1))
  assert.equal((await take(consumer, 1))[0]!.offset, 0)
  assert.deepEqual(events, ['assigned', 'lost', 'assigned'])
  await consumer.close()
})

test('a pattern goes to the broker, and topics are found by their ids', { timeout }, async () => {
  const { consumer, cluster, group } = join([10])
  consumer.subscribe(new SubscriptionPattern('t|u'))
  assert.equal((await take(consumer, 10)).length, 10)
  const [first] = group.heartbeats
  assert.deepEqual([first!.subscribedTopicRegex, first!.subscribedTopicNames], ['t|u', []])
  assert.ok(cluster.log.some(({ name, version }) => name === 'ConsumerGroupHeartbeat' && version === 1))
  consumer.subscribe(['t'])
  await eventually('the pattern is taken back', () =>
    group.heartbeats.some(each => each.subscribedTopicRegex === '' && each.subscribedTopicNames?.[0] === 't'),
  )
  await consumer.close()
})

test('a RegExp is matched here, and topics that appear later are told', { timeout }, async () => {
  const { consumer, cluster, group } = join([10], { metadataMaxAgeMs: 50 })
  consumer.subscribe(/^[tu]$/)
  await take(consumer, 1)
  const [first] = group.heartbeats
  assert.deepEqual([first!.subscribedTopicNames, first!.subscribedTopicRegex], [['t'], null])
  cluster.topic('u', [1])
  await eventually('the new topic is told', () =>
    group.heartbeats.some(({ subscribedTopicNames }) => subscribedTopicNames?.join() === 't,u'),
  )
  await consumer.close()
})

test('assignor, rack and time-out are told when joining', { timeout }, async () => {
  const options = { groupRemoteAssignor: 'range', rack: 'r1', maxPollIntervalMs: 60_000 }
  const { consumer, group } = join([10], options)
  consumer.subscribe('t')
  await take(consumer, 1)
  const { serverAssignor, rackId, rebalanceTimeoutMs } = group.heartbeats[0]!
  assert.deepEqual([serverAssignor, rackId, rebalanceTimeoutMs], ['range', 'r1', 60_000])
  await consumer.close()
})

test('a coordinator that moves is found again, and hears everything', { timeout }, async () => {
  const { consumer, cluster, group } = join([10])
  consumer.subscribe('t')
  await take(consumer, 1)
  const lookups = cluster.count('FindCoordinator')
  group.refuse = ErrorCode.NOT_COORDINATOR
  await eventually('it is looked up', () => cluster.count('FindCoordinator') > lookups)
  await eventually('it hears everything', () =>
    group.heartbeats.some(
      ({ memberEpoch, rebalanceTimeoutMs }) => memberEpoch > 0 && rebalanceTimeoutMs !== -1,
    ),
  )
  await consumer.close()
})

test('a broker without the protocol is an error that names the option', { timeout }, async () => {
  const { consumer, cluster } = setUp([10], { groupId: 'g', groupProtocol: 'consumer' })
  serveGroup(cluster)
  consumer.subscribe('t')
  await assert.rejects(take(consumer, 1), {
    name: 'UnsupportedVersionError',
    message: /groupProtocol "consumer" of group "g" needs Apache Kafka 3\.7 .* groupProtocol: "classic"/,
  })
  await consumer.close()
  // The key is there, and switched off.
  const off = join([10])
  off.group.refuse = ErrorCode.UNSUPPORTED_VERSION
  off.consumer.subscribe('t')
  await assert.rejects(take(off.consumer, 1), /groupProtocol "consumer" .* refused by the test/)
  await off.consumer.close()
})

test('a broker that is too old for patterns is an error that says what to do', { timeout }, async () => {
  const { consumer, cluster } = setUp([10], { groupId: 'g', groupProtocol: 'consumer' })
  const old = { ...ConsumerGroupHeartbeatApi, maxVersion: 0 }
  cluster.on(old as typeof ConsumerGroupHeartbeatApi, () => ({
    errorCode: 0,
    memberEpoch: 1,
    heartbeatIntervalMs: 50,
  }))
  consumer.subscribe(new SubscriptionPattern('.*'))
  await assert.rejects(
    take(consumer, 1),
    /SubscriptionPattern needs Apache Kafka 4\.0 or later: subscribe with a RegExp/,
  )
  await consumer.close()
})

test('what the broker decides cannot be set, and what it does not match is refused', () => {
  const brokers = ['fake:1']
  const base = { brokers, groupId: 'g', groupProtocol: 'consumer' } as const
  for (const [options, message] of [
    [{ sessionTimeoutMs: 6_000 }, /sessionTimeoutMs cannot be set .*group\.consumer\.session\.timeout\.ms/],
    [
      { heartbeatIntervalMs: 100 },
      /heartbeatIntervalMs cannot be set .*group\.consumer\.heartbeat\.interval\.ms/,
    ],
    [{ assignors: ['range'] }, /assignors cannot be set .* groupRemoteAssignor/],
  ] as const) {
    assert.throws(() => new Consumer({ ...base, ...options } as ConsumerOptions), {
      name: 'ConfigError',
      message,
    })
  }
  assert.throws(
    () => new Consumer({ brokers, groupId: 'g', groupRemoteAssignor: 'uniform' }),
    /groupRemoteAssignor .* needs groupProtocol: "consumer"/,
  )
  assert.throws(
    () => new Consumer({ ...base, groupProtocol: 'new' as 'consumer' }),
    /"new" is none of classic, consumer/,
  )
  const dotted = { 'bootstrap.servers': 'fake:1', 'group.id': 'g', 'group.protocol': 'CONSUMER' }
  assert.ok(new Consumer(dotted))
  assert.throws(
    () => new Consumer({ ...dotted, 'session.timeout.ms': 6_000 }),
    /sessionTimeoutMs cannot be set/,
  )
  const classic = new Consumer({ brokers, groupId: 'g' })
  assert.throws(
    () => classic.subscribe(new SubscriptionPattern('a')),
    /SubscriptionPattern is matched by the broker/,
  )
  assert.throws(() => new SubscriptionPattern(''), { name: 'StateError' })
  const modern = new Consumer({ ...base })
  assert.throws(
    () => modern.subscribe([new SubscriptionPattern('a'), new SubscriptionPattern('b')]),
    /one SubscriptionPattern: join them with "\|"/,
  )
})

test('two members share, and one takes over when the other leaves', { timeout }, async () => {
  const { consumer, cluster, group } = join([10, 10])
  const other = new Consumer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    groupId: 'g',
    groupProtocol: 'consumer',
    autoCommit: false,
  })
  consumer.subscribe('t')
  await eventually('the first has both', () => consumer.assignment.length === 2)
  other.subscribe('t')
  await eventually('they share', () => consumer.assignment.length === 1 && other.assignment.length === 1)
  await consumer.close()
  await eventually('the other takes over', () => other.assignment.length === 2)
  await other.close()
  assert.equal(group.members.size, 0)
})
