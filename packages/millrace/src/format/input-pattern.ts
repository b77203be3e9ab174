// Reads records that are written by a format string, as `consume -f` prints them.
import { UsageError } from '../output/errors.ts'
import type { InputRecord } from './input-record.ts'
import { base64Form } from './json-fields.ts'
import { int32Max } from './limits.ts'
import type { Field, FieldPart, Pattern } from './pattern.ts'

type Encoding = 'utf8' | 'hex' | 'base64'

/** What is read of one record, or of one header by a pattern of its own. */
type Found = { -readonly [Name in keyof InputRecord]: InputRecord[Name] }

interface Piece {
  readonly field: Field
  readonly read: (raw: Buffer, number: number, found: Found) => void
  /** Text that stands behind the field; empty only for the last one. */
  readonly until: Buffer
}

export interface PatternPlan {
  /** What ends a record. */
  readonly delimiter: Buffer
  /** `number` counts from 1. Throws UsageError that names it. */
  readonly parse: (record: Buffer, number: number) => InputRecord
}

/** The fields that a record can be given; of a header, key and value. */
const readableOfRecord: ReadonlySet<Field> = new Set<Field>([
  'topic',
  'partition',
  'timestamp',
  'key',
  'value',
  'headers',
])
const readableOfHeader: ReadonlySet<Field> = new Set<Field>(['key', 'value'])

export const orNull = (bytes: Buffer, nullMarker: string | undefined): Buffer | null =>
  nullMarker !== undefined && bytes.toString() === nullMarker ? null : bytes

/**
 * A format string can be read when texts separate its fields and the last text (the record's delimiter) is not empty. `text` is the format as it
 * was written; keys and values that equal `nullMarker` are null. Throws UsageError.
 */
export function planPattern(
  pattern: Pattern,
  text: string,
  nullMarker: string | undefined,
  readable = readableOfRecord,
): PatternPlan {
  const wrong = (what: string) =>
    new UsageError(
      `format ${JSON.stringify(text)} cannot be read: ${what}`,
      'separate the fields by text and end with a delimiter: "%k %v\\n"',
    )
  const last = pattern.at(-1)
  if (last?.kind !== 'text') throw wrong('nothing ends a record')
  const before = pattern[0]?.kind === 'text' && pattern.length > 1 ? pattern[0].bytes : Buffer.alloc(0)
  const pieces: Piece[] = []
  pattern.forEach((part, index) => {
    if (part.kind === 'text') return
    const next = pattern[index + 1]
    if (!readable.has(part.field)) throw wrong(`its field "${part.field}" is for output only`)
    if (next?.kind !== 'text') throw wrong('two fields stand side by side')
    const read = part.inner
      ? readHeadersBy(part.inner, text, nullMarker)
      : readField(part, encodingOf(part, wrong), nullMarker)
    const isLast = index + 1 === pattern.length - 1
    pieces.push({ field: part.field, read, until: isLast ? Buffer.alloc(0) : next.bytes })
  })
  return { delimiter: last.bytes, parse: (record, number) => parsePieces(record, number, before, pieces) }
}

function encodingOf(part: FieldPart, wrong: (what: string) => UsageError): Encoding {
  const encoding = part.modifier ?? 'utf8'
  if (encoding !== 'utf8' && encoding !== 'hex' && encoding !== 'base64')
    throw wrong(`{${encoding}} is for output only`)
  return encoding
}

function parsePieces(record: Buffer, number: number, before: Buffer, pieces: readonly Piece[]): InputRecord {
  const found: Found = { key: null, value: null, headers: [] }
  if (!record.subarray(0, before.length).equals(before))
    throw new UsageError(
      `record ${number} of the input does not start with ${JSON.stringify(before.toString())}`,
    )
  let at = before.length
  for (const { field, read, until } of pieces) {
    const end = until.length === 0 ? record.length : record.indexOf(until, at)
    if (end < 0)
      throw new UsageError(
        `record ${number} of the input has no ${JSON.stringify(until.toString())} behind its ${field}`,
      )
    read(record.subarray(at, end), number, found)
    at = end + until.length
  }
  return found
}

function readField({ field }: FieldPart, encoding: Encoding, nullMarker: string | undefined): Piece['read'] {
  return (raw, number, found) => {
    const bytes = encoding === 'utf8' ? raw : decode(raw.toString(), encoding, field, number)
    if (field === 'key' || field === 'value') found[field] = orNull(bytes, nullMarker)
    else if (field === 'topic') found.topic = bytes.toString()
    else if (field === 'headers') found.headers = readHeaders(bytes.toString(), number, nullMarker)
    else if (field === 'partition' || field === 'timestamp') {
      const value = integer(bytes, field, number)
      // A record without a time gets one when it is sent.
      if (value !== -1) found[field] = value
    }
  }
}

/** `name=value,name=value`, as `%h` prints them: for values with a comma there is `%h{…}`. */
function readHeaders(text: string, number: number, nullMarker: string | undefined): InputRecord['headers'] {
  if (text === '') return []
  return text.split(',').map(entry => {
    const at = entry.indexOf('=')
    if (at < 0)
      throw new UsageError(
        `record ${number} of the input: header ${JSON.stringify(entry)} has no "="`,
        'headers are name=value,name=value; %h{%k:%v;} reads them otherwise',
      )
    return { key: entry.slice(0, at), value: orNull(Buffer.from(entry.slice(at + 1)), nullMarker) }
  })
}

/** Headers one after the other, each by a pattern of its own. */
function readHeadersBy(inner: Pattern, text: string, nullMarker: string | undefined): Piece['read'] {
  const { delimiter, parse } = planPattern(inner, text, nullMarker, readableOfHeader)
  return (raw, number, found) => {
    const headers: InputRecord['headers'][number][] = []
    for (let at = 0; at < raw.length; ) {
      const end = raw.indexOf(delimiter, at)
      if (end < 0)
        throw new UsageError(
          `record ${number} of the input: a header does not end with ${JSON.stringify(delimiter.toString())}`,
        )
      const { key, value } = parse(raw.subarray(at, end), number)
      headers.push({ key: key?.toString() ?? '', value })
      at = end + delimiter.length
    }
    found.headers = headers
  }
}

/** Node's decoders pass over what does not belong there: a record would be written with other bytes than were meant. */
function decode(text: string, encoding: 'hex' | 'base64', field: string, number: number): Buffer {
  const isWhole = encoding === 'hex' ? /^(?:[\da-f]{2})*$/i.test(text) : base64Form.test(text)
  if (!isWhole) throw new UsageError(`record ${number} of the input: its ${field} is not ${encoding}`)
  return Buffer.from(text, encoding)
}

const integerMax = { partition: int32Max, timestamp: Number.MAX_SAFE_INTEGER }

function integer(bytes: Buffer, field: 'partition' | 'timestamp', number: number): number {
  const text = bytes.toString()
  const value = Number(text)
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < -1 || value > integerMax[field])
    throw new UsageError(`record ${number} of the input: "${text}" is no ${field}`)
  return value
}
