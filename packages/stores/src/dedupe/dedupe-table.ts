// The statements of a dedupe store, for all databases. Pure.
//
//   scope   what ids are unique in      owner      who has claimed it; empty: it was handled
//   id                                  until_ms   when the claim, or the memory of it, runs out, by the database's clock
import type { ClaimRequest, CompleteRequest, DedupeIds } from '@millrace/service'
import type { Dialect } from '../sql/dialect.ts'
import { places, rowsOf, type SqlStatement } from '../sql/statement.ts'
import { type TableName, tableName } from '../sql/table-name.ts'

/** Owner of what was handled. */
export const handled = ''

export class DedupeTable {
  readonly #dialect: Dialect
  readonly #table: TableName

  /** Throws ConfigError. */
  constructor(dialect: Dialect, table: string) {
    this.#dialect = dialect
    this.#table = tableName('the dedupe store', table, dialect.quote)
  }

  /** What makes the table; nothing where it is there. */
  schema(): string[] {
    const { types, tableSuffix, hasConflictClause } = this.#dialect
    const { quoted } = this.#table
    const index = `${this.#table.index('until')}`
    // MySQL has no CREATE INDEX IF NOT EXISTS.
    const inside = hasConflictClause ? '' : `,\n  INDEX ${index} (until_ms)`
    const create = `CREATE TABLE IF NOT EXISTS ${quoted} (
  scope ${types.code(200)} NOT NULL,
  id ${types.code(200)} NOT NULL,
  owner ${types.code(64)} NOT NULL,
  until_ms ${types.long} NOT NULL,
  PRIMARY KEY (scope, id)${inside}
)${tableSuffix}`
    if (!hasConflictClause) return [create]
    return [create, `CREATE INDEX IF NOT EXISTS ${index} ON ${quoted} (until_ms)`]
  }

  /** Claims what is not known. */
  insert({ scope, owner, ids, leaseMs }: ClaimRequest): SqlStatement {
    const values = ids.flatMap(id => [scope, id, owner, leaseMs])
    return this.#insert(ids.length, values, 'ignore')
  }

  /** Claims what has run out, and what is the owner's already. */
  take({ scope, owner, ids, leaseMs }: ClaimRequest): SqlStatement {
    const { nowMs } = this.#dialect
    return this.#statement(
      `UPDATE ${this.#table.quoted} SET owner = ?, until_ms = ${nowMs} + ?
WHERE scope = ? AND id IN (${places(ids.length)}) AND (until_ms <= ${nowMs} OR owner = ?)`,
      [owner, leaseMs, scope, ...ids, owner],
    )
  }

  /** Who has ids now: `id`, `owner`. */
  owners({ scope, ids }: DedupeIds): SqlStatement {
    return this.#statement(
      `SELECT id, owner FROM ${this.#table.quoted} WHERE scope = ? AND id IN (${places(ids.length)})`,
      [scope, ...ids],
    )
  }

  /** Marks ids as handled, known or not. */
  complete({ scope, ids, ttlMs }: CompleteRequest): SqlStatement {
    const values = ids.flatMap(id => [scope, id, handled, ttlMs])
    return this.#insert(ids.length, values, 'overwrite')
  }

  /** Marks ids as handled that `owner` has claimed: within a transaction of the handler's. */
  mark({ scope, owner, ids, ttlMs }: CompleteRequest): SqlStatement {
    return this.#statement(
      `UPDATE ${this.#table.quoted} SET owner = ?, until_ms = ${this.#dialect.nowMs} + ?
WHERE scope = ? AND id IN (${places(ids.length)}) AND owner = ?`,
      [handled, ttlMs, scope, ...ids, owner],
    )
  }

  release({ scope, owner, ids }: DedupeIds): SqlStatement {
    return this.#statement(
      `DELETE FROM ${this.#table.quoted} WHERE scope = ? AND id IN (${places(ids.length)}) AND owner = ?`,
      [scope, ...ids, owner],
    )
  }

  /** Deletes some of what has run out. */
  sweep(limit: number): SqlStatement {
    const { name, nowMs } = this.#dialect
    const { quoted } = this.#table
    const due = `until_ms <= ${nowMs} ORDER BY until_ms LIMIT ${limit}`
    if (name === 'mysql') return this.#statement(`DELETE FROM ${quoted} WHERE ${due}`, [])
    // What another one is sweeping is left to it.
    const skip = name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : ''
    return this.#statement(
      `DELETE FROM ${quoted} WHERE (scope, id) IN (SELECT scope, id FROM ${quoted} WHERE ${due}${skip})`,
      [],
    )
  }

  #insert(count: number, values: readonly (string | number)[], known: 'ignore' | 'overwrite'): SqlStatement {
    const { nowMs, hasConflictClause } = this.#dialect
    const ignore = known === 'ignore'
    const head = !hasConflictClause && ignore ? 'INSERT IGNORE' : 'INSERT'
    const columns = '(scope, id, owner, until_ms)'
    const row = `(?, ?, ?, ${nowMs} + ?)`
    const tail = hasConflictClause
      ? ignore
        ? 'ON CONFLICT (scope, id) DO NOTHING'
        : 'ON CONFLICT (scope, id) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms'
      : ignore
        ? ''
        : 'ON DUPLICATE KEY UPDATE owner = VALUES(owner), until_ms = VALUES(until_ms)'
    return this.#statement(
      `${head} INTO ${this.#table.quoted} ${columns} VALUES ${rowsOf(count, row)} ${tail}`,
      values,
    )
  }

  #statement(text: string, values: readonly (string | number)[]): SqlStatement {
    return this.#dialect.statement(text, values)
  }
}
