// A dedupe store in SQLite.
import type { Deduplicated } from '@millrace/service'
import { sqliteDialect } from '../sql/dialect.ts'
import { runSqlite, runSqliteAlone, type SqliteDatabase } from '../sql/sqlite-client.ts'
import { type SqlDedupeOptions, SqlDedupeStore } from './sql-dedupe-store.ts'

/**
 * Remembers in SQLite which records were handled: for instances on one machine. `createTables()` makes its table. Several processes want `PRAGMA journal_mode = WAL` and a `timeout` of the database.
 *
 * @example
 * const store = new SqliteDedupeStore(new DatabaseSync('billing.db', { timeout: 5_000 }))
 * await store.createTables()
 * service.handle(orders, { 'order.created': charge }, { dedupe: { store } })
 */
export class SqliteDedupeStore extends SqlDedupeStore {
  /** `database`: a `DatabaseSync` of node:sqlite, or one of better-sqlite3. Throws ConfigError. */
  constructor(database: SqliteDatabase, options: SqlDedupeOptions = {}) {
    const runner = {
      run: async (statement: Parameters<typeof runSqlite>[1]) => runSqliteAlone(database, statement),
    }
    super('SqliteDedupeStore', sqliteDialect, runner, options)
  }

  /**
   * Marks the record in hand, or all of the batch, as handled, within a transaction of the handler's, at once: what it does there is done once, whatever crashes. Nothing can be published behind it; an
   * outbox takes events in the same transaction. Throws ClaimLostError where another has handled it meanwhile: then the transaction must be rolled back, as for every error; StateError without `dedupe`,
   * and where the handler has published something.
   *
   * @example
   * database.exec('BEGIN IMMEDIATE')
   * database.prepare('UPDATE accounts SET balance = balance - ? WHERE id = ?').run(12, 'user-7')
   * store.markIn(database, context)
   * database.exec('COMMIT')
   */
  markIn(database: SqliteDatabase, context: Deduplicated): void {
    const { statement, count } = this.marking(context)
    this.checkMarked(runSqlite(database, statement).affected, count)
  }
}
