// The door to a Kafka cluster: any request to any broker, leader, coordinator or the controller, with retries where asked for.
import { type Api, ErrorCode, FindCoordinatorApi, type FrameMemory, MetadataApi } from '@millrace/protocol'
import type { Clock, Random } from '@millrace/runtime'
import { BrokerError, needsCoordinator, needsMetadata } from '../errors/index.ts'
import { callRetried, partitionUnknown } from '../events/client-event.ts'
import { EventDoor } from '../events/event-door.ts'
import type { ApiRanges, VersionLimits } from '../network/api-ranges.ts'
import type { BrokerConnection, RequestBody } from '../network/broker-connection.ts'
import { abortable } from './abort.ts'
import { parseAddress } from './address.ts'
import { AnyBroker } from './any-broker.ts'
import { ConnectionPool, type Purpose } from './connection-pool.ts'
import { type CoordinatorKey, Coordinators } from './coordinators.ts'
import { FreshTopics } from './fresh-topics.ts'
import { type BrokerNode, Metadata, type TopicMetadata } from './metadata.ts'
import { MetadataUpdater, metadataVersionMin, type TopicWish } from './metadata-updater.ts'
import { type ClusterOptions, type ResolvedClusterOptions, resolveClusterOptions } from './options.ts'
import { retry } from './retry.ts'
import { TopicNews } from './topic-news.ts'

/** Whom a request is for. */
export type Target =
  | 'any'
  | 'controller'
  | { readonly broker: number }
  | { readonly leaderOf: { readonly topic: string; readonly partition: number } }
  | { readonly coordinator: CoordinatorKey }

export interface RequestOptions extends VersionLimits {
  /** Default `'any'`. */
  readonly to?: Target
  /** Which of the connections to the broker carries it. Default `'general'`. */
  readonly purpose?: Purpose
  /** Time for the answer. Default: `requestTimeoutMs`. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
  /** Called with the memory of a large answer, for who can say when nobody needs it any more (`release`). */
  readonly lend?: (memory: FrameMemory) => void
}

export interface CallOptions<R> extends RequestOptions {
  /** What is being done, for error messages. */
  readonly what: string
  /** Throws what the response says: a BrokerError that is retriable makes the call go on. */
  readonly check: (response: R) => void
  /** Time for all attempts. Default: `apiTimeoutMs`. */
  readonly totalTimeoutMs?: number
}

export class Cluster implements AsyncDisposable {
  readonly metadata = new Metadata()
  readonly freshTopics: FreshTopics
  readonly options: ResolvedClusterOptions
  /** Where what happens here is told. */
  readonly events: EventDoor
  readonly #pool: ConnectionPool
  readonly #updater: MetadataUpdater
  readonly #coordinators: Coordinators
  readonly #anyBroker: AnyBroker

