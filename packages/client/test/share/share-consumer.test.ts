// A share consumer against a share group in memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ErrorCode } from '@millrace/protocol'
import { ShareAcknowledgeApi } from '@millrace/protocol/messages/share'
import { HeldClock } from '@millrace/testkit/clocks'
import { ShareConsumer } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { eventually, range, setUp, soon, values } from '../support/share-group.ts'

const timeout = 20_000

test('poll: the records of a call are accepted by the next one', { timeout }, async () => {
  const { consumer, group } = setUp([4])
  const first = await consumer.poll({ maxRecords: 3, ...soon() })
  assert.deepEqual(values(first), ['0:0', '0:1', '0:2'])
  assert.deepEqual(
    first.map(({ deliveryCount }) => deliveryCount),
    [1, 1, 1],
  )
  assert.deepEqual(group.offsets(0, 'done'), [])
  assert.deepEqual(values(await consumer.poll(soon())), ['0:3'])
  assert.deepEqual(await consumer.poll({ timeoutMs: 50 }), [])
  assert.deepEqual(group.offsets(0, 'done'), range(4))
  assert.equal(consumer.acquisitionLockTimeoutMs, 60_000)
  await consumer.close()
})

test('for await: asking for the next accepts the one before, and leaving releases the one in hand', {
  timeout,
}, async () => {
  const { consumer, group } = setUp([4])
  for await (const record of consumer.records(soon())) if (record.offset === 2) break
  await consumer.close()
  assert.deepEqual(group.offsets(0, 'done'), [0, 1])
  // The one in hand was released, and the one behind it freed with the session.
  assert.deepEqual(group.offsets(0, 'available'), [2, 3])
  assert.equal(group.heartbeats.at(-1)!.memberEpoch, -1)
  assert.equal(group.acknowledges.at(-1)!.shareSessionEpoch, -1)
})

test('what was released is delivered again, with another count', { timeout }, async () => {
  const { consumer } = setUp([2])
  const seen: string[] = []
  for await (const record of consumer.records(soon())) {
    seen.push(`${record.offset} #${record.deliveryCount}`)
    if (record.offset === 1) consumer.acknowledge(record, record.deliveryCount < 3 ? 'release' : 'accept')
    if (record.deliveryCount === 3) break
  }
  assert.deepEqual(seen, ['0 #1', '1 #1', '1 #2', '1 #3'])
  await consumer.close()
})

test('what was rejected is not delivered again', { timeout }, async () => {
  const { consumer, group, outcomes } = setUp([3])
  for await (const record of consumer.records(soon())) {
    if (record.offset === 1) consumer.acknowledge(record, 'reject')
    if (record.offset === 2) break
  }
  const told = await consumer.commit()
  assert.deepEqual(group.offsets(0, 'archived'), [1])
  assert.deepEqual(told, outcomes)
  assert.deepEqual(told, [
    {
      topic: 't',
      partition: 0,
      acknowledged: [
        { offset: 0, type: 'accept' },
        { offset: 1, type: 'reject' },
        { offset: 2, type: 'release' },
      ],
    },
  ])
  await consumer.close()
})

test('commit accepts what is in hand, and tells for each partition what became of it', {
  timeout,
}, async () => {
  const { consumer, group } = setUp([2, 2])
  assert.equal((await consumer.poll(soon())).length, 4)
  group.refuseAcknowledge = ErrorCode.INVALID_RECORD_STATE
  const outcomes = await consumer.commit()
  assert.deepEqual(
    outcomes.map(({ partition, error }) => [partition, (error as { code?: string } | undefined)?.code]),
    [
      [0, 'INVALID_RECORD_STATE'],
      [1, undefined],
    ],
  )
  assert.deepEqual(group.offsets(1, 'done'), [0, 1])
  assert.deepEqual(await consumer.commit(), [])
  await consumer.close()
})

test('two members share one partition, and what one does not finish is the other’s', {
  timeout,
}, async () => {
  const { consumer, make, group } = setUp([10])
  const other = make()
  const mine = await consumer.poll({ maxRecords: 10, ...soon() })
  assert.equal(mine.length, 10)
  const theirs = other.poll(soon())
  await consumer.close()
  assert.deepEqual(values(await theirs), values(mine))
  await other.commit()
  assert.deepEqual(group.offsets(0, 'done'), range(10))
  await other.close()
})

