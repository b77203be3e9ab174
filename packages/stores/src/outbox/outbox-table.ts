// The statements of an outbox, for all databases. Pure.
//
//   seq          in the order of the inserts; commits may come in another one, so that nobody may remember how far he has come
//   id           which record it is: the header outbox-id            enqueued_ms  by the database's clock
//   shard, lane  what stays in order, and who sends it               size         bytes of key, value and headers
//   state        0 to be sent, 1 sent, 2 set aside                   state_ms     since when
import type { Dialect } from '../sql/dialect.ts'
import {
  bytesIn,
  numberIn,
  places,
  rowsOf,
  type SqlRow,
  type SqlStatement,
  type SqlValue,
  textIn,
} from '../sql/statement.ts'
import { type TableName, tableName } from '../sql/table-name.ts'
import { headersOf, type NewRow, type OutboxRow, type RowHead } from './row.ts'

/** What a relay leaves alone for the moment. */
export interface Exclusions {
  readonly lanes: readonly number[]
  readonly topics: readonly string[]
}

const columns =
  'id, topic, partition_number, record_key, record_value, headers, record_ms, lane, shard, size, enqueued_ms'

const stateCodes = { pending: 0, sent: 1, setAside: 2 } as const

export class OutboxTable {
  readonly name: TableName
  readonly #dialect: Dialect

  /** Throws ConfigError. */
  constructor(dialect: Dialect, table: string) {
    this.#dialect = dialect
    this.name = tableName('the outbox', table, dialect.quote)
  }

  /** What makes the table; nothing where it is there. */
  schema(): string[] {
    const { types, tableSuffix, hasPartialIndexes } = this.#dialect
    const { quoted } = this.name
    const pending = this.name.index('pending')
    const over = this.name.index('over')
    const inside = hasPartialIndexes
      ? ''
      : `,\n  INDEX ${pending} (state, shard, seq),\n  INDEX ${over} (state, state_ms)`
    const create = `CREATE TABLE IF NOT EXISTS ${quoted} (
  seq ${types.sequence},
  id ${types.code(36)} NOT NULL,
  topic ${types.code(249)} NOT NULL,
  partition_number ${types.int},
  record_key ${types.bytes},
  record_value ${types.bytes},
  headers ${types.text} NOT NULL,
  record_ms ${types.long} NOT NULL,
  lane ${types.long} NOT NULL,
  shard ${types.int} NOT NULL,
  size ${types.int} NOT NULL,
  enqueued_ms ${types.long} NOT NULL,
  state ${types.int} NOT NULL DEFAULT 0,
  state_ms ${types.long},
  error ${types.text}${inside}
)${tableSuffix}`
    if (!hasPartialIndexes) return [create]
    return [
      create,
      `CREATE INDEX IF NOT EXISTS ${pending} ON ${quoted} (shard, seq) WHERE state = 0`,
      `CREATE INDEX IF NOT EXISTS ${over} ON ${quoted} (state, state_ms) WHERE state > 0`,
    ]
  }

