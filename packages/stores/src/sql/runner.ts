// What runs statements of ours, whichever database it is.
import type { SqlResult, SqlStatement } from './statement.ts'

export interface SqlRunner {
  /** Runs a statement by itself. Rejects with what the database says. */
  readonly run: (statement: SqlStatement) => Promise<SqlResult>
}
