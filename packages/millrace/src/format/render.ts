// Renders records through a parsed format string into bytes.
import type { TimestampType } from '@millrace/client'
import type { CompressionName } from '@millrace/protocol'
import { UsageError } from '../output/errors.ts'
import { isoTime, strftime } from './calendar.ts'
import type { Field, FieldPart, Pattern } from './pattern.ts'
import { unpack } from './unpack.ts'

/** What a format string can show of a record itself: a ConsumerRecord has it all. */
export interface Printable {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
  readonly timestampType: TimestampType
  readonly leaderEpoch: number
  readonly compression: CompressionName
  /** −1 without one, as its epoch. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly isTransactional: boolean
}

/** What it can show of the log around the record. */
export interface LogPlace {
  readonly logStartOffset: number
  readonly lastStableOffset: number
  readonly highWatermark: number
  /** 1 for the first record that is printed. */
  readonly iteration: number
}

type Render = (record: Printable, place: LogPlace) => Buffer | string

/** What a header without a value shows where nothing else was asked for. */
const nullHeaderText = 'NULL'

/**
 * Compiles a pattern once; the result turns a record into the bytes to print. `nullText` stands for keys and values that are null: nothing by
 * default. Throws UsageError for a modifier that does not fit.
 */
export function compilePattern(
  pattern: Pattern,
  nullText?: string,
): (record: Printable, place: LogPlace) => Buffer {
  const renders = pattern.map(part =>
    part.kind === 'text' ? () => part.bytes : compileField(part, nullText),
  )
  return (record, place) => {
    const pieces: Buffer[] = []
    for (const render of renders) {
      const piece = render(record, place)
      pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
    }
    return Buffer.concat(pieces)
  }
}

type NumberOf = (record: Printable, place: LogPlace) => number

const numbers: Partial<Record<Field, NumberOf>> = {
  partition: record => record.partition,
  offset: record => record.offset,
  keyLength: record => record.key?.length ?? -1,
  valueLength: record => record.value?.length ?? -1,
  headerCount: record => record.headers.length,
  leaderEpoch: record => record.leaderEpoch,
  producerId: record => record.producerId,
  producerEpoch: record => record.producerEpoch,
  logStartOffset: (_, place) => place.logStartOffset,
  lastStableOffset: (_, place) => place.lastStableOffset,
  highWatermark: (_, place) => place.highWatermark,
  iteration: (_, place) => place.iteration,
}

function compileField(part: FieldPart, nullText: string | undefined): Render {
  const { field, modifier } = part
  const number = numbers[field]
  if (number) return compileNumber(number, modifier)
  switch (field) {
    case 'topic':
      return compileBytes(record => Buffer.from(record.topic), modifier, nullText)
    case 'key':
      return compileBytes(record => record.key, modifier, nullText)
    case 'value':
      return compileBytes(record => record.value, modifier, nullText)
    case 'valueLengthBinary':
      return compileNumber(record => record.value?.length ?? -1, 'big32')
    case 'timestamp':
      return compileTime(modifier)
    case 'headers':
      return compileHeaders(part.inner, nullText)
    case 'attribute':
      return compileAttribute(modifier)
    default:
      throw new UsageError(`the format verb for ${field} cannot be shown`)
  }
}

function compileBytes(
  bytes: (record: Printable) => Buffer | null,
  modifier: string | undefined,
  nullText: string | undefined,
): Render {
  const show = showBytes(modifier)
  // JSON has a word of its own for it.
  const missing = nullText ?? (modifier === 'json' ? 'null' : '')
  return record => {
    const found = bytes(record)
    return found === null ? missing : show(found)
  }
}

function showBytes(modifier: string | undefined): (bytes: Buffer) => Buffer | string {
  if (modifier === undefined) return bytes => bytes
  if (modifier === 'hex' || modifier === 'base64') return bytes => bytes.toString(modifier)
  if (modifier === 'json') return bytes => JSON.stringify(bytes.toString())
  const layout = /^unpack\[(.*)\]$/.exec(modifier)?.[1]
  if (layout !== undefined) return bytes => unpack(bytes, layout)
  throw new UsageError(`bytes cannot be shown as {${modifier}}`, 'use {hex}, {base64}, {json} or {unpack[…]}')
}

function compileNumber(number: NumberOf, modifier: string | undefined): Render {
  if (modifier === undefined || modifier === 'ascii') return (record, place) => String(number(record, place))
  if (modifier === 'hex')
    return (record, place) => BigInt.asUintN(64, BigInt(number(record, place))).toString(16)
  const match = /^(big|little)(8|16|32|64)$/.exec(modifier)
  if (!match)
    throw new UsageError(
      `a number cannot be shown as {${modifier}}`,
      'use {hex}, {big32}, {little64} and the like',
    )
  const bits = Number(match[2])
  return (record, place) => {
    const buffer = Buffer.alloc(8)
    buffer.writeBigInt64BE(BigInt.asIntN(64, BigInt(number(record, place))))
    const bytes = buffer.subarray(8 - bits / 8)
    return match[1] === 'big' ? bytes : Buffer.from(bytes).reverse()
  }
}

function compileTime(modifier: string | undefined): Render {
  if (modifier === undefined) return record => String(record.timestamp)
  if (modifier === 'iso') return record => isoTime(record.timestamp)
  const layout = /^strftime\[(.*)\]$/.exec(modifier)?.[1]
  if (layout !== undefined) return record => strftime(record.timestamp, layout)
  return compileNumber(record => record.timestamp, modifier)
}

const attributes: Readonly<Record<string, Render>> = {
  compression: record => record.compression,
  'timestamp-type': record => record.timestampType,
  transactional: record => String(record.isTransactional),
}

function compileAttribute(name: string | undefined): Render {
  const render = name === undefined ? undefined : attributes[name]
  if (render) return render
  throw new UsageError(
    name === undefined ? '%a needs the name of an attribute' : `there is no attribute %a{${name}}`,
    `use ${Object.keys(attributes)
      .map(known => `%a{${known}}`)
      .join(', ')}`,
  )
}

function compileHeaders(inner: Pattern | undefined, nullText: string | undefined): Render {
  if (!inner) {
    const missing = nullText ?? nullHeaderText
    return record =>
      record.headers
        .map(({ key, value }) => `${key}=${value === null ? missing : value.toString()}`)
        .join(',')
  }
  const render = compilePattern(inner, nullText)
  return (record, place) =>
    Buffer.concat(
      record.headers.map(({ key, value }) =>
        render(new HeaderPrintable(record, Buffer.from(key), value), place),
      ),
    )
}

/** A header in the place of its record: %k and %v are its own. */
class HeaderPrintable implements Printable {
  readonly key: Buffer
  readonly value: Buffer | null
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly headers: Printable['headers']
  readonly timestampType: TimestampType
  readonly leaderEpoch: number
  readonly compression: CompressionName
  readonly producerId: number
  readonly producerEpoch: number
  readonly isTransactional: boolean

  constructor(record: Printable, key: Buffer, value: Buffer | null) {
    this.key = key
    this.value = value
    this.topic = record.topic
    this.partition = record.partition
    this.offset = record.offset
    this.timestamp = record.timestamp
    this.headers = record.headers
    this.timestampType = record.timestampType
    this.leaderEpoch = record.leaderEpoch
    this.compression = record.compression
    this.producerId = record.producerId
    this.producerEpoch = record.producerEpoch
    this.isTransactional = record.isTransactional
  }
}
