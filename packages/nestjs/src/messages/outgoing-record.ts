// What is sent becomes a record by the rules of Nest's transport over KafkaJS, so that both sides of a topic may change one after the other.
import { type ProducerRecord, SerializationError } from '@millrace/client'

/** What a serializer makes: a record without its topic, as KafkaJS takes it. */
export interface SerializedRecord {
  /** Default: none. */
  readonly key?: string | Uint8Array | null
  /** Null for a tombstone. */
  readonly value: string | Uint8Array | null
  /** By name; a list where a name repeats. Default: none. */
  readonly headers?: Readonly<Record<string, unknown>>
  /** Default: as the partitioner chooses. */
  readonly partition?: number
  /** In ms since the epoch. Default: now. */
  readonly timestamp?: string | number
}

/**
 * Data as a record: an object with `key` or `value` is one already, everything else is a value. Objects and lists become JSON, other values their text; bytes and texts stay as
 * they are.
 */
export function serializeRecord(data: unknown): SerializedRecord {
  if (
    typeof data !== 'object' ||
    data === null ||
    Buffer.isBuffer(data) ||
    !('key' in data || 'value' in data)
  )
    return { value: encode(data), headers: {} }
  const { key, value, headers, ...rest } = data as Readonly<Record<string, unknown>>
  const isKeyed = key !== undefined && key !== null
  return {
    ...rest,
    ...(isKeyed && { key: encode(key) }),
    value: encode(value),
    headers: (headers ?? {}) as Readonly<Record<string, unknown>>,
  }
}

function encode(value: unknown): string | Uint8Array | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  if (typeof value !== 'object') return String(value as number)
  const isPlain =
    Array.isArray(value) ||
    Object.getPrototypeOf(value) === Object.prototype ||
    value.toString === Object.prototype.toString
  return isPlain ? JSON.stringify(value) : (value as { toString(): string }).toString()
}

/** The record for the producer. Throws SerializationError for what a serializer made and no record can have. */
export function recordOf(
  topic: string,
  serialized: SerializedRecord,
  more: Readonly<Record<string, unknown>> = {},
): ProducerRecord {
  const { key, value, headers = {}, partition, timestamp } = serialized
  return {
    topic,
    ...(key !== undefined && key !== null && { key: bytesOrText(topic, 'key', key) }),
    value: value === null || value === undefined ? null : bytesOrText(topic, 'value', value),
    headers: [...headersOf(headers), ...headersOf(more)],
    ...(partition !== undefined && { partition }),
    ...(timestamp !== undefined && { timestamp: Number(timestamp) }),
  }
}

function bytesOrText(topic: string, part: 'key' | 'value', given: unknown): string | Uint8Array {
  if (typeof given === 'string' || given instanceof Uint8Array) return given
  throw new SerializationError(
    { topic, part },
    new TypeError(`a serializer made ${typeof given} of it; text, bytes or null can be sent`),
  )
}

function* headersOf(headers: Readonly<Record<string, unknown>>) {
  for (const [key, given] of Object.entries(headers)) {
    for (const value of Array.isArray(given) ? (given as unknown[]) : [given])
      if (value !== undefined) yield { key, value: encode(value) }
  }
}
