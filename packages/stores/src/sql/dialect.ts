// What databases say differently. All else is SQL that PostgreSQL, MySQL, MariaDB and SQLite have in common. Pure.
import { numbered, type SqlStatement, type SqlValue } from './statement.ts'

/** Names of column types. */
export interface ColumnTypes {
  /** Counts up by itself, and is the primary key. */
  readonly sequence: string
  /** Text of printable ASCII that is compared by its bytes. */
  readonly code: (chars: number) => string
  /** Any text, of any length. */
  readonly text: string
  /** Bytes of any length. */
  readonly bytes: string
  /** Whole numbers of 64 bits. */
  readonly long: string
  /** Whole numbers of 32 bits. */
  readonly int: string
}

export interface Dialect {
  readonly name: 'postgres' | 'mysql' | 'sqlite'
  readonly types: ColumnTypes
  /** Behind `CREATE TABLE (…)`. */
  readonly tableSuffix: string
  /** Milliseconds since the epoch, by the clock of the database; the same throughout a statement. */
  readonly nowMs: string
  /** Whether an index may be of some of the rows. */
  readonly hasPartialIndexes: boolean
  /** Whether columns are named to say of which key a row may be there already. */
  readonly hasConflictClause: boolean
  readonly quote: (name: string) => string
  /** A statement with its places as the database wants them. */
  readonly statement: (text: string, values: readonly SqlValue[]) => SqlStatement
}

const doubleQuoted = (name: string) => `"${name.replaceAll('"', '""')}"`

export const postgresDialect: Dialect = {
  name: 'postgres',
  types: {
    sequence: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    code: chars => `VARCHAR(${chars}) COLLATE "C"`,
    text: 'TEXT',
    bytes: 'BYTEA',
    long: 'BIGINT',
    int: 'INTEGER',
  },
  tableSuffix: '',
  nowMs: 'CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)',
  hasPartialIndexes: true,
  hasConflictClause: true,
  quote: doubleQuoted,
  statement: (text, values) => ({ text: numbered(text), values }),
}

export const mysqlDialect: Dialect = {
  name: 'mysql',
  types: {
    sequence: 'BIGINT AUTO_INCREMENT PRIMARY KEY',
    // Texts would be compared by a collation, without case and without blanks at their end.
    code: chars => `VARBINARY(${chars})`,
    text: 'LONGTEXT',
    bytes: 'LONGBLOB',
    long: 'BIGINT',
    int: 'INT',
  },
  tableSuffix: ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4',
  // Without a time zone in between: an hour of the year would be there twice.
  nowMs: "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000)",
  hasPartialIndexes: false,
  hasConflictClause: false,
  quote: name => `\`${name.replaceAll('`', '``')}\``,
  // Texts as bytes: drivers write those in hexadecimal, which no mode of SQL reads otherwise.
  statement: (text, values) => ({
    text,
    values: values.map(value => (typeof value === 'string' ? Buffer.from(value) : value)),
  }),
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  types: {
    // Without AUTOINCREMENT the number of the last row would be given again once that is deleted.
    sequence: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    code: () => 'TEXT',
    text: 'TEXT',
    bytes: 'BLOB',
    long: 'INTEGER',
    int: 'INTEGER',
  },
  tableSuffix: '',
  nowMs: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  hasPartialIndexes: true,
  hasConflictClause: true,
  quote: doubleQuoted,
  statement: (text, values) => ({ text, values }),
}
