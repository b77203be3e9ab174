// The stores of the contract, each with what opens it: one table of its own for each time.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MemoryDedupeStore } from '@millrace/service'
import { type PreparedRecord, SqliteDedupeStore, SqliteOutbox } from '@millrace/stores'
import type { DedupeWorld } from './dedupe-contract.ts'
import type { OutboxWorld } from './outbox-world.ts'
import { openSqlite, type Place } from './places.ts'

let serial = 0

/** Name of a table that no other test has. */
export function freshTable(prefix: string): string {
  return `${prefix}_${process.pid}_${++serial}`
}

export async function memoryDedupe(): Promise<DedupeWorld> {
  return { store: new MemoryDedupeStore(), mark: undefined, close: async () => {} }
}

export async function sqliteDedupe(): Promise<DedupeWorld> {
  const database = new DatabaseSync(':memory:')
  const store = new SqliteDedupeStore(database, { table: freshTable('dedupe') })
  await store.createTables()
  await store.createTables()
  return {
    store,
    mark: async (context, end) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        store.markIn(database, context)
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
      database.exec(end)
    },
    close: async () => database.close(),
  }
}

export async function sqliteOutbox(): Promise<OutboxWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-outbox-'))
  const at = join(directory, 'outbox.db')
  const database = openSqlite(at)
  const table = freshTable('outbox')
  const outbox = new SqliteOutbox(database, { table })
  await outbox.createTables()
  await outbox.createTables()
  return {
    outbox,
    bare: new SqliteOutbox(database, { table: freshTable('bare') }),
    isConcurrent: false,
    place: JSON.stringify({ kind: 'sqlite', at, table } satisfies Place),
    begin: async () => {
      // A transaction of SQLite is over in the turn that it began in.
      const all: PreparedRecord[] = []
      return {
        enqueue: async (topic, messages) => {
          const list = Array.isArray(messages) ? messages : [messages]
          const prepared = await Promise.all(list.map(message => outbox.prepare(topic, message)))
          all.push(...prepared)
          return prepared.map(({ id }) => id)
        },
        end: async how => {
          database.exec('BEGIN IMMEDIATE')
          outbox.enqueue(database, all)
          database.exec(how)
        },
      }
    },
    close: async () => {
      database.close()
      await rm(directory, { recursive: true })
    },
  }
}
