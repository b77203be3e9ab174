// Commands that are decided on what is there, and views that follow: over conflicts, failures, restarts and rebuilds. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { json, Producer, string, topic } from '@millrace/client'
import {
  aggregate,
  CommandSide,
  type CommandSideOptions,
  ConcurrencyError,
  EventStore,
  memorySnapshots,
  memoryViews,
  type MemoryView,
  Projection,
  type ProjectionOptions,
  replying,
  Requester,
  sqliteViews,
} from '@millrace/patterns'
import { events, Service } from '@millrace/service'
import { eventually, type TestCluster, withCluster } from '@millrace/testkit'
import { quick } from './support.ts'

const timeout = 90_000

interface Account {
  readonly balance: number
}
type Command = { readonly deposit: number } | { readonly withdraw: number }

async function banking(cluster: TestCluster, partitions = 2) {
  const { brokers } = cluster
  const accounts = events(
    cluster.uniqueName('accounts'),
    { deposited: json<{ amount: number }>(), withdrawn: json<{ amount: number }>() },
    { key: string(), partitions },
  )
  const account = aggregate(accounts, {
    initial: (): Account => ({ balance: 0 }),
    evolve: ({ balance }, { type, data }) => ({
      balance: balance + (type === 'deposited' ? data.amount : -data.amount),
    }),
    decide(command: Command, { balance }) {
      if ('deposit' in command)
        return command.deposit === 0 ? [] : { type: 'deposited', data: { amount: command.deposit } }
      if (command.withdraw > balance) throw new RangeError(`only ${balance} are left`)
      return { type: 'withdrawn', data: { amount: command.withdraw } }
    },
  })
  type Types = (typeof accounts)['eventTypes']
  const store = new EventStore({ brokers, events: accounts, onWarning: () => {} })
  await store.start()
  const side = (options: Partial<CommandSideOptions<Account, Command, Types>> = {}) =>
    new CommandSide({ store, aggregate: account, ...options })
  const balances = (options: Partial<ProjectionOptions<Types, MemoryView>> = {}) =>
    new Projection({
      brokers,
      name: cluster.uniqueName('balances'),
      events: accounts,
      views: memoryViews(),
      on: {
        deposited: ({ stream, data }, view) => add(view, stream, data.amount),
        withdrawn: ({ stream, data }, view) => add(view, stream, -data.amount),
      },
      clear: view => {
        const collection = view.collection<number>('balances')
        for (const [key] of collection.entries()) collection.delete(key)
      },
      ...options,
    })
  return { brokers, accounts, store, side, balances, account }
}

function add(view: MemoryView, stream: string, amount: number): void {
  view.collection<number>('balances').update(stream, (balance = 0) => balance + amount)
}

const viewOf = ({ view }: { readonly view: MemoryView }) =>
  Object.fromEntries(view.collection<number>('balances').entries())

test('a command is decided on what is there, and a query behind it sees what was done', { timeout }, () =>
  withCluster(async cluster => {
    const { store, side, balances } = await banking(cluster)
    await using commands = store
    await using projection = balances()
    await projection.start()
    const bank = side()
    await bank.execute('a', { deposit: 100 })
    await bank.execute('b', { deposit: 5 })
    const { version, position } = await bank.execute('a', { withdraw: 30 })
    assert.equal(version, 2)
    await projection.reached(position)
    assert.equal(viewOf(projection)['a'], 70)
    await assert.rejects(bank.execute('a', { withdraw: 71 }), /only 70 are left/)
    assert.deepEqual(await bank.execute('a', { deposit: 0 }), {
      stream: 'a',
      version: 2,
      events: 0,
      position: undefined,
    })
    await projection.reached(undefined)
    assert.deepEqual(await bank.state('a'), { state: { balance: 70 }, version: 2 })
    await assert.rejects(bank.execute('a', { deposit: 1 }, { expectedVersion: 1 }), ConcurrencyError)
    assert.equal(commands.statistics.appended, 3)
  }),
)

test('commands of several processes on one stream are decided one behind the other', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, accounts, store, side, account } = await banking(cluster, 1)
    await using first = store
    await using other = new EventStore({ brokers, events: accounts })
    await other.start()
    const sides = [
      side({ attempts: 100 }),
      new CommandSide({ store: other, aggregate: account, attempts: 100 }),
    ]
    await sides[0]!.execute('a', { deposit: 10 })
    // Thirty want one each, and there are ten.
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) => sides[n % 2]!.execute('a', { withdraw: 1 })),
    )
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 10)
    assert.equal((await first.load('a', { consistency: 'latest' })).version, 11)
    assert.deepEqual(await side().state('a'), { state: { balance: 0 }, version: 11 })
  }),
)

