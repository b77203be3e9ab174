// A dedupe store in MySQL or MariaDB.
import type { Deduplicated } from '@millrace/service'
import { mysqlDialect } from '../sql/dialect.ts'
import { type MysqlPool, type MysqlQueryable, runMysql } from '../sql/mysql-client.ts'
import { type SqlDedupeOptions, SqlDedupeStore } from './sql-dedupe-store.ts'

/**
 * Remembers in MySQL or MariaDB which records were handled. `createTables()` makes its table.
 *
 * @example
 * const store = new MysqlDedupeStore(createPool('mysql://localhost/shop')) // of mysql2/promise
 * await store.createTables()
 * service.handle(orders, { 'order.created': charge }, { dedupe: { store } })
 */
export class MysqlDedupeStore extends SqlDedupeStore {
  /** `pool`: a pool of `mysql2/promise`. Throws ConfigError. */
  constructor(pool: MysqlPool, options: SqlDedupeOptions = {}) {
    super('MysqlDedupeStore', mysqlDialect, { run: runMysql.bind(undefined, pool) }, options)
  }

  /**
   * Marks the record in hand, or all of the batch, as handled, within a transaction of the handler's: what it does there is done once, whatever crashes. Nothing can be published behind it; an outbox takes
   * events in the same transaction. Throws ClaimLostError where another has handled it meanwhile: then the transaction must be rolled back, as for every error; StateError without `dedupe`, and where the
   * handler has published something.
   *
   * @example
   * await connection.beginTransaction()
   * await connection.query('UPDATE accounts SET balance = balance - ? WHERE id = ?', [12, 'user-7'])
   * await store.markIn(connection, context)
   * await connection.commit()
   */
  async markIn(connection: MysqlQueryable, context: Deduplicated): Promise<void> {
    const { statement, count } = this.marking(context)
    const { affected } = await runMysql(connection, statement)
    this.checkMarked(affected, count)
  }
}
