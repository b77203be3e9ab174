// Properties of Apache Kafka that have no meaning on a single node, or none yet: taken, checked, reported, without effect.
import {
  boolean,
  choice,
  type ConfigDefinition,
  type ConfigImportance,
  type ConfigType,
  type ConfigUpdate,
  double,
  int,
  list,
  long,
  optional,
  short,
  text,
} from './definition.ts'

/**
 * Reads the rows of an area: a `#` line says why those below it have no effect; a row is name, type, importance, update mode, range
 * (`1..`, `0..1`, `a|b`, `-` for any) and default (`null` for none), as Kafka has them.
 */
export function withoutEffect(rows: string): [string, ConfigDefinition][] {
  let why = ''
  const found: [string, ConfigDefinition][] = []
  for (const row of rows.split('\n')) {
    if (row.startsWith('#')) why = row.slice(1).trim()
    else if (row !== '') found.push(readRow(row, why))
  }
  return found
}

function readRow(row: string, why: string): [string, ConfigDefinition] {
  const [name, type, importance, update, range, ...rest] = row.split(' ')
  const defaultText = rest.join(' ')
  const common = {
    importance: importance as ConfigImportance,
    update: update as ConfigUpdate,
    doc: `${why} Accepted and reported, without effect.`,
  }
  const definition = define(type as ConfigType, range!, defaultText, common)
  return [name!, defaultText === 'null' ? optional(definition) : definition]
}

type Common = Pick<ConfigDefinition, 'importance' | 'update' | 'doc'>

function define(type: ConfigType, range: string, defaultText: string, common: Common): ConfigDefinition {
  const options = { ...common, default: defaultText, ...boundsOf(range) }
  switch (type) {
    case 'INT':
      return int(options)
    case 'SHORT':
      return short(options)
    case 'LONG':
      return long(options)
    case 'DOUBLE':
      return double(options)
    case 'BOOLEAN':
      return boolean({ ...common, default: defaultText === 'true' })
    case 'LIST':
      return list(options)
    case 'STRING':
      if (range.includes('|')) return choice({ ...options, values: range.split('|') })
      return text('STRING', options)
    default:
      return text(type, options)
  }
}

function boundsOf(range: string): { min?: number; max?: number } {
  const match = /^(-?[\d.]+?)\.\.(-?[\d.]+)?$/.exec(range)
  if (!match) return {}
  return { min: Number(match[1]), ...(match[2] !== undefined && { max: Number(match[2]) }) }
}
