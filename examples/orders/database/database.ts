// The database as this application uses it: SQLite or PostgreSQL behind the same few calls.
import type { SqlOutbox } from '@millrace/stores'

export type Value = string | number | bigint | Uint8Array | null
export type Row = Readonly<Record<string, Value>>

/** Statements have `?` for their parameters. */
export interface Sql {
  /** Rows of a query. */
  rows(text: string, ...parameters: readonly Value[]): Promise<readonly Row[]>
  /** Does something; how many rows it changed. */
  run(text: string, ...parameters: readonly Value[]): Promise<number>
  /** The end of a query whose rows are about to be changed: nobody else changes them before the transaction is over. */
  readonly forUpdate: string
}

export interface Database extends Sql {
  /** What is to be sent once the transaction is committed that it was written in. */
  readonly outbox: SqlOutbox
  /** All of `work` or nothing. Rejects with what `work` throws, and with what the database refuses. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The database cannot be used now: another attempt may do better. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError'
  readonly retriable = true
}

/** A database that refuses while `isAway` says so, as one that is restarted or out of connections would. */
export function refusing(database: Database, isAway: () => boolean): Database {
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isAway()) throw new DatabaseAwayError('the database refuses connections')
    return work()
  }
  return {
    forUpdate: database.forUpdate,
    outbox: database.outbox,
    rows: (text, ...parameters) => guard(() => database.rows(text, ...parameters)),
    run: (text, ...parameters) => guard(() => database.run(text, ...parameters)),
    transaction: work => guard(() => database.transaction(work)),
    close: () => database.close(),
  }
}

/** A number of a row. */
export function numberOf(row: Row | undefined, column: string): number {
  return Number(row?.[column] ?? 0)
}

/** A text of a row. */
export function textOf(row: Row, column: string): string {
  return String(row[column])
}
