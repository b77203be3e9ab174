// A transport of Nest microservices: handlers of patterns run on a service, with its retries, retry topics and dead letters.
import type { AnyTopic } from '@millrace/client'
import {
  type EventEnvelope,
  EventTopic,
  type HandlerContext,
  Instruction,
  type HandlerResult,
  PoisonError,
  RetriableError,
  Service,
  type ServiceEvent,
  type ServiceHealth,
  type ServiceState,
} from '@millrace/service'
import { Logger } from '@nestjs/common'
import {
  type BaseRpcContext,
  type CustomTransportStrategy,
  KafkaRetriableException,
  type MessageHandler,
  Server,
  Transport,
} from '@nestjs/microservices'
import { isObservable } from 'rxjs'
import { replyTopicOf } from '../messages/reply-topic.ts'
import { decode, messageOf } from '../messages/received-message.ts'
import { nestLogger } from '../nest-logger.ts'
import { drain, lastOf } from './answer.ts'
import { causeOf, keepCauses } from './failure.ts'
import { type GroupHandle, MillraceContext } from './millrace-context.ts'
import {
  clusterOf,
  type DeclaredTopic,
  declaredTopics,
  type MillraceServerOptions,
  serviceOptionsOf,
} from './options.ts'
import {
  type Answer,
  errorAnswer,
  OpenRequests,
  type Publish,
  type ReplyAddress,
  replyAddressOf,
  writeAnswer,
} from './requests.ts'
import { TopicPatterns } from './topic-patterns.ts'

/** What can be listened to by `server.on(…)`. */
export interface MillraceServerEvents {
  /** The server has failed and does nothing more: end the process, so that it is started again. */
  readonly failed: (error: Error) => void
  /** Anything that its service tells: retries, dead letters, partitions, states. */
  readonly event: (event: ServiceEvent) => void
}

type Listeners = { readonly [Name in keyof MillraceServerEvents]: Set<MillraceServerEvents[Name]> }
type Hook = (transport: Transport | symbol, context: BaseRpcContext, done: () => Promise<unknown>) => unknown

/**
 * The transport: what `@EventPattern` and `@MessagePattern` of an application handle is read from Kafka. An event handler that throws is tried again, and its message becomes a dead letter in the end; a
 * message handler that throws answers with the error, and is tried again only where it throws a KafkaRetriableException or a RetriableError.
 *
 * @example
 * const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, {
 *   strategy: new MillraceServer({ name: 'billing', brokers: ['localhost:9092'], handle: { retry: { topicDelaysMs: [10_000] } } }),
 * })
 * app.enableShutdownHooks()
 * await app.listen()
 */
