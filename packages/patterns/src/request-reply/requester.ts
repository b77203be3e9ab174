// Sends requests to topics and waits for the replies to them: the public face.
import { randomUUID } from 'node:crypto'
import {
  type AnyRecord,
  type AnyTopic,
  ClosedError,
  type ConsumerRecord,
  encodeRecord,
  KafkaError,
  Producer,
  type ProducerRecord,
  type ValueOf,
} from '@millrace/client'
import { type Publication, type ReceivedHeader, recordOf } from '@millrace/service'
import { checkNumber } from '../options/split-options.ts'
import { readValue } from '../records/read-value.ts'
import { isThenable } from '../records/thenable.ts'
import { ReplyError } from './errors.ts'
import { correlationIdHeader, failureOf, lastHeader, requestHeaders } from './headers.ts'
import { type RequesterOptions, type ResolvedRequesterOptions, resolveRequesterOptions } from './options.ts'
import { type Call, PendingCalls } from './pending-calls.ts'
import { ReplyReader } from './reply-reader.ts'

/** How patient a request is. */
export interface RequestOptions {
  /** How long to wait, in ms: for a place among those that are pending, until the request is written, and for replies. Default: that of the requester. */
  readonly timeoutMs?: number
  /** Ends the wait: it throws the signal's reason. What was written is handled all the same. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** How many replies are waited for, and how long. */
export interface GatherOptions extends RequestOptions {
  /** Replies that end the wait. Default: all that come until `timeoutMs` is over. */
  readonly count?: number
}

/** What one of several repliers said: a value, or why there is none. */
export interface Reply<V = unknown> {
  /** What the reply topic's serde read; undefined where the replier failed. */
  readonly value: V | undefined
  /** A ReplyError where the replier failed, a DeserializationError where its reply cannot be read; undefined for a value. */
  readonly error: Error | undefined
  /** Headers of the reply. */
  readonly headers: readonly ReceivedHeader[]
}

/** Counts since a requester was made. */
export interface RequesterStatistics {
  /** Requests that were made, whatever became of them. */
  readonly requests: number
  /** Replies that somebody waited for, failures of repliers included. */
  readonly replies: number
  /** Replies that came when nobody waited for them any more: behind a time-out, an abort, or the replies that were enough. */
  readonly late: number
  /** Replies to others that share the topic, and records that are no replies. */
  readonly foreign: number
  /** Requests that wait for replies now. */
  readonly pending: number
  /** Requests that wait for a place among those now. */
  readonly waiting: number
}

/** How patient closing is. */
export interface RequesterCloseOptions {
  /** How long to wait for replies that are due, in ms. Default 0: those who wait are refused at once. */
  readonly timeoutMs?: number
}

/**
 * Asks a topic and waits for the answer. Repliers are handlers of `replying(…)`, services of Spring Kafka, or of NestJS.
 *
 * Replies are never missed by a late subscription: every partition of the reply topic is read, from its end, before the first request is sent.
 *
 * @example
 * const requester = new Requester({ brokers, replies: topic('price-replies', { value: json<Price>() }) })
 * const price = await requester.request(priceRequests, { key: 'sku-7', value: { amount: 2 } })
 */
export class Requester<R extends AnyTopic = AnyTopic> implements AsyncDisposable {
  readonly #options: ResolvedRequesterOptions
  readonly #producer: Producer
  readonly #reader: ReplyReader
  readonly #calls: PendingCalls<Reply<ValueOf<R>>>
  #starting: Promise<void> | undefined
  #closing: Promise<void> | undefined
  #requests = 0
  #replies = 0
  #late = 0
  #foreign = 0

