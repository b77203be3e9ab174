// Views in a SQLite database: handlers run in the transaction that moves their projection on.
import { ConfigError } from '@millrace/client'
import { isThenable } from '../records/thenable.ts'
import { inTransaction, type SqliteDatabase, tableName } from '../sqlite/database.ts'
import type { ViewStore } from './view-store.ts'

/** Options of {@link sqliteViews}. */
export interface SqliteViewsOptions {
  /** Table of how far projections have come, which is made where it is missing. Default `millrace_projections`. */
  readonly table?: string
}

/**
 * Views in a SQLite database: tables of yours, made by you. Handlers get the database and change it at once: one that returns a promise is refused, since others would write into its transaction meanwhile. Several
 * processes may share the file: only one of them moves a partition of a projection on. Throws what the database throws.
 *
 * @example
 * const database = new DatabaseSync('views.db')
 * database.exec('CREATE TABLE IF NOT EXISTS balances (account TEXT PRIMARY KEY, balance INTEGER NOT NULL)')
 * const views = sqliteViews(database)
 */
export function sqliteViews<Database extends SqliteDatabase>(
  database: Database,
  options: SqliteViewsOptions = {},
): ViewStore<Database> {
  const table = tableName(options.table ?? 'millrace_projections')
  database.exec(`
    CREATE TABLE IF NOT EXISTS ${table} (
      projection TEXT NOT NULL, part INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (projection, part)
    ) WITHOUT ROWID;
  `)
  const all = database.prepare(`SELECT part, place FROM ${table} WHERE projection = ?`)
  const one = database.prepare(`SELECT place FROM ${table} WHERE projection = ? AND part = ?`)
  const move = database.prepare(`INSERT OR REPLACE INTO ${table} (projection, part, place) VALUES (?, ?, ?)`)
  const forget = database.prepare(`DELETE FROM ${table} WHERE projection = ?`)
  const atOnce = (work: (view: Database) => unknown) => {
    const result = work(database)
    if (!isThenable(result)) return
    result.then(undefined, () => {})
    throw new ConfigError(
      'sqliteViews: a handler returned a promise; what it writes has to be written when it returns',
    )
  }
  return {
    view: database,
    positions(projection) {
      const rows = all.all(projection) as { part: number; place: number }[]
      return new Map(rows.map(({ part, place }) => [part, place]))
    },
    advance: ({ projection, partition, from, to }, work) =>
      inTransaction(database, () => {
        const stored = (one.get(projection, partition) as { place: number } | undefined)?.place ?? 0
        if (stored !== from) return false
        atOnce(work)
        move.run(projection, partition, to)
        return true
      }),
    reset(projection, clear) {
      inTransaction(database, () => {
        atOnce(clear)
        forget.run(projection)
      })
    },
  }
}
