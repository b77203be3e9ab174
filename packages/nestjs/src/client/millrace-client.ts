// A client of Nest microservices: `emit` sends events, `send` requests whose answers come back, with the headers of Nest's transport over KafkaJS.
import {
  ClosedError,
  type ConsumerRecord,
  OperationTimeoutError,
  Producer,
  type RecordMetadata,
  StateError,
} from '@millrace/client'
import type { Timer } from '@millrace/runtime'
import { Logger } from '@nestjs/common'
import {
  ClientProxy,
  KafkaHeaders,
  type OutgoingEvent,
  type ReadPacket,
  type WritePacket,
} from '@nestjs/microservices'
import { connectable, defer, Observable, ReplaySubject, throwError } from 'rxjs'
import { nestLogger } from '../nest-logger.ts'
import { replyTopicOf } from '../messages/reply-topic.ts'
import { recordOf, type SerializedRecord, serializeRecord } from '../messages/outgoing-record.ts'
import { decode, decodeHeaders } from '../messages/received-message.ts'
import { type MillraceClientOptions, type ResolvedClientOptions, resolveClientOptions } from './options.ts'
import { ReplyReader } from './reply-reader.ts'

type Callback = (packet: WritePacket) => void

interface Outgoing {
  readonly data: unknown
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** A request that has no last answer yet. */
interface Pending {
  readonly callback: Callback
  timer: Timer | undefined
}

/** What is open between `connect` and `close`. */
interface Connections {
  readonly producer: Producer
  readonly replies: ReplyReader
}

/**
 * The client, whose `status` is `connected` or `closed`: `emit` writes an event and tells where it went, `send` a request and emits its answers. It speaks with servers of this package and of Nest's transport over KafkaJS alike.
 *
 * @example
 * const client = new MillraceClient({ brokers: ['localhost:9092'] })
 * client.emit('orders', { key: 'user-7', value: { total: 12 } })
 * const price = await firstValueFrom(client.send<number>('prices', { item: 'tea' }))
 * await client.close()
 */
export class MillraceClient extends ClientProxy {
  readonly #options: ResolvedClientOptions
  readonly #logger = new Logger(MillraceClient.name)
  readonly #pending = new Map<string, Pending>()
  readonly #replyTopics = new Set<string>()
  #open: Connections | undefined
  #connecting: Promise<Producer> | undefined
  /** Answers that a deserializer of the application reads. */
  #turn: Promise<void> = Promise.resolve()

  /** Checks the options; connects on first use. Throws ConfigError. */
  constructor(options: MillraceClientOptions) {
    super()
    this.#options = resolveClientOptions({ logger: nestLogger(this.#logger), ...options })
  }

  /**
   * Says that answers to a pattern are wanted, so that `connect` makes ready for them. Without it the first `send` of the pattern does, and waits for it.
   */
  subscribeToResponseOf(pattern: unknown): void {
    this.#replyTopics.add(replyTopicOf(this.normalizePattern(pattern as string)))
  }

