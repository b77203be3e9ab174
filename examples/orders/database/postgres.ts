// PostgreSQL as the application's database.
import { PostgresOutbox } from '@millrace/stores'
import { Pool, type PoolClient, types } from 'pg'
import { type Database, DatabaseAwayError, type Row, type Sql, type Value } from './database.ts'

const connectionsMax = 10
const connectTimeoutMs = 5_000
const statementTimeoutMs = 10_000
/** Type of numbers of 64 bits: none of ours is beyond 2^53. */
const int8 = 20

types.setTypeParser(int8, Number)

/** What can run statements: the pool, or a connection of it. */
type Queryable = Pick<PoolClient, 'query'>

export class PostgresDatabase implements Database {
  readonly forUpdate = ' FOR UPDATE'
  readonly outbox: PostgresOutbox
  readonly #pool: Pool

  /** Rejects when it cannot be reached. */
  static async open(url: string): Promise<PostgresDatabase> {
    const pool = new Pool({
      connectionString: url,
      max: connectionsMax,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs,
    })
    // A connection that breaks tells whoever waits for it, and whoever uses it next is given another. Without listeners it would end the process, at whatever moment it breaks.
    pool.on('error', () => {})
    pool.on('connect', client => client.on('error', () => {}))
    const database = new PostgresDatabase(pool)
    await database.rows('SELECT 1')
    return database
  }

  private constructor(pool: Pool) {
    this.#pool = pool
    this.outbox = new PostgresOutbox(pool)
  }

  rows(text: string, ...parameters: readonly Value[]): Promise<readonly Row[]> {
    return query(this.#pool as Queryable, text, parameters).then(({ rows }) => rows)
  }

  run(text: string, ...parameters: readonly Value[]): Promise<number> {
    return query(this.#pool as Queryable, text, parameters).then(({ changes }) => changes)
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw awayOr(error)
    })
    let broken: Error | undefined
    try {
      await query(client, 'BEGIN', [])
      const result = await work({
        forUpdate: this.forUpdate,
        rows: async (text, ...parameters) => (await query(client, text, parameters)).rows,
        run: async (text, ...parameters) => (await query(client, text, parameters)).changes,
      })
      await query(client, 'COMMIT', [])
      return result
    } catch (error) {
      await query(client, 'ROLLBACK', []).catch((failed: Error) => {
        broken = failed
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

async function query(
  on: Queryable,
  text: string,
  parameters: readonly Value[],
): Promise<{ readonly rows: readonly Row[]; readonly changes: number }> {
  try {
    const { rows, rowCount } = await on.query(numbered(text), [...parameters])
    return { rows: rows as Row[], changes: rowCount ?? 0 }
  } catch (error) {
    throw awayOr(error)
  }
}

/** `?` as `$1`, `$2` …: no statement of ours has one in a text. */
function numbered(text: string): string {
  let count = 0
  return text.replaceAll('?', () => `$${++count}`)
}

/** Classes of SQLSTATE that say nothing of the statement: connection, resources, intervention of an operator, a transaction that was in the way. */
const passing = /^(?:08|53|57|40)/

function awayOr(error: unknown): unknown {
  const { code, message } = error as { readonly code?: string; readonly message: string }
  // An error without a code of the server is one of the connection.
  const isOfServer = code !== undefined && /^[0-9A-Z]{5}$/.test(code)
  return isOfServer && !passing.test(code) ? error : new DatabaseAwayError(message, { cause: error })
}
