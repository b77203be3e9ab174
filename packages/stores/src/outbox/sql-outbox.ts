// An outbox in a database: what PostgreSQL, MySQL, MariaDB and SQLite have in common.
import { type AnyTopic, StateError } from '@millrace/client'
import { type Clock, nodeClock } from '@millrace/runtime'
import type { Publication } from '@millrace/service'
import { createTables } from '../sql/create-tables.ts'
import type { Dialect } from '../sql/dialect.ts'
import { checkOptions, checkWhole } from '../sql/options.ts'
import type { SqlRunner } from '../sql/runner.ts'
import { numberIn, type SqlStatement, textIn } from '../sql/statement.ts'
import { LeaseTable, schemaVersion } from './lease-table.ts'
import type { OutboxSource } from './outbox-source.ts'
import { OutboxTable, stateOf } from './outbox-table.ts'
import { prepare, PreparedRecord, prepareNow } from './prepare.ts'
import type { NewRow } from './row.ts'

/** Options of an outbox. */
export interface OutboxOptions {
  /** Its table, or `schema.table`; another one beside it, `…_leases`, is for the relays. Default `millrace_outbox`. */
  readonly table?: string
  /** Bytes of the largest record that is taken: what the topics take (`max.message.bytes`). Default 1,048,576. */
  readonly maxRecordBytes?: number
  /** Where the timestamps of records come from. Default: the system's clock. */
  readonly clock?: Clock
}

/** What an outbox holds. */
export interface OutboxStatus {
  /** Number of rows that wait to be sent. */
  readonly pending: number
  /** How long the oldest of them has waited, in ms; 0 where none waits. */
  readonly oldestMs: number
  /** Number of rows that were sent and are kept for a while. */
  readonly sent: number
  /** Number of rows that could not be sent, and wait for somebody to look at them. */
  readonly setAside: number
}

/** A row that could not be sent. */
export interface SetAsideRow {
  /** Which record it is: its header `outbox-id`. */
  readonly id: string
  /** The topic that it is for. */
  readonly topic: string
  /** Its key; null for none. */
  readonly key: Buffer | null
  /** Its value; null for a tombstone. */
  readonly value: Buffer | null
  /** Its headers, in order. */
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
  /** When it was set aside, in ms since the epoch, by the database's clock. */
  readonly setAsideAt: number
  /** Why. */
  readonly error: string
  /** The number of the row in its table, to go on from: `listSetAside({ after: row.position })`. */
  readonly position: number
}

/** Which rows are listed. */
export interface ListSetAsideOptions {
  /** Rows at most. Default 100. */
  readonly limit?: number
  /** Those behind the row with this `position`, the number of a row. Default 0: from the oldest on. */
  readonly after?: number
}

/** Rows of one statement, and bytes of their records: MySQL takes 16 MiB in one, in which each byte is two. */
const insertRowsMax = 500
const insertBytesMax = 4_194_304

/** What the outboxes of all databases have in common: use {@link PostgresOutbox}, {@link MysqlOutbox} or {@link SqliteOutbox}. */
export abstract class SqlOutbox {
  /** @internal What relays need. */
  readonly source: OutboxSource
  readonly #runner: SqlRunner
  readonly #table: OutboxTable
  readonly #channel: string | undefined
  readonly #prepare: { readonly clock: Clock; readonly maxRecordBytes: number }

