// Clients of drivers: their types are what stores take, and what is none of them is refused.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { Database } from 'better-sqlite3'
import type { Cluster, Redis } from 'ioredis'
import type { Pool as CallbackPool } from 'mysql2'
import type { Pool as MysqlPoolOfDriver, PoolConnection } from 'mysql2/promise'
import type { Pool, PoolClient } from 'pg'
import type { createClient } from 'redis'
import type {
  MysqlPool,
  MysqlQueryable,
  PostgresClient,
  PostgresPool,
  RedisClient,
  SqliteDatabase,
} from '@millrace/stores'
import { redisCallOf } from '../../src/dedupe/redis-client.ts'
import { runMysql } from '../../src/sql/mysql-client.ts'
import { runSqlite } from '../../src/sql/sqlite-client.ts'

type Takes<Wanted, Given extends Wanted> = Given
/** Compiled: that is the check. */
export type Drivers = [
  Takes<PostgresPool, Pool>,
  Takes<PostgresClient, PoolClient>,
  Takes<MysqlPool, MysqlPoolOfDriver>,
  Takes<MysqlQueryable, PoolConnection>,
  Takes<RedisClient, Redis>,
  Takes<RedisClient, Cluster>,
  Takes<RedisClient, ReturnType<typeof createClient>>,
  Takes<SqliteDatabase, DatabaseSync>,
  Takes<SqliteDatabase, Database>,
]

test('clients of Redis are called as each wants it', async () => {
  const sent: unknown[] = []
  const call = (...given: string[]) => Promise.resolve(sent.push(given))
  // ioredis has a sendCommand, too, which takes something else.
  await redisCallOf({ call, sendCommand: () => assert.fail('ioredis is not called so') } as RedisClient)([
    'A',
    'b',
  ])
  await redisCallOf({ sendCommand: given => Promise.resolve(sent.push(['redis', ...given])) })(['A', 'b'])
  assert.deepEqual(sent, [
    ['A', 'b'],
    ['redis', 'A', 'b'],
  ])
  assert.throws(() => redisCallOf({} as RedisClient), /the Redis client is none/)
})

test('a client of MySQL that answers by callbacks is told apart', async () => {
  const pool = { query: () => ({ on: () => {} }) } as unknown as CallbackPool
  const statement = { text: 'SELECT 1', values: [] }
  await assert.rejects(runMysql(pool as unknown as MysqlQueryable, statement), /make it by "mysql2\/promise"/)
})

test('statements of SQLite have rows or changes', () => {
  const database = new DatabaseSync(':memory:')
  const run = (text: string, ...values: (string | number)[]) => runSqlite(database, { text, values })
  run('CREATE TABLE a (b INTEGER)')
  assert.equal(run('INSERT INTO a VALUES (?), (?)', 1, 2).affected, 2)
  assert.deepEqual(
    run('SELECT b FROM a WHERE b > ?', 1).rows.map(({ b }) => b),
    [2],
  )
  assert.equal(run('DELETE FROM a').affected, 2)
})
