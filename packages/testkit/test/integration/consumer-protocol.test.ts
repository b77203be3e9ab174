// Groups whose partitions the broker divides (KIP-848), and the way there and back; skipped where the broker does not serve them.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Admin, Consumer, type ConsumerOptions, Producer, SubscriptionPattern } from '@millrace/client'
import { ConsumerGroupHeartbeatApi } from '@millrace/protocol'
import { eventually, takeRecords, type TestCluster, whyNot, withCluster } from '@millrace/testkit'

const timeout = 180_000
/** Heartbeats are five seconds apart by default, and a rebalance takes several. */
const rebalanceMs = 60_000

function withProtocol(use: (cluster: TestCluster) => Promise<void>): (t: TestContext) => Promise<void> {
  return t =>
    withCluster(async cluster => {
      const reason = await whyNot(cluster, ConsumerGroupHeartbeatApi)
      if (reason === undefined) await use(cluster)
      else t.skip(reason)
    })
}

async function fill(
  brokers: readonly string[],
  topic: string,
  partitions: number,
  each: number,
): Promise<void> {
  await using producer = new Producer({ brokers })
  for (let partition = 0; partition < partitions; partition++) {
    await producer.sendBatch(
      Array.from({ length: each }, (_, index) => ({ topic, partition, value: `${partition}:${index}` })),
    )
  }
}

class Member {
  readonly consumer: Consumer
  readonly seen: string[] = []
  readonly events: string[] = []
  readonly running: Promise<void>

  constructor({ brokers }: TestCluster, topic: string, options: Partial<ConsumerOptions>) {
    this.consumer = new Consumer({
      brokers,
      autoOffsetReset: 'earliest',
      groupProtocol: 'consumer',
      ...options,
    })
    this.consumer.subscribe(topic, {
      onAssigned: partitions =>
        void this.events.push(`+${partitions.map(({ partition }) => partition).join()}`),
      onRevoked: partitions =>
        void this.events.push(`-${partitions.map(({ partition }) => partition).join()}`),
      onLost: partitions => void this.events.push(`!${partitions.map(({ partition }) => partition).join()}`),
    })
    this.running = this.consumer.run({ eachRecord: record => void this.seen.push(record.value!.toString()) })
  }

  get partitions(): number[] {
    return this.consumer.assignment.map(({ partition }) => partition).sort((a, b) => a - b)
  }

