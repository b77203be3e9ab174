// Renders records through a parsed format string into bytes.
import { UsageError } from '../output/errors.ts'
import type { Field, FieldPart, Pattern } from './pattern.ts'
import { unpack } from './unpack.ts'

/** What a format string can show of one record. */
export interface Printable {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
  readonly highWatermark: number
  /** 1 for the first record that is printed. */
  readonly iteration: number
}

type Render = (record: Printable) => Buffer | string

const empty = Buffer.alloc(0)

/** Compiles a pattern once; the result turns a record into the bytes to print. Throws UsageError for a modifier that does not fit. */
export function compilePattern(pattern: Pattern): (record: Printable) => Buffer {
  const renders = pattern.map(part => (part.kind === 'text' ? () => part.bytes : compileField(part)))
  return record => {
    const pieces: Buffer[] = []
    for (const render of renders) {
      const piece = render(record)
      pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
    }
    return Buffer.concat(pieces)
  }
}

const numbers: Partial<Record<Field, (record: Printable) => number>> = {
  partition: record => record.partition,
  offset: record => record.offset,
  keyLength: record => record.key?.length ?? -1,
  valueLength: record => record.value?.length ?? -1,
  headerCount: record => record.headers.length,
  highWatermark: record => record.highWatermark,
  iteration: record => record.iteration,
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

function compileNumber(number: (record: Printable) => number, modifier: string | undefined): Render {
  if (modifier === undefined || modifier === 'ascii') return record => String(number(record))
  if (modifier === 'hex') return record => BigInt.asUintN(64, BigInt(number(record))).toString(16)
  const match = /^(big|little)(8|16|32|64)$/.exec(modifier)
  if (!match)
    throw new UsageError(
      `a number cannot be shown as {${modifier}}`,
      'use {hex}, {big32}, {little64} and the like',
    )
  const bits = Number(match[2])
  return record => {
    const buffer = Buffer.alloc(8)
    buffer.writeBigInt64BE(BigInt.asIntN(64, BigInt(number(record))))
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
  return record => {
    const pieces = record.headers.map(({ key, value }) => render({ ...record, key: Buffer.from(key), value }))
    return Buffer.concat(pieces)
  }
}
