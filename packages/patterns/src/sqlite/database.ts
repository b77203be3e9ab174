// What is needed of a SQLite database: `node:sqlite` and better-sqlite3 both have it.

/** A statement that is prepared. */
export interface SqliteStatement {
  /** Runs it for what it changes. */
  run(...parameters: SqliteValue[]): unknown
  /** The first row; undefined for none. */
  get(...parameters: SqliteValue[]): unknown
  /** All rows. */
  all(...parameters: SqliteValue[]): unknown[]
}

/** What is stored in a column. */
export type SqliteValue = string | number | bigint | null | Uint8Array

/**
 * A SQLite database, as `DatabaseSync` of `node:sqlite` and `Database` of better-sqlite3 are one.
 *
 * @example
 * const index = sqliteStreamIndex(new DatabaseSync('orders.db'))
 */
export interface SqliteDatabase {
  /** Runs statements that return nothing. */
  exec(sql: string): unknown
  /** Prepares a statement. */
  prepare(sql: string): SqliteStatement
}

/** Runs work in a transaction of its own: all of it counts, or nothing. Throws what the work throws. */
export function inTransaction<T>(database: SqliteDatabase, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

/** A name of a table that no statement can be broken with. Throws TypeError. */
export function tableName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) return name
  throw new TypeError(`"${name}" is no name of a table; write letters, digits and underscores`)
}
