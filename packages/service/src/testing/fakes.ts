// What a handler is called with in a unit test, without a broker.
import type { AnyTopic, ClientLogger, ConsumerRecord } from '@millrace/client'
import type { EventEnvelope } from '../envelope/event.ts'
import type { RecordOriginPlace } from '../failure/failure-headers.ts'
import type { HandlerContext, Publication } from '../handling/context.ts'
import { recordLogger } from '../handling/record-logger.ts'

/** What a handler published. */
export interface Published {
  /** The topic that it is for. */
  readonly topic: AnyTopic
  /** What was sent there, as it was given. */
  readonly message: Readonly<Record<string, unknown>>
}

/** A context for a handler, and what came of it. */
export interface FakeContext<K> {
  /** Hand it to the handler. */
  readonly context: HandlerContext<K>
  /** What the handler published, in order. */
  readonly published: readonly Published[]
  /** Aborts `context.signal`, as a time-out does. */
  abort(reason?: Error): void
}

/** What a fake context says. */
export interface FakeContextOptions<K> {
  /** The record's key. Default: null. */
  readonly key?: K
  /** The number of this attempt. Default 1. */
  readonly attempt?: number
  /** The group that works. Default `test`. */
  readonly group?: string
  /** Where the record was first. Default: offset 0 of partition 0 of `test`. */
  readonly origin?: Partial<RecordOriginPlace>
  /** Headers of the record. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  /** Default `test-correlation`. */
  readonly correlationId?: string
  /** What `context.logger` writes to. Default: nothing. */
  readonly logger?: ClientLogger
}

/**
 * What a handler is given beside the event, in a unit test.
 *
 * @example
 * const { context, published } = fakeContext({ key: 'user-7' })
 * await onOrderCreated(fakeEvent('order.created', { total: 12 }), context)
 * assert.equal(published[0].message.type, 'invoice.issued')
 */
export function fakeContext<K = null>(options: FakeContextOptions<K> = {}): FakeContext<K> {
  const { key = null, attempt = 1, group = 'test', headers = {}, logger } = options
  const { correlationId = 'test-correlation' } = options
  const origin = {
    topic: 'test',
    partition: 0,
    offset: 0,
    timestamp: 0,
    timestampType: 'CreateTime',
    ...options.origin,
  }
  const published: Published[] = []
  const controller = new AbortController()
  const list = Object.entries(headers).map(([name, value]) => ({ key: name, value: Buffer.from(value) }))
  const { topic, partition, offset, timestamp } = origin
  const record = { topic, partition, offset, timestamp, headers: list, keyBytes: null, valueBytes: null }
  const context: HandlerContext<K> = {
    key: key as K,
    // Handlers see of it what stands here: a whole one is made by a consumer alone.
    record: record as unknown as ConsumerRecord,
    origin,
    attempt,
    group,
    correlationId,
    logger: recordLogger(logger, () => ({ correlationId })),
    signal: controller.signal,
    publish<T extends AnyTopic>(to: T, message: Publication<T>): void {
      published.push({ topic: to, message: message as Readonly<Record<string, unknown>> })
    },
  }
  return { context, published, abort: reason => controller.abort(reason) }
}

/** An event for a handler, in a unit test: attributes that are not given have fixed values. */
export function fakeEvent<const Type extends string, Data>(
  type: Type,
  data: Data,
  attributes: Partial<Omit<EventEnvelope<Type, Data>, 'type' | 'data'>> = {},
): EventEnvelope<Type, Data> {
  return {
    id: 'test-id',
    source: '/test',
    time: 0,
    subject: undefined,
    dataSchema: undefined,
    metadata: {},
    ...attributes,
    type,
    data,
  }
}
