// As much of PostgreSQL's driver, pg, as is needed: the application brings it.
import type { SqlResult, SqlRow, SqlStatement } from './statement.ts'

/** What runs statements: a `Pool` or a `Client` of pg, or whatever looks like one. */
export interface PostgresQueryable {
  /** Runs one statement. */
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>
}

/** A client of a pool, held for a while. */
export interface PostgresClient extends PostgresQueryable {
  /** Hears of notifications, and of a connection that breaks. */
  on(event: 'notification' | 'error' | 'end', listener: (...given: unknown[]) => void): unknown
  /** Takes a listener away. */
  removeListener(event: 'notification' | 'error' | 'end', listener: (...given: unknown[]) => void): unknown
  /** Gives the client back; `true`: it is of no more use. */
  release(destroy?: boolean): void
}

/** A `Pool` of pg. */
export interface PostgresPool extends PostgresQueryable {
  /** Takes a client out of the pool. */
  connect(): Promise<PostgresClient>
}

/** Runs a statement. Throws what the database says. */
export async function runPostgres(
  client: PostgresQueryable,
  { text, values }: SqlStatement,
): Promise<SqlResult> {
  const { rows, rowCount } = await client.query(text, [...values])
  return { rows: rows as SqlRow[], affected: rowCount ?? 0 }
}
