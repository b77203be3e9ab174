// The rows of options that are serdes: given as such, or by the names of Java's classes.
import { ConfigError } from '../errors/index.ts'
import { serdeOfClass } from '../serde/java-classes.ts'
import type { OptionEntry } from './option-entry.ts'
import { show } from './show.ts'

/** `option` is the name of the option, `part` that of Kafka's property: `key` for `key.serializer`. */
export function serializerOption(owner: string, option: string, part: string): OptionEntry {
  return serdeOption('serialize', `${owner}: ${option}`, `${part}.serializer`)
}

/** The same for the way in. */
export function deserializerOption(owner: string, option: string, part: string): OptionEntry {
  return serdeOption('deserialize', `${owner}: ${option}`, `${part}.deserializer`)
}

function serdeOption(method: 'serialize' | 'deserialize', what: string, property: string): OptionEntry {
  const convert = (value: unknown) => {
    const serde = value as { readonly [Name in typeof method]?: unknown } | null
    if (typeof serde?.[method] !== 'function')
      throw new ConfigError(
        `${what}: ${show(value)} is no serde; give an object with ${method}, string() for one`,
      )
    return value
  }
  return { kind: 'any', code: true, convert, converted: { [property]: serdeOfClass } }
}
