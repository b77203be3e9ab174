// Cuts standard input into records: by a delimiter, by a format string, or as JSON lines. Memory is bounded by the longest record.
import { UsageError } from '../output/errors.ts'
import { base64Form, fromJsonLine, type InputRecord } from './json-lines.ts'
import { type Field, parsePattern, type Pattern } from './pattern.ts'

/** A record on standard input may be this long; a longer one is an error instead of a full memory. */
export const inputRecordBytesMax = 64 * 1024 * 1024

export interface InputOptions {
  /** Reads JSON lines. */
  readonly json?: boolean
  /** What ends a record. Default: line end. */
  readonly delimiter?: string
  /** What separates key and value within a record; no key without it. */
  readonly keyDelimiter?: string
  /** A format string such as `%k %v\n`, instead of the delimiters. */
  readonly format?: string
  /** Values (and keys) equal to this text are null: tombstones. */
  readonly nullMarker?: string
}

/** Undefined for what is no record: an empty line between JSON lines. */
type Parse = (record: Buffer, number: number) => InputRecord | undefined

/** Yields the records of a byte stream. Throws UsageError that names the record which is wrong. */
export async function* readRecords(
  input: AsyncIterable<Buffer>,
  options: InputOptions,
): AsyncGenerator<InputRecord> {
  const { delimiter, parse } = plan(options)
  const rest = new Rest()
  let number = 0
  for await (const chunk of input) {
    // Of what was there before only the end can be the beginning of a delimiter.
    let searchFrom = Math.max(0, rest.length - delimiter.length + 1)
    rest.add(chunk)
    for (;;) {
      const end = rest.indexOf(delimiter, searchFrom)
      if (end < 0) break
      const record = parse(rest.take(end, delimiter.length), ++number)
      searchFrom = 0
      if (record) yield record
    }
    if (rest.length > inputRecordBytesMax) {
      throw new UsageError(
        `record ${number + 1} of the input is longer than ${inputRecordBytesMax} bytes`,
        'check the delimiter',
      )
    }
  }
  const last = rest.length > 0 ? parse(rest.bytes, ++number) : undefined
  if (last) yield last
}

/** The bytes behind the last delimiter. Their memory doubles when it is full, so that a long record is not copied with each chunk of it. */
class Rest {
  #memory: Buffer = Buffer.alloc(0)
  #start = 0
  #end = 0

  get length(): number {
    return this.#end - this.#start
  }

  get bytes(): Buffer {
    return this.#memory.subarray(this.#start, this.#end)
  }

  /** Where `bytes` begin, at or behind `from`; −1 where they do not. */
  indexOf(bytes: Buffer, from: number): number {
    const at = this.#memory.indexOf(bytes, this.#start + from)
    // Behind the end stands what was there before.
    return at < 0 || at + bytes.length > this.#end ? -1 : at - this.#start
  }

