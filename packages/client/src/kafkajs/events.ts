// Instrumentation events: who listens to what, and what the client's own facts become.
import type { Clock } from '@millrace/runtime'
import type { ClientHooks } from '../events/hooks.ts'
import type { QueueFacts, RequestFacts } from '../events/facts.ts'
import { RequestTimeoutError } from '../errors/index.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import type { Logger } from './types/config.ts'
import type { Untyped } from './types/untyped.ts'
import type {
  AdminEvents,
  ConsumerEvents,
  InstrumentationEvent,
  ProducerEvents,
  RemoveInstrumentationEventListener,
} from './types/events.ts'

type Kind = 'admin' | 'producer' | 'consumer'

const common = <K extends Kind>(kind: K) =>
  ({
    CONNECT: `${kind}.connect`,
    DISCONNECT: `${kind}.disconnect`,
    REQUEST: `${kind}.network.request`,
    REQUEST_TIMEOUT: `${kind}.network.request_timeout`,
    REQUEST_QUEUE_SIZE: `${kind}.network.request_queue_size`,
  }) as const

export const adminEvents = common('admin') satisfies AdminEvents
export const producerEvents = common('producer') satisfies ProducerEvents
const { CONNECT, DISCONNECT, ...network } = common('consumer')

/** In the order in which KafkaJS names them. */
export const consumerEvents = {
  HEARTBEAT: 'consumer.heartbeat',
  COMMIT_OFFSETS: 'consumer.commit_offsets',
  GROUP_JOIN: 'consumer.group_join',
  FETCH: 'consumer.fetch',
  FETCH_START: 'consumer.fetch_start',
  START_BATCH_PROCESS: 'consumer.start_batch_process',
  END_BATCH_PROCESS: 'consumer.end_batch_process',
  CONNECT,
  DISCONNECT,
  STOP: 'consumer.stop',
  CRASH: 'consumer.crash',
  REBALANCING: 'consumer.rebalancing',
  RECEIVED_UNSUBSCRIBED_TOPICS: 'consumer.received_unsubscribed_topics',
  ...network,
} as const satisfies ConsumerEvents

/** KafkaJS has them by the names that they had before. */
const olderNames: Readonly<Record<string, string>> = { FindCoordinator: 'GroupCoordinator' }

/** Hears an event. */
export type Listener = (event: InstrumentationEvent<Untyped>) => unknown

/** Numbers the events of all clients. */
let lastId = 0

/** The listeners of one client. */
export class Emitter {
  readonly #kind: Kind
  readonly #names: Readonly<Record<string, string>>
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #listeners = new Map<string, Set<{ readonly call: Listener }>>()

  constructor(kind: Kind, names: Readonly<Record<string, string>>, clock: Clock, logger: Logger) {
    this.#kind = kind
    this.#names = names
    this.#clock = clock
    this.#logger = logger
  }

  /** Whether anybody listens to an event. */
  hears(name: string): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0
  }

  /** Tells listeners; `agoMs`: how long it is past. */
  emit(name: string, payload?: unknown, agoMs = 0): void {
    const listeners = this.#listeners.get(name)
    if (!listeners || listeners.size === 0) return
    const event = { id: lastId++, type: name, timestamp: this.#clock.now() - agoMs, payload }
    for (const { call } of listeners)
      this.#tell(name, call, event as unknown as InstrumentationEvent<unknown>)
  }

  /** A listener that fails must not take down what it listens to. */
  #tell(name: string, call: Listener, event: InstrumentationEvent<unknown>): void {
    const failed = (e: Error) =>
      this.#logger.error(`Failed to execute listener: ${e.message}`, { eventName: name, stack: e.stack })
    try {
      Promise.resolve(call(event)).catch(failed)
    } catch (error) {
      failed(error as Error)
    }
  }

  /** Listens to an event until the function that it returns is called. Throws KafkaJSNonRetriableError for a name that there is not. */
  on(name: string, call: Listener): RemoveInstrumentationEventListener<string> {
    if (!Object.values(this.#names).includes(name)) {
      const known = Object.keys(this.#names).map(key => `${this.#kind}.events.${key}`)
      throw new KafkaJSNonRetriableError(`Event name should be one of ${known.join(', ')}`)
    }
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    const listener = { call }
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  /** Hooks that tell of requests what listeners want to know. */
  networkHooks(clientId: string): ClientHooks {
    const prefix = this.#kind
    return {
      onRequest: facts => this.#onRequest(`${prefix}.network.request`, clientId, facts),
      onQueue: ({ broker, waiting }: QueueFacts) =>
        this.emit(`${prefix}.network.request_queue_size`, { broker, clientId, queueSize: waiting }),
    }
  }

  #onRequest(name: string, clientId: string, facts: RequestFacts): void {
    const { error, broker, correlationId, queueMs, wireMs, api, apiKey, apiVersion } = facts
    const timedOut = error instanceof RequestTimeoutError
    if (error !== undefined && !timedOut) return
    const event = timedOut ? `${name}_timeout` : name
    if (!this.hears(event)) return
    const sentAt = this.#clock.now() - Math.round(wireMs)
    const pendingDuration = Math.round(queueMs)
    const identity = {
      broker,
      clientId,
      correlationId,
      createdAt: sentAt - pendingDuration,
      sentAt,
      pendingDuration,
    }
    const names = { apiName: olderNames[api] ?? api, apiKey, apiVersion }
    if (timedOut) this.emit(event, { ...identity, ...names })
    // The size of an answer as KafkaJS counts it, without its size field.
    else
      this.emit(event, {
        ...identity,
        size: Math.max(0, facts.bytesIn - 4),
        duration: Math.round(wireMs),
        ...names,
      })
  }
}
