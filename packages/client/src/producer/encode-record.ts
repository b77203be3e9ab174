// A record in bytes, by the serdes of its topic, for programs that write it later or in another place.
import type { RecordHeaderInit } from '@millrace/protocol'
import { maxRequestSizeDefault } from './options.ts'
import type { AnyRecord } from './record.ts'
import { RecordPreparer } from './record-preparer.ts'

/** A record as {@link encodeRecord} makes it: a producer without serdes writes it as it is. */
export interface EncodedRecord {
  /** Name of its topic. */
  readonly topic: string
  /** Null without one. */
  readonly key?: string | Uint8Array | null
  /** Null for a tombstone. */
  readonly value: string | Uint8Array | null
  /** In their order; those of serdes are among them. */
  readonly headers?: readonly RecordHeaderInit[]
  /** As the record has it; −1 or undefined where the partitioner chooses. */
  readonly partition?: number
  /** As the record has it. */
  readonly timestamp?: number
}

/**
 * Makes bytes of key, value and headers by the serdes of the record's topic, as a producer does when it takes one. A promise where a serde has to wait. Throws, or rejects with,
 * SerializationError, StateError, and RecordTooLargeError beyond `maxBytes` (a producer's `maxRequestSize`; default 1,048,576).
 *
 * @example
 * const encoded = await encodeRecord({ topic: orders, key: 'user-7', value: { total: 12 } })
 * await producer.send(encoded)
 */
export function encodeRecord(
  record: AnyRecord,
  maxBytes: number = maxRequestSizeDefault,
): EncodedRecord | Promise<EncodedRecord> {
  return new RecordPreparer(undefined, undefined, maxBytes).prepareLater(record)
}
