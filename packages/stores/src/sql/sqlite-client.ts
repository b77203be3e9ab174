// As much of node:sqlite as is needed; better-sqlite3 has the same.
import { StateError } from '@millrace/client'
import type { SqlResult, SqlRow, SqlStatement } from './statement.ts'

/** A `DatabaseSync` of node:sqlite, or whatever looks like one. */
export interface SqliteDatabase {
  /** Makes a statement ready. */
  prepare(sql: string): SqliteStatement
  /** Whether a transaction is open (node:sqlite). */
  readonly isTransaction?: boolean
  /** The same (better-sqlite3). */
  readonly inTransaction?: boolean
}

/** A statement that is ready. */
export interface SqliteStatement {
  /** Runs it for what it changes. */
  run(...values: never[]): { readonly changes: number | bigint }
  /** Runs it for its rows. */
  all(...values: never[]): unknown[]
}

/** Runs a statement, at once. Throws what the database says. */
export function runSqlite(database: SqliteDatabase, { text, values }: SqlStatement): SqlResult {
  const statement = database.prepare(text)
  const given = values as never[]
  if (/^\s*SELECT\b/i.test(text)) return { rows: statement.all(...given) as SqlRow[], affected: 0 }
  return { rows: [], affected: Number(statement.run(...given).changes) }
}

/**
 * The same for what is no part of a transaction of the application's: one that is open on the same connection would take it in. Throws StateError while there is one: it spans an `await`.
 */
export function runSqliteAlone(database: SqliteDatabase, statement: SqlStatement): SqlResult {
  if (database.isTransaction ?? database.inTransaction)
    throw new StateError(
      'a transaction is open on this connection of SQLite across an await, so that others’ statements would become part of it: end it in the same turn, or open a connection of its own for the store',
    )
  return runSqlite(database, statement)
}
