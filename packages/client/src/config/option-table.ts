// Reads a user's options against a table of what there is: camelCase or Kafka's dotted names, numbers and booleans also as text.
import { ConfigError } from '../errors/index.ts'
import { adviceFor } from './foreign-names.ts'
import { show } from './show.ts'

/**
 * `int32` is a whole number that a field of the protocol takes. `duration` is a time in milliseconds that a timer takes, a fraction perhaps:
 * longer ones would ring at once, or 24.8 days early.
 */
type OptionKind = 'number' | 'int32' | 'duration' | 'boolean' | 'string' | 'list' | 'function' | 'any'

const int32Max = 2 ** 31 - 1

interface OptionEntry {
  readonly kind: OptionKind
  /** Kafka's property name, and other names it goes by. */
  readonly kafka?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** The only values there are, for strings. */
  readonly values?: readonly string[]
  /** The value is not to be repeated in an error. */
  readonly secret?: true
  /** Reads what other clients write for the same thing. */
  readonly convert?: (value: unknown) => unknown
}

export type OptionTable = Readonly<Record<string, OptionEntry>>

/** A value as a properties file or an environment variable gives it. */
type PropertyValue = string | number | boolean

/** Options under Kafka's dotted names. */
export type DottedOptions = { readonly [name: `${string}.${string}`]: PropertyValue }

/**
 * The options with their camelCase names and checked values. Throws ConfigError for a name that is not in the table (naming the nearest
 * that is), for the same option given twice, and for a value of a wrong kind or out of range.
 */
export function readOptions<T>(owner: string, table: OptionTable, given: object): T {
  if (typeof given !== 'object' || given === null)
    throw new ConfigError(`${owner}: the options are ${show(given)}; give an object with "brokers"`)
  const names = new Map<string, string>()
  for (const [name, entry] of Object.entries(table)) {
    names.set(name, name)
    for (const alias of entry.kafka ?? []) names.set(alias, name)
  }
  const result: Record<string, unknown> = {}
  const givenAs = new Map<string, string>()
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    const name = names.get(key)
    if (name === undefined) {
      // Whoever writes dotted names means a dotted name.
      const kin = [...names.keys()].filter(candidate => candidate.includes('.') === key.includes('.'))
      throw new ConfigError(`${owner}: there is no option "${key}"${adviceFor(key, kin)}`)
    }
    const before = givenAs.get(name)
    if (before !== undefined) {
      throw new ConfigError(`${owner}: "${before}" and "${key}" are the same option; give one of them`)
    }
    givenAs.set(name, key)
    result[name] = readValue(`${owner}: ${key}`, table[name]!, value)
  }
  return result as T
}

function readValue(what: string, entry: OptionEntry, given: unknown): unknown {
  const value = entry.convert ? entry.convert(given) : given
  if (entry.secret && entry.kind === 'string' && typeof value !== 'string')
    throw new ConfigError(`${what}: the value is not text`)
  switch (entry.kind) {
    case 'number':
    case 'int32':
    case 'duration':
      return readNumber(what, entry, value)
    case 'boolean':
      if (value === true || value === 'true') return true
      if (value === false || value === 'false') return false
      throw new ConfigError(`${what}: ${show(value)} is not true or false`)
    case 'list':
      if (typeof value === 'string')
        return value
          .split(',')
          .map(part => part.trim())
          .filter(part => part !== '')
      if (Array.isArray(value)) return value
      throw new ConfigError(`${what}: ${show(value)} is not a list`)
    case 'string':
      if (typeof value !== 'string') throw new ConfigError(`${what}: ${show(value)} is not text`)
      if (entry.values && !entry.values.includes(value)) {
        throw new ConfigError(`${what}: "${value}" is none of ${entry.values.join(', ')}`)
      }
      return value
    case 'function':
      if (typeof value === 'function') return value
      throw new ConfigError(`${what}: ${show(value)} is not a function`)
    case 'any':
      return value
  }
}

function readNumber(what: string, entry: OptionEntry, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) {
    throw new ConfigError(`${what}: ${show(value)} is not a number`)
  }
  if (entry.kind === 'int32' && !Number.isInteger(number)) {
    throw new ConfigError(`${what}: ${number} is not a whole number`)
  }
  const { min = 0, max = entry.kind === 'number' ? Number.MAX_SAFE_INTEGER : int32Max } = entry
  if (number < min || number > max)
    throw new ConfigError(`${what}: ${number} is not between ${min} and ${max}`)
  return number
}
