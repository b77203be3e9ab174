// The fields of a JSON line by their names: each as its JSON text, and as what it has to be.
import { nearestName } from '@millrace/runtime'
import { UsageError } from '../output/errors.ts'
import { kindOf, membersOf, textOf } from './json-text.ts'

/** Of either alphabet, with or without padding; a single letter in the last group holds no byte. */
export const base64Form = /^(?:[\w+/-]{4})*(?:[\w+/-]{2,3})?={0,2}$/
/** What others call the same, and the names that come to mind. */
const otherNames: Readonly<Record<string, string>> = {
  payload: 'value',
  ts: 'timestamp',
  tstype: 'timestampType',
  name: 'key',
}

/** The members of one object of a line, each by its name and as its JSON text. */
export class Fields {
  readonly #texts = new Map<string, string>()
  readonly #where: string

  /** Throws UsageError for what is no object, and for a field that is unknown or there twice. */
  constructor(text: string, known: readonly string[], where: string) {
    this.#where = where
    if (kindOf(text) !== 'object') throw this.wrong('not a JSON object')
    for (const member of membersOf(text)) {
      if (!known.includes(member.name)) {
        const alias = otherNames[member.name]
        const nearest = alias !== undefined && known.includes(alias) ? alias : nearestName(member.name, known)
        throw this.wrong(
          `unknown field "${member.name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
          `there are ${known.join(', ')}`,
        )
      }
      if (this.#texts.has(member.name)) throw this.wrong(`"${member.name}" is there twice`)
      this.#texts.set(member.name, member.text)
    }
  }

  /** The JSON text of a field; undefined for one that is not there. */
  text(name: string): string | undefined {
    return this.#texts.get(name)
  }

  /** A field that is a string; undefined for one that is not there. */
  string(name: string): string | undefined {
    const text = this.#texts.get(name)
    if (text === undefined) return undefined
    if (kindOf(text) !== 'string') throw this.wrong(`"${name}" is not a string`)
    return textOf(text)
  }

  /** A field that is a number; undefined for one that is not there, null or −1. */
  integer(name: string, max: number): number | undefined {
    const text = this.#texts.get(name)
    if (text === undefined || text === 'null') return undefined
    const value = Number(text)
    if (value === -1) return undefined
    if (!Number.isSafeInteger(value) || value < 0 || value > max)
      throw this.wrong(`"${name}" is not a whole number from 0 to ${max}`)
    return value
  }

  /** The bytes of `name` or `nameBase64`; undefined where neither is there. */
  bytes(name: string): Buffer | null | undefined {
    const plain = this.#texts.get(name)
    const encoded = this.string(`${name}Base64`)
    if (encoded === undefined) return plain === undefined ? undefined : textBytes(plain)
    if (plain !== undefined) throw this.wrong(`"${name}" and "${name}Base64" exclude each other`)
    // Node's decoder passes over what is no base64: a record would be written with other bytes than were meant.
    if (!base64Form.test(encoded)) throw this.wrong(`"${name}Base64" is not base64`)
    return Buffer.from(encoded, 'base64')
  }

  wrong(what: string, advice?: string): UsageError {
    return new UsageError(`${this.#where}: ${what}`, advice)
  }
}

/** The characters of a JSON string, nothing for null, and the text itself of everything else: numbers and key order are the writer's. */
export function textBytes(text: string): Buffer | null {
  const kind = kindOf(text)
  if (kind === 'null') return null
  return Buffer.from(kind === 'string' ? textOf(text) : text)
}
