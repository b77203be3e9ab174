// Reads a user's options against a table of what there is: camelCase or Kafka's dotted names, numbers and booleans also as text.
import { ConfigError } from '../errors/index.ts'
import { adviceFor } from './foreign-names.ts'
import type { OptionEntry, OptionTable } from './option-entry.ts'
import { readValue } from './option-value.ts'
import { onlyOwner } from './owners.ts'
import { show } from './show.ts'
import { type WithoutOption, withoutOption } from './without-option.ts'

/** A value as a properties file or an environment variable gives it. */
type PropertyValue = string | number | boolean

/** Options under Kafka’s dotted names, as a properties file has them: `'bootstrap.servers': 'localhost:9092'`. */
export type DottedOptions = { readonly [name: `${string}.${string}`]: PropertyValue }

/** What an option that is given stands for. */
interface Named {
  readonly name: string
  readonly convert?: (value: unknown) => unknown
}

/** All names that a table knows, ours and Kafka's. */
export function optionNames(table: OptionTable): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>()
  for (const [name, { kafka = [], converted = {} }] of Object.entries(table)) {
    names.set(name, { name })
    for (const alias of kafka) names.set(alias, { name })
    for (const [alias, convert] of Object.entries(converted)) names.set(alias, { name, convert })
  }
  return names
}

/**
 * The options of a client, whose kind `owner` names in errors, with their camelCase names and checked values. Throws ConfigError for a name that is not in the table (naming the nearest
 * that is, or why there is none), for the same option given twice, and for a value of a wrong kind or out of range.
 */
export function readOptions<T>(owner: string, table: OptionTable, given: object): T {
  if (typeof given !== 'object' || given === null)
    throw new ConfigError(`${owner}: the options are ${show(given)}; give an object with "brokers"`)
  const names = optionNames(table)
  const result: Record<string, unknown> = {}
  const givenAs = new Map<string, string>()
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    const named = names.get(key)
    if (named === undefined) {
      explainUnknown(owner, key, value, names.keys())
      continue
    }
    const { name } = named
    const before = givenAs.get(name)
    if (before !== undefined) {
      throw new ConfigError(`${owner}: "${before}" and "${key}" are the same option; give one of them`)
    }
    givenAs.set(name, key)
    const read = readOption(`${owner}: ${key}`, table[name]!, named, value)
    if (read !== undefined) result[name] = read
  }
  return result as T
}

function readOption(what: string, entry: OptionEntry, { convert }: Named, value: unknown): unknown {
  if (!convert) return readValue(what, entry, value)
  try {
    const converted = convert(value)
    return converted === undefined ? undefined : readValue(what, entry, converted)
  } catch (error) {
    if (error instanceof ConfigError && !error.message.startsWith(what))
      throw new ConfigError(`${what}: ${error.message}`)
    throw error
  }
}

/** Throws ConfigError, unless the name is a property that may be passed over. */
function explainUnknown(owner: string, key: string, value: unknown, names: Iterable<string>): void {
  const known = withoutOption.get(key)
  if (known && (known.owners?.includes(owner) ?? true)) return passOver(owner, key, value, known)
  const other = onlyOwner(key)
  if (other !== undefined && other !== owner)
    throw new ConfigError(`${owner}: "${key}" is an option of a ${other}`)
  // Whoever writes dotted names means a dotted name.
  const kin = [...names].filter(candidate => candidate.includes('.') === key.includes('.'))
  throw new ConfigError(`${owner}: there is no option "${key}"${adviceFor(key, kin)}`)
}

/** What was warned of: one word for each name is enough, however many clients there are. */
const warnedOf = new Set<string>()

function passOver(owner: string, key: string, value: unknown, known: WithoutOption): void {
  const { reason, accepts = [], ignored } = known
  if (accepts.includes('*') || accepts.includes(String(value).trim().toLowerCase())) return
  if (!ignored) {
    const but = accepts.length > 0 && accepts[0] !== '' ? `; ${accepts.join(', ')} may stand` : ''
    throw new ConfigError(`${owner}: "${key}" is not honoured: ${reason}${but}`)
  }
  if (warnedOf.has(key)) return
  warnedOf.add(key)
  process.emitWarning(`${owner}: "${key}" has no effect: ${reason}`, {
    code: 'MILLRACE_OPTION_WITHOUT_EFFECT',
  })
}
