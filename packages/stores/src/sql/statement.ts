// A statement with its values: written with "?" for all databases, and with numbers where a database wants them. Pure.

/** What goes into a statement. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** A statement, and the values of its places. */
export interface SqlStatement {
  /** As the database reads it, with a place for each value. */
  readonly text: string
  /** In the order of their places. */
  readonly values: readonly SqlValue[]
}

/** A row as drivers return it. */
export type SqlRow = Readonly<Record<string, unknown>>

/** What came of a statement. */
export interface SqlResult {
  readonly rows: readonly SqlRow[]
  /** Rows that were written, or found to be so already. */
  readonly affected: number
}

/** Places for a list: `?, ?, ?`. */
export function places(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ')
}

/** Places for rows: `(?, ?), (?, ?)`; `row` is one of them. */
export function rowsOf(count: number, row: string): string {
  return Array.from({ length: count }, () => row).join(', ')
}

/** The same with `$1`, `$2`. Our statements have no "?" but their places. */
export function numbered(text: string): string {
  let count = 0
  return text.replaceAll('?', () => `$${++count}`)
}

/** A whole number of a row: drivers return large ones as text or bigint. */
export function numberIn(row: SqlRow, name: string): number {
  return Number(row[name])
}

/** A text of a row: drivers return what has no character set as bytes. */
export function textIn(row: SqlRow, name: string): string {
  const value = row[name]
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value)
}

/** Bytes of a row; null where there are none. */
export function bytesIn(row: SqlRow, name: string): Buffer | null {
  const value = row[name]
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return Buffer.from(value as string)
}