test('explicit: everything in hand is acknowledged before more is asked for', { timeout }, async () => {
  const { consumer, group } = setUp([3], { acknowledgementMode: 'explicit', maxPollRecords: 2 })
  const [first, second] = await consumer.poll(soon())
  await assert.rejects(consumer.poll(soon()), /acknowledge every record of the call before/)
  consumer.acknowledge(first!)
  consumer.acknowledge({ topic: 't', partition: 0, offset: second!.offset }, 'release')
  assert.throws(() => consumer.acknowledge(first!), /offset 0 is not in hand/)
  const next = await consumer.poll(soon())
  assert.deepEqual(group.offsets(0, 'done'), [0])
  assert.deepEqual(
    next.map(({ offset, deliveryCount }) => [offset, deliveryCount]),
    [
      [1, 2],
      [2, 1],
    ],
  )
  await assert.rejects(async () => {
    for await (const record of consumer.records(soon())) void record
  }, /acknowledge every record in hand/)
  await consumer.close()
  assert.deepEqual(group.offsets(0, 'available'), [1, 2])
})

test('run: several at a time, accepted when the handler returns, and as onError says when it throws', {
  timeout,
}, async () => {
  const { consumer, group } = setUp([9])
  let active = 0
  let most = 0
  const running = consumer.run({
    concurrency: 3,
    async eachRecord(record) {
      most = Math.max(most, ++active)
      await sleep(2)
      active--
      if (record.offset === 4) throw new Error('poison')
      if (record.offset === 5 && record.deliveryCount === 1) throw new Error('try again')
    },
    onError: (error, { offset }) => {
      assert.match(String(error), /poison|try again/)
      return offset === 4 ? 'reject' : undefined
    },
  })
  await eventually('all are done', () => group.offsets(0, 'done').length === 8)
  assert.deepEqual(group.offsets(0, 'archived'), [4])
  assert.equal(group.records[0]![5]!.deliveries, 2)
  assert.equal(most, 3)
  await consumer.close()
  await running
})

test('run: without onError an error ends it when the others have returned, and releases the record', {
  timeout,
}, async () => {
  const { consumer, group } = setUp([4])
  const done: number[] = []
  const running = consumer.run({
    concurrency: 2,
    async eachRecord({ offset }) {
      await sleep(offset === 0 ? 1 : 20)
      if (offset === 0) throw new Error('no way')
      done.push(offset)
    },
  })
  await assert.rejects(running, /no way/)
  assert.deepEqual(done, [1])
  await consumer.commit()
  assert.deepEqual(group.offsets(0, 'done'), [1])
  assert.ok(group.offsets(0, 'available').includes(0))
  await consumer.close()
})

test('run: a commit does not accept what handlers still work on', { timeout }, async () => {
  const { consumer, group } = setUp([2])
  const running = consumer.run({
    concurrency: 2,
    async eachRecord({ offset }) {
      if (offset === 0) await consumer.commit()
      assert.deepEqual(group.offsets(0, 'done'), [])
      await sleep(20)
    },
  })
  await eventually('both are done', () => group.offsets(0, 'done').length === 2)
  await consumer.close()
  await running
})

test('run: explicit handlers acknowledge by themselves, and one that does not is told', {
  timeout,
}, async () => {
  const { consumer, group } = setUp([4], { acknowledgementMode: 'explicit' })
  const running = consumer.run({
    concurrency: 2,
    async eachRecord(record) {
      await sleep(2)
      if (record.offset !== 3) consumer.acknowledge(record)
    },
  })
  await assert.rejects(running, /returned without acknowledging t-0 at offset 3/)
  await consumer.close()
  assert.deepEqual(group.offsets(0, 'done'), [0, 1, 2])
})

for (const acknowledgementMode of ['implicit', 'explicit'] as const) {
  test(`${acknowledgementMode}: a record that is renewed is held for longer`, { timeout }, async () => {
    const clock = new HeldClock()
    const { consumer, group } = setUp([1], { acknowledgementMode, clock })
    group.lockMs = 100
    const [record] = await consumer.poll(soon())
    for (let time = 0; time < 4; time++) {
      clock.pass(50)
      consumer.acknowledge(record!, 'renew')
      const outcomes = await consumer.commit()
      assert.deepEqual(outcomes, [{ topic: 't', partition: 0, acknowledged: [{ offset: 0, type: 'renew' }] }])
    }
    consumer.acknowledge(record!)
    await consumer.commit()
    assert.deepEqual(group.offsets(0, 'done'), [0])
    assert.ok(group.acknowledges.some(({ isRenewAck }) => isRenewAck))
    await consumer.close()
  })
}

