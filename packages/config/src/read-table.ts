// Reads entries by a table: values as they are meant, and for each that cannot be a problem with its place.
import { nearestName } from '@millrace/runtime'
import type { Entry, Environment } from './entry.ts'
import { isMapping, type Mapping, type Table } from './service-table.ts'
import type { Read } from './values.ts'
import { hasVariables, substitute } from './variables.ts'

export interface ReadingOptions {
  /** What the entries are of, as the file has it: `handlers.orders`. */
  readonly section: string
  /** Of the thing itself: a breaker goes by it. */
  readonly name: string
  /** Undefined: values with variables are passed over. */
  readonly env: Environment | undefined
  /** What is wrong is added to it. */
  readonly problems: string[]
}

/** The fields that entries come to; those that cannot be are left out. */
export function readTable(
  table: Table,
  entries: readonly Entry[],
  options: ReadingOptions,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const entry of entries) {
    const { name, place } = entry
    if (!Object.hasOwn(table, name)) {
      options.problems.push(`${place}: ${unknown(table, name, options.section)}`)
      continue
    }
    if (entry.value === undefined) continue
    const field = table[name]!
    const value = isMapping(field) ? readMapping(field, entry, options) : readValue(field, entry, options)
    if (value !== undefined) fields[name] = value
  }
  return fields
}

function readMapping(mapping: Mapping, entry: Entry, options: ReadingOptions): unknown {
  const { members, name, place } = entry
  const section = `${options.section}.${name}`
  if (!members) {
    if (mapping.plain) return readValue(mapping.plain, entry, options)
    options.problems.push(`${place}: "${section}" is no mapping of names to settings`)
    return undefined
  }
  const before = options.problems.length
  const fields = readTable(mapping.table, members, { ...options, section })
  const isWhole = options.env !== undefined || !hasVariables(entry.value)
  if (!mapping.make || !isWhole || options.problems.length > before) return mapping.make ? undefined : fields
  try {
    return mapping.make(fields, options.name)
  } catch (error) {
    options.problems.push(`${place}: "${section}": ${(error as Error).message}`)
    return undefined
  }
}

function readValue(read: Read, entry: Entry, { section, env, problems }: ReadingOptions): unknown {
  const { name, place, value, isLiteral } = entry
  const varies = !isLiteral && hasVariables(value)
  if (varies && !env) return undefined
  try {
    return read(varies ? substitute(value, env!) : value)
  } catch (error) {
    const what = isLiteral ? '' : `"${section}.${name}": `
    problems.push(`${place}: ${what}${(error as Error).message}`)
    return undefined
  }
}

function unknown(table: Table, name: string, section: string): string {
  const names = Object.keys(table)
  const near = nearestName(name, names)
  return `there is no "${name}" in ${section}; ${near ? `did you mean "${near}"?` : `there are ${names.join(', ')}`}`
}
