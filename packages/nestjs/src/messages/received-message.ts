// Records in the shape that handlers know from Nest's transport over KafkaJS.
import type { ConsumerRecord } from '@millrace/client'
import type { HandlerContext } from '@millrace/service'

/** A record as Nest's handlers of Kafka know it: texts, and what JSON says. */
export interface MillraceMessage {
  /** The key: text, what its JSON says, or as the topic's serde reads it; null without one. */
  readonly key: unknown
  /** The value, likewise; null for a tombstone. */
  readonly value: unknown
  /** Headers by name, decoded likewise; a list where a name repeats. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Where the record was first, whatever retry topics it has been through. */
  readonly topic: string
  /** Its partition there. */
  readonly partition: number
  /** Its offset there, as KafkaJS has it: text. */
  readonly offset: string
  /** Milliseconds since the epoch, as text. */
  readonly timestamp: string
  /** Bytes of key and value. */
  readonly size: number
  /** 0: KafkaJS has it. */
  readonly attributes: number
}

/** How bytes become values. */
export interface ParserOptions {
  /** Whether values stay Buffers. Default false. */
  readonly keepBinary?: boolean
}

type Headers = ConsumerRecord['headers']

const noHeaders: Readonly<Record<string, unknown>> = Object.freeze({})

/**
 * What bytes say, by the rule of Nest's own parser: objects and lists are read as JSON, all else is text. Bytes that begin with a zero stay as they are: a schema's id comes
 * first there.
 */
export function decode(bytes: Buffer | null): unknown {
  if (bytes === null || bytes[0] === 0) return bytes
  const text = bytes.toString()
  if (text[0] !== '{' && text[0] !== '[') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** Headers by name. */
export function decodeHeaders(headers: Headers): Readonly<Record<string, unknown>> {
  if (headers.length === 0) return noHeaders
  const read: Record<string, unknown> = {}
  for (const { key, value } of headers) {
    const decoded = decode(value)
    if (!Object.hasOwn(read, key)) define(read, key, decoded)
    else define(read, key, [read[key], decoded].flat())
  }
  return read
}

/** A header may be called `__proto__`. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}

/** The message of a record whose value is `value`. */
export function messageOf({ record, origin }: HandlerContext, key: unknown, value: unknown): MillraceMessage {
  const { topic, partition, offset, timestamp } = origin
  return {
    key,
    value,
    headers: decodeHeaders(record.headers),
    topic,
    partition,
    offset: String(offset),
    timestamp: String(timestamp),
    size: record.sizeBytes,
    attributes: 0,
  }
}
