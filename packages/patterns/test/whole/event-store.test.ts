// Streams of events: appended if they are as expected, whoever else appends, and loaded as they were. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { json, Producer, string, topic } from '@millrace/client'
import {
  AppendTimeoutError,
  ConcurrencyError,
  EventStore,
  type EventStoreOptions,
  type Snapshot,
  sqliteStreamIndex,
  TopicSnapshots,
} from '@millrace/patterns'
import { events } from '@millrace/service'
import { eventually, readCommitted, type TestCluster, withCluster } from '@millrace/testkit'
import { runAndKill } from './programs/killed.ts'

const timeout = 90_000

const accountsOn = (name: string, partitions: number) =>
  events(
    name,
    { deposited: json<{ amount: number }>(), withdrawn: json<{ amount: number }>() },
    { key: string(), partitions },
  )

type Accounts = ReturnType<typeof accountsOn>
type Types = Accounts['eventTypes']

async function storing(cluster: TestCluster, partitions = 2) {
  const { brokers } = cluster
  const accounts = accountsOn(cluster.uniqueName('accounts'), partitions)
  const open = async (options: Partial<EventStoreOptions<Types>> = {}) => {
    const store = new EventStore({ brokers, events: accounts, ...options })
    await store.start()
    return store
  }
  return { accounts, open }
}

const deposit = (amount: number) => ({ type: 'deposited' as const, data: { amount } })

test('a stream is what was appended to it, in order, for who appended and for others', { timeout }, () =>
  withCluster(async cluster => {
    const { open } = await storing(cluster)
    await using store = await open()
    await using other = await open()
    assert.deepEqual(await store.load('a'), { events: [], version: 0 })
    const first = await store.append('a', [deposit(1), deposit(2)], { expectedVersion: 0 })
    assert.equal(first.version, 2)
    await store.append('b', [deposit(7)])
    const third = await store.append('a', [{ type: 'withdrawn', data: { amount: 3 }, id: 'mine' }], {
      expectedVersion: 2,
    })
    assert.equal(third.version, 3)
    for (const each of [store, other]) {
      const { events: loaded, version } = await each.load('a', { consistency: 'latest' })
      assert.equal(version, 3)
      assert.deepEqual(
        loaded.map(({ type, data, version: at, stream }) => [type, data.amount, at, stream]),
        [
          ['deposited', 1, 1, 'a'],
          ['deposited', 2, 2, 'a'],
          ['withdrawn', 3, 3, 'a'],
        ],
      )
      assert.equal(loaded[2]!.id, 'mine')
      assert.deepEqual(loaded[2]!.position, third.position)
    }
    assert.equal(await other.versionOf('b', { consistency: 'latest' }), 1)
    assert.deepEqual(
      (await store.load('a', { from: 2, until: { version: 2 } })).events.map(({ version }) => version),
      [2],
    )
    assert.deepEqual(await store.load('a', { from: 9 }), { events: [], version: 3 })
  }),
)

test('an append to a stream that is not as expected is refused, and writes nothing', { timeout }, () =>
  withCluster(async cluster => {
    const { accounts, open } = await storing(cluster, 1)
    await using store = await open()
    await store.append('a', [deposit(1)], { expectedVersion: 0 })
    for (const [expectedVersion, stream, message] of [
      [0, 'a', /stream "a" is at version 1, and was expected not to exist/],
      [2, 'a', /stream "a" is at version 1, and was expected to be at version 2/],
      ['existing', 'b', /stream "b" does not exist, and was expected to exist/],
    ] as const) {
      await assert.rejects(
        store.append(stream, [deposit(9)], { expectedVersion }),
        (error: ConcurrencyError) => {
          assert.ok(error instanceof ConcurrencyError)
          assert.match(error.message, message)
          return error.actualVersion === (stream === 'a' ? 1 : 0)
        },
      )
    }
    assert.equal((await store.append('a', [deposit(2)], { expectedVersion: 'existing' })).version, 2)
    assert.equal((await readCommitted(cluster.brokers, accounts.name)).length, 2)
    assert.equal(store.statistics.conflicts, 3)
  }),
)

test(
  'of many writers that expect the same version one wins, in one process and in several',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { open } = await storing(cluster, 1)
      await using one = await open()
      await using two = await open()
      for (let round = 0; round < 4; round++) {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 12 }, (_, n) =>
            (n % 2 === 0 ? one : two).append('a', [deposit(round), deposit(n)], {
              expectedVersion: round * 2,
            }),
          ),
        )
        const won = outcomes.filter(({ status }) => status === 'fulfilled')
        const lost = outcomes.flatMap(outcome =>
          outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
        )
        assert.equal(won.length, 1, `round ${round}`)
        assert.ok(
          lost.every(error => error instanceof ConcurrencyError),
          String(lost[0]),
        )
      }
      const { version } = await one.load('a', { consistency: 'latest' })
      assert.equal(version, 8)
    }),
)

