// Consumers in groups against a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Admin,
  type AssignorName,
  Consumer,
  type ConsumerOptions,
  GroupError,
  Producer,
} from '@millrace/client'
import { eventually, takeRecords, type TestCluster, withCluster } from '@millrace/testkit'

const timeout = 90_000

/** Group settings that make a test short: the least session that brokers take by default is 6 s. */
const quick = { autoOffsetReset: 'earliest', heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 } as const

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

/** A member that notes what it has and what it sees. */
class Member {
  readonly consumer: Consumer
  readonly seen: string[] = []
  readonly events: string[] = []
  readonly running: Promise<void>

  constructor({ brokers }: TestCluster, topic: string, options: Partial<ConsumerOptions>) {
    this.consumer = new Consumer({ brokers, ...quick, ...options })
    this.consumer.subscribe(topic, {
      onAssigned: partitions => void this.events.push(`+${partitions.map(entry => entry.partition).join()}`),
      onRevoked: partitions => void this.events.push(`-${partitions.map(entry => entry.partition).join()}`),
      onLost: partitions => void this.events.push(`!${partitions.map(entry => entry.partition).join()}`),
    })
    this.running = this.consumer.run({
      eachRecord: record => void this.seen.push(record.value!.toString()),
    })
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

for (const assignor of ['range', 'roundrobin', 'sticky', 'cooperative-sticky'] as AssignorName[]) {
  test(`members share partitions with ${assignor}, and take over when one leaves`, { timeout }, () =>
    withCluster(async cluster => {
      const topic = await cluster.createTopic({ partitions: 4 })
      await fill(cluster.brokers, topic, 4, 50)
      const options = { groupId: cluster.uniqueName('group'), assignors: [assignor] }
      await using one = new Member(cluster, topic, options)
      await eventually('one member has all', () => one.partitions.length === 4)
      await using two = new Member(cluster, topic, options)
      await eventually('two members share', () => one.partitions.length === 2 && two.partitions.length === 2)
      assert.deepEqual(
        [...one.partitions, ...two.partitions].sort((a, b) => a - b),
        [0, 1, 2, 3],
      )
      await eventually('everything is seen', () => one.seen.length + two.seen.length >= 200)
      await one.close()
      await eventually('the other takes over', () => two.partitions.length === 4)
      await fill(cluster.brokers, topic, 4, 1)
      await eventually('it goes on', () => two.seen.length + one.seen.length >= 204)
      await two.close()
      // An orderly hand-over repeats nothing.
      assert.equal(one.seen.length + two.seen.length, 204)
    }),
  )
}

test('a cooperative member keeps what it has while others come', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic({ partitions: 4 })
    const options = { groupId: cluster.uniqueName('group') }
    await using one = new Member(cluster, topic, options)
    await eventually('one member has all', () => one.partitions.length === 4)
    await using two = new Member(cluster, topic, options)
    await eventually('two members share', () => one.partitions.length === 2 && two.partitions.length === 2)
    const revoked = one.events.filter(event => event.startsWith('-'))
    assert.equal(revoked.length, 1)
    assert.equal(revoked[0]!.split(',').length, 2)
    await one.close()
    await two.close()
  }),
)

test('what is in hand is not committed by itself, and comes again', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic()
    await fill(cluster.brokers, topic, 1, 10)
    const groupId = cluster.uniqueName('group')
    await using first = new Consumer({
      brokers: cluster.brokers,
      ...quick,
      groupId,
      autoCommitIntervalMs: 10,
    })
    first.subscribe(topic)
    for await (const record of first.records({ signal: AbortSignal.timeout(20_000) })) {
      if (record.offset < 4) continue
      // Time enough for automatic commits.
      await new Promise(resolve => setTimeout(resolve, 100))
      break
    }
    await first.close()
    await using second = new Consumer({ brokers: cluster.brokers, ...quick, groupId })
    second.subscribe(topic)
    assert.equal((await takeRecords(second, 1))[0]!.offset, 4)
  }),
)

