// What a handler is told beside the event, and what it can do: one object for each attempt, which is of no use when the attempt is over.
import {
  type AnyTopic,
  type ClientLogger,
  ClosedError,
  type ConsumerRecord,
  type KeyInputOf,
  type RecordExtras,
  StateError,
  type TopicRecord,
} from '@millrace/client'
import { type DedupeClaims, type Deduplicated, claimsOf } from '../dedupe/claims.ts'
import type { RecordDedupe } from '../dedupe/record-dedupe.ts'
import type { EventInputOf } from '../envelope/event-topic.ts'
import type { EventTypes } from '../envelope/event-serde.ts'
import type { RecordOriginPlace } from '../failure/failure-headers.ts'
import { type Heritage, heritageOf, inheritedHeaders, inheritedMetadata } from './correlation.ts'
import { recordLogger } from './record-logger.ts'

/** The key of what is sent: one that may be null may be left out. */
type KeyPart<T extends AnyTopic> =
  null extends KeyInputOf<T> ? { readonly key?: KeyInputOf<T> } : { readonly key: KeyInputOf<T> }

/** What is sent to a topic: for a topic of events their fields, for others `key` and `value`. */
export type Publication<T extends AnyTopic> = T extends {
  readonly eventTypes: infer Types extends EventTypes
}
  ? KeyPart<T> & RecordExtras & EventInputOf<Types>
  : Omit<TopicRecord<T>, 'topic'>

/** A record that a handler wants written. */
export interface Output {
  readonly topic: AnyTopic | string
  readonly key?: unknown
  readonly value: unknown
  readonly headers?: RecordExtras['headers']
  readonly partition?: number
  readonly timestamp?: number
}

/** What a handler knows of the record in hand, and can do. */
export interface HandlerContext<K = unknown> extends Deduplicated {
  /** The record's key, as the topic's serde reads it. Throws DeserializationError, which makes the record a poisoned one. */
  readonly key: K
  /** The record as it was read: headers, bytes, offset. In a retry topic that is its place there. */
  readonly record: ConsumerRecord
  /** Where the record was first, whatever retry topics it has been through. */
  readonly origin: RecordOriginPlace
  /** The number of this attempt, from 1 on, over all topics. */
  readonly attempt: number
  /** The group that works. */
  readonly group: string
  /**
   * The piece of work that the record is part of: what its headers or its event say (`correlationid`), otherwise the id of the event, otherwise where the record was first. What is
   * published because of it says the same.
   */
  readonly correlationId: string
  /** The service's logger, whose lines say which record they are about: correlation id, event, topic, partition, offset, attempt. Without a logger it says nothing. */
  readonly logger: ClientLogger
  /** Aborts when nobody wants the result any more: the time-out is over, the partition is another's, the service stops. Hand it on to what you call. */
  readonly signal: AbortSignal
  /**
   * Sends something because of this record: it is written when the handler has returned, and before the record counts as done; with `exactly-once`, in the same
   * transaction. It carries the correlation id on, where it says none of its own. What a failed attempt wanted to send is not sent. Throws ClosedError when the attempt is over, StateError behind a
   * store's `markIn`.
   */
  publish<T extends AnyTopic>(topic: T, message: Publication<T>): void
}

/** What an attempt needs to know of the record in hand. */
export interface Delivered {
  readonly record: ConsumerRecord
  readonly origin: RecordOriginPlace
  readonly group: string
  readonly dedupe: RecordDedupe | undefined
  /** The event or value; undefined before it is decoded. */
  readonly item: unknown
  /** The service's. */
  readonly logger: ClientLogger | undefined
  readKey(): unknown
}

export class Attempt implements HandlerContext {
  readonly attempt: number
  readonly #delivered: Delivered
  #outputs: Output[] | undefined
  #controller: AbortController | undefined
  #isMarked = false
  #heritage: Heritage | undefined
  #logger: ClientLogger | undefined
  #isOver = false

  constructor(delivered: Delivered, attempt: number) {
    this.#delivered = delivered
    this.attempt = attempt
  }

  get key(): unknown {
    return this.#delivered.readKey()
  }