test('writers that go on from what they find lose nothing and repeat nothing', { timeout }, () =>
  withCluster(async cluster => {
    const { open } = await storing(cluster, 2)
    const stores = [await open(), await open(), await open()]
    const streams = ['a', 'b', 'c']
    let sum = 0
    // Everybody counts in every stream, from what is there.
    await Promise.all(
      stores.flatMap((store, which) =>
        streams.map(async stream => {
          for (let done = 0; done < 5; ) {
            const { version } = await store.load(stream, { consistency: 'latest' })
            try {
              await store.append(stream, [deposit(which)], { expectedVersion: version })
              sum += which
              done++
            } catch (error) {
              if (!(error instanceof ConcurrencyError)) throw error
            }
          }
        }),
      ),
    )
    let found = 0
    for (const stream of streams) {
      const { events: loaded } = await stores[0]!.load(stream, { consistency: 'latest' })
      assert.deepEqual(
        loaded.map(({ version }) => version),
        Array.from({ length: 15 }, (_, n) => n + 1),
      )
      found += loaded.reduce((total, { data }) => total + data.amount, 0)
    }
    assert.equal(found, sum)
    await Promise.all(stores.map(store => store.close()))
  }),
)

test(
  'an append whose writer was fenced in the middle is found where it is, and not made twice',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { accounts, open } = await storing(cluster, 1)
      const { brokers } = cluster
      await using store = await open()
      await store.append('a', [deposit(0)], { expectedVersion: 0 })
      const transactionalId = `${accounts.name}-append-0`
      let stop = false
      // Takes the lock away again and again, at whatever moment.
      const thief = (async () => {
        while (!stop) {
          await using producer = new Producer({ brokers, transactionalId })
          await producer.initTransactions().catch(() => {})
          await new Promise(resolve => setTimeout(resolve, 25))
        }
      })()
      let versions = 1
      let appended = 0
      while (appended < 15 || store.statistics.takeovers < 2) {
        const n = ++appended
        const { version } = await store.append('a', [deposit(n), deposit(n)], { expectedVersion: versions })
        versions += 2
        assert.equal(version, versions)
      }
      stop = true
      await thief
      const { events: loaded } = await store.load('a')
      assert.deepEqual(
        loaded.map(({ data }) => data.amount),
        [0, ...Array.from({ length: appended }, (_, n) => [n + 1, n + 1]).flat()],
      )
    }),
)

test(
  'a writer that is killed leaves no part of an append, and everything that was acknowledged',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const counts = events(
        cluster.uniqueName('counts'),
        { counted: json<{ n: number }>() },
        { key: string(), partitions: 1 },
      )
      const printed = await runAndKill('appender.ts', [brokers.join(), counts.name, 'a'], 10)
      const acknowledged = Number(printed.at(-1))
      await using store = new EventStore({ brokers, events: counts })
      await store.start()
      // Takes the lock, and so ends what the dead one has left open.
      await store.append('b', [{ type: 'counted', data: { n: 0 } }])
      const { events: loaded, version } = await store.load('a', { consistency: 'latest' })
      assert.ok(version >= acknowledged && version % 2 === 0, `${version} of ${acknowledged}`)
      assert.deepEqual(
        loaded.map(({ data }) => data.n),
        Array.from({ length: version }, (_, n) => n + 1),
      )
      assert.equal(
        (await store.append('a', [{ type: 'counted', data: { n: 0 } }], { expectedVersion: version }))
          .version,
        version + 1,
      )
    }),
)

test('appends that wait can be given up, and too many are refused', { timeout }, () =>
  withCluster(async cluster => {
    const { open } = await storing(cluster, 1)
    await using store = await open({ maxWaiting: 2 })
    const stop = new AbortController()
    const given = store.append('a', [deposit(1)], { signal: stop.signal })
    stop.abort(new Error('not any more'))
    await assert.rejects(given, /not any more/)
    await assert.rejects(store.append('a', [deposit(1)], { timeoutMs: 1 }), (error: unknown) => {
      assert.ok(error instanceof AppendTimeoutError)
      return error.code === 'APPEND_TIMEOUT'
    })
    await eventually('the line is empty', async () => {
      try {
        await store.append('b', [deposit(1)])
        return true
      } catch {
        return false
      }
    })
    const many = await Promise.allSettled(Array.from({ length: 6 }, () => store.append('c', [deposit(1)])))
    assert.ok(
      many.some(
        each => each.status === 'rejected' && (each.reason as { code: string }).code === 'STORE_BUSY',
      ),
    )
    await assert.rejects(store.append('a', []), { code: 'CONFIG_INVALID' })
    await assert.rejects(store.append('', [deposit(1)]), { code: 'CONFIG_INVALID' })
    await assert.rejects(
      store.append('a', [{ type: 'closed' as 'deposited', data: { amount: 1 } }]),
      /there is no event type "closed"/,
    )
  }),
)