export class MillraceServer
  extends Server<{ -readonly [Name in keyof MillraceServerEvents]: MillraceServerEvents[Name] }, ServiceState>
  implements CustomTransportStrategy
{
  /** Which patterns are its: those of `Transport.KAFKA`, and those that name no transport. `setTransportId` changes it. */
  override transportId: Transport | symbol = Transport.KAFKA
  /** For Nest: what a handler throws is heard of, by the service. */
  override readonly propagatesEventHandlerErrors = true
  protected override readonly logger = new Logger(MillraceServer.name)
  readonly #options: MillraceServerOptions
  readonly #listeners: Listeners = { failed: new Set(), event: new Set() }
  readonly #patterns = new TopicPatterns()
  readonly #requests = new OpenRequests()
  #service: Service | undefined
  #hasHook = false
  #hasWarned = false

  /** Checks the options; connects when the application listens. Throws ConfigError. */
  constructor(options: MillraceServerOptions) {
    super()
    keepCauses()
    this.#options = options
    // Bad options are told of where they are written, not when all else has started.
    this.#makeService()
  }

  /** Called by Nest for each handler of the application. */
  override addHandler(
    pattern: unknown,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    if (!(pattern instanceof RegExp)) {
      super.addHandler(pattern, handler, isEventHandler, extras)
      return
    }
    this.#patterns.add(pattern, Object.assign(handler, { isEventHandler, extras }))
  }

  /** The handler of a pattern; null where nobody has one. */
  override getHandlerByPattern(pattern: string): MessageHandler | null {
    return super.getHandlerByPattern(pattern) ?? this.#patterns.find(pattern) ?? null
  }

  /** Called by Nest: joins the group, and calls back when the service is running, or with what keeps it from that. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      const service = this.#makeService()
      const { name, group = name, naming } = this.#options
      const handlers = await this.#patterns.resolve(
        this.getHandlers(),
        clusterOf(this.#options),
        group,
        naming,
      )
      for (const declared of declaredTopics(handlers, this.#options)) this.#declare(service, declared)
      this.#service = service
      await service.start()
    } catch (error) {
      callback(error)
      return
    }
    callback()
  }

  /** Called by Nest: takes nothing more, waits for handlers (`drainTimeoutMs`), commits what is done, leaves the group. Never rejects. */
  override async close(): Promise<void> {
    await this.#service?.stop()
    this.#requests.clear()
  }

  /** Hears of failures and events. */
  override on<Name extends keyof MillraceServerEvents>(
    event: Name,
    callback: MillraceServerEvents[Name],
  ): void {
    const listeners: Set<MillraceServerEvents[Name]> = this.#listeners[event]
    listeners.add(callback)
  }

  /** The service, once the application listens: `app.unwrap<Service>()`. Throws before that. */
  override unwrap<T = Service>(): T {
    if (!this.#service) throw new Error('the server does not listen yet: unwrap it after listen()')
    return this.#service as T
  }

  /** Whether the service does its work; `reason` says what is missing. */
  readiness(): ReturnType<Service['readiness']> {
    return this.#service?.readiness() ?? { ready: false, reason: 'the server does not listen yet' }
  }

  /** What is known of the service; undefined before the application listens. */
  health(): ServiceHealth | undefined {
    return this.#service?.health()
  }

  /** Metrics of the service, for `servicePrometheusText([server])`; none before the application listens. */
  metrics(): ReturnType<Service['metrics']> {
    return this.#service?.metrics() ?? []
  }

  /** What stands around every attempt of a handler: for tracing and the like. */
  override setOnProcessingStartHook(hook: Hook): void {
    this.#hasHook = true
    super.setOnProcessingStartHook(hook as Parameters<Server['setOnProcessingStartHook']>[0])
  }

  #makeService(): Service {
    const options = serviceOptionsOf(this.#options)
    return new Service({
      logger: nestLogger(this.logger),
      ...options,
      onServiceEvent: event => {
        this.#hear(event)
        options.onServiceEvent?.(event)
      },
    })
  }

  #hear(event: ServiceEvent): void {
    for (const listener of this.#listeners.event) listener(event)
    if (event.type === 'service.state') {
      this._status$.next(event.to)
      if (event.to === 'FAILED') for (const listener of this.#listeners.failed) listener(event.error as Error)
    } else if (event.type === 'record.parked') {
      this.#requests.end(event)
    } else if (event.type === 'record.dead_lettered') {
      const address = this.#requests.end(event)
      if (address) void this.#refuse(address, event.error)
    }
  }

  /** Tells a requester that its request is a dead letter. */
  async #refuse(address: ReplyAddress, error: unknown): Promise<void> {
    const service = this.#service!
    try {
      await this.#answer(address, { err: errorAnswer(error), isDisposed: true }, (topic, message) =>
        service.publish(topic, message),
      )
    } catch (failed) {
      this.logger.error(
        `the answer to a request could not be written to "${address.topic}"`,
        (failed as Error).stack,
      )
    }
  }

  #declare(service: Service, { topic, handlers, options }: DeclaredTopic): void {
    const group = this.#groupHandle(options.group ?? this.#options.group ?? this.#options.name)
    if (!(topic instanceof EventTopic)) {
      const isTyped = this.#options.topics?.includes(topic) === true
      const handler = handlers.get(undefined)!
      service.handle(
        topic,
        (value: unknown, context: HandlerContext) =>
          isTyped
            ? this.#run(
                handler,
                value,
                new MillraceContext(messageOf(context, context.key, value), context, group),
              )
            : this.#runPlain(handler, value as Buffer | null, context, group),
        options as object,
      )
      return
    }
    const types = Object.keys(topic.eventTypes as object)
    const routes = types.map(type => [type, handlers.get(type) ?? handlers.get(undefined)] as const)
    const byType = routes.flatMap(([type, handler]) =>
      handler ? [[type, this.#eventHandler(handler, group)]] : [],
    )
    service.handle(topic as AnyTopic, Object.fromEntries(byType) as never, options as object)
  }

  #eventHandler(handler: MessageHandler, group: GroupHandle) {
    return (event: EventEnvelope, context: HandlerContext) => {
      const message = messageOf(context, context.key, event.data)
      return this.#run(handler, event.data, new MillraceContext(message, context, group, event))
    }
  }

  /** A message of a topic without types, read as Nest reads it. */
  async #runPlain(
    handler: MessageHandler,
    bytes: Buffer | null,
    context: HandlerContext,
    group: GroupHandle,
  ): Promise<HandlerResult> {
    const { deserializer, parser } = this.#options
    const value = parser?.keepBinary === true ? bytes : decode(bytes)
    const message = messageOf(context, decode(context.record.keyBytes), value)
    const nestContext = new MillraceContext(message, context, group)
    if (!deserializer) return this.#run(handler, value, nestContext)
    const { pattern, data } = await deserializer.deserialize(message, { channel: message.topic })
    const chosen = pattern === message.topic ? handler : this.getHandlerByPattern(pattern as string)
    if (!chosen)
      throw new PoisonError(
        `no handler has the pattern ${JSON.stringify(pattern)} that the deserializer says`,
      )
    return this.#run(chosen, data, nestContext)
  }

  #run(handler: MessageHandler, data: unknown, context: MillraceContext): Promise<HandlerResult> {
    const address = handler.isEventHandler ? undefined : replyAddressOf(context.record.headers)
    const work = address
      ? () => this.#handleRequest(handler, data, context, address)
      : () => this.#handleMessage(handler, data, context)
    return this.#hasHook ? this.#hooked(context, work) : work()
  }

  /** Within what traces and the like have put around handlers; a hook need not return what it is given. */
  #hooked(context: MillraceContext, work: () => Promise<HandlerResult>): Promise<HandlerResult> {
    const { promise, resolve, reject } = Promise.withResolvers<HandlerResult>()
    const done = () => {
      const running = work()
      running.then(resolve, reject)
      return running
    }
    try {
      const returned: unknown = this.onProcessingStartHook(this.transportId, context, done)
      Promise.resolve(returned).catch(reject)
    } catch (error) {
      reject(error as Error)
    }
    return promise.finally(() => this.onProcessingEndHook?.(this.transportId, context))
  }

  async #handleMessage(
    handler: MessageHandler,
    data: unknown,
    context: MillraceContext,
  ): Promise<HandlerResult> {
    try {
      const result: unknown = await handler(data, context)
      const value = isObservable(result) ? await lastOf(result, context.signal) : result
      return value instanceof Instruction ? value : undefined
    } catch (error) {
      throw causeOf(context, error)
    }
  }

  async #handleRequest(
    handler: MessageHandler,
    data: unknown,
    context: MillraceContext,
    address: ReplyAddress,
  ): Promise<HandlerResult> {
    this.#checkReplyTopic(address.topic, context.getTopic())
    this.#requests.begin(context, address)
    const values = this.transformToObservable(handler(data, context) as Promise<unknown>)
    const service = this.#service!
    const now = (response: unknown) =>
      this.#answer(address, { response }, (topic, message) => service.publish(topic, message))
    const { last, count, failure } = await drain(values, now, context.signal)
    if (failure) {
      const cause = causeOf(context, failure.error)
      // Nobody has been told anything so far: it may be tried again.
      if (count === 0 && isRetriable(cause)) throw cause
      if (last) await now(last.value)
    }
    const answer = failure ? { err: errorAnswer(failure.error) } : { response: last?.value }
    await this.#answer(address, { ...answer, isDisposed: true }, (topic, message) =>
      context.publish(topic, message),
    )
    this.#requests.end(context)
    return undefined
  }

  #checkReplyTopic(replyTopic: string, requestTopic: string): void {
    const { allowReplyTopic } = this.#options
    if (
      allowReplyTopic ? allowReplyTopic(replyTopic, requestTopic) : replyTopic === replyTopicOf(requestTopic)
    )
      return
    throw new PoisonError(
      `the answer is wanted in topic "${replyTopic}", which allowReplyTopic does not allow`,
    )
  }

  #answer(address: ReplyAddress, answer: Answer, publish: Publish): Promise<void> {
    return writeAnswer(address, answer, this.#options.serializer, publish)
  }

  #groupHandle(groupId: string): GroupHandle {
    return {
      groupId,
      commitOffsets: async () => {
        if (this.#hasWarned) return
        this.#hasWarned = true
        this.logger.warn(
          'commitOffsets does nothing here: a message is committed when its handler has returned. Take the call out',
        )
      },
    }
  }
}

function isRetriable(error: Error): boolean {
  return error instanceof KafkaRetriableException || error instanceof RetriableError
}