  /** `channel`: who is told of it when it is committed (PostgreSQL). */
  insert(rows: readonly NewRow[], channel: string | undefined): SqlStatement {
    const values = rows.flatMap((row): SqlValue[] => [
      row.id,
      row.topic,
      row.partition,
      row.key,
      row.value,
      row.headers,
      row.timestamp,
      row.lane,
      row.shard,
      row.size,
    ])
    const row = `(${places(10)}, ${this.#dialect.nowMs})`
    const insert = `INSERT INTO ${this.name.quoted} (${columns}) VALUES ${rowsOf(rows.length, row)}`
    if (channel === undefined) return this.#statement(insert, values)
    // One round trip; and told once, however many transactions' rows there are.
    return this.#statement(
      `WITH written AS (${insert} RETURNING 1) SELECT pg_notify(?, '') FROM written LIMIT 1`,
      [...values, channel],
    )
  }

  /** The first rows of each shard, `limit` of each, in their order. */
  heads(shards: readonly number[], limit: number, { lanes, topics }: Exclusions): SqlStatement {
    const { quoted } = this.name
    const not = [
      lanes.length > 0 ? ` AND lane NOT IN (${places(lanes.length)})` : '',
      topics.length > 0 ? ` AND topic NOT IN (${places(topics.length)})` : '',
    ].join('')
    const age = `${this.#dialect.nowMs} - enqueued_ms AS age_ms`
    // Each shard by its index: one with a long way to go holds none of the others up.
    const parts = shards.map(
      shard =>
        `SELECT * FROM (SELECT seq, shard, lane, topic, size, ${age} FROM ${quoted} WHERE state = 0 AND shard = ${shard}${not} ORDER BY seq LIMIT ${limit}) AS shard_${shard}`,
    )
    return this.#statement(
      parts.join('\nUNION ALL\n'),
      shards.flatMap(() => [...lanes, ...topics]),
    )
  }

  headOf(row: SqlRow): RowHead {
    return {
      seq: numberIn(row, 'seq'),
      shard: numberIn(row, 'shard'),
      lane: numberIn(row, 'lane'),
      topic: textIn(row, 'topic'),
      size: numberIn(row, 'size'),
      ageMs: Math.max(0, Number(row['age_ms'] ?? 0)),
    }
  }

  /** Whole rows, in their order. */
  rows(seqs: readonly number[]): SqlStatement {
    return this.#statement(
      `SELECT seq, ${columns}, ${this.#dialect.nowMs} - enqueued_ms AS age_ms FROM ${this.name.quoted} WHERE seq IN (${places(seqs.length)}) AND state = 0 ORDER BY seq`,
      seqs,
    )
  }

  rowOf(row: SqlRow): OutboxRow {
    const { partition_number: partition } = row
    return {
      ...this.headOf(row),
      id: textIn(row, 'id'),
      partition: partition === null ? null : Number(partition),
      key: bytesIn(row, 'record_key'),
      value: bytesIn(row, 'record_value'),
      headers: headersOf(textIn(row, 'headers')),
      timestamp: numberIn(row, 'record_ms'),
    }
  }

  /** Rows that are sent are gone. */
  remove(seqs: readonly number[]): SqlStatement {
    return this.#statement(`DELETE FROM ${this.name.quoted} WHERE seq IN (${places(seqs.length)})`, seqs)
  }

  /** Rows that are sent are kept for a while. */
  keep(seqs: readonly number[]): SqlStatement {
    return this.#move('sent', seqs, null)
  }

  /** A row that cannot be sent is out of the others' way. */
  setAside(seq: number, error: string): SqlStatement {
    return this.#move('setAside', [seq], error)
  }

  #move(state: 'sent' | 'setAside', seqs: readonly number[], error: string | null): SqlStatement {
    return this.#statement(
      `UPDATE ${this.name.quoted} SET state = ${stateCodes[state]}, state_ms = ${this.#dialect.nowMs}, error = ? WHERE seq IN (${places(seqs.length)})`,
      [error, ...seqs],
    )
  }

  /** Deletes some of the rows that were sent so long ago. */
  clean(keptMs: number, limit: number): SqlStatement {
    const { name, nowMs } = this.#dialect
    const { quoted } = this.name
    const due = `state = ${stateCodes.sent} AND state_ms <= ${nowMs} - ? ORDER BY state_ms LIMIT ${limit}`
    if (name === 'mysql') return this.#statement(`DELETE FROM ${quoted} WHERE ${due}`, [keptMs])
    const skip = name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : ''
    return this.#statement(
      `DELETE FROM ${quoted} WHERE seq IN (SELECT seq FROM ${quoted} WHERE ${due}${skip})`,
      [keptMs],
    )
  }

  /** `state`, `count`, `age_ms` of the oldest. */
  counts(): SqlStatement {
    return this.#statement(
      `SELECT state, COUNT(*) AS count, ${this.#dialect.nowMs} - MIN(enqueued_ms) AS age_ms FROM ${this.name.quoted} GROUP BY state`,
      [],
    )
  }

  /** Rows that are set aside, the oldest first, behind a `seq`. */
  listSetAside(after: number, limit: number): SqlStatement {
    return this.#statement(
      `SELECT seq, ${columns}, state_ms, error FROM ${this.name.quoted} WHERE state = ${stateCodes.setAside} AND seq > ? ORDER BY seq LIMIT ${limit}`,
      [after],
    )
  }

  /** Rows that are set aside are to be sent again. */
  retry(ids: readonly string[]): SqlStatement {
    return this.#statement(
      `UPDATE ${this.name.quoted} SET state = 0, state_ms = NULL, error = NULL WHERE state = ${stateCodes.setAside} AND id IN (${places(ids.length)})`,
      ids,
    )
  }

  /** Rows that are set aside are not wanted any more. */
  discard(ids: readonly string[]): SqlStatement {
    return this.#statement(
      `DELETE FROM ${this.name.quoted} WHERE state = ${stateCodes.setAside} AND id IN (${places(ids.length)})`,
      ids,
    )
  }

  #statement(text: string, values: readonly SqlValue[]): SqlStatement {
    return this.#dialect.statement(text, values)
  }
}

/** What a row of {@link OutboxTable.counts} is about; undefined for a state that a later version has brought. */
export function stateOf(row: SqlRow): keyof typeof stateCodes | undefined {
  const code = numberIn(row, 'state')
  return (Object.keys(stateCodes) as (keyof typeof stateCodes)[]).find(name => stateCodes[name] === code)
}
