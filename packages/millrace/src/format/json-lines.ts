// Records as JSON lines: what `consume --json` writes and `produce --json` reads back without loss.
import { UsageError } from '../output/errors.ts'
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

function takeBytes(source: Record<string, unknown>, name: string, where: string): Buffer | null {
  const encoded = source[`${name}Base64`]
  if (encoded !== undefined) {
    if (typeof encoded !== 'string') throw new UsageError(`${where}: "${name}Base64" is not a string`)
    // Node's decoder passes over what is no base64: a record would be written with other bytes than were meant.
    if (!base64Form.test(encoded)) throw new UsageError(`${where}: "${name}Base64" is not base64`)
    return Buffer.from(encoded, 'base64')
  }
  const plain = source[name]
  if (plain === undefined || plain === null) return null
  return Buffer.from(typeof plain === 'string' ? plain : JSON.stringify(plain))
}

function takeInteger(source: Record<string, unknown>, name: string, where: string): number | undefined {
  const value = source[name]
  if (value === undefined || value === null) return undefined
  if (!Number.isSafeInteger(value)) throw new UsageError(`${where}: "${name}" is not an integer`)
  return value as number
}

function takeHeaders(value: unknown, where: string): InputRecord['headers'] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) {
    return value.map((entry: unknown) => {
      const header = entry as Record<string, unknown> | null
      if (typeof header?.key !== 'string') throw new UsageError(`${where}: a header without a "key"`)
      return { key: header.key, value: takeBytes(header, 'value', where) }
    })
  }
  if (typeof value !== 'object') throw new UsageError(`${where}: "headers" is neither a list nor an object`)
  return Object.entries(value).map(([key, text]) => ({
    key,
    value: text === null ? null : Buffer.from(String(text)),
  }))
}

/**
 * Reads a line written by `toJsonLine`, or by hand: only `value` is needed; a key or value that is not a string is taken as
 * its JSON text; headers may be an object. Topic and partition are kept for the caller to use or ignore.
 */
export function fromJsonLine(line: string, where: string): InputRecord {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch (error) {
    throw new UsageError(`${where}: not JSON: ${(error as Error).message}`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new UsageError(`${where}: not a JSON object`)
  const source = parsed as Record<string, unknown>
  const partition = takeInteger(source, 'partition', where)
  const written = takeInteger(source, 'timestamp', where)
  // A record without a time gets one when it is sent.
  const timestamp = written === -1 ? undefined : written
  return {
    ...(typeof source.topic === 'string' ? { topic: source.topic } : {}),
    ...(partition === undefined ? {} : { partition }),
    ...(timestamp === undefined ? {} : { timestamp }),
    key: takeBytes(source, 'key', where),
    value: takeBytes(source, 'value', where),
    headers: takeHeaders(source.headers, where),
  }
}
