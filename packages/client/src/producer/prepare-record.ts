// What happens to a record before it is appended: serialized, and refused when it is too large.
import { batchHeaderBytes, type RecordHeaderInit, recordSizeUpperBound } from '@millrace/protocol'
import { isBytes } from '../config/kinds.ts'
import { show } from '../config/show.ts'
import { RecordTooLargeError, SerializationError, StateError } from '../errors/index.ts'
import type { WritablePart } from '../serde/part.ts'
import type { OutgoingHeaders } from '../serde/serde.ts'
import { isThenable } from '../serde/thenable.ts'
import type { AnyTopic } from '../topic/topic.ts'

/** A key, a value or a header as a batch takes it. */
export type Bytes = string | Uint8Array | null

/** A UTF-16 unit is at most three bytes of UTF-8. */
const utf8BytesPerUnitMax = 3
/** More than headers of request, batch and record need beside a record's key and value. */
const requestOverheadBytes = 1024

/** Throws RecordTooLargeError. Cheap for all but records whose text might just be too long: only those are measured. */
export function checkRecordSize(
  topic: string,
  key: Bytes,
  value: Bytes,
  headers: readonly RecordHeaderInit[],
  maxRequestSize: number,
): void {
  const units = (key?.length ?? 0) + (value?.length ?? 0)
  if (headers.length === 0 && units * utf8BytesPerUnitMax < maxRequestSize - requestOverheadBytes) return
  const sizeMax = recordSizeUpperBound(key, value, headers) + batchHeaderBytes
  if (sizeMax <= maxRequestSize) return
  throw new RecordTooLargeError(
    `a record of ${sizeMax} bytes for topic "${topic}" is larger than maxRequestSize (${maxRequestSize}): raise that, and the topic's max.message.bytes`,
  )
}

/**
 * A part of a record as the batch takes it, or the promise of one from a serde that may have to wait. Throws SerializationError, StateError for what is
 * neither text nor bytes where there is no serde.
 */
export function serialize(
  part: WritablePart,
  data: unknown,
  headers: OutgoingHeaders,
): Bytes | Promise<Bytes> {
  const { serde, context } = part
  if (data === null || data === undefined) {
    if (!part.required) return null
    throw new SerializationError(
      context,
      new TypeError(`it is ${String(data)}; nullable(…) in the topic's definition would allow null`),
    )
  }
  if (serde === undefined) return bytesOf(data, context.topic)
  let written: unknown
  try {
    written = serde.serialize(data as never, context, headers)
  } catch (error) {
    throw new SerializationError(context, error)
  }
  if (serde.async !== true || !isThenable(written)) return writtenBytes(part, written)
  return Promise.resolve(written).then(
    bytes => writtenBytes(part, bytes),
    (error: unknown) => {
      throw new SerializationError(context, error)
    },
  )
}

/** What a serde returned. Throws SerializationError for what is neither text nor bytes: nothing at all would become a tombstone. */
function writtenBytes({ context }: WritablePart, written: unknown): string | Uint8Array {
  if (typeof written === 'string' || isBytes(written)) return written
  let what = `${show(written)}, which is neither text nor bytes`
  if (isThenable(written)) {
    what = 'a promise, which a serde with async: true may'
    written.then(undefined, () => {})
  }
  throw new SerializationError(context, new TypeError(`its serde returned ${what}`))
}

/** What is written as it is, nothing being null. Throws StateError for what is neither text nor bytes. */
export function bytesOf(data: unknown, topic: string): Bytes {
  if (data === null || data === undefined) return null
  if (typeof data === 'string' || isBytes(data)) return data
  throw new StateError(
    `a key or value for topic "${topic}" is ${kindOf(data)}; text and bytes can be written as they are, for others give the topic or the producer a serde`,
  )
}

/** What is said of data in place of showing it. */
function kindOf(data: unknown): string {
  if (Array.isArray(data)) return 'a list'
  const kind = typeof data
  return kind === 'object' ? 'an object' : kind === 'undefined' ? 'undefined' : `a ${kind}`
}

/** Throws StateError for headers that are not text and bytes. */
export function checkHeaders(topic: string, headers: readonly RecordHeaderInit[]): void {
  for (const header of headers as readonly ({ readonly key: unknown; readonly value: unknown } | null)[]) {
    const { key, value } = header ?? { key: undefined, value: undefined }
    if (typeof key !== 'string') throw new StateError(`a header of a record for topic "${topic}" has no key`)
    if (value === null || typeof value === 'string' || isBytes(value)) continue
    throw new StateError(
      `header "${key}" of a record for topic "${topic}" is ${kindOf(value)}; write text, bytes or null`,
    )
  }
}

/** Throws StateError for what is not a time in milliseconds since 1970. */
export function checkTimestamp(topic: string, timestamp: unknown): void {
  if (Number.isSafeInteger(timestamp) && (timestamp as number) >= 0) return
  throw new StateError(
    `the timestamp of a record for topic "${topic}" is ${String(timestamp)}; write milliseconds since 1970, or leave it out for now`,
  )
}

/** The different topics of records, which are mostly one. Throws StateError for what is no record. */
export function topicsOf(records: readonly { readonly topic: string | AnyTopic }[]): (string | AnyTopic)[] {
  if (!Array.isArray(records))
    throw new StateError(`the records are ${show(records)}; write a list of { topic, value }`)
  const topics: (string | AnyTopic)[] = []
  let last: string | AnyTopic | undefined
  for (const record of records as readonly ({ readonly topic: string | AnyTopic } | null | undefined)[]) {
    if (typeof record !== 'object' || record === null)
      throw new StateError(`a record is ${String(record)}; write { topic, value }`)
    const { topic } = record
    if (topic === last && topic !== undefined) continue
    last = topic
    if (!topics.includes(topic)) topics.push(topic)
  }
  return topics
}
