// Where an outbox is, as a text that another process opens it by.
import { DatabaseSync } from 'node:sqlite'
import { MysqlOutbox, PostgresOutbox, type SqlOutbox, SqliteOutbox } from '@millrace/stores'

export interface Place {
  readonly kind: 'sqlite' | 'postgres' | 'mysql'
  /** File or URL. */
  readonly at: string
  readonly table: string
}

/** Opens it, with a client of its own; drivers are loaded when they are wanted. */
export async function openPlace(text: string): Promise<SqlOutbox> {
  const { kind, at, table } = JSON.parse(text) as Place
  switch (kind) {
    case 'sqlite':
      return new SqliteOutbox(openSqlite(at), { table })
    case 'postgres': {
      const { default: pg } = await import('pg')
      return new PostgresOutbox(new pg.Pool({ connectionString: at, max: 5 }), { table })
    }
    case 'mysql': {
      const { default: mysql } = await import('mysql2/promise')
      return new MysqlOutbox(mysql.createPool({ uri: at, connectionLimit: 5 }), { table })
    }
  }
}

/** A database that several processes have open. */
export function openSqlite(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 10_000 })
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  return database
}
