// Records that are delivered later: once, when they are due, over restarts and takeovers. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Admin, json, nullable, Producer, string, throwFirst, topic } from '@millrace/client'
import { Scheduler, type SchedulerOptions, scheduleTopic } from '@millrace/patterns'
import { nodeClock } from '@millrace/runtime'
import { events, readDeadLetter, Service } from '@millrace/service'
import { TestClock } from '@millrace/service/testing'
import { eventually, readCommitted, type TestCluster, withCluster } from '@millrace/testkit'
import { runAndKill, start } from './programs/killed.ts'
import { quick } from './support.ts'

const timeout = 90_000
const hour = 3_600_000

/** A topic of schedules and one of what is delivered, with a clock that stands still. */
async function delaying(cluster: TestCluster, partitions = 1) {
  const { brokers } = cluster
  const clock = new TestClock(nodeClock)
  const delays = scheduleTopic(cluster.uniqueName('delays'), { partitions, clock })
  const out = topic(await cluster.createTopic(), {
    key: nullable(string()),
    value: nullable(json<unknown>()),
  })
  const scheduler = (options: Partial<SchedulerOptions> = {}) =>
    new Scheduler({
      brokers,
      schedules: delays,
      handlingClock: clock,
      consumer: { heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 },
      ...options,
    })
  const delivered = async () =>
    (await readCommitted(brokers, out.name)).map(
      ({ value }) => value && (JSON.parse(String(value)) as unknown),
    )
  return { clock, delays, out, scheduler, delivered }
}

test('a record comes when it is due, not before, as what it is', { timeout }, () =>
  withCluster(async cluster => {
    const { clock, delays, out, scheduler, delivered } = await delaying(cluster, 2)
    await using worker = scheduler()
    await worker.start()
    const dueAt = clock.now() + 7 * 24 * hour
    const headers = { trace: 'abc' }
    await worker.schedule(out, { key: 'user-7', value: { n: 1 }, headers }, { at: dueAt, id: 'week' })
    await worker.schedule(out, { key: null, value: null }, { afterMs: hour, id: 'tombstone' })
    await worker.schedule(out, { value: 'now' }, { at: clock.now() - 1, id: 'past' })
    await eventually('what is due is delivered', () => worker.statistics.delivered === 1)
    await eventually('the others wait', () => worker.statistics.waiting === 2)
    assert.equal(worker.statistics.nextDueAt, clock.now() + hour)
    clock.advance(hour - 1)
    assert.deepEqual(await delivered(), ['now'])
    clock.advance(1)
    await eventually('the next one is delivered', () => worker.statistics.delivered === 2)
    clock.advance(7 * 24 * hour)
    await eventually('all are delivered', () => worker.statistics.delivered === 3)
    assert.deepEqual(await delivered(), ['now', null, { n: 1 }])
    const [, , last] = await readCommitted(cluster.brokers, out.name)
    assert.equal(String(last!.key), 'user-7')
    assert.deepEqual(
      last!.headers.map(({ key, value }) => [key, String(value)]),
      [
        ['trace', 'abc'],
        ['__millrace.scheduled.id', 'week'],
        ['__millrace.scheduled.for', String(dueAt)],
      ],
    )
    assert.equal(worker.statistics.waiting, 0)
    assert.equal(delays.name, worker.name.replace(/-scheduler$/, ''))
  }),
)

test('what is cancelled before its time does not come, and the last word of an id counts', { timeout }, () =>
  withCluster(async cluster => {
    const { clock, out, scheduler, delivered } = await delaying(cluster)
    await using worker = scheduler()
    await worker.start()
    const cancelled = await worker.schedule(out, { value: 'cancelled' }, { afterMs: hour })
    await worker.schedule(out, { value: 'first' }, { afterMs: hour, id: 'moved' })
    await worker.schedule(out, { value: 'second' }, { afterMs: 2 * hour, id: 'moved' })
    await worker.schedule(out, { value: 'kept' }, { afterMs: hour })
    await eventually('they wait', () => worker.statistics.waiting === 3)
    // Written, and nothing says that the scheduler has seen it.
    await worker.cancel(cancelled)
    clock.advance(hour)
    await eventually('what is due is delivered', () => worker.statistics.delivered === 1)
    assert.deepEqual(await delivered(), ['kept'])
    clock.advance(hour)
    await eventually('the moved one is delivered', () => worker.statistics.delivered === 2)
    await worker.cancel(cancelled)
    await worker.cancel('never there')
    await eventually('cancellations of nothing are counted', () => worker.statistics.cancelled === 3)
    assert.deepEqual(await delivered(), ['kept', 'second'])
  }),
)