  /** Checks the options; connects when it is started, or asked for the first time. Throws ConfigError. */
  constructor(options: RequesterOptions<R>) {
    this.#options = resolveRequesterOptions(options)
    const { producer, handlingClock, maxPending, maxWaiting } = this.#options
    this.#producer = new Producer(producer)
    this.#reader = new ReplyReader(this.#options, {
      onReply: record => this.#onReply(record),
      onFailed: error => this.#calls.failAll(readingFailed(error)),
    })
    const clock = handlingClock ?? this.#producer.cluster.clock
    this.#calls = new PendingCalls(clock, randomUUID(), { maxPending, maxWaiting })
  }

  /**
   * Makes the reply topic where it is missing, and resolves when replies to what is sent from now on will be read. Optional: the first request waits for it. Another attempt may work
   * after one that failed. Throws what brokers refuse, ConfigError for a partition that there is not, ClosedError.
   */
  async start(): Promise<void> {
    this.#throwIfClosed()
    this.#starting ??= this.#reader.start().catch((error: unknown) => {
      this.#starting = undefined
      this.#throwIfClosed()
      throw error
    })
    await this.#starting
  }

  /**
   * Asks, and resolves with the first reply. Throws ReplyError where the replier failed, ReplyTimeoutError, TooManyRequestsError, DeserializationError for a reply that cannot be read,
   * SerializationError and what brokers refuse for a request that cannot be written, the signal's reason, ClosedError. To ask again after a time-out is to have it done twice, unless
   * repliers know what they did.
   */
  async request<T extends AnyTopic>(
    topic: T,
    message: Publication<T>,
    options: RequestOptions = {},
  ): Promise<ValueOf<R>> {
    const [reply] = await this.#ask('request', topic, message, 1, options)
    if (reply!.error) throw reply!.error
    return reply!.value as ValueOf<R>
  }

  /**
   * Asks several repliers, services of different groups for one, and resolves with what they said, in the order in which it came: `count` replies, or all that come in time. Throws
   * ReplyTimeoutError, with what there is, where fewer than `count` came, and as {@link request} does; a replier that failed is one of the replies.
   *
   * @example
   * const offers = await requester.gather(offerRequests, { key: 'sku-7', value: { amount: 2 } }, { timeoutMs: 500 })
   * const best = offers.flatMap(({ value }) => value ?? []).sort((a, b) => a.total - b.total)[0]
   */
  async gather<T extends AnyTopic>(
    topic: T,
    message: Publication<T>,
    options: GatherOptions = {},
  ): Promise<readonly Reply<ValueOf<R>>[]> {
    const { count = Number.POSITIVE_INFINITY, ...rest } = options
    if (count !== Number.POSITIVE_INFINITY) checkNumber('gather: count', count, 1)
    return this.#ask('gather', topic, message, count, rest)
  }

  async #ask<T extends AnyTopic>(
    name: string,
    topic: T,
    message: Publication<T>,
    want: number,
    { timeoutMs = this.#options.timeoutMs, signal }: RequestOptions,
  ): Promise<readonly Reply<ValueOf<R>>[]> {
    this.#throwIfClosed()
    checkNumber(`${name}: timeoutMs`, timeoutMs, 0, false)
    const call = this.#calls.open({ topic: topic.name, want, timeoutMs, signal })
    this.#requests++
    void this.#send(call, topic, message)
    return call.replies
  }

  async #send<T extends AnyTopic>(
    call: Call<Reply<ValueOf<R>>>,
    topic: T,
    message: Publication<T>,
  ): Promise<void> {
    try {
      await this.start()
      await call.admitted
      const encoded = await encodeRecord(
        recordOf(topic, message) as AnyRecord,
        this.#options.producer.maxRequestSize,
      )
      if (call.isOver) return
      const { replies, replyPartition: partition, headerStyle } = this.#options
      const { id: correlationId, deadline } = call
      const ours = requestHeaders({ correlationId, topic: replies.name, partition, deadline }, headerStyle)
      // Before it is written: a replier may be faster than the broker's answer to us.
      const headers = [...(encoded.headers ?? []), ...ours]
      await this.#producer.send({ ...encoded, headers } as ProducerRecord)
      call.stage = 'asked'
    } catch (error) {
      call.fail(error)
    }
  }

  #onReply(record: ConsumerRecord): void {
    const id = lastHeader(record.headers, correlationIdHeader)?.toString()
    const call = id === undefined ? 'foreign' : this.#calls.find(id)
    if (call === 'foreign') this.#foreign++
    else if (call === 'late') this.#late++
    else {
      this.#replies++
      this.#take(call, record)
    }
  }

  #take(call: Call<Reply<ValueOf<R>>>, record: ConsumerRecord): void {
    const { headers } = record
    // An answer is proof that it was written.
    call.stage = 'asked'
    const failure = failureOf(headers)
    if (failure) {
      call.take({ value: undefined, error: new ReplyError(failure.message, failure), headers })
      return
    }
    const failed = (error: unknown) => call.take({ value: undefined, error: error as Error, headers })
    try {
      const value = readValue(this.#options.replies, record)
      if (isThenable(value)) {
        value.then(read => call.take({ value: read as ValueOf<R>, error: undefined, headers }), failed)
      } else call.take({ value: value as ValueOf<R>, error: undefined, headers })
    } catch (error) {
      failed(error)
    }
  }

  /** Counters since the requester was made, and what is under way. */
  get statistics(): RequesterStatistics {
    return {
      requests: this.#requests,
      replies: this.#replies,
      late: this.#late,
      foreign: this.#foreign,
      pending: this.#calls.pending,
      waiting: this.#calls.waiting,
    }
  }

  /** Takes no more requests, refuses those that wait (ClosedError) when `timeoutMs` is over, and closes all connections. Never rejects. Another call waits for the first. */
  close(options: RequesterCloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options.timeoutMs ?? 0)
    return this.#closing
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(timeoutMs: number): Promise<void> {
    if (timeoutMs > 0) await this.#calls.settledWithin(timeoutMs)
    this.#calls.failAll(new ClosedError('the requester', 'nobody waits for the reply any more'))
    await Promise.all([
      this.#reader.close().catch(() => {}),
      // What is not written has been refused by now.
      this.#producer.close({ timeoutMs: 0 }).catch(() => {}),
    ])
  }

  #throwIfClosed(): void {
    if (this.#closing) throw new ClosedError('the requester')
  }
}

function readingFailed(error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  return new KafkaError('REPLIES_UNREADABLE', `the reply topic cannot be read: ${reason}`, {
    cause: error,
    retriable: true,
  })
}
