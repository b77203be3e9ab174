// The statements of an outbox's leases, for all databases: who sends which shards, and who is there. Pure.
//
//   name       shard-07, relay-<owner>, or schema
//   owner      who has it; empty for nobody. Of schema: its version
//   until_ms   when it runs out, by the database's clock
import type { Dialect } from '../sql/dialect.ts'
import {
  numberIn,
  places,
  rowsOf,
  type SqlRow,
  type SqlStatement,
  type SqlValue,
  textIn,
} from '../sql/statement.ts'
import type { TableName } from '../sql/table-name.ts'
import { shardCount } from './row.ts'

/** A lease as it is read. */
export interface Lease {
  readonly name: string
  readonly owner: string
  /** How long it holds from now on, in ms; not more than 0 where it has run out. */
  readonly leftMs: number
}

/** The version of the tables. */
export const schemaVersion = 1

export class LeaseTable {
  readonly #dialect: Dialect
  readonly #quoted: string

  constructor(dialect: Dialect, outbox: TableName) {
    this.#dialect = dialect
    this.#quoted = outbox.beside('leases')
  }

  /** What makes the table, and its rows. */
  schema(): string[] {
    const { types, tableSuffix } = this.#dialect
    const names = [...Array.from({ length: shardCount }, (_, shard) => shardLease(shard)), 'schema']
    const rows = names.map(name => `('${name}', '${name === 'schema' ? schemaVersion : ''}', 0)`).join(', ')
    return [
      `CREATE TABLE IF NOT EXISTS ${this.#quoted} (
  name ${types.code(80)} NOT NULL PRIMARY KEY,
  owner ${types.code(64)} NOT NULL,
  until_ms ${types.long} NOT NULL
)${tableSuffix}`,
      this.#ignoring(`(name, owner, until_ms) VALUES ${rows}`),
    ]
  }

  #ignoring(what: string): string {
    return this.#dialect.hasConflictClause
      ? `INSERT INTO ${this.#quoted} ${what} ON CONFLICT (name) DO NOTHING`
      : `INSERT IGNORE INTO ${this.#quoted} ${what}`
  }

  /** All of them. */
  all(): SqlStatement {
    return this.#statement(
      `SELECT name, owner, until_ms - ${this.#dialect.nowMs} AS left_ms FROM ${this.#quoted}`,
      [],
    )
  }

  leaseOf(row: SqlRow): Lease {
    return { name: textIn(row, 'name'), owner: textIn(row, 'owner'), leftMs: numberIn(row, 'left_ms') }
  }

  /** A relay says that it is there: the row, where it has none. */
  appear(owner: string, leaseMs: number): SqlStatement {
    const row = `(?, ?, ${this.#dialect.nowMs} + ?)`
    return this.#statement(this.#ignoring(`(name, owner, until_ms) VALUES ${rowsOf(1, row)}`), [
      relayLease(owner),
      owner,
      leaseMs,
    ])
  }

  /** Leases that are free, have run out or are the owner's already. */
  take(owner: string, names: readonly string[], leaseMs: number): SqlStatement {
    const { nowMs } = this.#dialect
    return this.#statement(
      `UPDATE ${this.#quoted} SET owner = ?, until_ms = ${nowMs} + ?
WHERE name IN (${places(names.length)}) AND (owner = ? OR until_ms <= ${nowMs})`,
      [owner, leaseMs, ...names.toSorted(), owner],
    )
  }

  /** Others may have them at once. */
  release(owner: string, names: readonly string[]): SqlStatement {
    return this.#statement(
      `UPDATE ${this.#quoted} SET owner = '', until_ms = 0 WHERE name IN (${places(names.length)}) AND owner = ?`,
      [...names.toSorted(), owner],
    )
  }

  /** A relay is there no more, and those whose lease has run out are not, either. */
  leave(owner: string): SqlStatement {
    return this.#statement(
      `DELETE FROM ${this.#quoted} WHERE name LIKE 'relay-%' AND (name = ? OR until_ms <= ${this.#dialect.nowMs})`,
      [relayLease(owner)],
    )
  }

  #statement(text: string, values: readonly SqlValue[]): SqlStatement {
    return this.#dialect.statement(text, values)
  }
}

/** Name of a shard's lease. */
export function shardLease(shard: number): string {
  return `shard-${String(shard).padStart(2, '0')}`
}

/** The shard of a lease; undefined for one that is of none. */
export function shardOfLease(name: string): number | undefined {
  const [, digits] = /^shard-(\d+)$/.exec(name) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** Name of a relay's own lease. */
export function relayLease(owner: string): string {
  return `relay-${owner}`
}