test('an explicit commit includes what is in hand', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic()
    await fill(cluster.brokers, topic, 1, 10)
    const groupId = cluster.uniqueName('group')
    const options = { brokers: cluster.brokers, ...quick, groupId, autoCommit: false }
    await using first = new Consumer(options)
    first.subscribe(topic)
    for await (const record of first.records({ signal: AbortSignal.timeout(20_000) })) {
      if (record.offset < 4) continue
      await first.commit()
      break
    }
    const [committed] = await first.committed()
    assert.equal(committed!.offset, 5)
    await first.close()
    await using second = new Consumer(options)
    second.subscribe(topic)
    assert.equal((await takeRecords(second, 1))[0]!.offset, 5)
  }),
)

test('offsets with metadata can be committed without being a member', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic({ partitions: 2 })
    await fill(cluster.brokers, topic, 2, 10)
    const groupId = cluster.uniqueName('group')
    await using consumer = new Consumer({ brokers: cluster.brokers, groupId, autoCommit: false })
    const places = [0, 1].map(partition => ({ topic, partition }))
    consumer.assign(places)
    await consumer.commit([{ topic, partition: 1, offset: 7, metadata: 'half way' }])
    const committed = await consumer.committed(places)
    assert.equal(committed[0], undefined)
    assert.equal(committed[1]!.offset, 7)
    assert.equal(committed[1]!.metadata, 'half way')
  }),
)

test('a rebalance waits for the handler, so that nothing is handled twice', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic({ partitions: 2 })
    await fill(cluster.brokers, topic, 2, 40)
    const groupId = cluster.uniqueName('group')
    const seen: string[] = []
    const consumers = [0, 1].map(() => new Consumer({ brokers: cluster.brokers, ...quick, groupId }))
    const work = async ({ value }: { value: Buffer | null }) => {
      await new Promise(resolve => setTimeout(resolve, 15))
      seen.push(value!.toString())
    }
    const runs: Promise<void>[] = []
    for (const consumer of consumers) {
      consumer.subscribe(topic)
      runs.push(consumer.run({ eachRecord: work }))
      await new Promise(resolve => setTimeout(resolve, 200))
    }
    await eventually('everything is seen', () => new Set(seen).size === 80)
    for (const consumer of consumers) await consumer.close()
    await Promise.all(runs)
    assert.equal(seen.length, 80)
  }),
)

test('heartbeats go on while a handler takes longer than the session', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic()
    await fill(cluster.brokers, topic, 1, 2)
    await using member = new Consumer({
      brokers: cluster.brokers,
      ...quick,
      groupId: cluster.uniqueName('group'),
    })
    const lost: unknown[] = []
    member.subscribe(topic, { onLost: partitions => void lost.push(partitions) })
    for await (const record of member.records({ signal: AbortSignal.timeout(30_000) })) {
      if (record.offset === 1) break
      await new Promise(resolve => setTimeout(resolve, quick.sessionTimeoutMs + 1_500))
      await member.commit()
    }
    assert.deepEqual(lost, [])
    await member.close()
  }),
)

test(
  'a member whose user stops asking leaves the group, and comes back when the user does',
  { timeout },
  () =>
    withCluster(async cluster => {
      const topic = await cluster.createTopic()
      await fill(cluster.brokers, topic, 1, 10)
      const groupId = cluster.uniqueName('group')
      await using idle = new Consumer({
        brokers: cluster.brokers,
        ...quick,
        groupId,
        maxPollIntervalMs: 1_000,
      })
      const events: string[] = []
      idle.subscribe(topic, {
        onAssigned: () => void events.push('assigned'),
        onLost: () => void events.push('lost'),
      })
      await takeRecords(idle, 2)
      await eventually('the partition is lost', () => events.includes('lost'))
      assert.deepEqual(idle.assignment, [])
      await assert.rejects(idle.commit([{ topic, partition: 0, offset: 2 }]), GroupError)
      const [again] = await takeRecords(idle, 1)
      assert.equal(again!.offset, 0)
      assert.deepEqual(events, ['assigned', 'lost', 'assigned'])
      await idle.close()
    }),
)

test('a static member that restarts gets its partitions back without a rebalance', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic({ partitions: 2 })
    const groupId = cluster.uniqueName('group')
    const options = (name: string) => ({ groupId, groupInstanceId: name, assignors: ['range' as const] })
    await using stays = new Member(cluster, topic, options('a'))
    await using restarts = new Member(cluster, topic, options('b'))
    await eventually('they share', () => stays.partitions.length === 1 && restarts.partitions.length === 1)
    const before = stays.events.length
    await restarts.close()
    await using back = new Member(cluster, topic, options('b'))
    await eventually('it is back', () => back.partitions.length === 1)
    assert.equal(stays.events.length, before)
    await back.close()
    await stays.close()
    await using admin = new Admin({ brokers: cluster.brokers })
    await admin.removeMembers(groupId, [{ groupInstanceId: 'a' }, { groupInstanceId: 'b' }])
  }),
)

