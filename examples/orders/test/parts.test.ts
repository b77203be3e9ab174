// Parts of the application by themselves: its database, what it remembers, who is among a share, how fast it goes.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Instruction } from '@millrace/service'
import { temporaryDir } from '@millrace/example-kit/testing'
import { DatabaseAwayError, refusing } from '../database/database.ts'
import { type DatabasePlace, openDatabase, prepare } from '../database/open-database.ts'
import { Shoppers } from '../generator.ts'
import { type InHand, once } from '../inbox.ts'
import { Pace } from '../pace.ts'
import { isAmong } from '../switches.ts'
import { blockDatabase } from '../chaos/block-database.ts'
import { booksViolations } from '../chaos/checks.ts'
import { seeded } from '../chaos/seeded.ts'
import { Reports } from '../worker-report.ts'

async function withDatabase(use: (place: DatabasePlace) => Promise<void>): Promise<void> {
  const [dir, remove] = temporaryDir('orders-parts')
  try {
    await use({ file: join(dir, 'orders.sqlite'), url: process.env['DATABASE_URL'] })
  } finally {
    remove()
  }
}

/** An event in hand, from a place. */
function inHand(id: string, offset: number): InHand {
  const origin = { topic: 'orders', partition: 1, offset, timestamp: 0, timestampType: undefined }
  return { id, context: { origin } as InHand['context'] }
}

test('a transaction is all or nothing, and statements beside it are no part of it', () =>
  withDatabase(async place => {
    const database = await openDatabase(place)
    try {
      await prepare(database)
      const count = async () => (await database.rows('SELECT COUNT(*) AS n FROM bookings'))[0]!['n']
      const before = await count()
      const book = 'INSERT INTO bookings (key, order_id, version, cents, at) VALUES (?, ?, 1, 1, 1)'
      const failing = database.transaction(async sql => {
        await sql.run(book, `a-${Date.now()}`, 'a')
        throw new Error('not that way')
      })
      const beside = database.run(book, `b-${Date.now()}`, 'b')
      await assert.rejects(failing, /not that way/)
      await beside
      assert.equal(Number(await count()) - Number(before), 1)
      let isAway = true
      const guarded = refusing(database, () => isAway)
      await assert.rejects(guarded.rows('SELECT 1'), DatabaseAwayError)
      await assert.rejects(
        guarded.transaction(async () => {}),
        /refuses connections/,
      )
      isAway = false
      assert.equal((await guarded.rows('SELECT 1 AS one'))[0]!['one'], 1)
    } finally {
      await database.close()
    }
  }))

test('a database that somebody else has is away, which another attempt may do better with', () =>
  withDatabase(async place => {
    const database = await openDatabase(place)
    try {
      await prepare(database)
      const blocked = blockDatabase(place, 650)
      const write = () =>
        database.run(
          "INSERT INTO progress (topic, part, next_offset) VALUES ('blocked', 0, 0) ON CONFLICT DO NOTHING",
        )
      const tries = async () => {
        for (;;) await write()
      }
      await assert.rejects(tries(), error => error instanceof DatabaseAwayError && error.retriable)
      await blocked
      await write()
    } finally {
      await database.close()
    }
  }))

test('an event is worked on once: the same record has the same result, another one with the same event none', () =>
  withDatabase(async place => {
    const database = await openDatabase(place)
    try {
      await prepare(database)
      let calls = 0
      const id = `event-${Date.now()}`
      const work = async () => ({ call: ++calls })
      assert.deepEqual(await once(database, 'stock', inHand(id, 7), work), { call: 1 })
      assert.deepEqual(await once(database, 'stock', inHand(id, 7), work), { call: 1 })
      const duplicate = await once(database, 'stock', inHand(id, 9), work)
      assert.ok(duplicate instanceof Instruction && duplicate.reason === 'duplicate')
      assert.deepEqual(
        await once(database, 'payment', inHand(id, 7), work),
        { call: 2 },
        'each group for itself',
      )
      await assert.rejects(
        once(database, 'totals', inHand(id, 7), async () => {
          throw new Error('failed')
        }),
      )
      assert.deepEqual(
        await once(database, 'totals', inHand(id, 7), work),
        { call: 3 },
        'what failed is not done',
      )
    } finally {
      await database.close()
    }
  }))

