// Records as JSON lines: what `consume --json` writes and `produce --json` reads back without loss.
import { nearestName } from '@millrace/runtime'
import { UsageError } from '../output/errors.ts'
import { elementsOf, kindOf, membersOf, textOf } from './json-text.ts'
import { int32Max } from './limits.ts'
import type { Printable } from './render.ts'

/** A record as `produce` sends it. */
export interface InputRecord {
  readonly topic?: string
  readonly partition?: number
  readonly timestamp?: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
}

/** Of either alphabet, with or without padding; a single letter in the last group holds no byte. */
export const base64Form = /^(?:[\w+/-]{4})*(?:[\w+/-]{2,3})?={0,2}$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `{ name: text }` for valid UTF-8 and null, `{ nameBase64: … }` for other bytes, so that nothing is lost. */
function bytesField(name: string, bytes: Buffer | null): Record<string, string | null> {
  if (bytes === null) return { [name]: null }
  try {
    return { [name]: utf8.decode(bytes) }
  } catch {
    return { [`${name}Base64`]: bytes.toString('base64') }
  }
}

/** One record as one line of JSON without its line end. The fields and their order are stable. */
export function toJsonLine(record: Printable): string {
  return JSON.stringify({
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    timestampType: record.timestampType,
    headers: record.headers.map(({ key, value }) => ({ key, ...bytesField('value', value) })),
    ...bytesField('key', record.key),
    ...bytesField('value', record.value),
  })
}

const recordFields = [
  'topic',
  'partition',
  'offset',
  'timestamp',
  'timestampType',
  'headers',
  'key',
  'keyBase64',
  'value',
  'valueBase64',
]
const headerFields = ['key', 'value', 'valueBase64']

/** What others call the same: kcat's envelope, and the names that come to mind. */
const otherNames: Readonly<Record<string, string>> = {
  payload: 'value',
  ts: 'timestamp',
  tstype: 'timestampType',
  name: 'key',
}

/** The members of one object of a line, each by its name and as its JSON text. */
class Fields {
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
function textBytes(text: string): Buffer | null {
  const kind = kindOf(text)
  if (kind === 'null') return null
  return Buffer.from(kind === 'string' ? textOf(text) : text)
}

function takeHeaders(fields: Fields, where: string): InputRecord['headers'] {
  const text = fields.text('headers')
  if (text === undefined || text === 'null') return []
  switch (kindOf(text)) {
    case 'array':
      return elementsOf(text).map((element, index) => takeHeader(element, `${where}: headers[${index}]`))
    case 'object':
      return membersOf(text).map(member => ({ key: member.name, value: textBytes(member.text) }))
    default:
      throw fields.wrong('"headers" is neither a list nor an object')
  }
}

function takeHeader(text: string, where: string): InputRecord['headers'][number] {
  const header = new Fields(text, headerFields, where)
  const key = header.string('key')
  const value = header.bytes('value')
  if (key === undefined) throw header.wrong('no "key"')
  if (value === undefined) throw header.wrong('no "value"', 'a header without one has "value": null')
  return { key, value }
}

/**
 * Reads a line written by `toJsonLine`, or by hand: only `value` is needed, null for a tombstone; a key or value that is not a string is
 * taken as its JSON text, as it came; headers may be an object. Topic and partition are kept for the caller to use or ignore. Throws
 * UsageError that starts with `where`.
 */
export function fromJsonLine(line: string, where: string): InputRecord {
  try {
    JSON.parse(line)
  } catch (error) {
    throw new UsageError(`${where}: not JSON: ${(error as Error).message}`)
  }
  const fields = new Fields(line.trim(), recordFields, where)
  const topic = fields.string('topic')
  const partition = fields.integer('partition', int32Max)
  // A record without a time gets one when it is sent.
  const timestamp = fields.integer('timestamp', Number.MAX_SAFE_INTEGER)
  const value = fields.bytes('value')
  if (value === undefined) throw fields.wrong('no "value"; write "value": null for a tombstone')
  return {
    ...(topic !== undefined && { topic }),
    ...(partition !== undefined && { partition }),
    ...(timestamp !== undefined && { timestamp }),
    key: fields.bytes('key') ?? null,
    value,
    headers: takeHeaders(fields, where),
  }
}
