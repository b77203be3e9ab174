// Checks the value of an option; text is read as properties files and environment variables have it.
import { ConfigError } from '../errors/index.ts'
import type { OptionEntry } from './option-entry.ts'
import { show } from './show.ts'

const int32Max = 2 ** 31 - 1
/** As Java and librdkafka write numbers: no units, no hexadecimals, no exponents. */
const decimal = /^[+-]?\d+(?:\.\d+)?$/
/** Java has `true` and `false` in any case, librdkafka has the others too. */
const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['f', false],
  ['0', false],
])

/** The value as the option has it. Throws ConfigError, which begins with `what`. */
export function readValue(what: string, entry: OptionEntry, given: unknown): unknown {
  const value = entry.convert ? entry.convert(given) : given
  if (entry.secret && entry.kind === 'string' && typeof value !== 'string')
    throw new ConfigError(`${what}: the value is not text`)
  switch (entry.kind) {
    case 'number':
    case 'int32':
    case 'duration':
      return readNumber(what, entry, value)
    case 'boolean':
      return readBoolean(what, value)
    case 'list':
      return readList(what, value)
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

function readBoolean(what: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  const truth = typeof value === 'string' ? truths.get(value.trim().toLowerCase()) : undefined
  if (truth === undefined) throw new ConfigError(`${what}: ${show(value)} is not true or false`)
  return truth
}

function readList(what: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string') throw new ConfigError(`${what}: ${show(value)} is not a list`)
  return value
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

function readNumber(what: string, entry: OptionEntry, value: unknown): number {
  const number = typeof value === 'string' && decimal.test(value.trim()) ? Number(value) : value
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