test('the checks of the books see an order, a charge, a stock and a total that are wrong', () =>
  withDatabase(async place => {
    const database = await openDatabase(place)
    const order = `order-${Date.now()}`
    const one = 'WHERE id = ?'
    try {
      await prepare(database)
      await database.run(
        `INSERT INTO orders (id, buyer, sku, priority, placed_at, version, quantity, cents, is_cancelled, stock_version, reserved,
         settled_version, status, counted_cents) VALUES (?, ?, 'lamp', 'normal', 1, 1, 2, 9800, 0, 1, 2, 1, 'completed', 9800)`,
        order,
        order,
      )
      await database.run("UPDATE stock SET available = available - 2 WHERE sku = 'lamp'")
      const book = 'INSERT INTO bookings (key, order_id, version, cents, at) VALUES (?, ?, 1, 9800, 1)'
      await database.run(book, `${order}:1`, order)
      const total = "INSERT INTO totals (buyer, status, orders, cents) VALUES (?, 'completed', 1, 9800)"
      await database.run(total, order)
      assert.deepEqual(await booksViolations(database, 'at first'), [])
      const wrongs: readonly (readonly [RegExp, string, string])[] = [
        [
          /as nobody wanted it/,
          `UPDATE orders SET is_cancelled = 1 ${one}`,
          `UPDATE orders SET is_cancelled = 0 ${one}`,
        ],
        [
          /another quantity/,
          `UPDATE orders SET reserved = 1 ${one}`,
          `UPDATE orders SET reserved = 2 ${one}`,
        ],
        [
          /another amount than it costs/,
          `UPDATE orders SET cents = 1 ${one}`,
          `UPDATE orders SET cents = 9800 ${one}`,
        ],
        [
          /somebody was charged/,
          'UPDATE bookings SET cents = 19600 WHERE order_id = ?',
          'UPDATE bookings SET cents = 9800 WHERE order_id = ?',
        ],
        [
          /stock is not where/,
          "UPDATE stock SET available = available - 1 WHERE sku = 'lamp' AND ? <> ''",
          "UPDATE stock SET available = available + 1 WHERE sku = 'lamp' AND ? <> ''",
        ],
        [
          /a total is not the sum/,
          'UPDATE totals SET orders = 2 WHERE buyer = ?',
          'UPDATE totals SET orders = 1 WHERE buyer = ?',
        ],
      ]
      for (const [what, breakIt, mendIt] of wrongs) {
        assert.equal(await database.run(breakIt, order), 1)
        assert.match((await booksViolations(database, 'now')).join('\n'), what)
        await database.run(mendIt, order)
      }
      assert.deepEqual(await booksViolations(database, 'in the end'), [])
    } finally {
      await database.close()
    }
  }))

test('a share of all is among it, the same ones each time', () => {
  const ids = Array.from({ length: 10_000 }, (_, number) => `order-${number}`)
  for (const share of [0, 0.01, 0.2, 0.5, 1]) {
    const found = ids.filter(id => isAmong(share, id))
    assert.ok(Math.abs(found.length / ids.length - share) < 0.02, `${found.length} of ${share}`)
    assert.deepEqual(
      ids.filter(id => isAmong(share, id)),
      found,
    )
  }
  assert.ok(ids.filter(id => isAmong(0.2, id)).every(id => isAmong(0.5, id)))
})

test('the pace is that of the last seconds, and waits are those of new orders by urgency', () => {
  let now = 1_000_000
  const pace = new Pace(() => now)
  const settled = {
    order: 'o',
    version: 1,
    status: 'completed',
    cents: 1,
    was: null,
    priority: 'normal',
    placedAt: 0,
    settledAt: 300,
  } as const
  for (let second = 0; second < 10; second++) {
    for (let count = 0; count < 20; count++) pace.note(settled)
    now += 1_000
  }
  pace.note({ ...settled, priority: 'high', settledAt: 40 })
  pace.note({ ...settled, version: 2, settledAt: 9_000_000 })
  assert.equal(pace.perSecond, 20)
  assert.deepEqual(pace.waits, { normal: 300, high: 40 })
  now += 60_000
  assert.equal(pace.perSecond, 0)
  assert.deepEqual(pace.waits, { normal: null, high: null })
})

test('shoppers change and cancel what was placed, each order once at most', () => {
  const shoppers = new Shoppers(seeded(7))
  const cancelled = new Set<string>()
  const kinds = { place: 0, update: 0, cancel: 0 }
  for (let number = 0; number < 5_000; number++) {
    const step = shoppers.next()
    kinds[step.kind]++
    if (step.kind === 'place') shoppers.remember(`order-${number}`)
    else assert.ok(!cancelled.has(step.order))
    if (step.kind === 'cancel') cancelled.add(step.order)
  }
  assert.ok(kinds.place > 3_500 && kinds.update > 400 && kinds.cancel > 250, JSON.stringify(kinds))
})

test('what a process said before it died still counts', () => {
  const reports = new Reports()
  const report = { retried: 2, parked: 1, deadLettered: 0, duplicates: 0 }
  reports.hear('a', { ...report, breakers: [{ name: 'stock', state: 'open' }] })
  reports.hear('b', { ...report, breakers: [{ name: 'stock', state: 'closed' }] })
  assert.deepEqual(reports.breakers, [{ name: 'stock', state: 'open' }])
  reports.renew('a')
  assert.deepEqual(reports.counts, { retried: 4, parked: 2, deadLettered: 0, duplicates: 0 })
  assert.deepEqual(reports.breakers, [{ name: 'stock', state: 'closed' }])
})