test(
  'snapshots spare events, those of another schema do not count, and broken ones cost nothing',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { store, side, account } = await banking(cluster, 1)
      await using closing = store
      const snapshots = memorySnapshots<Account>()
      const bank = side({ snapshots, snapshotEvery: 4 })
      for (let n = 0; n < 9; n++) await bank.execute('a', { deposit: 1 })
      assert.deepEqual(await snapshots.load('a'), { version: 8, schema: '1', state: { balance: 8 } })
      const read: number[] = []
      const counting = {
        ...account,
        evolve: (...[state, event]: Parameters<typeof account.evolve>) => {
          read.push(event.data.amount)
          return account.evolve(state, event)
        },
      }
      assert.equal((await side({ snapshots, aggregate: counting }).state('a')).state.balance, 9)
      assert.equal(read.length, 1)
      read.length = 0
      const newer = { ...counting, schema: '2' }
      assert.equal((await side({ snapshots, aggregate: newer }).state('a')).state.balance, 9)
      assert.equal(read.length, 9)
      const warnings: string[] = []
      const broken = {
        load: () => Promise.reject(new Error('the disk is full')),
        save: () => Promise.reject(new Error('the disk is full')),
      }
      const careless = side({
        snapshots: broken,
        snapshotEvery: 1,
        onWarning: ({ message }) => void warnings.push(message),
      })
      assert.equal((await careless.state('a')).state.balance, 9)
      assert.deepEqual(warnings, ['the disk is full', 'the disk is full'])
      assert.equal(closing.statistics.conflicts, 0)
    }),
)

test('commands come through a topic, and their answers say where to look', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, store, side, balances } = await banking(cluster)
    await using closing = store
    const bank = side()
    const commands = topic(await cluster.createTopic({ partitions: 2 }), {
      key: string(),
      value: json<Command>(),
    })
    const results = topic(cluster.uniqueName('results'), {
      value: json<{ version: number; position: { partition: number; offset: number } | null }>(),
    })
    await using service = new Service({ ...quick(cluster), name: cluster.uniqueName('bank') })
    service.handle(
      commands,
      replying(results, async (command, { key, signal }) => {
        const { version, position } = await bank.execute(key, command, { signal })
        return { version, position: position ?? null }
      }),
    )
    await service.start()
    await using projection = balances()
    await projection.start()
    await using requester = new Requester({ brokers, replies: results, timeoutMs: 20_000 })
    const ask = (key: string, value: Command) => requester.request(commands, { key, value })
    await ask('a', { deposit: 12 })
    const { position } = await ask('a', { withdraw: 2 })
    await projection.reached(position ?? undefined)
    assert.equal(viewOf(projection)['a'], 10)
    await assert.rejects(ask('a', { withdraw: 99 }), { name: 'ReplyError', errorClass: 'RangeError' })
    assert.equal(closing.statistics.appended, 2)
  }),
)

test('a view in SQLite goes on where it was, takes each event in once, and is built anew', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, accounts, store, side } = await banking(cluster)
    await using closing = store
    const bank = side()
    const database = new DatabaseSync(':memory:')
    database.exec('CREATE TABLE balances (account TEXT PRIMARY KEY, balance INTEGER NOT NULL)')
    const name = cluster.uniqueName('balances')
    let [factor, isBroken] = [1, false]
    const open = async () => {
      const put = (db: DatabaseSync, stream: string, amount: number) => {
        db.prepare(
          'INSERT INTO balances VALUES (?1, ?2) ON CONFLICT (account) DO UPDATE SET balance = balance + ?2',
        ).run(stream, amount * factor)
        if (isBroken) throw new Error('out of order')
      }
      const projection = new Projection({
        brokers,
        name,
        events: accounts,
        views: sqliteViews(database),
        on: {
          deposited: ({ stream, data }, db) => put(db, stream, data.amount),
          withdrawn: ({ stream, data }, db) => put(db, stream, -data.amount),
        },
        clear: db => db.exec('DELETE FROM balances'),
        backoff: () => 1,
        onWarning: () => {},
      })
      await projection.start()
      return projection
    }
    const all = () =>
      database
        .prepare('SELECT * FROM balances ORDER BY account')
        .all()
        .map(row => ({ ...row }))
    await bank.execute('a', { deposit: 10 })
    const { position: first } = await bank.execute('b', { deposit: 3 })
    {
      await using projection = await open()
      await projection.reached(first)
      await eventually('both are there', () => all().length === 2)
    }
    const { position: second } = await bank.execute('a', { withdraw: 4 })
    await using projection = await open()
    await projection.reached(second)
    assert.deepEqual(all(), [
      { account: 'a', balance: 6 },
      { account: 'b', balance: 3 },
    ])
    factor = 100
    await projection.rebuild()
    await projection.reached(first)
    await projection.reached(second)
    assert.deepEqual(all(), [
      { account: 'a', balance: 600 },
      { account: 'b', balance: 300 },
    ])
    isBroken = true
    await bank.execute('a', { deposit: 1 })
    await projection.ended
    assert.equal(projection.state, 'FAILED')
    assert.match(
      projection.error!.message,
      /cannot take in .* at offset \d+: out of order; it stops before it/,
    )
    assert.equal(all()[0]!['balance'], 600)
    assert.equal(closing.statistics.appended, 4)
  }),
)

