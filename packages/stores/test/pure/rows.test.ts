// What rows of an outbox are made of: headers as text, lanes, shards, statements for each database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { headersOf, headersText, laneOf, rowOf, shardCount } from '../../src/outbox/row.ts'
import { OutboxTable } from '../../src/outbox/outbox-table.ts'
import { mysqlDialect, postgresDialect, sqliteDialect } from '../../src/sql/dialect.ts'
import { numbered } from '../../src/sql/statement.ts'
import { tableName } from '../../src/sql/table-name.ts'

const bytes = fc.uint8Array({ maxLength: 40 }).map(each => Buffer.from(each))

test('headers come back as they were: text, other bytes, none', () => {
  const header = fc.record({
    key: fc.string({ unit: 'binary', maxLength: 12 }).filter(key => key.isWellFormed()),
    value: fc.oneof(
      fc.constant(null),
      bytes,
      fc.string({ unit: 'binary', maxLength: 30 }).map(text => Buffer.from(text)),
    ),
  })
  fc.assert(
    fc.property(fc.array(header, { maxLength: 4 }), headers => {
      assert.deepEqual(
        headersOf(headersText(headers)),
        headers.map(each => ({ ...each })),
      )
    }),
  )
})

test('records of a topic and key share a lane, and those of no key are by themselves', () => {
  fc.assert(
    fc.property(fc.string(), bytes, fc.uuid(), fc.uuid(), (topic, key, one, two) => {
      const lane = laneOf(topic, key, one)
      assert.equal(lane, laneOf(topic, key, two))
      assert.ok(Number.isSafeInteger(lane) && lane >= 0)
      assert.notEqual(laneOf(topic, null, one), lane)
      if (one !== two) assert.notEqual(laneOf(topic, null, one), laneOf(topic, null, two))
    }),
  )
  assert.notEqual(laneOf('a', Buffer.from('b'), ''), laneOf('ab', Buffer.from(''), ''))
})

test('shards get about the same', () => {
  const counts = new Uint32Array(shardCount)
  for (let n = 0; n < 32_000; n++) {
    const { shard } = rowOf({ topic: 'orders', key: `user-${n}`, value: null }, String(n), 0)
    counts[shard]!++
  }
  assert.ok(Math.min(...counts) > 800 && Math.max(...counts) < 1_200, String([...counts]))
})

test('a row keeps what a record says of partition and time, and has a time where it says nothing', () => {
  const bare = rowOf({ topic: 'orders', value: 'é', partition: -1 }, 'id', 7)
  assert.deepEqual([bare.key, bare.value, bare.partition, bare.timestamp], [null, Buffer.from('é'), null, 7])
  assert.equal(bare.size, 2 + '[]'.length)
  const full = rowOf({ topic: 'orders', key: 'k', value: null, partition: 3, timestamp: 5 }, 'id', 7)
  assert.deepEqual([full.key, full.value, full.partition, full.timestamp], [Buffer.from('k'), null, 3, 5])
})

test('places are as the database has them', () => {
  assert.equal(numbered('a = ? AND b IN (?, ?)'), 'a = $1 AND b IN ($2, $3)')
  const { text, values } = mysqlDialect.statement('a = ?', ["x'\\"])
  assert.equal(text, 'a = ?')
  assert.deepEqual(values, [Buffer.from("x'\\")], 'texts go as bytes, which no mode of SQL reads otherwise')
})

test('tables are quoted, with their schema', () => {
  const postgres = tableName('a', 'shop.out"box', postgresDialect.quote)
  assert.equal(postgres.quoted, '"shop"."out""box"')
  assert.equal(postgres.beside('leases'), '"shop"."out""box_leases"')
  assert.equal(postgres.index('pending'), '"out""box_pending"')
  assert.equal(tableName('a', 'out`box', mysqlDialect.quote).quoted, '`out``box`')
  for (const wrong of ['', 'a.', 'a.b.c', 'x'.repeat(49), 'a?', 7, undefined])
    assert.throws(() => tableName('the outbox', wrong, sqliteDialect.quote), /the outbox: table is/)
})

test('statements have as many values as places', () => {
  const rows = [1, 2, 3].map(n => rowOf({ topic: 'orders', key: `k${n}`, value: 'v' }, `id-${n}`, 0))
  for (const dialect of [postgresDialect, mysqlDialect, sqliteDialect]) {
    const table = new OutboxTable(dialect, 'shop.outbox')
    const exclusions = { lanes: [1, 2], topics: ['a'] }
    for (const { text, values } of [
      table.insert(rows, dialect === postgresDialect ? 'channel' : undefined),
      table.heads([0, 5, 31], 10, exclusions),
      table.heads([0], 10, { lanes: [], topics: [] }),
      table.rows([1, 2, 3]),
      table.remove([1]),
      table.keep([1, 2]),
      table.setAside(1, 'why'),
      table.clean(100, 10),
      table.counts(),
      table.listSetAside(0, 10),
      table.retry(['a', 'b']),
      table.discard(['a']),
    ]) {
      const found = dialect === postgresDialect ? text.match(/\$\d+/g) : text.match(/\?/g)
      assert.equal(found?.length ?? 0, values.length, text)
    }
  }
})
