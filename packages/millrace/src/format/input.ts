// Cuts standard input into records: by a delimiter, by a format string, or as JSON lines. Memory is bounded by the longest record.
import { UsageError } from '../output/errors.ts'
import { unescape } from './escapes.ts'
import { orNull, planPattern } from './input-pattern.ts'
import type { InputRecord } from './input-record.ts'
import { fromJsonLine } from './json-lines.ts'
import { parsePattern } from './pattern.ts'

/** A record on standard input may be this long; a longer one is an error instead of a full memory. */
export const inputRecordBytesMax = 64 * 1024 * 1024

export interface InputOptions {
  /** Reads JSON lines. */
  readonly json?: boolean
  /** What ends a record, with escapes. Default: line end. */
  readonly delimiter?: string
  /** What separates key and value within a record, with escapes; no key without it. */
  readonly keyDelimiter?: string
  /** A format string such as `%k %v\n`, instead of the delimiters. */
  readonly format?: string
  /** Values (and keys) equal to this text are null: tombstones. */
  readonly nullMarker?: string
}

interface Plan {
  /** What ends a record. */
  readonly delimiter: Buffer
  /** Undefined for what is no record: an empty line between JSON lines. `number` counts from 1. */
  readonly parse: (record: Buffer, number: number) => InputRecord | undefined
}

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

/** All of a byte stream as one piece. Throws UsageError for more than a record may have. */
export async function readWhole(input: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of input) {
    length += chunk.length
    if (length > inputRecordBytesMax)
      throw new UsageError(`the input is longer than ${inputRecordBytesMax} bytes: too much for one record`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
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

function plan(options: InputOptions): Plan {
  const { json, format, nullMarker } = options
  if (json) {
    if (format !== undefined) throw new UsageError('--json and --format exclude each other')
    return {
      delimiter: lineEnd,
      parse: (record, number) => {
        const line = record.toString().trim()
        return line === '' ? undefined : fromJsonLine(line, `input line ${number}`)
      },
    }
  }
  if (format !== undefined) return planPattern(parsePattern(format), format, nullMarker)
  const { delimiter = '\\n', keyDelimiter } = options
  // Nothing is everywhere: records would never end.
  if (delimiter === '') throw new UsageError('--delimiter is empty')
  if (keyDelimiter === '') throw new UsageError('--key-delimiter is empty')
  const end = unescape(delimiter, '--delimiter')
  const between = keyDelimiter === undefined ? undefined : unescape(keyDelimiter, '--key-delimiter')
  const isLine = end.equals(lineEnd)
  return {
    delimiter: end,
    parse: (record, number) => {
      const line = isLine && record.at(-1) === 0x0d ? record.subarray(0, -1) : record
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

const lineEnd = Buffer.from('\n')
