// What a handler is told of its message: `@Ctx() context: MillraceContext`, with the methods of Nest's KafkaContext and what the framework knows besides.
import type { AnyTopic, ClientLogger, ConsumerRecord } from '@millrace/client'
import type { EventEnvelope, HandlerContext, Publication, RecordOriginPlace } from '@millrace/service'
import { BaseRpcContext } from '@nestjs/microservices'
import type { MillraceMessage } from '../messages/received-message.ts'

/** What stands for the consumer: commits are the framework's. */
export interface GroupHandle {
  /** The group that works (`group.id`). */
  readonly groupId: string
  /**
   * Does nothing, and is there for handlers that were written for KafkaJS: a record is committed when its handler has returned, never before. A warning says so once.
   */
  commitOffsets(offsets?: unknown): Promise<void>
}

type ContextArguments = [
  message: MillraceMessage,
  partition: number,
  topic: string,
  group: GroupHandle,
  heartbeat: () => Promise<void>,
]

/**
 * The context of a handler. It is of use until the handler has returned.
 *
 * @example
 * function charge(order: Order, context: MillraceContext) {
 *   if (context.attempt > 1) console.warn(context.getTopic(), context.getPartition(), context.getMessage().offset)
 *   context.publish(invoices, { key: 'user-7', type: 'invoice.issued', data: order })
 * }
 */
export class MillraceContext extends BaseRpcContext<ContextArguments> {
  readonly #handler: HandlerContext
  readonly #event: EventEnvelope | undefined

  /** Made by {@link MillraceServer}, and by tests of handlers. */
  constructor(message: MillraceMessage, handler: HandlerContext, group: GroupHandle, event?: EventEnvelope) {
    // A handler that asks whether anybody waits for it is told when nobody does, as by KafkaJS.
    const heartbeat = async (): Promise<void> => handler.signal.throwIfAborted()
    super([message, message.partition, message.topic, group, heartbeat])
    this.#handler = handler
    this.#event = event
  }

  /** The message, decoded. Its place is where it was first, whatever retry topics it has been through. */
  getMessage(): MillraceMessage {
    return this.args[0]
  }

  /** Partition of the message. */
  getPartition(): number {
    return this.args[1]
  }

  /** Topic of the message. */
  getTopic(): string {
    return this.args[2]
  }

  /** In place of KafkaJS's consumer: the group. */
  getConsumer(): GroupHandle {
    return this.args[3]
  }

  /**
   * Heartbeats need no help, however long a handler takes. The function is there for handlers that were written for KafkaJS, and rejects, as there, when the partition has become another's, the time-out is
   * over, or the server stops.
   */
  getHeartbeat(): () => Promise<void> {
    return this.args[4]
  }

  /** The event with its id, type, time and metadata; undefined for a topic without event types. */
  getEvent(): EventEnvelope | undefined {
    return this.#event
  }

  /** The number of this attempt, from 1 on, over all topics. */
  get attempt(): number {
    return this.#handler.attempt
  }

  /** The record as it was read: in a retry topic, its place there. */
  get record(): ConsumerRecord {
    return this.#handler.record
  }

  /** Where the record was first. */
  get origin(): RecordOriginPlace {
    return this.#handler.origin
  }

  /** The piece of work that the message is part of: what its headers or its event say. What is published because of it says the same. */
  get correlationId(): string {
    return this.#handler.correlationId
  }

  /** The service's logger, whose lines say which record they are about. */
  get logger(): ClientLogger {
    return this.#handler.logger
  }

  /** Aborts when nobody wants the result any more: hand it to `fetch` and database calls. */
  get signal(): AbortSignal {
    return this.#handler.signal
  }

  /**
   * Sends something because of this message: written when the handler has returned, before the message counts as done, and not at all when the handler throws. With `guarantee: 'exactly-once'`, in
   * one transaction with it. Throws ClosedError when the handler has returned.
   */
  publish<T extends AnyTopic>(topic: T, message: Publication<T>): void {
    this.#handler.publish(topic, message)
  }
}
