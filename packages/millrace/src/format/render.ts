// Renders records through a parsed format string into bytes.
import type { TimestampType } from '@millrace/client'
import type { CompressionName } from '@millrace/protocol'
import { UsageError } from '../output/errors.ts'
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

const empty = Buffer.alloc(0)

/** Compiles a pattern once; the result turns a record into the bytes to print. Throws UsageError for a modifier that does not fit. */
export function compilePattern(pattern: Pattern): (record: Printable, place: LogPlace) => Buffer {
  const renders = pattern.map(part => (part.kind === 'text' ? () => part.bytes : compileField(part)))
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

function compileField(part: FieldPart): Render {
  const { field, modifier } = part
  const number = numbers[field]
  if (number) return compileNumber(number, modifier)
  switch (field) {
    case 'topic':
      return compileBytes(record => Buffer.from(record.topic), modifier)
    case 'key':
      return compileBytes(record => record.key, modifier)
    case 'value':
      return compileBytes(record => record.value, modifier)
    case 'valueLengthBinary':
      return compileNumber(record => record.value?.length ?? -1, 'big32')
    case 'timestamp':
      return compileTime(modifier)
    case 'headers':
      return compileHeaders(part.inner)
    case 'attribute':
      return compileAttribute(modifier)
    default:
      throw new UsageError(`the format verb for ${field} cannot be shown`)
  }
}

function compileBytes(bytes: (record: Printable) => Buffer | null, modifier: string | undefined): Render {
  if (modifier === undefined) return record => bytes(record) ?? empty
  if (modifier === 'hex' || modifier === 'base64') return record => bytes(record)?.toString(modifier) ?? ''
  if (modifier === 'json') return record => JSON.stringify(bytes(record)?.toString() ?? null)
  const layout = /^unpack\[(.*)\]$/.exec(modifier)?.[1]
  if (layout !== undefined) return record => unpack(bytes(record) ?? empty, layout)
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
  if (modifier === 'iso') return record => new Date(record.timestamp).toISOString()
  const layout = /^strftime\[(.*)\]$/.exec(modifier)?.[1]
  if (layout !== undefined) return record => strftime(new Date(record.timestamp), layout)
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

const two = (value: number, width = 2) => String(value).padStart(width, '0')

/** The common verbs of strftime, in UTC. */
function strftime(time: Date, layout: string): string {
  const iso = time.toISOString()
  const values: Readonly<Record<string, string>> = {
    Y: String(time.getUTCFullYear()),
    m: two(time.getUTCMonth() + 1),
    d: two(time.getUTCDate()),
    H: two(time.getUTCHours()),
    M: two(time.getUTCMinutes()),
    S: two(time.getUTCSeconds()),
    f: two(time.getUTCMilliseconds() * 1000, 6),
    L: two(time.getUTCMilliseconds(), 3),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    s: String(Math.floor(time.getTime() / 1000)),
    Z: 'UTC',
    z: '+0000',
    '%': '%',
  }
  return layout.replace(/%(.)/g, (whole, verb: string) => values[verb] ?? whole)
}

function compileHeaders(inner: Pattern | undefined): Render {
  if (!inner) {
    return record =>
      record.headers.map(({ key, value }) => `${key}=${value === null ? 'NULL' : value.toString()}`).join(',')
  }
  const render = compilePattern(inner)
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
