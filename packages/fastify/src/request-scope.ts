// What `request.millrace` is: the producer, whose records say which request they come of.
import {
  type AnyRecord,
  type AnyTopic,
  correlationHeader,
  type ProducerRecord,
  type RecordMetadata,
  type SendOptions,
  type TopicRecord,
  type TopicRecords,
} from '@millrace/client'
import { EventTopic } from '@millrace/service'
import type { MillraceInstance } from './millrace-instance.ts'

/** Writes records within a request: each says the request's correlation id, where it says none of its own. */
export class RequestScope {
  /** The piece of work that the request is part of. */
  readonly correlationId: string
  readonly #instance: Pick<MillraceInstance, 'producer' | 'of'>

  /** @internal Made by the plugin. */
  constructor(instance: Pick<MillraceInstance, 'producer' | 'of'>, correlationId: string) {
    this.#instance = instance
    this.correlationId = correlationId
  }

  /** The same for the producer of another registration, by its name. Throws StateError where there is none. */
  of(name: string): RequestScope {
    return new RequestScope(this.#instance.of(name) as unknown as MillraceInstance, this.correlationId)
  }

  /** Writes a record and waits until it is written. Throws KafkaError. */
  send(record: ProducerRecord, options?: SendOptions): Promise<RecordMetadata>
  /** Writes records and waits until all are written. Throws KafkaError. */
  send(records: readonly ProducerRecord[], options?: SendOptions): Promise<RecordMetadata[]>
  /** Writes a record to a topic with types. */
  send<T extends AnyTopic>(record: TopicRecord<T>, options?: SendOptions): Promise<RecordMetadata>
  /** Writes records to topics with types. */
  send<const T extends readonly AnyTopic[]>(
    records: TopicRecords<T>,
    options?: SendOptions,
  ): Promise<RecordMetadata[]>
  send(
    input: AnyRecord | readonly AnyRecord[],
    options?: SendOptions,
  ): Promise<RecordMetadata | RecordMetadata[]> {
    const { producer } = this.#instance
    const send = producer.send.bind(producer) as (
      records: unknown,
      options?: SendOptions,
    ) => Promise<RecordMetadata | RecordMetadata[]>
    const records = Array.isArray(input)
      ? (input as readonly AnyRecord[]).map(each => correlated(each, this.correlationId))
      : correlated(input as AnyRecord, this.correlationId)
    return send(records, options)
  }

  /** Takes a record without waiting, as `producer.enqueue`: false when there is no room. */
  enqueue(record: ProducerRecord): boolean
  /** The same for a topic with types. */
  enqueue<T extends AnyTopic>(record: TopicRecord<T>): boolean
  enqueue(record: AnyRecord): boolean {
    return this.#instance.producer.enqueue(correlated(record, this.correlationId) as ProducerRecord)
  }
}

/** Events have an attribute for it, other records a header. */
export function correlated(record: AnyRecord, id: string): AnyRecord {
  const { topic, value, headers } = record
  if (topic instanceof EventTopic) {
    const event = value as { readonly metadata?: object }
    return { ...record, value: { ...event, metadata: { correlationid: id, ...event.metadata } } }
  }
  // Headers with types are all that such a topic has.
  if (typeof topic !== 'string' && topic.parts.headers.length > 0) return record
  if (Array.isArray(headers)) {
    const says = (headers as readonly { readonly key: string }[]).some(({ key }) => key === correlationHeader)
    return says
      ? record
      : ({ ...record, headers: [...headers, { key: correlationHeader, value: id }] } as AnyRecord)
  }
  return { ...record, headers: { [correlationHeader]: id, ...(headers as object | undefined) } }
}
