// A dedupe store in a database: what PostgreSQL, MySQL, MariaDB and SQLite have in common.
import { ConfigError, StateError } from '@millrace/client'
import {
  type ClaimAnswer,
  type ClaimRequest,
  type CompleteRequest,
  type DedupeIds,
  type DedupeStore,
  type Deduplicated,
  RetriableError,
} from '@millrace/service'
import { createTables } from '../sql/create-tables.ts'
import type { Dialect } from '../sql/dialect.ts'
import { checkOptions } from '../sql/options.ts'
import type { SqlRunner } from '../sql/runner.ts'
import type { SqlStatement } from '../sql/statement.ts'
import { textIn } from '../sql/statement.ts'
import { DedupeTable, handled } from './dedupe-table.ts'

/** Options of a dedupe store in a database. */
export interface SqlDedupeOptions {
  /** Its table, or `schema.table`. Default `millrace_dedupe`. */
  readonly table?: string
  /** Rows that one sweep deletes at most. Default 1,000. */
  readonly sweepRows?: number
}

/** The claim on a record has run out, or it was handled already: the transaction must not be committed. Another attempt looks again. */
export class ClaimLostError extends RetriableError {
  override readonly name: string = 'ClaimLostError'
}

/** What the stores of all databases have in common: use {@link PostgresDedupeStore}, {@link MysqlDedupeStore} or {@link SqliteDedupeStore}. */
export abstract class SqlDedupeStore implements DedupeStore {
  readonly #runner: SqlRunner
  readonly #table: DedupeTable
  readonly #sweepRows: number

  /** @internal */
  constructor(what: string, dialect: Dialect, runner: SqlRunner, options: SqlDedupeOptions) {
    checkOptions(what, options, ['table', 'sweepRows'])
    const { table = 'millrace_dedupe', sweepRows = 1_000 } = options
    if (!(Number.isInteger(sweepRows) && sweepRows >= 1))
      throw new ConfigError(`${what}: sweepRows is ${sweepRows}; write a whole number from 1 on`)
    this.#runner = runner
    this.#table = new DedupeTable(dialect, table)
    this.#sweepRows = sweepRows
  }

  /** The statements that make its table, for who runs migrations by hand. Those whose table is there do nothing. */
  get schema(): readonly string[] {
    return this.#table.schema()
  }

  /** Makes its table where there is none. Throws what the database says. */
  createTables(): Promise<void> {
    return createTables(this.#runner, this.schema)
  }

  /** Claims ids: see `DedupeStore`. Throws what the database says. */
  async claim(request: ClaimRequest): Promise<readonly ClaimAnswer[]> {
    const { owner, ids } = request
    if (ids.length === 0) return []
    // Two that lock rows in different orders would wait for each other.
    const ordered = { ...request, ids: ids.toSorted() }
    const { affected } = await this.#runner.run(this.#table.insert(ordered))
    if (affected === ids.length) return ids.map(() => 'claimed' as const)
    await this.#runner.run(this.#table.take(ordered))
    const { rows } = await this.#runner.run(this.#table.owners(request))
    const owners = new Map(rows.map(row => [textIn(row, 'id'), textIn(row, 'owner')]))
    return ids.map(id => {
      const found = owners.get(id)
      if (found === owner) return 'claimed'
      return found === handled ? 'done' : 'busy'
    })
  }

  /** Marks ids as handled: see `DedupeStore`. Throws what the database says. */
  async complete(request: CompleteRequest): Promise<void> {
    const ids = request.ids.toSorted()
    if (ids.length > 0) await this.#runner.run(this.#table.complete({ ...request, ids }))
  }

  /** Gives up claims: see `DedupeStore`. Throws what the database says. */
  async release(request: DedupeIds): Promise<void> {
    const ids = request.ids.toSorted()
    if (ids.length > 0) await this.#runner.run(this.#table.release({ ...request, ids }))
  }

  /** Deletes what has run out, `sweepRows` at most, and resolves with how many rows that were. Services call it now and then. Throws what the database says. */
  async sweep(): Promise<number> {
    const { affected } = await this.#runner.run(this.#table.sweep(this.#sweepRows))
    return affected
  }

  /** @internal The statement of `markIn`, and how many rows it has to find. */
  protected marking(context: Deduplicated): { readonly statement: SqlStatement; readonly count: number } {
    const { dedupe } = context
    if (!dedupe)
      throw new StateError('markIn: the handler has no dedupe store; give it one: { dedupe: { store } }')
    dedupe.markedInTransaction()
    const { scope, owner, ttlMs } = dedupe
    const ids = dedupe.ids.toSorted()
    return { statement: this.#table.mark({ scope, owner, ids, ttlMs }), count: ids.length }
  }

  /** @internal Throws ClaimLostError where not all were found. */
  protected checkMarked(marked: number, count: number): void {
    if (marked !== count)
      throw new ClaimLostError(
        `markIn: of ${count} claims ${marked} hold; the others have run out, or were handled by somebody else. Roll the transaction back`,
      )
  }
}
