// What users hand to a producer, and what they get back.
import type { RecordHeaderInit } from '@millrace/protocol'
import { StateError } from '../errors/index.ts'

/** Headers of a record: a list, where a key may repeat, or an object where it may not. */
export type HeadersInput = readonly RecordHeaderInit[] | Readonly<Record<string, string | Uint8Array | null>>

const noHeaders: readonly RecordHeaderInit[] = []

/** The headers as a list. Throws StateError for what is neither a list nor a plain object: a Map would lose its entries. */
export function headerList(headers: HeadersInput | null | undefined): readonly RecordHeaderInit[] {
  if (headers === undefined || headers === null) return noHeaders
  if (Array.isArray(headers)) return headers as readonly RecordHeaderInit[]
  if (typeof headers !== 'object' || Symbol.iterator in headers) {
    const kind = typeof headers === 'object' ? headers.constructor.name : typeof headers
    throw new StateError(
      `the headers of a record are a ${kind}; write an object, or a list of { key, value }`,
    )
  }
  return Object.entries(headers as Readonly<Record<string, string | Uint8Array | null>>).map(
    ([key, value]) => ({
      key,
      value,
    }),
  )
}

/** A record to be written. Without serdes, keys and values are text (as UTF-8), bytes or null. */
export interface ProducerRecord<K = string | Uint8Array, V = string | Uint8Array> {
  /** The topic to write to. It is created on first use where the cluster has `auto.create.topics.enable`. */
  readonly topic: string
  /** Records of one key go to one partition, in order. Default: null, any partition. */
  readonly key?: K | null
  /** Null is a tombstone: compaction deletes the key. */
  readonly value: V | null
  /** Headers for whoever reads the record: an object, or a list where a key repeats. Default: none. */
  readonly headers?: HeadersInput
  /** Goes to this partition whatever the partitioner thinks. −1 means the same as nothing: the partitioner chooses, by the key first of all. */
  readonly partition?: number
  /** Milliseconds since the epoch. Default: now. */
  readonly timestamp?: number
}

/** Where a record went. */
export interface RecordMetadata {
  /** The topic that was written to. */
  readonly topic: string
  /** The partition that was written to. */
  readonly partition: number
  /** −1 with `acks: 0`, where the broker does not say. */
  readonly offset: number
  /** The timestamp that the log holds: the broker's time where the topic says `LogAppendTime`. */
  readonly timestamp: number
}

/** Where the records of one batch went. */
export interface BatchMetadata {
  /** The topic that was written to. */
  readonly topic: string
  /** The partition that was written to. */
  readonly partition: number
  /** Offset of the first record of ours in the batch; −1 with `acks: 0`, and where it was not written. */
  readonly baseOffset: number
  /** Records of ours in the batch; their offsets are consecutive. */
  readonly recordCount: number
}

/** What an asynchronous listener learns of each batch, or of each part of one that was divided because a broker found it too large. */
export interface DeliveryReport extends BatchMetadata {
  /** Why it was not written; `undefined` when it was. */
  readonly error: Error | undefined
}
