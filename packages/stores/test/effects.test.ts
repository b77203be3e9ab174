// Services over stores: what a handler does in its database is done once, and events of an outbox are handled once. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseSync } from 'node:sqlite'
import { Admin, type AnyTopic } from '@millrace/client'
import { type BatchContext, type Deduplicated, fixed, type HandlerContext, Service } from '@millrace/service'
import { SqliteDedupeStore, SqliteOutbox } from '@millrace/stores'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import { numbersOf, relayOf } from './contract/outbox-world.ts'

const timeout = 90_000

/** A ledger of entries, and a store beside it. */
async function openBank() {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE entries (n INTEGER)')
  const store = new SqliteDedupeStore(database)
  await store.createTables()
  const outbox = new SqliteOutbox(database)
  await outbox.createTables()
  return {
    database,
    store,
    outbox,
    /** Enters numbers within a transaction that marks their records. */
    enter: (numbers: readonly number[], context: Deduplicated, more: () => void = () => {}): void => {
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const n of numbers) database.prepare('INSERT INTO entries VALUES (?)').run(n)
        store.markIn(database, context)
        more()
        database.exec('COMMIT')
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    entries: () =>
      (database.prepare('SELECT n FROM entries ORDER BY n').all() as { n: number }[]).map(({ n }) => n),
  }
}

const quick = ({ brokers }: TestCluster) => ({
  brokers,
  commitIntervalMs: 50,
  consumer: { heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 },
})

async function caughtUp(
  { brokers }: TestCluster,
  groupId: string,
  topics: readonly AnyTopic[],
): Promise<void> {
  await using admin = new Admin({ brokers })
  await eventually(`group ${groupId} has caught up`, async () => {
    const [group] = await admin.describeGroupLag([groupId])
    const names = new Set(group?.partitions.map(({ topic }) => topic))
    return topics.every(({ name }) => names.has(name)) && group!.partitions.every(({ lag }) => lag === 0)
  })
}

const range = (to: number) => Array.from({ length: to }, (_, n) => n)

