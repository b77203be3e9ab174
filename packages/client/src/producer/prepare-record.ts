// What happens to a record before it is appended: serialized, and refused when it is too large.
import { batchHeaderBytes, type RecordHeaderInit, recordSizeUpperBound } from '@millrace/protocol'
import { show } from '../config/show.ts'
import { RecordTooLargeError, StateError } from '../errors/index.ts'
import type { Serde } from '../serde/serde.ts'

type Bytes = string | Uint8Array | null

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

/** A key or value as the batch takes it. Throws what the serde throws, StateError for what is neither text nor bytes. */
export function serialize<T>(
  serde: Serde<T> | undefined,
  data: T | null | undefined,
  topic: string,
): string | Uint8Array | null {
  if (data === null || data === undefined) return null
  return bytesOf(serde === undefined ? data : serde.serialize(data, topic), topic)
}

/** What is written as it is, nothing being null. Throws StateError for what is neither text nor bytes. */
export function bytesOf(data: unknown, topic: string): string | Uint8Array | null {
  if (data === null || data === undefined) return null
  if (typeof data === 'string' || data instanceof Uint8Array) return data
  throw new StateError(
    `a key or value for topic "${topic}" is a ${typeof data}; text and bytes can be written as they are, for others set keySerde or valueSerde`,
  )
}

/** Throws StateError for headers that are not text and bytes. */
export function checkHeaders(topic: string, headers: readonly RecordHeaderInit[]): void {
  for (const header of headers as readonly ({ readonly key: unknown; readonly value: unknown } | null)[]) {
    const { key, value } = header ?? { key: undefined, value: undefined }
    if (typeof key !== 'string') throw new StateError(`a header of a record for topic "${topic}" has no key`)
    if (value === null || typeof value === 'string' || value instanceof Uint8Array) continue
    throw new StateError(
      `header "${key}" of a record for topic "${topic}" is a ${typeof value}; write text, bytes or null`,
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
export function topicsOf(records: readonly { readonly topic: string }[]): readonly string[] {
  if (!Array.isArray(records))
    throw new StateError(`the records are ${show(records)}; write a list of { topic, value }`)
  const topics: string[] = []
  let last: string | undefined
  for (const record of records as readonly ({ readonly topic: string } | null | undefined)[]) {
    if (typeof record !== 'object' || record === null)
      throw new StateError(`a record is ${String(record)}; write { topic, value }`)
    const { topic } = record
    if (topic === last && topic !== undefined) continue
    last = topic
    if (!topics.includes(topic)) topics.push(topic)
  }
  return topics
}