  async close(): Promise<void> {
    await this.consumer.close()
    await this.running
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

for (const groupRemoteAssignor of ['uniform', 'range']) {
  test(
    `members share partitions by the broker's ${groupRemoteAssignor} assignor, and an orderly hand-over repeats nothing`,
    { timeout },
    withProtocol(async cluster => {
      const topic = await cluster.createTopic({ partitions: 4 })
      await fill(cluster.brokers, topic, 4, 50)
      const options = { groupId: cluster.uniqueName('group'), groupRemoteAssignor }
      await using one = new Member(cluster, topic, options)
      await eventually('one member has all', () => one.partitions.length === 4, rebalanceMs)
      await using two = new Member(cluster, topic, options)
      await eventually(
        'two members share',
        () => one.partitions.length === 2 && two.partitions.length === 2,
        rebalanceMs,
      )
      // Only what goes to the other was taken.
      assert.deepEqual(
        one.events.filter(event => event.startsWith('-')).map(event => event.split(',').length),
        [2],
      )
      await eventually('everything is seen', () => one.seen.length + two.seen.length >= 200)
      await using admin = new Admin({ brokers: cluster.brokers })
      const [described] = await admin.describeGroups([options.groupId])
      assert.deepEqual(
        [described!.type, described!.state, described!.protocol, described!.members.length],
        ['consumer', 'Stable', groupRemoteAssignor, 2],
      )
      for (const member of described!.members) {
        assert.deepEqual([member.topics, member.assignment.length], [[topic], 2])
        assert.deepEqual(member.targetAssignment, member.assignment)
      }
      await one.close()
      await eventually('the other takes over', () => two.partitions.length === 4, rebalanceMs)
      await fill(cluster.brokers, topic, 4, 1)
      await eventually('it goes on', () => two.seen.length + one.seen.length >= 204)
      await two.close()
      assert.equal(one.seen.length + two.seen.length, 204)
      assert.deepEqual(
        [...one.events, ...two.events].filter(event => event.startsWith('!')),
        [],
      )
    }),
  )
}

test(
  'explicit commits are taken under the member epoch, and the next member starts behind them',
  { timeout },
  withProtocol(async cluster => {
    const topic = await cluster.createTopic()
    await fill(cluster.brokers, topic, 1, 10)
    const options = {
      brokers: cluster.brokers,
      autoOffsetReset: 'earliest',
      groupProtocol: 'consumer',
      groupId: cluster.uniqueName('group'),
      autoCommit: false,
    } as const
    await using first = new Consumer(options)
    first.subscribe(topic)
    await takeRecords(first, 5, rebalanceMs)
    await first.commit()
    await first.close()
    await using second = new Consumer(options)
    second.subscribe(topic)
    assert.equal((await takeRecords(second, 1, rebalanceMs))[0]!.offset, 5)
  }),
)

test(
  'a static member that restarts gets its partitions back, and the other notices nothing',
  { timeout },
  withProtocol(async cluster => {
    const topic = await cluster.createTopic({ partitions: 2 })
    const groupId = cluster.uniqueName('group')
    await using stays = new Member(cluster, topic, { groupId, groupInstanceId: 'a' })
    await using restarts = new Member(cluster, topic, { groupId, groupInstanceId: 'b' })
    await eventually(
      'they share',
      () => stays.partitions.length === 1 && restarts.partitions.length === 1,
      rebalanceMs,
    )
    const before = [stays.events.length, restarts.partitions] as const
    await restarts.close()
    await using back = new Member(cluster, topic, { groupId, groupInstanceId: 'b' })
    await eventually('it is back', () => back.partitions.length === 1, rebalanceMs)
    assert.deepEqual([stays.events.length, back.partitions], before)
    await back.consumer.close({ groupMembership: 'leave' })
    await eventually(
      'the other takes over from one that left for good',
      () => stays.partitions.length === 2,
      rebalanceMs,
    )
  }),
)

test(
  'a member whose user stops asking leaves the group, and comes back when the user does',
  { timeout },
  withProtocol(async cluster => {
    const topic = await cluster.createTopic()
    await fill(cluster.brokers, topic, 1, 10)
    await using idle = new Consumer({
      brokers: cluster.brokers,
      autoOffsetReset: 'earliest',
      groupProtocol: 'consumer',
      groupId: cluster.uniqueName('group'),
      maxPollIntervalMs: 6_000,
      autoCommit: false,
    })
    const events: string[] = []
    idle.subscribe(topic, {
      onAssigned: () => void events.push('assigned'),
      onLost: () => void events.push('lost'),
    })
    await takeRecords(idle, 2, rebalanceMs)
    await eventually('the partition is lost', () => events.includes('lost'), rebalanceMs)
    assert.deepEqual(idle.assignment, [])
    await assert.rejects(idle.commit([{ topic, partition: 0, offset: 2 }]), { code: 'COMMIT_FAILED' })
    assert.equal((await takeRecords(idle, 1, rebalanceMs))[0]!.offset, 0)
    assert.deepEqual(events, ['assigned', 'lost', 'assigned'])
  }),
)

test(
  'a pattern is matched by the broker, and takes in topics that appear later',
  { timeout },
  withProtocol(async cluster => {
    const prefix = cluster.uniqueName('pattern')
    await using admin = new Admin({ brokers: cluster.brokers })
    await admin.createTopics([{ name: `${prefix}-a`, partitions: 1 }])
    await fill(cluster.brokers, `${prefix}-a`, 1, 1)
    await using consumer = new Consumer({
      brokers: cluster.brokers,
      autoOffsetReset: 'earliest',
      groupProtocol: 'consumer',
      groupId: cluster.uniqueName('group'),
    })
    consumer.subscribe(new SubscriptionPattern(`${prefix}-.`))
    assert.equal((await takeRecords(consumer, 1, rebalanceMs))[0]!.topic, `${prefix}-a`)
    await admin.createTopics([{ name: `${prefix}-b`, partitions: 1 }])
    await fill(cluster.brokers, `${prefix}-b`, 1, 1)
    assert.equal((await takeRecords(consumer, 1, rebalanceMs))[0]!.topic, `${prefix}-b`)
    consumer.subscribe(new SubscriptionPattern('[')) // no RE2
    await assert.rejects(takeRecords(consumer, 1, rebalanceMs), { code: 'INVALID_REGULAR_EXPRESSION' })
  }),
)

test(
  'another assignor than the broker has is an error that names it',
  { timeout },
  withProtocol(async cluster => {
    const topic = await cluster.createTopic()
    const options = { groupId: cluster.uniqueName('group'), groupRemoteAssignor: 'random' }
    await using consumer = new Consumer({ brokers: cluster.brokers, groupProtocol: 'consumer', ...options })
    consumer.subscribe(topic)
    await assert.rejects(takeRecords(consumer, 1, rebalanceMs), {
      code: 'UNSUPPORTED_ASSIGNOR',
      message: /random/,
    })
  }),
)

test(
  'a group changes its protocol while it works: members of both kinds share, and nothing is lost or repeated',
  { timeout },
  withProtocol(async cluster => {
    const topic = await cluster.createTopic({ partitions: 4 })
    const groupId = cluster.uniqueName('group')
    const classic = {
      groupId,
      groupProtocol: 'classic',
      sessionTimeoutMs: 10_000,
      heartbeatIntervalMs: 500,
    } as const
    const modern = { groupId, groupProtocol: 'consumer' } as const
    const members: Member[] = []
    const join = (options: Partial<ConsumerOptions>) => {
      const member = new Member(cluster, topic, options)
      members.push(member)
      return member
    }
    const settled = (what: string, ...present: Member[]) =>
      eventually(
        what,
        () =>
          present.flatMap(({ partitions }) => partitions).length === 4 &&
          present.every(each => each.partitions.length > 0),
        rebalanceMs,
      )
    let sent = 0
    const produce = async () => {
      await fill(cluster.brokers, topic, 4, 10)
      sent += 40
      await eventually(
        `all ${sent} are seen`,
        () => members.flatMap(({ seen }) => seen).length >= sent,
        rebalanceMs,
      )
    }
    try {
      const old = join(classic)
      await settled('the classic member has all', old)
      await using admin = new Admin({ brokers: cluster.brokers })
      const type = async () => (await admin.describeGroups([groupId]))[0]!.type
      assert.equal(await type(), 'classic')
      await produce()
      const first = join(modern)
      await settled('both kinds share', old, first)
      await produce()
      await old.close()
      await settled('the group is upgraded', first)
      assert.equal(await type(), 'consumer')
      await produce()
      const back = join(classic)
      await settled('both kinds share again', first, back)
      await produce()
      await first.close()
      await settled('the group is downgraded', back)
      assert.equal(await type(), 'classic')
      await produce()
    } finally {
      for (const member of members) await member.close()
    }
    assert.equal(members.flatMap(({ seen }) => seen).length, sent)
  }),
)