  /** Checks the options; connects to nothing yet. Throws ConfigError. */
  constructor(options: ClusterOptions, produceMaxInFlight = 5) {
    this.options = resolveClusterOptions(options)
    this.freshTopics = new FreshTopics(this.options.clock)
    this.events = new EventDoor(this.options)
    const bootstrap = this.options.brokers.map(parseAddress)
    const { tls, authenticator, ...rest } = this.options
    this.#pool = new ConnectionPool({
      ...rest,
      produceMaxInFlight,
      events: this.events,
      connection: { ...rest, ...(tls && { tls }), ...(authenticator && { authenticator }), maxInFlight: 100 },
    })
    this.#anyBroker = new AnyBroker({
      pool: this.#pool,
      metadata: this.metadata,
      bootstrap,
      random: this.options.random,
    })
    this.#updater = new MetadataUpdater({
      metadata: this.metadata,
      news: new TopicNews(this.events, this.options.clock),
      clock: this.options.clock,
      allowAutoTopicCreation: this.options.allowAutoTopicCreation,
      metadataMaxAgeMs: this.options.metadataMaxAgeMs,
      send: body => this.request(MetadataApi, body, { minVersion: metadataVersionMin }),
      rebootstrap: () => this.#rebootstrap(),
    })
    this.#coordinators = new Coordinators(body => this.request(FindCoordinatorApi, body))
  }

  get clock(): Clock {
    return this.options.clock
  }

  get random(): Random {
    return this.options.random
  }

  /**
   * Sends one request, once. Throws ConnectionError, RequestTimeoutError, UnsupportedVersionError, AuthenticationError; never looks into
   * the response. `body` may be a function of the version that was agreed on.
   */
  async request<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    body: RequestBody<NoInfer<QI>>,
    options: RequestOptions = {},
  ): Promise<R> {
    const { to = 'any', signal } = options
    const open = signal?.aborted ? undefined : this.#openConnection(to, options.purpose)
    const connection = open ?? (await this.connectionTo(to, options.purpose, signal))
    try {
      return await abortable(connection.request(api, body, options), signal)
    } catch (error) {
      if (typeof to === 'object' && 'coordinator' in to && needsCoordinator(error)) {
        this.#coordinators.forget(to.coordinator)
      }
      if (connection.error) this.#updater.invalidate()
      throw error
    }
  }

  /** Sends a request until `check` accepts its answer, looking up leaders and coordinators anew where an error says so. */
  call<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    body: RequestBody<NoInfer<QI>>,
    options: CallOptions<R>,
  ): Promise<R> {
    const { what, check, totalTimeoutMs, to = 'any', signal } = options
    return this.retry(
      what,
      async () => {
        const response = await this.request(api, body, options)
        check(response)
        return response
      },
      {
        ...(totalTimeoutMs !== undefined && { timeoutMs: totalTimeoutMs }),
        signal,
        onFailure: error => this.forgetDisproved(to, error),
      },
    )
  }

  /** Forgets the leader or coordinator that `error` disproves. */
  forgetDisproved(to: Target, error: unknown): void {
    if (typeof to === 'object' && 'coordinator' in to && needsCoordinator(error)) {
      this.#coordinators.forget(to.coordinator)
    } else if (needsMetadata(error)) {
      this.#updater.invalidate()
    }
  }

  /** Runs `attempt` again while it fails with retriable errors, with backoff, for `timeoutMs` (default `apiTimeoutMs`). */
  retry<T>(
    what: string,
    attempt: (signal?: AbortSignal) => Promise<T>,
    options: {
      readonly timeoutMs?: number
      readonly signal?: AbortSignal | undefined
      readonly onFailure?: (error: unknown) => void
    } = {},
  ): Promise<T> {
    const { clock, random, retryBackoffMs, retryBackoffMaxMs, apiTimeoutMs } = this.options
    const { timeoutMs = apiTimeoutMs, signal } = options
    const onFailure =
      options.onFailure ??
      ((error: unknown) => {
        if (needsMetadata(error)) this.#updater.invalidate()
      })
    return retry(
      {
        what,
        timeoutMs,
        signal,
        clock,
        random,
        backoffMs: retryBackoffMs,
        backoffMaxMs: retryBackoffMaxMs,
        onFailure: error => {
          if (this.events.active) this.events.emit(callRetried(what, error as Error))
          onFailure(error)
        },
      },
      attempt,
    )
  }

  /** The version ranges of a broker that is connected, or will be. Tries for `apiTimeoutMs`. */
  apiRanges(to: Target = 'any', signal?: AbortSignal): Promise<ApiRanges> {
    const attempt = async (limit?: AbortSignal) => (await this.connectionTo(to, 'general', limit)).ranges
    return this.retry('asking for API versions', attempt, { signal })
  }

  /** An open connection to the target. Throws ConnectionError, or a retriable BrokerError while there is no leader or coordinator. */
  async connectionTo(
    to: Target,
    purpose: Purpose = 'general',
    signal?: AbortSignal,
  ): Promise<BrokerConnection> {
    if (to === 'any') return this.#anyBroker.connection(purpose, signal)
    if (to === 'controller') {
      // What a failure has disproved would be asked again and again.
      if (this.#updater.due || this.metadata.controllerId === -1) await this.refreshMetadata('used', signal)
      const node = this.metadata.nodes.get(this.metadata.controllerId)
      return node ? this.#pool.acquire(node, purpose, signal) : this.#anyBroker.connection(purpose, signal)
    }
    const node = await this.#nodeOf(to, purpose, signal)
    return this.#pool.acquire(node, purpose, signal)
  }

  /** What `connectionTo` would come to where there is nothing to look up and nothing to open: a fetch or a commit of one record is spared its turns. */
  #openConnection(to: Target, purpose: Purpose = 'general'): BrokerConnection | undefined {
    if (typeof to === 'string') return undefined
    if ('broker' in to) return this.peekConnection(to.broker, purpose)
    const node = 'coordinator' in to ? this.#coordinators.peek(to.coordinator) : undefined
    return node && this.#pool.peek(node, purpose)
  }

  /** The open connection to a broker, without opening one. */
  peekConnection(brokerId: number, purpose: Purpose): BrokerConnection | undefined {
    const node = this.metadata.nodes.get(brokerId)
    return node && this.#pool.peek(node, purpose)
  }

  /** When a broker may be connected to again after failures, on the monotonic clock; 0 where that is at once, or it is connected. */
  reconnectAt(brokerId: number, purpose: Purpose): number {
    const node = this.metadata.nodes.get(brokerId)
    return node ? this.#pool.reconnectAt(node, purpose) : 0
  }

  /** Looks topics up, or the ones in use, or all. Concurrent calls share requests. */
  refreshMetadata(wish: TopicWish = 'used', signal?: AbortSignal): Promise<void> {
    return abortable(this.#updater.refresh(wish), signal)
  }

  /** Says that the metadata is suspect: {@link metadataDue} turns true. */
  invalidateMetadata(): void {
    this.#updater.invalidate()
  }

  get metadataDue(): boolean {
    return this.#updater.due
  }

  /** Keeps a topic in the regular refreshes. */
  useTopic(topic: string): void {
    this.#updater.use(topic)
  }

  /**
   * Metadata of a topic, from the cache or looked up; waits for one that is being created. Throws BrokerError for a topic that may not be
   * read or has an invalid name, OperationTimeoutError for one that does not appear in `timeoutMs` (default `apiTimeoutMs`).
   */
  async topic(
    name: string,
    options: { timeoutMs?: number; signal?: AbortSignal | undefined } = {},
  ): Promise<TopicMetadata> {
    this.#updater.use(name)
    const cached = this.metadata.topic(name)
    if (cached) return cached
    return this.retry(
      `looking up topic "${name}"`,
      async () => {
        await this.refreshMetadata([name], options.signal)
        const found = this.metadata.topic(name)
        if (found) return found
        const errorCode = this.metadata.problemOf(name)?.errorCode ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        throw new BrokerError(errorCode, `looking up topic "${name}"`)
      },
      options,
    )
  }

  /** Ends all connections. What is under way fails with ClosedError. */
  close(): void {
    this.#pool.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }

  async #nodeOf(
    to: Exclude<Target, string>,
    purpose: Purpose,
    signal: AbortSignal | undefined,
  ): Promise<BrokerNode> {
    if ('coordinator' in to) return abortable(this.#coordinators.find(to.coordinator), signal)
    if ('broker' in to) {
      const known = this.metadata.nodes.get(to.broker)
      // One that has to be connected to may be back at another address.
      if (!known || (this.#updater.due && !this.#pool.peek(known, purpose)))
        await this.refreshMetadata('used', signal)
      const node = this.metadata.nodes.get(to.broker)
      if (node) return node
      const context = `finding broker ${to.broker} among ${[...this.metadata.nodes.keys()].join(', ')}`
      this.#updater.invalidate()
      throw this.metadata.hasSeen(to.broker)
        ? new AbsentBrokerError(ErrorCode.BROKER_NOT_AVAILABLE, context)
        : new BrokerError(ErrorCode.BROKER_NOT_AVAILABLE, context)
    }
    const { topic, partition } = to.leaderOf
    if (this.#updater.due || !this.metadata.partition(topic, partition)) {
      this.#updater.use(topic)
      await this.refreshMetadata('used', signal)
    }
    const leader = this.metadata.partition(topic, partition)
    const node = leader && this.metadata.nodes.get(leader.leader)
    if (node) return node
    this.#updater.invalidate()
    if (this.events.active && !leader && this.metadata.topic(topic))
      this.events.emit(partitionUnknown(topic, partition))
    throw new BrokerError(
      leader
        ? ErrorCode.LEADER_NOT_AVAILABLE
        : (this.metadata.problemOf(topic)?.errorCode ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
      `finding the leader of ${topic}-${partition}`,
    )
  }

  #rebootstrap(): void {
    this.metadata.reset()
    this.#coordinators.clear()
    this.#updater.invalidate()
    throw new BrokerError(ErrorCode.REBOOTSTRAP_REQUIRED, 'looking up metadata')
  }
}

/** A broker that the cluster had and does not name at present: it is down, and may be back. */
class AbsentBrokerError extends BrokerError {
  override readonly retriable = true
}