test('a broker that cannot renew says so in the outcome, and keeps the session', { timeout }, async () => {
  const { consumer, cluster, group } = setUp([1], { acknowledgementMode: 'explicit' })
  const old = { ...ShareAcknowledgeApi, maxVersion: 1 }
  const current = group.acknowledges
  cluster.on(old as typeof ShareAcknowledgeApi, ({ request }) => {
    current.push(request)
    return { throttleTimeMs: 0, errorCode: 0, responses: [], nodeEndpoints: [] }
  })
  const [record] = await consumer.poll(soon())
  consumer.acknowledge(record!, 'renew')
  const [outcome] = await consumer.commit()
  assert.equal((outcome!.error as { code?: string }).code, 'VERSION_UNSUPPORTED')
  assert.equal(current.length, 0)
  await consumer.close()
})

test('a record whose lock ran out while it waited is not handed out', { timeout }, async () => {
  const clock = new HeldClock()
  const { consumer, group } = setUp([3], { clock })
  group.lockMs = 60
  const seen: string[] = []
  for await (const record of consumer.records(soon())) {
    seen.push(`${record.offset} #${record.deliveryCount}`)
    if (seen.length === 1) clock.pass(100)
    if (seen.length === 3) break
  }
  // The first was acknowledged too late, so that it comes again, as the others do.
  assert.deepEqual(seen, ['0 #1', '0 #2', '1 #2'])
  await consumer.close()
})

test('what was said is told within a second, also when nobody asks for more', { timeout }, async () => {
  const { consumer, group } = setUp([2])
  const loop = consumer.records(soon())
  await loop.next()
  await loop.next()
  await eventually('it is told', () => group.offsets(0, 'done').length === 1)
  assert.equal(group.acknowledges.length, 1)
  await loop.return!()
  await consumer.close()
})

test('a session that the broker dropped is opened again, and what it held comes again', {
  timeout,
}, async () => {
  const { consumer, group, outcomes } = setUp([2])
  await consumer.poll(soon())
  group.forgetSessions()
  const again = await consumer.poll(soon())
  assert.deepEqual(
    again.map(({ offset, deliveryCount }) => [offset, deliveryCount]),
    [
      [0, 2],
      [1, 2],
    ],
  )
  assert.equal((outcomes[0]!.error as { code?: string }).code, 'SHARE_SESSION_NOT_FOUND')
  assert.equal(group.fetches.at(-1)!.shareSessionEpoch, 0)
  await consumer.close()
})

test('a connection that is lost ends the session, and the consumer goes on', { timeout }, async () => {
  const { consumer, cluster, group } = setUp([3], { maxPollRecords: 1 })
  await consumer.poll(soon())
  cluster.cut(1)
  group.forgetSessions()
  const seen = new Set<number>()
  while (seen.size < 3) for (const { offset } of await consumer.poll(soon())) seen.add(offset)
  await consumer.close()
})

test('what a broker could not store is told again', { timeout }, async () => {
  const { consumer, group } = setUp([2])
  await consumer.poll(soon())
  group.refuseAcknowledge = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
  const [outcome] = await consumer.commit()
  assert.equal(outcome!.error, undefined)
  assert.deepEqual(group.offsets(0, 'done'), [0, 1])
  assert.equal(group.acknowledges.length, 2)
  await consumer.close()
})

test('a refusal that no retry mends is thrown where records are asked for', { timeout }, async () => {
  const { consumer, group } = setUp([1])
  group.refuse = ErrorCode.GROUP_AUTHORIZATION_FAILED
  await assert.rejects(consumer.poll(soon()), { code: 'GROUP_AUTHORIZATION_FAILED' })
  assert.equal((await consumer.poll(soon())).length, 1)
  await consumer.close()
})

test('a damaged batch is rejected, and told once', { timeout }, async () => {
  const { consumer, group } = setUp([2])
  group.damage = bytes => {
    bytes[bytes.length - 1]! ^= 0xff
  }
  await assert.rejects(consumer.poll(soon()), { code: 'RECORD_CORRUPT' })
  await consumer.commit()
  assert.deepEqual(await consumer.poll({ timeoutMs: 50 }), [])
  assert.deepEqual(group.offsets(0, 'archived'), [0, 1])
  await consumer.close()
})

