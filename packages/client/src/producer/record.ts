// What users hand to a producer, and what they get back.
import type { RecordHeaderInit } from '@millrace/protocol'
import { StateError } from '../errors/index.ts'
import type { AnyTopic, HeadersInputOf, KeyInputOf, ValueInputOf } from '../topic/topic.ts'

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

/** What every record may have beside its topic, key and value. */
export interface RecordExtras {
  /** Headers for whoever reads the record: an object, or a list where a key repeats. Default: none. */
  readonly headers?: HeadersInput
  /** Goes to this partition whatever the partitioner thinks. −1 means the same as nothing: the partitioner chooses, by the key first of all. */
  readonly partition?: number
  /** Milliseconds since the epoch. Default: now. */
  readonly timestamp?: number
  /** Yours, and never written: `onRecordDelivery` finds it in `report.record.tag` (librdkafka's opaque). Default: none. */
  readonly tag?: unknown
}

/** A record to be written. Without serdes, keys and values are text (as UTF-8), bytes or null. */
export interface ProducerRecord<K = string | Uint8Array, V = string | Uint8Array> extends RecordExtras {
  /** The topic to write to. It is created on first use where the cluster has `auto.create.topics.enable`. */
  readonly topic: string
  /** Records of one key go to one partition, in order. Default: null, any partition. */
  readonly key?: K | null
  /** Null is a tombstone: compaction deletes the key. */
  readonly value: V | null
}

/**
 * A record for a topic with types: its key, its value and the headers that the topic declares are what the topic's serdes write. A key that may be null may be left out, and so may headers
 * that are `optional(…)`. A list of headers is written as it is, text and bytes.
 */
export type TopicRecord<T extends AnyTopic> = Omit<RecordExtras, 'headers'> & {
  readonly topic: T
  readonly value: ValueInputOf<T>
} & (null extends KeyInputOf<T> ? { readonly key?: KeyInputOf<T> } : { readonly key: KeyInputOf<T> }) &
  HeadersField<HeadersInputOf<T>>

/** The field `headers` of a record for a topic: what the topic declares, or any where it declares none. */
type HeadersField<Declared> = keyof Declared extends never
  ? Pick<RecordExtras, 'headers'>
  : Partial<Declared> extends Declared
    ? { readonly headers?: Declared | readonly RecordHeaderInit[] }
    : { readonly headers: Declared | readonly RecordHeaderInit[] }

/** Records for topics with types, each as its own topic wants it. */
export type TopicRecords<T extends readonly AnyTopic[]> = {
  readonly [Index in keyof T]: T[Index] extends AnyTopic ? TopicRecord<T[Index]> : never
}

/** Any record, whatever its types. */
export type AnyRecord = Omit<RecordExtras, 'headers'> & {
  readonly headers?: HeadersInput | Readonly<Record<string, unknown>>
  readonly topic: string | AnyTopic
  readonly key?: unknown
  readonly value: unknown
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
  /** The broker's time, in ms since the epoch, where the topic says `LogAppendTime`; −1 where the records keep their own. */
  readonly logAppendTime: number
  /** First offset that the log still had; −1 where the broker does not say, and where the batch was not written. */
  readonly logStartOffset: number
}

/**
 * Whether records are in the log (librdkafka's `rd_kafka_msg_status_t`). `persisted`: a broker says so. `possibly-persisted`: they have left, and no broker has said what became
 * of them, as always with `acks: 0`; whoever sends them again may write them twice. `not-persisted`: they are not there.
 */
export type DeliveryStatus = 'persisted' | 'possibly-persisted' | 'not-persisted'

/** What an asynchronous listener learns of each batch, or of each part of one that was divided because a broker found it too large. */
export interface DeliveryReport extends BatchMetadata {
  /** Whether its records are in the log. */
  readonly status: DeliveryStatus
  /** Why it was not written, or is not known to be; `undefined` when it was. */
  readonly error: Error | undefined
}

/** What an asynchronous listener learns of each record (librdkafka's `dr_msg_cb`). */
export interface RecordDeliveryReport {
  /** The record: the object that was handed in, with its `tag`. It is kept for this, and so are its key and value. */
  readonly record: AnyRecord
  /** Name of the topic. */
  readonly topic: string
  /** The partition; −1 for a record that came into none. */
  readonly partition: number
  /** −1 with `acks: 0`, and where it was not written. */
  readonly offset: number
  /** Milliseconds since the epoch, as in {@link RecordMetadata}; −1 for a record without one that came into no partition. */
  readonly timestamp: number
  /** Whether it is in the log. */
  readonly status: DeliveryStatus
  /** Why it was not written, or is not known to be; `undefined` when it was. */
  readonly error: Error | undefined
}

/** What writes records, of topics with types and of others. */
export interface RecordWriter<K, V, SendOptions> {
  enqueue(record: ProducerRecord<K, V>): boolean
  enqueue<T extends AnyTopic>(record: TopicRecord<T>): boolean
  send(record: ProducerRecord<K, V>, options?: SendOptions): Promise<RecordMetadata>
  send(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<RecordMetadata[]>
  send<T extends AnyTopic>(record: TopicRecord<T>, options?: SendOptions): Promise<RecordMetadata>
  send<const T extends readonly AnyTopic[]>(
    records: TopicRecords<T>,
    options?: SendOptions,
  ): Promise<RecordMetadata[]>
  sendBatch(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<BatchMetadata[]>
  sendBatch<const T extends readonly AnyTopic[]>(
    records: TopicRecords<T>,
    options?: SendOptions,
  ): Promise<BatchMetadata[]>
}