  add(chunk: Buffer): void {
    if (this.length === 0) {
      this.#memory = chunk
      this.#start = 0
      this.#end = chunk.length
      return
    }
    if (this.#end + chunk.length > this.#memory.length) {
      const { bytes } = this
      // Records that were taken may still be in use: their memory is left alone.
      this.#memory = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, bytes.length + chunk.length))
      bytes.copy(this.#memory)
      this.#start = 0
      this.#end = bytes.length
    }
    chunk.copy(this.#memory, this.#end)
    this.#end += chunk.length
  }

  /** Takes out a record of `length` bytes and the delimiter behind it. */
  take(length: number, delimiterLength: number): Buffer {
    const record = this.#memory.subarray(this.#start, this.#start + length)
    this.#start += length + delimiterLength
    return record
  }
}

function plan(options: InputOptions): { delimiter: Buffer; parse: Parse } {
  const { json, format, nullMarker } = options
  if (json) {
    if (format !== undefined) throw new UsageError('--json and --format exclude each other')
    return {
      delimiter: Buffer.from('\n'),
      parse: (record, number) => {
        const line = record.toString().trim()
        return line === '' ? undefined : fromJsonLine(line, `input line ${number}`)
      },
    }
  }
  if (format !== undefined) return planPattern(parsePattern(format), format, nullMarker)
  const { delimiter = '\n', keyDelimiter } = options
  // Nothing is everywhere: records would never end.
  if (delimiter === '') throw new UsageError('--delimiter is empty')
  if (keyDelimiter === '') throw new UsageError('--key-delimiter is empty')
  const between = keyDelimiter === undefined ? undefined : Buffer.from(keyDelimiter)
  return {
    delimiter: Buffer.from(delimiter),
    parse: (record, number) => {
      const line = delimiter === '\n' && record.at(-1) === 0x0d ? record.subarray(0, -1) : record
      if (!between) return { key: null, value: orNull(line, nullMarker), headers: [] }
      const at = line.indexOf(between)
      if (at < 0)
        throw new UsageError(
          `record ${number} of the input has no key delimiter ${JSON.stringify(keyDelimiter)}`,
        )
      return {
        key: orNull(line.subarray(0, at), nullMarker),
        value: orNull(line.subarray(at + between.length), nullMarker),
        headers: [],
      }
    },
  }
}

const orNull = (bytes: Buffer, nullMarker: string | undefined): Buffer | null =>
  nullMarker !== undefined && bytes.toString() === nullMarker ? null : bytes

const readable: ReadonlySet<Field> = new Set<Field>(['topic', 'partition', 'timestamp', 'key', 'value'])

interface Piece {
  readonly field: Field
  readonly encoding: 'utf8' | 'hex' | 'base64'
  /** Text that stands behind the field; empty only for the last one. */
  readonly until: Buffer
}

/** A format string can be read when texts separate its fields and the last text (the record's delimiter) is not empty. */
function planPattern(
  pattern: Pattern,
  text: string,
  nullMarker: string | undefined,
): { delimiter: Buffer; parse: Parse } {
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
    if (!readable.has(part.field)) throw wrong(`%${part.field} is for output only`)
    if (next?.kind !== 'text') throw wrong('two fields stand side by side')
    const encoding = part.modifier ?? 'utf8'
    if (encoding !== 'utf8' && encoding !== 'hex' && encoding !== 'base64')
      throw wrong(`{${encoding}} is for output only`)
    pieces.push({
      field: part.field,
      encoding,
      until: index + 1 === pattern.length - 1 ? Buffer.alloc(0) : next.bytes,
    })
  })
  return {
    delimiter: last.bytes,
    parse: (record, number) => parsePieces(record, number, before, pieces, nullMarker),
  }
}

function parsePieces(
  record: Buffer,
  number: number,
  before: Buffer,
  pieces: readonly Piece[],
  nullMarker: string | undefined,
): InputRecord {
  let at = before.length
  const found: { -readonly [Name in keyof InputRecord]: InputRecord[Name] } = {
    key: null,
    value: null,
    headers: [],
  }
  if (!record.subarray(0, at).equals(before))
    throw new UsageError(
      `record ${number} of the input does not start with ${JSON.stringify(before.toString())}`,
    )
  for (const { field, encoding, until } of pieces) {
    const end = until.length === 0 ? record.length : record.indexOf(until, at)
    if (end < 0)
      throw new UsageError(
        `record ${number} of the input has no ${JSON.stringify(until.toString())} behind its ${field}`,
      )
    const raw = record.subarray(at, end)
    at = end + until.length
    const bytes = encoding === 'utf8' ? raw : decode(raw.toString(), encoding, field, number)
    if (field === 'key' || field === 'value') found[field] = orNull(bytes, nullMarker)
    else if (field === 'topic') found.topic = bytes.toString()
    else if (field === 'partition' || field === 'timestamp') found[field] = integer(bytes, field, number)
  }
  return found
}

/** Node's decoders pass over what does not belong there: a record would be written with other bytes than were meant. */
function decode(text: string, encoding: 'hex' | 'base64', field: string, number: number): Buffer {
  const isWhole = encoding === 'hex' ? /^(?:[\da-f]{2})*$/i.test(text) : base64Form.test(text)
  if (!isWhole) throw new UsageError(`record ${number} of the input: its ${field} is not ${encoding}`)
  return Buffer.from(text, encoding)
}

function integer(bytes: Buffer, field: string, number: number): number {
  const value = Number(bytes.toString())
  if (bytes.length === 0 || !Number.isSafeInteger(value))
    throw new UsageError(`record ${number} of the input: "${bytes.toString()}" is no ${field}`)
  return value
}