test('record_limit: from one broker at a time, and never more than was asked for', { timeout }, async () => {
  const options = { acquireMode: 'record_limit', maxPollRecords: 3 } as const
  const { consumer, group } = setUp([6, 6], options, [1, 2])
  const seen: string[] = []
  while (seen.length < 12) {
    const records = await consumer.poll(soon())
    assert.ok(records.length <= 3)
    assert.equal(new Set(records.map(({ partition }) => partition)).size, 1)
    seen.push(...values(records))
  }
  assert.equal(new Set(seen).size, 12)
  assert.ok(
    group.fetches.every(({ shareAcquireMode, maxRecords }) => shareAcquireMode === 1 && maxRecords === 3),
  )
  await consumer.close()
})

test('partitions of several brokers are read side by side, each in its session', { timeout }, async () => {
  const { consumer, group } = setUp([3, 3], {}, [1, 2])
  const seen = new Set<string>()
  while (seen.size < 6) for (const value of values(await consumer.poll(soon()))) seen.add(value)
  await consumer.close()
  assert.ok(group.fetches.length >= 2)
})

test('a partition that has another leader is read from it at once', { timeout }, async () => {
  const { consumer, topic, group } = setUp([3, 1], { maxPollRecords: 1 }, [1, 2])
  const seen = new Set<string>()
  while (![...seen].some(value => value.startsWith('0:')))
    for (const value of values(await consumer.poll(soon()))) seen.add(value)
  topic.leaders[0] = 2
  topic.leaderEpoch++
  while (seen.size < 4) for (const value of values(await consumer.poll(soon()))) seen.add(value)
  assert.deepEqual(group.offsets(0, 'available'), [])
  await consumer.close()
})

test('nothing is fetched ahead of the user: locks would run', { timeout }, async () => {
  const { consumer, group } = setUp([4])
  await eventually('it has partitions', () => consumer.assignment.length === 1)
  await sleep(30)
  assert.equal(group.fetches.length, 0)
  await consumer.poll({ maxRecords: 1, ...soon() })
  assert.equal(group.fetches.length, 1)
  await consumer.close()
})

test('a broker without share groups is an error that says what is needed', { timeout }, async () => {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const consumer = new ShareConsumer({ brokers: cluster.bootstrap, network: cluster.network, groupId: 'g' })
  consumer.subscribe('t')
  await assert.rejects(consumer.poll(soon()), {
    name: 'UnsupportedVersionError',
    message: /share group "g" needs Apache Kafka 4\.2 or later/,
  })
  await consumer.close()
})

test('what cannot be is refused by name', async () => {
  const brokers = ['fake:1']
  for (const [options, message] of [
    [{}, /groupId is missing/],
    [
      { groupId: 'g', autoOffsetReset: 'earliest' },
      /autoOffsetReset is the group's.* share\.auto\.offset\.reset/,
    ],
    [{ groupId: 'g', 'isolation.level': 'read_committed' }, /isolation\.level is the group's/],
    [{ groupId: 'g', autoCommit: true }, /autoCommit has no meaning in a share group/],
    [{ groupId: 'g', acknowledgementMode: 'auto' }, /"auto" is none of implicit, explicit/],
    [{ groupId: 'g', acquiremode: 'record_limit' }, /did you mean "acquireMode"/],
  ] as const) {
    assert.throws(() => new ShareConsumer({ brokers, ...options } as never), { name: 'ConfigError', message })
  }
  const consumer = new ShareConsumer({
    'bootstrap.servers': 'fake:1',
    'group.id': 'g',
    'share.acquire.mode': 'record_limit',
  })
  await assert.rejects(consumer.poll(), /subscribe to topics before/)
  assert.throws(() => consumer.subscribe(/t/ as never), /share groups have no patterns/)
  assert.throws(() => consumer.acknowledge({ topic: 't', partition: 0, offset: 1 }), /not in hand/)
  assert.throws(
    () => consumer.acknowledge({ topic: 't', partition: 0, offset: 1 }, 'ack' as never),
    /accept, release/,
  )
  await consumer.close()
  await assert.rejects(consumer.poll(), { code: 'CLOSED' })
  assert.throws(() => consumer.subscribe('t'), { code: 'CLOSED' })
})
