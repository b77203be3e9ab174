// The shapes of handlers, filters and middleware, by the types of their topics.
import type { AnyTopic, ClientLogger, ConsumerRecord, KeyOf, SerdeOutput, ValueOf } from '@millrace/client'
import type { Deduplicated } from '../dedupe/claims.ts'
import type { EventEnvelope } from '../envelope/event.ts'
import type { EventTypes } from '../envelope/event-serde.ts'
import type { HandlerContext, Publication } from './context.ts'
import type { HandlerResult } from './outcome.ts'

/** What every handler returns, at once or later. */
export type Handled = HandlerResult | PromiseLike<HandlerResult>

/** Handles events of one type. */
export type EventHandler<Type extends string, Data, K> = (
  event: EventEnvelope<Type, Data>,
  context: HandlerContext<K>,
) => Handled

/** Handlers by event type. What is left out is passed over, and counted. */
export type EventHandlers<Types extends EventTypes, K> = {
  readonly [Type in keyof Types & string]?: EventHandler<Type, SerdeOutput<Types[Type]>, K>
}

/** Handles the records of a topic that has no event types. */
export type ValueHandler<T extends AnyTopic> = (
  value: ValueOf<T>,
  context: HandlerContext<KeyOf<T>>,
) => Handled

/** What a handler of batches is told beside them. */
export interface BatchContext<K = unknown> extends Deduplicated {
  /** The records, in the order of the batch. */
  readonly records: readonly ConsumerRecord[]
  /** The group that works. */
  readonly group: string
  /** The service's logger, whose lines say which batch they are about: topic, partition, first offset, number of records. Without a logger it says nothing. */
  readonly logger: ClientLogger
  /** Aborts when nobody wants the result any more. */
  readonly signal: AbortSignal
  /** The key of the record at an index. Throws DeserializationError. */
  keyAt(index: number): K
  /**
   * Sends something because of the batch: written when the handler has returned, before its records count as done. It says nothing of a correlation id but what it is given: the batch may have many.
   */
  publish<T extends AnyTopic>(topic: T, message: Publication<T>): void
}

/**
 * Handles a batch. When it throws, the batch is tried again as the policy says, then divided until the records over which it fails are found; a BatchError
 * names them at once.
 */
export type BatchHandler<Item, K> = (
  items: readonly Item[],
  context: BatchContext<K>,
) => void | PromiseLike<void>

/** What stands around handlers sees any event or value. */
export type AnyItem = unknown

/**
 * Stands around every handler: call `next` once, and return what it returns, or something else. What it throws is as if the handler had.
 *
 * @example
 * const timed: Middleware = async (_item, context, next) => {
 *   const startedAt = performance.now()
 *   try {
 *     return await next()
 *   } finally {
 *     console.log(context.record.topic, performance.now() - startedAt)
 *   }
 * }
 */
export type Middleware = (item: unknown, context: HandlerContext, next: () => Handled) => Handled

/** A handler as it is called here. */
export type AnyHandler = (item: AnyItem, context: HandlerContext) => Handled

/** Who is told how long a handler took. */
export type Observe = (ms: number) => void

/** Where events of a type go. */
export interface Route {
  readonly handler: AnyHandler
  readonly observe: Observe
}

/** The handler with middleware around it, the first one outermost; itself where there is none. */
export function compose(middleware: readonly Middleware[], handler: AnyHandler): AnyHandler {
  return middleware.reduceRight<AnyHandler>(
    (inner, outer) => (item, context) => outer(item, context, () => inner(item, context)),
    handler,
  )
}
