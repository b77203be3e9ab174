// An outbox in SQLite.
import type { AnyTopic } from '@millrace/client'
import type { Publication } from '@millrace/service'
import { sqliteDialect } from '../sql/dialect.ts'
import { runSqlite, runSqliteAlone, type SqliteDatabase } from '../sql/sqlite-client.ts'
import type { SqlStatement } from '../sql/statement.ts'
import type { PreparedRecord } from './prepare.ts'
import { type OutboxOptions, SqlOutbox } from './sql-outbox.ts'

/**
 * Events that are sent if, and only if, the transaction is committed that enqueues them. `createTables()` makes its tables; an {@link OutboxRelay} sends what is in them, in the same process or another one of the
 * machine. Several processes want `PRAGMA journal_mode = WAL` and a `timeout` of the database.
 *
 * @example
 * const outbox = new SqliteOutbox(database)
 * database.exec('BEGIN IMMEDIATE')
 * database.prepare('INSERT INTO orders (id, total) VALUES (?, ?)').run('order-1', 12)
 * outbox.enqueue(database, orders, { key: 'user-7', type: 'order.created', data: { total: 12 } })
 * database.exec('COMMIT')
 */
export class SqliteOutbox extends SqlOutbox {
  /** `database`: a `DatabaseSync` of node:sqlite, or one of better-sqlite3. Throws ConfigError. */
  constructor(database: SqliteDatabase, options: OutboxOptions = {}) {
    const runner = { run: async (statement: SqlStatement) => runSqliteAlone(database, statement) }
    super('SqliteOutbox', sqliteDialect, runner, options)
  }

  /**
   * Enqueues events within the transaction that is open on `database`, at once. Events of one key are sent in the order in which they were enqueued. Returns the `outbox-id` of each. Throws SerializationError,
   * RecordTooLargeError, StateError for a topic whose serdes have to wait ({@link prepare}), and what the database says.
   */
  enqueue<T extends AnyTopic>(
    database: SqliteDatabase,
    topic: T,
    messages: Publication<T> | readonly Publication<T>[],
  ): readonly string[]
  /** The same for what {@link prepare} has made. */
  enqueue(database: SqliteDatabase, prepared: PreparedRecord | readonly PreparedRecord[]): readonly string[]
  enqueue<T extends AnyTopic>(
    database: SqliteDatabase,
    topic: T | PreparedRecord | readonly PreparedRecord[],
    messages?: Publication<T> | readonly Publication<T>[],
  ): readonly string[] {
    const prepared = this.preparedNow(topic, messages)
    for (const statement of this.insertions(prepared)) runSqlite(database, statement)
    return prepared.map(({ id }) => id)
  }
}