test(
  'an effect and its mark are one: attempts that fail before the commit do it again, those behind it do not',
  { timeout },
  () =>
    withCluster(async cluster => {
      const numbers = numbersOf(await cluster.createTopic())
      const totals = numbersOf(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      const { store, outbox, database, enter, entries } = await openBank()
      const calls: number[] = []
      const refused: string[] = []
      await using service = new Service({ ...quick(cluster), name })
      service.handle(
        numbers,
        {
          counted: async ({ data: { n } }, context: HandlerContext<string>) => {
            calls.push(n)
            const event = { key: context.key, type: 'counted' as const, data: { n } }
            if (n === 1 && context.attempt === 1) enter([n], context, () => assert.fail('before the commit'))
            if (n === 2) {
              context.publish(totals, event)
              try {
                enter([n], context)
              } catch (error) {
                refused.push((error as Error).message)
              }
              return
            }
            enter([n], context, () => outbox.enqueue(database, totals, event))
            if (n === 3) throw new Error('behind the commit')
            if (n === 4)
              try {
                context.publish(totals, event)
              } catch (error) {
                refused.push((error as Error).message)
              }
          },
        },
        { dedupe: { store }, retry: { attempts: 3, backoff: fixed(1) } },
      )
      await service.start()
      for (const n of [0, 1, 2, 3, 4, 3, 1])
        await service.publish(numbers, { key: 'a', type: 'counted', id: `event-${n}`, data: { n } })
      await caughtUp(cluster, name, [numbers])
      await service.stop()
      assert.deepEqual(calls, [0, 1, 1, 2, 3, 4], 'the one that failed behind its commit is done')
      assert.deepEqual(entries(), [0, 1, 3, 4])
      assert.match(refused[0]!, /the handler has published something/)
      assert.match(refused[1]!, /the record is marked as handled in a transaction/)
      assert.equal((await outbox.status()).pending, 4)
    }),
)

test('a batch is entered and marked in one transaction', { timeout }, () =>
  withCluster(async cluster => {
    const numbers = numbersOf(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    const { store, enter, entries } = await openBank()
    let failures = 0
    await using service = new Service({ ...quick(cluster), name })
    service.handleBatch(
      numbers,
      async (items, context: BatchContext<string>) => {
        enter(
          items.map(({ data: { n } }) => n),
          context,
        )
        if (failures++ === 0) throw new Error('behind the commit')
      },
      { dedupe: { store }, batch: { maxWaitMs: 100 } },
    )
    const send = (...list: number[]) =>
      Promise.all(
        list.map(n => service.publish(numbers, { key: 'a', type: 'counted', id: `event-${n}`, data: { n } })),
      )
    await service.start()
    await send(...range(20), ...range(20))
    await caughtUp(cluster, name, [numbers])
    await send(...range(25))
    await caughtUp(cluster, name, [numbers])
    assert.deepEqual(entries(), range(25))
  }),
)

test('what a relay sends twice is handled once', { timeout }, () =>
  withCluster(async cluster => {
    const numbers = numbersOf(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    const { store, outbox, database } = await openBank()
    const handled: number[] = []
    await using service = new Service({ ...quick(cluster), name })
    service.handle(numbers, { counted: ({ data: { n } }) => void handled.push(n) }, { dedupe: { store } })
    await service.start()
    database.exec('BEGIN')
    outbox.enqueue(
      database,
      numbers,
      range(10).map(n => ({ key: 'a', type: 'counted' as const, data: { n } })),
    )
    database.exec('COMMIT')
    const first = relayOf(cluster, outbox, { keepSentMs: 60_000 })
    await first.start()
    await eventually('all is sent', () => first.statistics.sentRows === 10)
    await first.stop()
    // As if it had been killed before it could say so.
    database.exec('UPDATE millrace_outbox SET state = 0')
    await using second = relayOf(cluster, outbox)
    await second.start()
    await eventually('all is sent again', () => second.statistics.sentRows === 10)
    await caughtUp(cluster, name, [numbers])
    assert.equal((await readTopic(cluster.brokers, numbers.name)).length, 20)
    assert.deepEqual(handled, range(10))
  }),
)

test('a transaction that is open across an await takes nothing in', async () => {
  const { database, store, outbox } = await openBank()
  database.exec('BEGIN')
  await assert.rejects(outbox.status(), /a transaction is open on this connection of SQLite across an await/)
  await assert.rejects(
    store.claim({ scope: 'a', owner: 'b', ids: ['c'], leaseMs: 1_000 }),
    /open a connection of its own for the store/,
  )
  database.exec('ROLLBACK')
  assert.equal((await outbox.status()).pending, 0)
})

test('what is given wrongly is refused by name', async () => {
  const { database, store, outbox } = await openBank()
  assert.throws(() => new SqliteOutbox(database, { tabel: 'a' } as object), /did you mean "table"/)
  assert.throws(() => new SqliteDedupeStore(database, { sweepRows: 0 }), /sweepRows is 0/)
  assert.throws(() => store.markIn(database, {}), /the handler has no dedupe store/)
  await assert.rejects(outbox.listSetAside({ limit: 0 }), /limit is 0/)
  const relay = (options: object) => () => relayOf({ brokers: ['127.0.0.1:1'] }, outbox, options)
  assert.throws(relay({ poison: 'skip' }), /poison is "skip"/)
  assert.throws(relay({ producer: { acks: 1 } }), /producer\.acks is set by the relay/)
  assert.throws(relay({ batchRow: 1 }), /did you mean "batchRows"/)
  assert.throws(relay({ outbox: {} }), /outbox is none/)
  const large = numbersOf('numbers')
  const event = { key: 'x'.repeat(2_000_000), type: 'counted' as const, data: { n: 1 } }
  assert.throws(() => outbox.enqueue(database, large, event), { name: 'RecordTooLargeError' })
})