  /** Connects, and makes ready for answers; `emit` and `send` do it by themselves. Rejects with what keeps it from that. */
  override connect(): Promise<Producer> {
    this.#connecting ??= this.#connect().catch((error: unknown) => {
      this.#connecting = undefined
      throw error
    })
    return this.#connecting
  }

  async #connect(): Promise<Producer> {
    const { producer, replies } = this.#connections()
    await producer.cluster.apiRanges()
    await Promise.all(Array.from(this.#replyTopics, topic => replies.open(topic)))
    this._status$.next('connected')
    return producer
  }

  #connections(): Connections {
    const { cluster, producer, clock, random, createReplyTopics, replyPartition } = this.#options
    this.#open ??= {
      producer: new Producer({ ...producer, ...cluster }),
      replies: new ReplyReader({
        cluster,
        clock,
        random,
        createTopics: createReplyTopics,
        partition: replyPartition,
        onReply: record => this.#onReply(record),
        onFailure: error => this.#logger.warn(`reading answers: ${error.message}`),
      }),
    }
    return this.#open
  }

  /**
   * Writes what is under way and closes all connections; requests without an answer fail with ClosedError. A later `emit` or `send` connects anew. Rejects
   * as `producer.close` does.
   */
  override async close(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    this.#connecting = undefined
    for (const id of this.#pending.keys()) this.#finish(id, { err: new ClosedError('the client') })
    await Promise.all([open?.producer.close(), open?.replies.close()])
    this._status$.next('closed')
  }

  /** The producer, once connected. Throws StateError before that. */
  override unwrap<T = Producer>(): T {
    if (!this.#open) throw new StateError('the client is not connected: call connect() first')
    return this.#open.producer as T
  }

  /** Writes many events by one call, as ClientKafka's: the result has where each went. */
  emitBatch<Input>(
    pattern: unknown,
    data: { readonly messages: readonly Input[] },
  ): Observable<RecordMetadata[]> {
    if (!Array.isArray(data?.messages))
      return throwError(() => new StateError('emitBatch: write { messages: […] }'))
    const topic = this.normalizePattern(pattern as string)
    const sent = connectable(
      defer(async () => {
        const producer = await this.connect()
        const records = await Promise.all(data.messages.map(each => this.#recordOf(topic, { data: each })))
        return producer.send(records)
      }),
      { connector: () => new ReplaySubject<RecordMetadata[]>(1), resetOnDisconnect: false },
    )
    sent.connect()
    return sent
  }

  /** Writes a request and emits its answers. Fails with OperationTimeoutError where the first one does not come within `replyTimeoutMs`, whatever keeps it: brokers that are away, too. */
  override send<Result = unknown, Input = unknown>(pattern: unknown, data: Input): Observable<Result> {
    const answers = super.send<Result, Input>(pattern, data)
    const { clock, replyTimeoutMs } = this.#options
    return new Observable<Result>(subscriber => {
      const timer = clock.setTimer(replyTimeoutMs, () => subscriber.error(this.#late()))
      const subscription = answers.subscribe({
        next: answer => {
          timer.cancel()
          subscriber.next(answer)
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      })
      return () => {
        timer.cancel()
        subscription.unsubscribe()
      }
    })
  }

  #late(): OperationTimeoutError {
    return new OperationTimeoutError(
      `send: no answer came within ${this.#options.replyTimeoutMs} ms (replyTimeoutMs)`,
    )
  }

  protected override async dispatchEvent<T = RecordMetadata>(packet: ReadPacket): Promise<T> {
    const topic = this.normalizePattern(packet.pattern as string)
    try {
      const record = await this.#recordOf(topic, packet)
      return (await this.#connections().producer.send(record)) as T
    } catch (error) {
      // Who does not subscribe to what `emit` returns would never hear of it.
      this.#logger.error(`emit: an event for "${topic}" was not written`, (error as Error).stack)
      throw error
    }
  }

  protected override publish(packet: ReadPacket, callback: Callback): () => void {
    const { id } = this.assignPacketId(packet)
    if (this.#pending.size >= this.#options.maxPendingRequests) {
      const limit = `${this.#options.maxPendingRequests} requests wait for answers (maxPendingRequests)`
      callback({ err: new StateError(`send: ${limit}: wait for some of them first`) })
      return () => {}
    }
    this.#pending.set(id, { callback, timer: undefined })
    this.#request(packet, id).catch((error: unknown) => this.#finish(id, { err: error }))
    return () => this.#forget(id)
  }

  async #request(packet: ReadPacket, id: string): Promise<void> {
    const topic = this.normalizePattern(packet.pattern as string)
    const replyTopic = replyTopicOf(topic)
    const { producer, replies } = this.#connections()
    const partition = await replies.open(replyTopic)
    const record = await this.#recordOf(topic, packet, {
      [KafkaHeaders.CORRELATION_ID]: id,
      [KafkaHeaders.REPLY_TOPIC]: replyTopic,
      [KafkaHeaders.REPLY_PARTITION]: String(partition),
    })
    // Whoever asked may have gone meanwhile.
    if (!this.#pending.has(id)) return
    this.#wait(id)
    await producer.send(record)
  }

  /** What a dispatch hook of Nest's has put into `metadata`, a trace for one, goes along as headers. */
  async #recordOf(topic: string, packet: Outgoing, own: Readonly<Record<string, string>> = {}) {
    const { data, metadata } = packet
    const { serializer } = this.#options
    const serialized = serializer
      ? await serializer.serialize(data as OutgoingEvent, { pattern: topic })
      : serializeRecord(data)
    return recordOf(topic, serialized as SerializedRecord, { ...metadata, ...own })
  }

  #onReply(record: ConsumerRecord): void {
    const id = record.header(KafkaHeaders.CORRELATION_ID)
    // Others may have answers in this partition, too.
    if (typeof id !== 'string' || !this.#pending.has(id)) return
    const { deserializer, keepBinary } = this.#options
    const headers = decodeHeaders(record.headers)
    const response = keepBinary ? record.value : decode(record.value)
    if (!deserializer) {
      const err = headers[KafkaHeaders.NEST_ERR]
      this.#take(id, { response, err, isDisposed: headers[KafkaHeaders.NEST_IS_DISPOSED] !== undefined })
      return
    }
    const { key, topic, partition, offset, timestamp } = record
    const place = { topic, partition, offset: String(offset), timestamp: String(timestamp) }
    const message = { ...place, key: decode(key), value: response, headers }
    // One after the other: answers keep their order, however long each takes to read.
    this.#turn = this.#turn
      .then(async () => this.#take(id, await deserializer.deserialize(message)))
      .catch((error: unknown) => this.#finish(id, { err: error }))
  }

  #take(id: string, packet: WritePacket): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    if (packet.err !== undefined || packet.isDisposed) {
      this.#finish(id, packet)
      return
    }
    this.#wait(id)
    pending.callback(packet)
  }

  #wait(id: string): void {
    const pending = this.#pending.get(id)!
    const { replyTimeoutMs, clock } = this.#options
    pending.timer?.cancel()
    pending.timer = clock.setTimer(replyTimeoutMs, () => this.#finish(id, { err: this.#late() }))
  }

  #finish(id: string, packet: WritePacket): void {
    const pending = this.#pending.get(id)
    this.#forget(id)
    pending?.callback(packet)
  }

  #forget(id: string): void {
    this.#pending.get(id)?.timer?.cancel()
    this.#pending.delete(id)
  }
}
