// A service: topics with their handlers, from start to stop. The public face; what it does is done by the parts beside it.
import {
  type AnyTopic,
  ClosedError,
  ConfigError,
  type KeyOf,
  Producer,
  type RecordMetadata,
  StateError,
  type ValueOf,
} from '@millrace/client'
import type { Family } from '@millrace/runtime'
import { EventTopic, type EventOf } from '../envelope/event-topic.ts'
import type { EventTypes } from '../envelope/event-serde.ts'
import { messageOf } from '../failure/classify.ts'
import { outputOf, type Publication } from '../handling/context.ts'
import type { HealthEndpoint } from '../http/endpoint.ts'
import { serveHealth } from '../http/serve-health.ts'
import type { AnyHandler, BatchHandler, EventHandlers, ValueHandler } from '../handling/handlers.ts'
import { type HandleBatchOptions, type HandleOptions, resolveHandleOptions } from '../handling/options.ts'
import { EventDoor } from '../observe/event-door.ts'
import { ServiceMetrics } from '../observe/metrics.ts'
import type { ServiceState } from '../observe/service-event.ts'
import { buildRunner, type Declared } from './build-runner.ts'
import type { GroupRunner } from './group-runner.ts'
import { breakerLevel, type ServiceHealth } from '../observe/health.ts'
import { type ResolvedServiceOptions, resolveServiceOptions, type ServiceOptions } from './options.ts'
import { ensureTopics } from './own-topics.ts'
import { nameOf, sendAll } from './plain-ledger.ts'
import { type RunOptions, runServices } from './run-services.ts'
import { isOver, mayMove } from './state.ts'

/**
 * A service: handlers for the events of topics, with retries, dead letters, concurrency and limits. Several may run in one process.
 *
 * @example
 * const service = new Service({ name: 'billing', brokers: ['localhost:9092'] })
 * service.handle(orders, {
 *   'order.created': async (event, context) => {
 *     await charge(event.data)
 *     context.publish(invoices, { key: context.key, type: 'invoice.issued', data: { total: event.data.total } })
 *   },
 * }, { deadLetter: true, concurrency: { by: 'key', max: 100 } })
 * await service.run()
 */
export class Service implements AsyncDisposable {
  /** What it is called. */
  readonly name: string
  readonly #options: ResolvedServiceOptions
  readonly #events: EventDoor
  readonly #metrics = new ServiceMetrics()
  readonly #declared: Declared[] = []
  #state: ServiceState = 'CREATED'
  #error: Error | undefined
  #runners: GroupRunner[] = []
  #producer: Producer | undefined
  #endpoint: HealthEndpoint | undefined
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined
  readonly #startAbort = new AbortController()
  readonly #ended: Promise<void>
  #end: () => void = () => {}
  readonly #unobserve: (() => void)[] = []