test(
  'what waits outlives the scheduler, and more of it than memory holds is delivered once, in order',
  {
    timeout,
  },
  () =>
    withCluster(async cluster => {
      const { clock, delays, out, scheduler, delivered } = await delaying(cluster)
      const { brokers } = cluster
      const count = 400
      {
        await using first = scheduler()
        await first.start()
        await using producer = new Producer({ brokers })
        await producer.send(
          Array.from({ length: count }, (_, n) => ({
            topic: delays,
            // The ones that come last are due first.
            ...delays.deliver(out, { value: n }, { afterMs: hour + (count - n), id: `id-${n}` }),
          })),
        )
        await eventually('all wait', () => first.statistics.waiting === count)
      }
      clock.advance(2 * hour)
      // Memory for a few, and none for their records.
      await using second = scheduler({ maxEntries: 50, maxHeldBytes: 0, maxBatch: 20 })
      await second.start()
      await eventually('all are delivered', () => second.statistics.delivered === count, 60_000)
      assert.deepEqual(
        await delivered(),
        Array.from({ length: count }, (_, n) => count - 1 - n),
      )
      const { waiting, isBounded, passes } = second.statistics
      assert.deepEqual([waiting, isBounded], [0, false])
      assert.ok(passes >= 7, `the log was read again (${passes})`)
    }),
)

test('while partitions go from scheduler to scheduler each record is delivered once', { timeout }, () =>
  withCluster(async cluster => {
    const { clock, delays, out, scheduler, delivered } = await delaying(cluster, 3)
    const count = 600
    const { brokers } = cluster
    await using admin = new Admin({ brokers })
    throwFirst(await admin.createTopics([delays]))
    await using producer = new Producer({ brokers })
    await producer.send(
      Array.from({ length: count }, (_, n) => ({
        topic: delays,
        ...delays.deliver(out, { value: n }, { afterMs: n % 50 }),
      })),
    )
    await using first = scheduler({ maxBatch: 10 })
    await first.start()
    clock.advance(25)
    await using second = scheduler({ maxBatch: 10 })
    await second.start()
    await eventually('both have partitions', () => second.statistics.partitions > 0)
    clock.advance(10)
    await using third = scheduler({ maxBatch: 10 })
    await third.start()
    await second.stop()
    clock.advance(100)
    await eventually('everything is delivered', async () => (await delivered()).length >= count, 60_000)
    assert.deepEqual(numbers(await delivered()), range(count))
  }),
)

const range = (count: number) => Array.from({ length: count }, (_, n) => n)
const numbers = (values: readonly unknown[]) => (values as number[]).toSorted((a, b) => a - b)

test(
  'a scheduler that is killed in the middle leaves nothing undone, and nothing done twice',
  { timeout },
  () =>
    withCluster(
      async cluster => {
        const { brokers } = cluster
        const delays = scheduleTopic(cluster.uniqueName('delays'), { partitions: 1 })
        const out = topic(await cluster.createTopic(), { key: nullable(string()), value: json<number>() })
        const count = 1_500
        await using admin = new Admin({ brokers })
        throwFirst(await admin.createTopics([delays]))
        await using producer = new Producer({ brokers })
        await producer.send(
          range(count).map(n => ({
            topic: delays,
            ...delays.deliver(out, { value: n }, { afterMs: n % 1_000 }),
          })),
        )
        // Brokers of others want six seconds at least.
        const sessionTimeoutMs = process.env['KAFKA_URI'] ? 6_000 : 500
        const parameters = [brokers.join(), delays.name, String(sessionTimeoutMs)]
        const printed = await runAndKill('scheduler.ts', parameters, 8)
        assert.ok(
          Number(printed.at(-1)!.split(' ')[1]) < count,
          `it was in the middle of it (${printed.at(-1)})`,
        )
        const next = start('scheduler.ts', parameters)
        const delivered = async () =>
          (await readCommitted(brokers, out.name)).map(({ value }) => Number(value!.toString()))
        try {
          await eventually('everything is delivered', async () => (await delivered()).length >= count, 60_000)
        } finally {
          next.kill('SIGKILL')
          await once(next, 'exit')
        }
        assert.deepEqual(numbers(await delivered()), range(count))
      },
      { 'group.min.session.timeout.ms': 100 },
    ),
)

test('a zombie that has lost its partition delivers nothing more', { timeout }, () =>
  withCluster(async cluster => {
    const { clock, out, scheduler, delivered } = await delaying(cluster)
    const warnings: string[] = []
    await using zombie = scheduler({ onWarning: ({ message }) => void warnings.push(message) })
    await zombie.start()
    await zombie.schedule(out, { value: 'once' }, { afterMs: hour })
    await eventually('it waits', () => zombie.statistics.waiting === 1)
    // Another group of its own, with the same transactional ids: as one that the group has gone on without.
    await using producer = new Producer({ brokers: cluster.brokers, transactionalId: `${zombie.name}-0` })
    await producer.transaction(transaction =>
      transaction.send({
        topic: `${zombie.name.replace('-scheduler', '')}-pending`,
        partition: 0,
        key: 'x',
        value: null,
      }),
    )
    clock.advance(hour)
    // Fenced, it takes the lock anew, reads what was written meanwhile, and only then delivers.
    await eventually('it is delivered', () => zombie.statistics.delivered === 1)
    assert.deepEqual(await delivered(), ['once'])
    assert.ok(
      warnings.some(message => /another producer with this transactionalId has taken over/.test(message)),
      warnings.join('; '),
    )
  }),
)

