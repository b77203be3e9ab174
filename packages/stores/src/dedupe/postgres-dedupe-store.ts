// A dedupe store in PostgreSQL.
import type { Deduplicated } from '@millrace/service'
import { postgresDialect } from '../sql/dialect.ts'
import { type PostgresPool, type PostgresQueryable, runPostgres } from '../sql/postgres-client.ts'
import { type SqlDedupeOptions, SqlDedupeStore } from './sql-dedupe-store.ts'

/**
 * Remembers in PostgreSQL which records were handled. `createTables()` makes its table.
 *
 * @example
 * const store = new PostgresDedupeStore(new pg.Pool())
 * await store.createTables()
 * service.handle(orders, { 'order.created': charge }, { dedupe: { store } })
 */
export class PostgresDedupeStore extends SqlDedupeStore {
  /** `pool`: a `Pool` of pg. Throws ConfigError. */
  constructor(pool: PostgresPool, options: SqlDedupeOptions = {}) {
    const runner = { run: runPostgres.bind(undefined, pool) }
    super('PostgresDedupeStore', postgresDialect, runner, options)
  }

  /**
   * Marks the record in hand, or all of the batch, as handled, within a transaction of the handler's: what it does there is done once, whatever crashes. Nothing can be published behind it; an outbox takes
   * events in the same transaction. Throws ClaimLostError where another has handled it meanwhile: then the transaction must be rolled back, as for every error; StateError without `dedupe`, and where the
   * handler has published something.
   *
   * @example
   * await client.query('BEGIN')
   * await client.query('UPDATE accounts SET balance = balance - $1 WHERE id = $2', [12, 'user-7'])
   * await store.markIn(client, context)
   * await client.query('COMMIT')
   */
  async markIn(client: PostgresQueryable, context: Deduplicated): Promise<void> {
    const { statement, count } = this.marking(context)
    const { affected } = await runPostgres(client, statement)
    this.checkMarked(affected, count)
  }
}