test(
  'an event that fails is tried again, those before it are done, and none is passed over',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { store, side, balances } = await banking(cluster, 1)
      await using closing = store
      const bank = side()
      for (let amount = 1; amount <= 5; amount++) await bank.execute('a', { deposit: amount })
      const tried: number[] = []
      let failures = 0
      await using projection = balances({
        on: {
          deposited: async ({ stream, data: { amount } }, view) => {
            tried.push(amount)
            add(view, stream, amount)
            if (amount === 3 && failures++ < 3) throw new Error('not yet')
          },
        },
        backoff: () => 1,
        onWarning: () => {},
      })
      await projection.start()
      await projection.reached({
        partition: 0,
        offset: (await store.load('a')).events.at(-1)!.position.offset,
      })
      assert.deepEqual(viewOf(projection), { a: 15 })
      assert.deepEqual(tried, [1, 2, 3, 1, 2, 3, 3, 3, 4, 5])
      assert.equal(projection.statistics.handled, 5)
      assert.equal(closing.statistics.appended, 5)
    }),
)

test(
  'a view of a moment ends there; foreign records and types without a handler are counted',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, accounts, store, side, balances } = await banking(cluster, 1)
      await using closing = store
      const bank = side()
      await bank.execute('a', { deposit: 10 })
      await using producer = new Producer({ brokers })
      await producer.send({
        topic: accounts,
        key: 'a',
        value: { type: 'deposited', data: { amount: 1_000 } },
      })
      await bank.execute('a', { withdraw: 1 })
      const { events: loaded } = await store.load('a')
      await eventually('time has passed', () => Date.now() > loaded[1]!.timestamp + 1)
      const { position } = await bank.execute('a', { deposit: 5 })
      await using then = balances({
        until: { timestamp: loaded[1]!.timestamp },
        on: { deposited: ({ stream, data }, view) => add(view, stream, data.amount) },
      })
      await then.start()
      await then.ended
      assert.deepEqual([then.state, viewOf(then)], ['STOPPED', { a: 10 }])
      const { handled, passedOver, foreign } = then.statistics
      assert.deepEqual([handled, passedOver, foreign], [1, 1, 1])
      await using before = balances({
        until: { offsets: new Map([[0, position!.offset]]) },
        foreign: 'handle',
      })
      await before.run()
      assert.deepEqual(viewOf(before), { a: 1_009 })
      await using nothing = balances({ until: { timestamp: 1 } })
      await nothing.run()
      assert.deepEqual(viewOf(nothing), {})
      assert.equal(closing.statistics.foreign, 1)
    }),
)

test('instances of a group share partitions, and a store that both write to', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, accounts, store, side } = await banking(cluster, 4)
    await using closing = store
    const bank = side()
    const views = memoryViews()
    const name = cluster.uniqueName('shared')
    const open = async () => {
      const projection = new Projection({
        brokers,
        name,
        events: accounts,
        views,
        instances: 'group',
        on: { deposited: ({ stream, data }, view) => add(view, stream, data.amount) },
        consumer: { heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 },
      })
      await projection.start()
      return projection
    }
    await using first = await open()
    const streams = Array.from({ length: 12 }, (_, n) => `account-${n}`)
    for (const stream of streams) await bank.execute(stream, { deposit: 1 })
    {
      await using second = await open()
      await Promise.all(
        streams.map(async stream => second.reached((await bank.execute(stream, { deposit: 2 })).position)),
      )
    }
    await Promise.all(
      streams.map(async stream => first.reached((await bank.execute(stream, { deposit: 4 })).position)),
    )
    assert.deepEqual(viewOf({ view: views.view }), Object.fromEntries(streams.map(stream => [stream, 7])))
    await assert.rejects(first.reached({ partition: 0, offset: 10_000 }, { timeoutMs: 30 }), {
      code: 'OPERATION_TIMEOUT',
    })
    assert.equal(closing.statistics.appended, 36)
  }),
)