test(
  'what cannot be delivered is a dead letter that goes to its topic when it is sent back',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { out, delays, scheduler, delivered } = await delaying(cluster)
      const { brokers } = cluster
      const small = topic(await cluster.createTopic({ configs: { 'max.message.bytes': '800' } }))
      await using worker = scheduler({ missingTopicMs: 500 })
      await worker.start()
      await using producer = new Producer({ brokers })
      const soon = { afterMs: 0 }
      await producer.send([
        { topic: delays, ...delays.deliver(topic('not/there'), { value: 'lost' }, soon) },
        { topic: delays, ...delays.deliver(out, { value: 'good' }, soon) },
        { topic: delays, ...delays.deliver(small, { value: 'x'.repeat(5_000) }, soon) },
        { topic: delays, ...delays.deliver(small, { value: 'fits' }, soon) },
      ])
      await producer.send({ topic: delays.name, key: 'odd', value: 'no schedule' })
      await eventually(
        'all are dealt with',
        () => worker.statistics.delivered + worker.statistics.failed === 5,
        60_000,
      )
      assert.deepEqual(await delivered(), ['good'])
      assert.equal((await readCommitted(brokers, small.name)).length, 1)
      const letters = (await readCommitted(brokers, `${delays.name}-dlt`)).map(({ headers, value }) => {
        const letter = readDeadLetter(headers)!
        return [letter.topic, letter.offset, letter.reason, String(value).slice(0, 20)]
      })
      assert.deepEqual(letters, [
        ['not/there', -1, 'fatal', 'lost'],
        [small.name, -1, 'fatal', 'x'.repeat(20)],
        [delays.name, 4, 'poison', 'no schedule'],
      ])
      assert.equal(worker.error, undefined)
    }),
)

test('without dead letters it stops before what cannot be delivered, and says why', { timeout }, () =>
  withCluster(async cluster => {
    const { delays, scheduler } = await delaying(cluster)
    await using worker = scheduler({ deadLetterTopic: false })
    await worker.start()
    await using producer = new Producer({ brokers: cluster.brokers })
    await producer.send({ topic: delays.name, key: 'odd', value: 'no schedule' })
    await worker.ended
    assert.equal(worker.state, 'FAILED')
    assert.match(worker.error!.message, /-0 at offset 0 is no schedule: it has no id, or does not say when/)
  }),
)

test('handlers schedule what they publish, exactly once', { timeout }, () =>
  withCluster(async cluster => {
    const { clock, delays, out, scheduler, delivered } = await delaying(cluster)
    const orders = events(await cluster.createTopic(), { placed: json<{ n: number }>() }, { key: string() })
    await using worker = scheduler()
    await worker.start()
    await using service = new Service({ ...quick(cluster), name: cluster.uniqueName('orders') })
    let calls = 0
    service.handle(
      orders,
      {
        placed: ({ data: { n } }, context) => {
          context.publish(delays, delays.deliver(out, { value: n }, { afterMs: hour, id: `remind-${n}` }))
          if (n === 1) context.publish(delays, delays.cancel('remind-0'))
          // What a failed attempt wanted to schedule is not scheduled.
          if (calls++ === 1) throw new Error('not the first time')
        },
      },
      { guarantee: 'exactly-once', retry: { backoff: () => 1 } },
    )
    await service.start()
    for (const n of [0, 1, 2]) await service.publish(orders, { key: 'k', type: 'placed', data: { n } })
    await eventually('two wait', () => worker.statistics.cancelled === 1 && worker.statistics.waiting === 2)
    clock.advance(hour)
    await eventually('both are delivered', () => worker.statistics.delivered === 2)
    assert.deepEqual(await delivered(), [1, 2])
  }),
)

test('topics that would lose what waits are refused', { timeout }, () =>
  withCluster(async cluster => {
    const { delays, scheduler } = await delaying(cluster, 2)
    await using admin = new Admin({ brokers: cluster.brokers })
    const name = `${delays.name}-pending`
    throwFirst(await admin.createTopics([{ name, partitions: 2, configs: { 'cleanup.policy': 'delete' } }]))
    await using worker = scheduler()
    await assert.rejects(
      worker.start(),
      /cleanup.policy of ".*-pending" is "delete", which deletes what waits/,
    )
    assert.equal(worker.state, 'FAILED')
    await using other = scheduler({ pendingTopic: await cluster.createTopic() })
    await assert.rejects(other.start(), /has 1 partitions and ".*" 2: give it as many/)
  }),
)