  /** Checks the options; connects when it is started. Throws ConfigError. */
  constructor(options: ServiceOptions) {
    this.#options = resolveServiceOptions(options)
    this.name = this.#options.name
    this.#events = new EventDoor(this.#options.clock, options.logger ?? undefined, this.#options.listeners)
    this.#ended = new Promise(resolve => {
      this.#end = resolve
    })
    this.#metrics.from({
      partitions: () => this.#runners.flatMap(runner => [...runner.gauges()]),
      breakers: () => [...this.#breakers].map(({ name, state }) => ({ name, state: breakerLevel[state] })),
      isReady: () => this.readiness().ready,
    })
  }

  /**
   * Handles the events of a topic, by type. Types of the topic without a handler are passed over, and counted. Throws ConfigError for options that contradict each other, and for
   * a topic that the group handles already; StateError once the service was started.
   */
  handle<Name extends string, K, Types extends EventTypes, KeyInput>(
    topic: EventTopic<Name, K, Types, KeyInput>,
    handlers: EventHandlers<Types, K>,
    options?: HandleOptions<EventOf<Types>>,
  ): this
  /** Handles the values of a topic that has no event types. */
  handle<T extends AnyTopic>(topic: T, handler: ValueHandler<T>, options?: HandleOptions<ValueOf<T>>): this
  handle(topic: AnyTopic, given: object, options: HandleOptions = {}): this {
    const place = this.#placeOf('handle', topic)
    const handlers = readHandlers(place, topic, given)
    const resolved = resolveHandleOptions(place, options, this.#options, 'each')
    return this.#declare(place, { topic, handlers, batch: undefined, options: resolved })
  }

  /**
   * Handles a topic's events in batches, each of one partition and in order, types told apart by `event.type`. Throws as {@link handle} does.
   */
  handleBatch<Name extends string, K, Types extends EventTypes, KeyInput>(
    topic: EventTopic<Name, K, Types, KeyInput>,
    handler: BatchHandler<EventOf<Types>, K>,
    options?: HandleBatchOptions<EventOf<Types>>,
  ): this
  /** Handles the values of a topic in batches. */
  handleBatch<T extends AnyTopic>(
    topic: T,
    handler: BatchHandler<ValueOf<T>, KeyOf<T>>,
    options?: HandleBatchOptions<ValueOf<T>>,
  ): this
  handleBatch(topic: AnyTopic, handler: unknown, options: HandleBatchOptions = {}): this {
    const place = this.#placeOf('handleBatch', topic)
    if (typeof handler !== 'function') throw new ConfigError(`${place}: the handler is no function`)
    const resolved = resolveHandleOptions(place, options, this.#options, 'batch')
    // Every type has a handler: the same.
    const handlers = new Map<string, AnyHandler>([['*', () => undefined]])
    return this.#declare(place, {
      topic,
      handlers,
      batch: handler as BatchHandler<unknown, unknown>,
      options: resolved,
    })
  }

  #placeOf(call: string, topic: AnyTopic): string {
    if (this.#state !== 'CREATED')
      throw new StateError(`${call}: the service was started; say what it handles before`)
    const { name } = (topic ?? {}) as Partial<AnyTopic>
    if (typeof name !== 'string' || !('parts' in topic))
      throw new ConfigError(`${call}: the topic is none; make one by events(…) or topic(…)`)
    return `${call}: ${name}`
  }

  #declare(place: string, declared: Declared): this {
    const { group, isExactlyOnce } = declared.options
    for (const other of this.#declared) {
      if (other.options.group !== group) continue
      if (other.topic.name === declared.topic.name)
        throw new ConfigError(`${place}: group "${group}" handles the topic already; give another group`)
      if (other.options.isExactlyOnce !== isExactlyOnce)
        throw new ConfigError(
          `${place}: handlers of group "${group}" have different guarantees; give one of them a group of its own`,
        )
    }
    this.#declared.push(declared)
    return this
  }

  /** Where it stands. */
  get state(): ServiceState {
    return this.#state
  }

  /** Resolves when it has come to an end, whether it stopped or failed. */
  get ended(): Promise<void> {
    return this.#ended
  }

  /**
   * Makes missing topics, joins the groups and works. Resolves when it is RUNNING; partitions may come a little later (`readiness`). Rejects with what keeps it from that (then
   * it is FAILED), StateError when it was started before.
   */
  async start(): Promise<void> {
    if (this.#state !== 'CREATED')
      throw new StateError(`start: the service is ${this.#state}; a service is started once`)
    this.#move('STARTING')
    this.#starting = this.#start()
    try {
      await this.#starting
    } catch (error) {
      // Whoever stopped it meanwhile has said so.
      if (!isOver(this.#state)) this.#fail(error as Error)
      throw error
    }
  }

  async #start(): Promise<void> {
    const { signal } = this.#startAbort
    const { cluster, createTopics, consumers, http } = this.#options
    if (http) this.#endpoint = await serveHealth([this], http)
    const partitions = await ensureTopics(cluster, this.#declared, createTopics, signal)
    signal.throwIfAborted()
    this.#observeBreakers()
    for (const group of new Set(this.#declared.map(({ options }) => options.group))) {
      const declared = this.#declared.filter(({ options }) => options.group === group)
      for (let member = 0; member < consumers; member++) {
        this.#runners.push(
          buildRunner(this.#options, group, declared, {
            events: this.#events,
            metrics: this.#metrics,
            producer: () => this.#ownProducer(),
            partitionsOf: topic => partitions.get(topic),
            onFailed: error => this.#fail(error),
          }),
        )
      }
    }
    for (const runner of this.#runners) runner.start()
    this.#move('RUNNING')
  }

  /**
   * Starts, and resolves when the service has stopped: by a signal of the process (SIGINT, SIGTERM), by {@link stop} or by `signal`. Rejects with what made it fail.
   */
  run(options: RunOptions = {}): Promise<void> {
    return runServices([this], options)
  }

  /**
   * Stops: takes nothing more, waits for handlers up to `drainTimeoutMs`, commits what is done, leaves the groups, closes all connections. What was not done in time comes
   * again at the next start. Never rejects. Another call waits for the first.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    this.#startAbort.abort(new ClosedError('the service'))
    await this.#starting?.catch(() => {})
    const hasFailed = this.#state === 'FAILED'
    if (!hasFailed) this.#move(this.#state === 'CREATED' ? 'STOPPED' : 'DRAINING')
    await this.#closeAll(hasFailed ? 0 : this.#options.drainTimeoutMs)
    if (this.#state === 'DRAINING') this.#move('STOPPED')
    this.#end()
  }

  /** Where its metrics and health are served (`http://127.0.0.1:9464`, without a path); undefined where they are not. */
  get url(): string | undefined {
    return this.#endpoint?.url
  }

  async #closeAll(timeoutMs: number): Promise<void> {
    for (const unobserve of this.#unobserve) unobserve()
    await Promise.all(
      this.#runners.map(runner => runner.stop(timeoutMs).catch((error: unknown) => this.#warn(error))),
    )
    await this.#producer?.close().catch((error: unknown) => this.#warn(error))
    await this.#endpoint?.close()
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  /**
   * Sends something on the service's own account and waits until it is written. Within a handler `context.publish` is the better one: it is written before the record counts as
   * done. Throws KafkaError, ClosedError.
   */
  async publish<T extends AnyTopic>(topic: T, message: Publication<T>): Promise<RecordMetadata> {
    if (this.#stopping || isOver(this.#state)) throw new ClosedError('the service')
    const name = nameOf(topic)
    try {
      const [written] = await sendAll(this.#ownProducer(), [outputOf(topic, message)])
      this.#metrics.produced.add({ topic: name, status: 'delivered' })
      return written!
    } catch (error) {
      this.#metrics.produced.add({ topic: name, status: 'failed' })
      throw error
    }
  }

  #ownProducer(): Producer {
    const { cluster, producerOptions } = this.#options
    this.#producer ??= new Producer({ ...producerOptions, ...cluster })
    return this.#producer
  }

  /** What is known of it at present: for a health endpoint, and for people. */
  health(): ServiceHealth {
    return {
      service: this.name,
      state: this.#state,
      healthy: this.#state !== 'FAILED',
      error: this.#error,
      groups: this.#runners.map(runner => {
        const partitions = [...runner.gauges()]
        const sum = (of: (gauges: (typeof partitions)[number]) => number) =>
          partitions.reduce((total, each) => total + of(each), 0)
        return {
          group: runner.group,
          joined: runner.hasJoined,
          partitions: partitions.length,
          topics: runner.topics,
          running: runner.running,
          inFlight: sum(({ inFlight }) => inFlight),
          lag: sum(({ lag = 0 }) => lag),
          held: sum(({ isHeld }) => Number(isHeld)),
        }
      }),
      breakers: [...this.#breakers].map(({ name, state }) => ({ name, state })),
    }
  }

  /** Whether it does its work: RUNNING, and all its groups have said which partitions are its. `reason` says what is missing. */
  readiness(): { readonly ready: boolean; readonly reason: string | undefined } {
    const waiting = this.#runners.find(runner => !runner.hasJoined)
    const reason =
      this.#state !== 'RUNNING'
        ? `the service is ${this.#state}`
        : waiting && `waiting for group "${waiting.group}" to give partitions`
    return { ready: reason === undefined, reason }
  }

  /** Families of metrics as they are now, for `servicePrometheusText`. */
  metrics(): readonly Family[] {
    return this.#metrics.families({ service: this.name })
  }

  get #breakers() {
    return new Set(this.#declared.flatMap(({ options }) => options.breaker ?? []))
  }

  #observeBreakers(): void {
    for (const breaker of this.#breakers) {
      this.#unobserve.push(
        breaker.observe(state => {
          if (!this.#events.active) return
          const level = state === 'open' ? 'warn' : 'info'
          const message = `circuit breaker "${breaker.name}" is ${state}`
          const subject = breaker.name
          this.#events.emit({
            type: 'breaker.state',
            level,
            subject,
            service: this.name,
            breaker: breaker.name,
            state,
            message,
          })
        }),
      )
    }
  }

  #fail(error: Error): void {
    if (!mayMove(this.#state, 'FAILED')) return
    this.#error = error
    this.#move('FAILED')
    void this.stop()
  }

  /** What made it fail; undefined where nothing did. */
  get error(): Error | undefined {
    return this.#error
  }

  #move(to: ServiceState): void {
    const from = this.#state
    if (!mayMove(from, to)) return
    this.#state = to
    if (!this.#events.active) return
    const error = to === 'FAILED' ? this.#error : undefined
    const message = `service "${this.name}" is ${to}${error ? `: ${error.message}` : ''}`
    const level = to === 'FAILED' ? 'error' : 'info'
    this.#events.emit({
      type: 'service.state',
      level,
      subject: this.name,
      service: this.name,
      from,
      to,
      error,
      message,
    })
  }

  #warn(error: unknown): void {
    if (!this.#events.active) return
    const message = `stopping: ${messageOf(error)}`
    this.#events.emit({
      type: 'work.retried',
      level: 'warn',
      subject: this.name,
      service: this.name,
      error,
      message,
    })
  }
}

/** Handlers by type. Throws ConfigError for types that the topic does not have, and for what is no handler. */
function readHandlers(place: string, topic: AnyTopic, given: unknown): ReadonlyMap<string, AnyHandler> {
  if (!(topic instanceof EventTopic)) {
    if (typeof given !== 'function') throw new ConfigError(`${place}: the handler is no function`)
    return new Map([['', given as AnyHandler]])
  }
  const types = Object.keys(topic.eventTypes as EventTypes)
  if (typeof given !== 'object' || given === null)
    throw new ConfigError(`${place}: write handlers by event type: { '${types[0]}': (event, context) => … }`)
  const handlers = Object.entries(given).filter(([, handler]) => handler !== undefined)
  for (const [type, handler] of handlers) {
    if (!types.includes(type))
      throw new ConfigError(`${place}: the topic has no event type "${type}"; it has ${types.join(', ')}`)
    if (typeof handler !== 'function')
      throw new ConfigError(`${place}: the handler of "${type}" is no function`)
  }
  if (handlers.length === 0) throw new ConfigError(`${place}: there is no handler`)
  return new Map(handlers as [string, AnyHandler][])
}
