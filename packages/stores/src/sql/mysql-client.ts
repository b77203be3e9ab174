// As much of mysql2/promise as is needed, for MySQL and MariaDB: the application brings it.
import { ConfigError } from '@millrace/client'
import type { SqlResult, SqlRow, SqlStatement } from './statement.ts'

/** What runs statements: a pool or a connection of `mysql2/promise`, or whatever looks like one. */
export interface MysqlQueryable {
  /** Runs one statement, whose values the driver escapes. */
  query(sql: string, values?: unknown[]): Promise<[unknown, ...unknown[]]>
}

/** A pool of `mysql2/promise`. */
export interface MysqlPool extends MysqlQueryable {
  /** Takes a connection out of the pool. */
  getConnection(): Promise<MysqlQueryable & { release(): void }>
}

/** Runs a statement. Throws what the database says, and ConfigError for a client with callbacks. */
export async function runMysql(client: MysqlQueryable, { text, values }: SqlStatement): Promise<SqlResult> {
  const asked: unknown = client.query(text, [...values])
  if (!(asked instanceof Object && 'then' in asked))
    throw new ConfigError(
      'the MySQL client answers by callbacks; make it by "mysql2/promise", or call .promise() of it',
    )
  const [result] = (await (asked as Promise<[unknown]>)) as [unknown]
  if (Array.isArray(result)) return { rows: result as SqlRow[], affected: 0 }
  return { rows: [], affected: (result as { readonly affectedRows: number }).affectedRows }
}
