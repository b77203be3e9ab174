// An outbox in MySQL or MariaDB.
import { type AnyTopic, StateError } from '@millrace/client'
import type { Publication } from '@millrace/service'
import { mysqlDialect } from '../sql/dialect.ts'
import { type MysqlPool, type MysqlQueryable, runMysql } from '../sql/mysql-client.ts'
import type { PreparedRecord } from './prepare.ts'
import { type OutboxOptions, SqlOutbox } from './sql-outbox.ts'

/**
 * Events that are sent if, and only if, the transaction is committed that enqueues them. `createTables()` makes its tables, which are InnoDB's; an {@link OutboxRelay} sends what is in them.
 *
 * @example
 * const outbox = new MysqlOutbox(pool)
 * await connection.beginTransaction()
 * await connection.query('INSERT INTO orders (id, total) VALUES (?, ?)', ['order-1', 12])
 * await outbox.enqueue(connection, orders, { key: 'user-7', type: 'order.created', data: { total: 12 } })
 * await connection.commit()
 */
export class MysqlOutbox extends SqlOutbox {
  readonly #pool: MysqlPool

  /** `pool`: a pool of `mysql2/promise`. Throws ConfigError. */
  constructor(pool: MysqlPool, options: OutboxOptions = {}) {
    super('MysqlOutbox', mysqlDialect, { run: runMysql.bind(undefined, pool) }, options)
    this.#pool = pool
  }

  /**
   * Enqueues events within a transaction: `connection` is the one that has begun it. Events of one key are sent in the order in which they were enqueued; where transactions are at the same key at the same time, let
   * them lock what the key stands for before they enqueue, as an UPDATE of its row does. Resolves with the `outbox-id` of each. Throws SerializationError, RecordTooLargeError, StateError for the pool itself, which
   * has no transaction, and what the database says.
   */
  enqueue<T extends AnyTopic>(
    connection: MysqlQueryable,
    topic: T,
    messages: Publication<T> | readonly Publication<T>[],
  ): Promise<readonly string[]>
  /** The same for what {@link prepare} has made. */
  enqueue(
    connection: MysqlQueryable,
    prepared: PreparedRecord | readonly PreparedRecord[],
  ): Promise<readonly string[]>
  async enqueue<T extends AnyTopic>(
    connection: MysqlQueryable,
    topic: T | PreparedRecord | readonly PreparedRecord[],
    messages?: Publication<T> | readonly Publication<T>[],
  ): Promise<readonly string[]> {
    if (connection === this.#pool)
      throw new StateError('enqueue: this is the pool; pass the connection that has begun the transaction')
    const prepared = await this.preparedOf(topic, messages)
    for (const statement of this.insertions(prepared)) await runMysql(connection, statement)
    return prepared.map(({ id }) => id)
  }
}