  get record(): ConsumerRecord {
    return this.#delivered.record
  }

  get origin(): RecordOriginPlace {
    return this.#delivered.origin
  }

  get group(): string {
    return this.#delivered.group
  }

  get correlationId(): string {
    return this.#inherited.correlationId
  }

  get #inherited(): Heritage {
    const { record, origin, item } = this.#delivered
    this.#heritage ??= heritageOf(record, origin, item)
    return this.#heritage
  }

  get logger(): ClientLogger {
    this.#logger ??= recordLogger(this.#delivered.logger, () => this.#fields())
    return this.#logger
  }

  #fields(): object {
    const { record, group } = this.#delivered
    const { topic, partition, offset } = record
    const { correlationId, causationId } = this.#inherited
    const event = causationId === undefined ? {} : { eventId: causationId }
    return { correlationId, ...event, topic, partition, offset, group, attempt: this.attempt }
  }

  /** Made when it is asked for: most handlers never do. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#isOver && !this.#controller.signal.aborted)
      this.#controller.abort(new ClosedError('the attempt'))
    return this.#controller.signal
  }

  get dedupe(): DedupeClaims | undefined {
    const claim = this.#delivered.dedupe?.claim
    return claim && claimsOf([claim], () => this.#mark())
  }

  #mark(): void {
    checkMark(this.#isOver, this.#outputs)
    this.#isMarked = true
  }

  publish<T extends AnyTopic>(topic: T, message: Publication<T>): void {
    if (this.#isOver)
      throw new ClosedError('the attempt', 'publish before the handler returns, and heed ctx.signal')
    if (this.#isMarked) throw afterMark()
    this.#outputs ??= []
    this.#outputs.push(outputOf(topic, message, this.#inherited))
  }

  /** What is to be written; undefined for nothing. */
  get outputs(): readonly Output[] | undefined {
    return this.#outputs
  }

  /** Nothing more comes of it; `reason` is what its signal says, if it is given. */
  end(reason?: Error): void {
    this.#isOver = true
    if (reason) this.#controller?.abort(reason)
  }
}

/** Throws where it is too late to mark records within a transaction of the handler's. */
export function checkMark(isOver: boolean, outputs: readonly Output[] | undefined): void {
  if (isOver) throw new ClosedError('the attempt', 'mark before the handler returns, and heed ctx.signal')
  if (outputs)
    throw new StateError(
      'markIn: the handler has published something, which a crash behind its commit would lose: put it into an outbox in the same transaction',
    )
}

/** Why nothing is published behind that. */
export function afterMark(): StateError {
  return new StateError(
    'publish: the record is marked as handled in a transaction, so that a crash behind its commit would lose what is published: put it into an outbox in the same transaction',
  )
}

const eventFields = ['type', 'data', 'id', 'source', 'time', 'subject', 'dataSchema', 'metadata'] as const

/** What the producer takes: the fields of an event become one value. `heritage`: of the record that it comes of; none where it comes of none, or of many. */
export function outputOf<T extends AnyTopic>(topic: T, message: Publication<T>, heritage?: Heritage): Output {
  const given = message as Readonly<Record<string, unknown>>
  if (!('eventTypes' in topic)) {
    const headers = heritage ? inheritedHeaders(topic, heritage, given['headers']) : given['headers']
    const record = { value: undefined, ...given, ...(headers !== undefined && { headers }), topic }
    return record as unknown as Output
  }
  const event: Record<string, unknown> = {}
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if ((eventFields as readonly string[]).includes(name)) event[name] = value
    else rest[name] = value
  }
  if (heritage) event['metadata'] = inheritedMetadata(heritage, event['metadata'])
  return { ...rest, topic, value: event } as Output
}

/**
 * What a producer takes for what a service publishes: the fields of an event become one value. For programs that have a producer of their own.
 *
 * @example
 * await producer.send(recordOf(orders, { key: 'user-7', type: 'order.created', data: { total: 12 } }))
 */
export function recordOf<T extends AnyTopic>(topic: T, message: Publication<T>): TopicRecord<T> {
  return outputOf(topic, message) as unknown as TopicRecord<T>
}
