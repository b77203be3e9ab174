// SQLite as the application's database: one file, several processes.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { SqliteOutbox } from '@millrace/stores'
import { type Database, DatabaseAwayError, type Row, type Sql, type Value } from './database.ts'

/** How long somebody else may write before a statement gives up. The process stands still meanwhile. */
const busyMs = 500
/** Result code of SQLite: somebody else has the database. */
const busyCode = 5

export class SqliteDatabase implements Database {
  // One process writes at a time anyway.
  readonly forUpdate = ''
  readonly outbox: SqliteOutbox
  readonly #database: DatabaseSync
  /** The outbox's own connection: transactions of the other one wait for things. */
  readonly #beside: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  /** What is asked in this process, one after the other: all of it shares a connection, and a transaction of its own is not to be looked into. */
  #last: Promise<unknown> = Promise.resolve()

  /** Opens or makes the file. Throws when that cannot be done. */
  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: busyMs })
    this.#beside = new DatabaseSync(file, { timeout: busyMs })
    for (const database of [this.#database, this.#beside])
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;')
    this.outbox = new SqliteOutbox(this.#beside)
  }

  rows(text: string, ...parameters: readonly Value[]): Promise<readonly Row[]> {
    return this.#queue(() => this.#rows(text, parameters))
  }

  run(text: string, ...parameters: readonly Value[]): Promise<number> {
    return this.#queue(() => this.#run(text, parameters))
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#queue(() => this.#transact(work))
  }

  #queue<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => {})
    return done
  }

  async #transact<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    attempt(() => this.#database.exec('BEGIN IMMEDIATE'))
    try {
      const result = await work({
        forUpdate: '',
        rows: async (text, ...parameters) => this.#rows(text, parameters),
        run: async (text, ...parameters) => this.#run(text, parameters),
      })
      attempt(() => this.#database.exec('COMMIT'))
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  #rows(text: string, parameters: readonly Value[]): readonly Row[] {
    return attempt(() => this.#statement(text).all(...parameters) as Row[])
  }

  #run(text: string, parameters: readonly Value[]): number {
    return attempt(() => Number(this.#statement(text).run(...parameters).changes))
  }

  /** The application has a few dozen of them, which are prepared once. */
  #statement(text: string): StatementSync {
    let statement = this.#statements.get(text)
    if (!statement) {
      statement = this.#database.prepare(text)
      this.#statements.set(text, statement)
    }
    return statement
  }

  async close(): Promise<void> {
    await this.#last
    this.#database.close()
    this.#beside.close()
  }
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { errcode } = error as { readonly errcode?: number }
    // The lowest byte is the code, the others say more of it.
    if (errcode !== undefined && (errcode & 0xff) === busyCode)
      throw new DatabaseAwayError('the database is locked by somebody else', { cause: error })
    throw error
  }
}
