// Records as JSON lines: what `consume --json` writes and `produce --json` reads back without loss.
import { UsageError } from '../output/errors.ts'
import { Fields, textBytes } from './json-fields.ts'
import { elementsOf, kindOf, membersOf } from './json-text.ts'
import { fromKcatLine, isKcatLine } from './kcat-lines.ts'
import { int32Max } from './limits.ts'
import type { InputRecord } from './input-record.ts'
import type { Printable } from './render.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `{ name: text }` for valid UTF-8 and null, `{ nameBase64: … }` for other bytes, so that nothing is lost. */
export function bytesField(name: string, bytes: Buffer | null): Record<string, string | null> {
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

function checkedJson(text: string, where: string): string {
  try {
    JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where}: not JSON: ${(error as Error).message}`)
  }
  return text.trim()
}

/**
 * Reads a line written by `toJsonLine`, or by hand: only `value` is needed, null for a tombstone; a key or value that is not a string is
 * taken as its JSON text, as it came; headers may be an object. A line that `kcat -J` wrote is read, too. Topic and partition are kept for the caller to use or ignore. Throws
 * UsageError that starts with `where`.
 */
export function fromJsonLine(line: string, where: string): InputRecord {
  const text = checkedJson(line, where)
  if (isKcatLine(text)) return fromKcatLine(text, where)
  const fields = new Fields(text, recordFields, where)
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

const partFields = ['headers', 'key', 'keyBase64', 'value', 'valueBase64']

/** What a text says of a record's own parts; what it leaves out is undefined. Throws UsageError that starts with `where`. */
export function fromJsonParts(
  text: string,
  where: string,
): Partial<Pick<InputRecord, 'key' | 'value' | 'headers'>> {
  const fields = new Fields(checkedJson(text, where), partFields, where)
  const key = fields.bytes('key')
  const value = fields.bytes('value')
  const hasHeaders = fields.text('headers') !== undefined
  return {
    ...(key !== undefined && { key }),
    ...(value !== undefined && { value }),
    ...(hasHeaders && { headers: takeHeaders(fields, where) }),
  }
}
