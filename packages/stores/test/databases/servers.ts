// Stores in servers of databases, by the URLs that the environment names: each test with tables of its own.
import {
  MysqlDedupeStore,
  MysqlOutbox,
  PostgresDedupeStore,
  PostgresOutbox,
  RedisDedupeStore,
} from '@millrace/stores'
import { Redis } from 'ioredis'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { createClient } from 'redis'
import { freshTable } from '../contract/databases.ts'
import type { DedupeWorld } from '../contract/dedupe-contract.ts'
import type { OutboxWorld } from '../contract/outbox-world.ts'
import type { Place } from '../contract/places.ts'

/** Why the tests of a server are passed over; undefined where it is there. */
export function whyNot(variable: string): string | undefined {
  return process.env[variable]
    ? undefined
    : `needs the server that ${variable} names: npm run test:conformance -- --only stores`
}

export async function postgresDedupe(url: string): Promise<DedupeWorld> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const store = new PostgresDedupeStore(pool, { table: freshTable('dedupe') })
  await Promise.all([store.createTables(), store.createTables(), store.createTables()])
  return {
    store,
    mark: async (context, end) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        await store.markIn(client, context)
        await client.query(end)
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}

export async function mysqlDedupe(url: string): Promise<DedupeWorld> {
  const pool = mysql.createPool({ uri: url, connectionLimit: 10 })
  const store = new MysqlDedupeStore(pool, { table: freshTable('dedupe') })
  await Promise.all([store.createTables(), store.createTables(), store.createTables()])
  return {
    store,
    mark: async (context, end) => {
      const connection = await pool.getConnection()
      try {
        await connection.beginTransaction()
        await store.markIn(connection, context)
        await connection.query(end)
      } catch (error) {
        await connection.rollback()
        throw error
      } finally {
        connection.release()
      }
    },
    close: () => pool.end(),
  }
}

export async function ioredisDedupe(url: string): Promise<DedupeWorld> {
  const client = new Redis(url)
  const store = new RedisDedupeStore(client, { prefix: `${freshTable('ioredis')}:` })
  return {
    store,
    mark: undefined,
    close: async () => {
      await client.quit()
    },
  }
}

export async function nodeRedisDedupe(url: string): Promise<DedupeWorld> {
  const client = createClient({ url })
  await client.connect()
  const store = new RedisDedupeStore(client, { prefix: `${freshTable('redis')}:` })
  return { store, mark: undefined, close: async () => client.destroy() }
}

export interface PostgresWorld extends OutboxWorld {
  readonly pool: pg.Pool
}

export async function postgresOutbox(url: string): Promise<PostgresWorld> {
  const pool = new pg.Pool({ connectionString: url, max: 20 })
  const table = `public.${freshTable('outbox')}`
  const outbox = new PostgresOutbox(pool, { table })
  await Promise.all([outbox.createTables(), outbox.createTables(), outbox.createTables()])
  return {
    pool,
    outbox,
    bare: new PostgresOutbox(pool, { table: freshTable('bare') }),
    isConcurrent: true,
    place: JSON.stringify({ kind: 'postgres', at: url, table } satisfies Place),
    begin: async () => {
      const client = await pool.connect()
      await client.query('BEGIN')
      return {
        enqueue: (topic, messages) => outbox.enqueue(client, topic, messages),
        end: async how => {
          await client.query(how)
          client.release()
        },
      }
    },
    close: () => pool.end(),
  }
}

export async function mysqlOutbox(url: string): Promise<OutboxWorld> {
  const pool = mysql.createPool({ uri: url, connectionLimit: 20 })
  const table = freshTable('outbox')
  const outbox = new MysqlOutbox(pool, { table })
  await Promise.all([outbox.createTables(), outbox.createTables(), outbox.createTables()])
  return {
    outbox,
    bare: new MysqlOutbox(pool, { table: freshTable('bare') }),
    isConcurrent: true,
    place: JSON.stringify({ kind: 'mysql', at: url, table } satisfies Place),
    begin: async () => {
      const connection = await pool.getConnection()
      await connection.beginTransaction()
      return {
        enqueue: (topic, messages) => outbox.enqueue(connection, topic, messages),
        end: async how => {
          await connection.query(how)
          connection.release()
        },
      }
    },
    close: () => pool.end(),
  }
}