  /** @internal `notified`: what the database calls who listens, and how they do. */
  constructor(
    what: string,
    dialect: Dialect,
    runner: SqlRunner,
    options: OutboxOptions,
    listenOn?: (table: OutboxTable) => { readonly channel: string; readonly listen: OutboxSource['listen'] },
  ) {
    checkOptions(what, options, ['table', 'maxRecordBytes', 'clock'])
    const { table = 'millrace_outbox', maxRecordBytes = 1_048_576, clock = nodeClock } = options
    checkWhole(`${what}: maxRecordBytes`, maxRecordBytes, 1)
    this.#runner = runner
    this.#table = new OutboxTable(dialect, table)
    const notified = listenOn?.(this.#table)
    this.#channel = notified?.channel
    this.#prepare = { clock, maxRecordBytes }
    const leases = new LeaseTable(dialect, this.#table.name)
    this.source = { run: runner.run, table: this.#table, leases, listen: notified?.listen }
  }

  /** The statements that make its tables, for who runs migrations by hand. Those whose table or row is there do nothing. */
  get schema(): readonly string[] {
    return [...this.#table.schema(), ...this.source.leases.schema()]
  }

  /** Makes its tables where there are none. Throws StateError for tables of a later version, and what the database says. */
  async createTables(): Promise<void> {
    await createTables(this.#runner, this.schema)
    const { rows } = await this.#runner.run(this.source.leases.all())
    const version = rows
      .map(row => this.source.leases.leaseOf(row))
      .find(({ name }) => name === 'schema')?.owner
    if (Number(version) > schemaVersion)
      throw new StateError(
        `the tables of the outbox are of version ${version}, and this one knows version ${schemaVersion}: update the package`,
      )
  }

  /**
   * Makes a row of what is published, for `enqueue`: outside a transaction, for topics whose serdes have to wait. Throws SerializationError, RecordTooLargeError, and what else `encodeRecord` throws.
   */
  async prepare<T extends AnyTopic>(topic: T, message: Publication<T>): Promise<PreparedRecord> {
    return prepare(topic, message, this.#prepare)
  }

  /**
   * The statement that `enqueue` runs, for transactions of a library that takes SQL and values. Throws as {@link prepare} does.
   *
   * @example
   * const { text, values } = await outbox.statement(orders, { key: 'user-7', type: 'order.created', data: { total: 12 } })
   * await transaction.query(text, [...values])
   */
  async statement<T extends AnyTopic>(topic: T, message: Publication<T>): Promise<SqlStatement> {
    const prepared = await this.prepare(topic, message)
    return this.insertions([prepared])[0]!
  }

  /** @internal */
  protected async preparedOf<T extends AnyTopic>(
    given: T | PreparedRecord | readonly PreparedRecord[],
    messages: Publication<T> | readonly Publication<T>[] | undefined,
  ): Promise<readonly PreparedRecord[]> {
    const prepared = preparedOnes(given)
    if (prepared) return prepared
    const list = listOf(messages as Publication<T> | readonly Publication<T>[])
    return Promise.all(list.map(async message => prepare(given as T, message, this.#prepare)))
  }

  /** @internal Throws StateError where a serde has to wait. */
  protected preparedNow<T extends AnyTopic>(
    given: T | PreparedRecord | readonly PreparedRecord[],
    messages: Publication<T> | readonly Publication<T>[] | undefined,
  ): readonly PreparedRecord[] {
    const prepared = preparedOnes(given)
    if (prepared) return prepared
    const list = listOf(messages as Publication<T> | readonly Publication<T>[])
    return list.map(message => prepareNow(given as T, message, this.#prepare))
  }

  /** @internal Several where one would be too large. */
  protected insertions(prepared: readonly PreparedRecord[]): SqlStatement[] {
    const parts: NewRow[][] = []
    let bytes = 0
    for (const { row } of prepared) {
      const part = parts.at(-1)
      bytes += row.size
      if (part && part.length < insertRowsMax && bytes <= insertBytesMax) part.push(row)
      else {
        parts.push([row])
        bytes = row.size
      }
    }
    return parts.map(part => this.#table.insert(part, this.#channel))
  }

  /** What the outbox holds: it is counted when it is asked for. Throws what the database says. */
  async status(): Promise<OutboxStatus> {
    const { rows } = await this.#runner.run(this.#table.counts())
    const found = { pending: 0, sent: 0, setAside: 0 }
    let oldestMs = 0
    for (const row of rows) {
      const state = stateOf(row)
      if (!state) continue
      found[state] = numberIn(row, 'count')
      if (state === 'pending') oldestMs = Math.max(0, numberIn(row, 'age_ms'))
    }
    return { ...found, oldestMs }
  }

  /** Rows that could not be sent, the oldest first. Throws ConfigError, and what the database says. */
  async listSetAside(options: ListSetAsideOptions = {}): Promise<readonly SetAsideRow[]> {
    checkOptions('listSetAside', options, ['limit', 'after'])
    const { limit = 100, after = 0 } = options
    checkWhole('listSetAside: limit', limit, 1)
    checkWhole('listSetAside: after', after, 0)
    const { rows } = await this.#runner.run(this.#table.listSetAside(after, limit))
    return rows.map(row => {
      const { id, topic, key, value, headers, seq } = this.#table.rowOf(row)
      const setAsideAt = numberIn(row, 'state_ms')
      return { id, topic, key, value, headers, setAsideAt, error: textIn(row, 'error'), position: seq }
    })
  }

  /** Rows that were set aside are to be sent again, behind what was sent of their keys since. Resolves with how many that are. Throws what the database says. */
  async retry(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0
    return (await this.#runner.run(this.#table.retry(ids))).affected
  }

  /** Rows that were set aside are not wanted any more: they are deleted. Resolves with how many that are. Throws what the database says. */
  async discard(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0
    return (await this.#runner.run(this.#table.discard(ids))).affected
  }
}

function preparedOnes(given: unknown): readonly PreparedRecord[] | undefined {
  const list = listOf(given)
  return list.every(each => each instanceof PreparedRecord) ? list : undefined
}

function listOf<T>(given: T | readonly T[]): readonly T[] {
  return Array.isArray(given) ? (given as readonly T[]) : [given as T]
}
