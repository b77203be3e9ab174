// Names of tables: checked, divided into schema and table, and quoted as a database wants it. Pure.
import { ConfigError } from '@millrace/client'

/** A table, with names for what belongs to it. */
export interface TableName {
  /** As it was given: `shop.outbox`. */
  readonly given: string
  /** Quoted. */
  readonly quoted: string
  /** The quoted name of another table beside it. */
  beside(suffix: string): string
  /** The quoted name of an index, which has no schema of its own. */
  index(suffix: string): string
}

/** Longest name of a table: databases take 63 or 64, and indexes are called after it. */
const nameMax = 48

/** Reads `table` or `schema.table`. Throws ConfigError. */
export function tableName(what: string, given: unknown, quote: (name: string) => string): TableName {
  const parts = typeof given === 'string' ? given.split('.') : []
  const isName = (part: string) => part !== '' && part.length <= nameMax && !/[\0?]/.test(part)
  if (parts.length < 1 || parts.length > 2 || !parts.every(isName))
    throw new ConfigError(
      `${what}: table is ${JSON.stringify(given)}; write a name, or schema.name, of up to ${nameMax} characters`,
    )
  const name = parts.at(-1)!
  const schema = parts.length === 2 ? `${quote(parts[0]!)}.` : ''
  return {
    given: given as string,
    quoted: `${schema}${quote(name)}`,
    beside: suffix => `${schema}${quote(`${name}_${suffix}`)}`,
    index: suffix => quote(`${name}_${suffix}`),
  }
}