for (const alone of [true, false])
  test(
    `a static member that is back with other topics is given those, ${alone ? 'alone' : 'beside the leader'}`,
    {
      timeout,
    },
    () =>
      withCluster(async cluster => {
        const [before, after] = [await cluster.createTopic({ partitions: 2 }), await cluster.createTopic()]
        const groupId = cluster.uniqueName('group')
        await fill(cluster.brokers, after, 1, 1)
        await using leader = new Member(cluster, before, { groupId })
        if (!alone) await eventually('it leads', () => leader.partitions.length === 2)
        else {
          await leader.consumer.close()
          await leader.running
        }
        const make = (topic: string) => {
          const consumer = new Consumer({ ...quick, brokers: cluster.brokers, groupId, groupInstanceId: 'a' })
          let isIn = false
          consumer.subscribe(topic, {
            onAssigned: () => {
              isIn = true
            },
          })
          consumer.pollEvent({ timeoutMs: 1 }).catch(() => {})
          return { consumer, isIn: () => isIn }
        }
        const first = make(before)
        await eventually('it is in', first.isIn)
        await first.consumer.close()
        const back = make(after).consumer
        const [record] = await takeRecords(back, 1)
        assert.equal(record?.topic, after)
        assert.ok(back.assignment.every(({ topic }) => topic === after))
        await back.close({ groupMembership: 'leave' })
        await leader.close()
      }),
  )

test('a static member leaves for good when it is closed so, and another stays when it is', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic({ partitions: 2 })
    await using admin = new Admin({ brokers: cluster.brokers })
    for (const [groupInstanceId, groupMembership, left] of [
      ['a', 'leave', 0],
      ['a', undefined, 1],
      [undefined, 'remain', 1],
      [undefined, undefined, 0],
    ] as const) {
      const groupId = cluster.uniqueName('group')
      const member = new Member(cluster, topic, { groupId, ...(groupInstanceId && { groupInstanceId }) })
      await eventually('it has both', () => member.partitions.length === 2)
      await member.consumer.close({ ...(groupMembership && { groupMembership }) })
      await member.running
      assert.deepEqual(member.events.at(-1), '-0,1')
      const [group] = await admin.describeGroups([groupId])
      assert.equal(group!.members.length, left, `${groupInstanceId} closes to ${groupMembership}`)
    }
  }),
)

test('a pattern takes in topics that appear later', { timeout }, () =>
  withCluster(async cluster => {
    const prefix = cluster.uniqueName('pattern')
    await using admin = new Admin({ brokers: cluster.brokers })
    await admin.createTopics([{ name: `${prefix}-a`, partitions: 1 }])
    await using consumer = new Consumer({
      brokers: cluster.brokers,
      ...quick,
      groupId: cluster.uniqueName('group'),
      metadataMaxAgeMs: 200,
    })
    consumer.subscribe(new RegExp(`^${prefix}-`))
    await fill(cluster.brokers, `${prefix}-a`, 1, 1)
    assert.equal((await takeRecords(consumer, 1))[0]!.topic, `${prefix}-a`)
    await admin.createTopics([{ name: `${prefix}-b`, partitions: 1 }])
    await fill(cluster.brokers, `${prefix}-b`, 1, 1)
    assert.equal((await takeRecords(consumer, 1))[0]!.topic, `${prefix}-b`)
  }),
)

test('a seek in onAssigned decides where consuming starts', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic()
    await fill(cluster.brokers, topic, 1, 20)
    await using consumer = new Consumer({
      brokers: cluster.brokers,
      ...quick,
      groupId: cluster.uniqueName('group'),
    })
    consumer.subscribe(topic, {
      async onAssigned([place]) {
        await new Promise(resolve => setTimeout(resolve, 20))
        consumer.seek(place!, 15)
      },
    })
    assert.equal((await takeRecords(consumer, 1))[0]!.offset, 15)
  }),
)
