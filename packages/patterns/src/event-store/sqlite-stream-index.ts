// An index of streams in SQLite: a start reads the log on from where the index ends.
import { inTransaction, type SqliteDatabase, tableName } from '../sqlite/database.ts'
import type { IndexedRange, StreamIndex } from './stream-index.ts'

/** Options of {@link sqliteStreamIndex}. */
export interface SqliteStreamIndexOptions {
  /** What the names of its tables begin with: letters, digits, underscores; one for each event topic. Default `millrace`. */
  readonly prefix?: string
}

/**
 * An index in a SQLite database, with tables of its own, which are made where they are missing. One process at a time uses it: each keeps up with the log by itself. Throws what the database throws.
 */
export function sqliteStreamIndex(
  database: SqliteDatabase,
  options: SqliteStreamIndexOptions = {},
): StreamIndex {
  const prefix = tableName(options.prefix ?? 'millrace')
  const [events, positions] = [`${prefix}_stream_events`, `${prefix}_stream_positions`]
  database.exec(`
    CREATE TABLE IF NOT EXISTS ${events} (
      stream TEXT NOT NULL, version INTEGER NOT NULL, part INTEGER NOT NULL, place INTEGER NOT NULL,
      PRIMARY KEY (stream, version)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS ${positions} (part INTEGER PRIMARY KEY, place INTEGER NOT NULL);
  `)
  const position = database.prepare(`SELECT place FROM ${positions} WHERE part = ?`)
  const last = database.prepare(`SELECT max(version) AS version FROM ${events} WHERE stream = ?`)
  const range = database.prepare(
    `SELECT version, part, place FROM ${events} WHERE stream = ? AND version BETWEEN ? AND ? ORDER BY version`,
  )
  const insert = database.prepare(
    `INSERT OR IGNORE INTO ${events} (stream, version, part, place) VALUES (?, ?, ?, ?)`,
  )
  const move = database.prepare(`INSERT OR REPLACE INTO ${positions} (part, place) VALUES (?, ?)`)
  return {
    positionOf: partition => (position.get(partition) as { place: number } | undefined)?.place ?? 0,
    versionOf: stream => (last.get(stream) as { version: number | null } | undefined)?.version ?? 0,
    find(stream, from, to): IndexedRange {
      const rows = range.all(stream, from, to) as { version: number; part: number; place: number }[]
      const found = new Map(rows.map(({ version, place }) => [version, place]))
      const offsets: number[] = []
      for (let version = from; version <= to; version++) offsets.push(found.get(version) ?? -1)
      return { partition: rows[0]?.part ?? -1, offsets }
    },
    apply(partition, to, added) {
      inTransaction(database, () => {
        for (const { stream, version, offset } of added) insert.run(stream, version, partition, offset)
        move.run(partition, to)
      })
    },
    clear() {
      inTransaction(database, () => {
        database.exec(`DELETE FROM ${events}`)
        database.exec(`DELETE FROM ${positions}`)
      })
    },
  }
}