test('an index in SQLite goes on where it ended, and one of another log is made anew', { timeout }, () =>
  withCluster(async cluster => {
    const { accounts, open } = await storing(cluster, 1)
    const database = new DatabaseSync(':memory:')
    {
      await using store = await open({ index: sqliteStreamIndex(database) })
      for (let n = 0; n < 3; n++) await store.append('a', [deposit(n)])
    }
    {
      await using store = await open()
      await store.append('a', [deposit(3)], { expectedVersion: 3 })
    }
    await using store = await open({ index: sqliteStreamIndex(database) })
    assert.deepEqual(
      (await store.load('a')).events.map(({ data }) => data.amount),
      [0, 1, 2, 3],
    )
    // The index is far ahead of the log of another topic.
    await using other = new EventStore({
      brokers: cluster.brokers,
      events: accountsOn(cluster.uniqueName('accounts'), 1),
      index: sqliteStreamIndex(database),
    })
    await other.start()
    assert.equal(await other.versionOf('a'), 0)
    assert.notEqual(accounts.name, other.events.name)
  }),
)

test('records that no store has appended belong to no stream, and are told of once', { timeout }, () =>
  withCluster(async cluster => {
    const { accounts, open } = await storing(cluster, 1)
    const warnings: string[] = []
    await using store = await open({ onWarning: ({ message }) => void warnings.push(message) })
    await using producer = new Producer({ brokers: cluster.brokers })
    for (let n = 0; n < 3; n++) await producer.send({ topic: accounts, key: 'a', value: deposit(n) })
    await store.append('a', [deposit(7)], { expectedVersion: 0 })
    assert.deepEqual(
      (await store.load('a')).events.map(({ data }) => data.amount),
      [7],
    )
    assert.equal(store.statistics.foreign, 3)
    assert.equal(warnings.length, 1)
    assert.match(warnings[0]!, /-0 at offset 0 belongs to no stream/)
  }),
)

test('topics on which streams would be lost are refused', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const refused = async (options: EventStoreOptions<Types>, message: RegExp) => {
      await assert.rejects(async () => {
        await using store = new EventStore(options)
        await store.start()
      }, message)
    }
    const two = await cluster.createTopic({ partitions: 2 })
    await refused({ brokers, events: accountsOn(two, 3) }, /has 2 partitions, and its definition says 3/)
    const compacted = await cluster.createTopic({ configs: { 'cleanup.policy': 'compact' } })
    await refused({ brokers, events: accountsOn(compacted, 1) }, /compaction would leave the last event/)
    assert.throws(
      () => new EventStore({ brokers, events: events('x', { a: json<number>() }, { key: string() }) }),
      /does not say how many partitions it has/,
    )
  }),
)

test('a stream as it was at a moment', { timeout }, () =>
  withCluster(async cluster => {
    const { open } = await storing(cluster, 1)
    await using store = await open()
    await store.append('a', [deposit(1)])
    const { timestamp } = (await store.load('a')).events[0]!
    await eventually('time has passed', () => Date.now() > timestamp + 1)
    await store.append('a', [deposit(2)])
    const then = await store.load('a', { until: { timestamp } })
    assert.deepEqual(
      then.events.map(({ data }) => data.amount),
      [1],
    )
    assert.equal(then.version, 1)
  }),
)

test('snapshots in a topic: the last one of each stream, for every process', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const snapshotTopic = topic(cluster.uniqueName('snapshots'), {
      key: string(),
      value: json<Snapshot<{ balance: number }>>(),
      partitions: 2,
    })
    await using one = new TopicSnapshots({ brokers, topic: snapshotTopic })
    await one.start()
    assert.equal(await one.load('a'), undefined)
    for (let version = 1; version <= 3; version++)
      await one.save('a', { version, schema: '1', state: { balance: version * 10 } })
    await one.save('b', { version: 9, schema: '1', state: { balance: 5 } })
    assert.deepEqual(await one.load('a'), { version: 3, schema: '1', state: { balance: 30 } })
    await using two = new TopicSnapshots({ brokers, topic: snapshotTopic })
    await two.start()
    assert.equal((await two.load('b'))?.version, 9)
    await one.save('a', { version: 4, schema: '1', state: { balance: 40 } })
    await eventually('the other process hears of it', async () => (await two.load('a'))?.version === 4)
    const uncompacted = topic(await cluster.createTopic(), { key: string(), value: json<Snapshot<number>>() })
    await using wrong = new TopicSnapshots({ brokers, topic: uncompacted })
    await assert.rejects(wrong.start(), /set it to "compact"/)
  }),
)
