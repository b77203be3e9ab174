// The door to a Kafka cluster: any request to any broker, leader, coordinator or the controller, with retries where asked for.
import { type Api, ErrorCode, FindCoordinatorApi, type FrameMemory, MetadataApi } from '@millrace/protocol'
import type { Clock, Random } from '@millrace/runtime'
import { BrokerError, needsCoordinator, needsMetadata } from '../errors/index.ts'
import { callRetried, partitionUnknown } from '../events/client-event.ts'
import { DefaultWarnings, topicWarnings } from '../events/default-warnings.ts'
import { EventDoor } from '../events/event-door.ts'
import type { ClientIdentity } from '../events/facts.ts'
import { HookDoor } from '../events/hook-door.ts'
import type { ApiRanges, VersionLimits } from '../network/api-ranges.ts'
import type { BrokerConnection, RequestBody } from '../network/broker-connection.ts'
import { abortable } from '../network/abort.ts'
import { parseAddress } from './address.ts'
import { AnyBroker } from './any-broker.ts'
import { ConnectionPool, type Purpose } from './connection-pool.ts'
import { type CoordinatorKey, Coordinators, type CoordinatorType } from './coordinators.ts'
import { FreshTopics } from './fresh-topics.ts'
import { type BrokerNode, Metadata, type TopicMetadata } from './metadata.ts'
import { MetadataUpdater, metadataVersionMin, type TopicWish } from './metadata-updater.ts'
import { type ClusterOptions, type ResolvedClusterOptions, resolveClusterOptions } from './options.ts'
import { retry } from './retry.ts'
import { type ClusterStatistics, clusterStatistics } from './statistics.ts'
import { TopicNews } from './topic-news.ts'

/** Whom a request is for. */
export type Target =
  | 'any'
  | 'controller'
  | { readonly broker: number }
  | { readonly leaderOf: { readonly topic: string; readonly partition: number } }
  | { readonly coordinator: CoordinatorKey }

/** Where a request goes, and how long it may take. */
export interface RequestOptions extends VersionLimits {
  /** Default `'any'`. */
  readonly to?: Target
  /** Which of the connections to the broker carries it. Default `'general'`. */
  readonly purpose?: Purpose
  /** Time for the answer. Default: `requestTimeoutMs`. */
  readonly timeoutMs?: number
  /** Ends the wait: it throws the signal’s reason. Default: nothing does. */
  readonly signal?: AbortSignal | undefined
  /** @internal Called with the memory of a large answer, for who can say when nobody needs it any more (`release`). Default: it is left to the collector. */
  readonly lend?: (memory: FrameMemory) => void
}

/** What a call with retries needs to know. */
export interface CallOptions<R> extends RequestOptions {
  /** What is being done, for error messages. */
  readonly what: string
  /** Throws what the response says: a BrokerError that is retriable makes the call go on. */
  readonly check: (response: R) => void
  /** Time for all attempts. Default: `apiTimeoutMs`. */
  readonly totalTimeoutMs?: number
}

/** How long to look something up. */
export interface LookupOptions {
  /** Time for all attempts, in ms. Default: `apiTimeoutMs`. */
  readonly timeoutMs?: number
  /** Ends the wait: it throws the signal’s reason. Default: nothing does. */
  readonly signal?: AbortSignal | undefined
}

/** How {@link Cluster.retry} goes on. */
export interface RepeatOptions extends LookupOptions {
  /** Called with each failure. Default: what an error disproves of the metadata is looked up anew. */
  readonly onFailure?: (error: unknown) => void
}

/**
 * The door below the clients, which each of them has as `cluster`: any request of the protocol to any broker, leader, coordinator or the controller.
 *
 * @example
 * const cluster = new Cluster({ brokers: ['localhost:9092'] })
 * const { groups } = await cluster.request(ListGroupsApi, {}, { to: { broker: 1 } })
 */
export class Cluster implements AsyncDisposable {
  /** What is known of brokers and topics. */
  readonly metadata = new Metadata()
  /** @internal Topics that this client has just created or changed. */
  readonly freshTopics: FreshTopics
  /** @internal The options, with defaults filled in. */
  readonly options: ResolvedClusterOptions
  /** @internal Where what happens here is told. */
  readonly events: EventDoor
  /** @internal Where what is done here is measured, and the user's hooks are called. */
  readonly hooks: HookDoor
  readonly #pool: ConnectionPool
  readonly #updater: MetadataUpdater
  readonly #coordinators: Coordinators
  readonly #anyBroker: AnyBroker
  readonly #warnings: DefaultWarnings | undefined

  /**
   * Checks the options; connects to nothing yet. `client`: whose cluster it is, for hooks; `isUnheard` of it: whether the user has no `onEvent`, where that of the options is the client's own.
   * Throws ConfigError.
   */
  constructor(
    options: ClusterOptions,
    produceMaxInFlight = 5,
    client: Partial<Omit<ClientIdentity, 'clientId'>> & { readonly isUnheard?: boolean } = {},
  ) {
    this.options = resolveClusterOptions(options)
    this.freshTopics = new FreshTopics(this.options.clock)
    const { tls, authenticator, hooks, ...rest } = this.options
    const { kind = 'cluster', groupId, isUnheard = options.onEvent === undefined } = client
    this.hooks = new HookDoor({ kind, clientId: this.options.clientId, groupId }, hooks)
    // Who gives a clock of another time reads no warnings of this one.
    const isSilent = isUnheard && options.logger === undefined && options.clock === undefined
    this.#warnings = isSilent ? this.#defaultWarnings(kind) : undefined
    this.events = new EventDoor({
      ...rest,
      logger: rest.logger ?? this.#warnings,
      signal: this.hooks.event,
    })
    const bootstrap = this.options.brokers.map(parseAddress)
    this.#pool = new ConnectionPool({
      ...rest,
      produceMaxInFlight,
      events: this.events,
      hooks: this.hooks,
      connection: {
        ...rest,
        ...(tls && { tls }),
        ...(authenticator && { authenticator }),
        events: this.events,
        maxInFlight: 100,
      },
    })
    this.#anyBroker = new AnyBroker({
      pool: this.#pool,
      metadata: this.metadata,
      bootstrap,
      rebootstraps: this.options.metadataRecoveryStrategy === 'rebootstrap',
      random: this.options.random,
    })
    this.#updater = new MetadataUpdater({
      metadata: this.metadata,
      news: new TopicNews(this.events, this.options.clock),
      clock: this.options.clock,
      allowAutoTopicCreation: this.options.allowAutoTopicCreation,
      metadataMaxAgeMs: this.options.metadataMaxAgeMs,
      metadataMaxIdleMs: this.options.metadataMaxIdleMs,
      rebootstrapTriggerMs:
        this.options.metadataRecoveryStrategy === 'rebootstrap'
          ? this.options.rebootstrapTriggerMs
          : Number.POSITIVE_INFINITY,
      send: body => this.request(MetadataApi, body, { minVersion: metadataVersionMin }),
      rebootstrap: () => this.#rebootstrap(),
    })
    this.#coordinators = new Coordinators(body => this.request(FindCoordinatorApi, body))
  }

  /** The clock of the options. */
  get clock(): Clock {
    return this.options.clock
  }

  /** The randomness of the options. */
  get random(): Random {
    return this.options.random
  }

  /** Counts of connections and requests since the client was made. Costs a few additions for each broker that was connected to. */
  get statistics(): ClusterStatistics {
    return clusterStatistics(this.#pool, this.metadata)
  }

  /** @internal Whether any broker is connected at present. */
  get isConnected(): boolean {
    return this.#pool.isConnected
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

  /**
   * Sends a request until `check` accepts its answer, looking up leaders and coordinators anew where an error says so. Throws what is not retriable, and OperationTimeoutError with
   * the last error after `totalTimeoutMs`.
   */
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

  /**
   * The coordinators of several keys, from the cache (not with `anew`) or looked up, in one request where brokers take that (3.0 on). One attempt: a key for
   * which there is none has the error; one that the broker did not answer for is left out. Throws ConnectionError where no broker answers, and the signal's reason.
   */
  coordinatorsOf(
    type: CoordinatorType,
    keys: readonly string[],
    { anew, signal }: { readonly anew?: boolean; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<ReadonlyMap<string, BrokerNode | BrokerError>> {
    return abortable(this.#coordinators.findAll(type, keys, anew), signal)
  }

  /** Forgets the leader or coordinator that `error` disproves. */
  forgetDisproved(to: Target, error: unknown): void {
    if (typeof to === 'object' && 'coordinator' in to && needsCoordinator(error)) {
      this.#coordinators.forget(to.coordinator)
    } else if (needsMetadata(error)) {
      this.#updater.invalidate()
    }
  }

  /**
   * Runs `attempt` again while it fails with retriable errors, with backoff, for `timeoutMs` (default `apiTimeoutMs`). Throws what is not retriable, OperationTimeoutError with the
   * last error, and the signal's reason.
   */
  retry<T>(
    what: string,
    attempt: (signal?: AbortSignal) => Promise<T>,
    options: RepeatOptions = {},
  ): Promise<T> {
    const { clock, random, retryBackoffMs, retryBackoffMaxMs, apiTimeoutMs, apiRetries } = this.options
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
        // What has no end is asked until there is an answer.
        retriesMax: timeoutMs === Number.POSITIVE_INFINITY ? timeoutMs : apiRetries,
        signal,
        clock,
        random,
        backoffMs: retryBackoffMs,
        backoffMaxMs: retryBackoffMaxMs,
        onFailure: (error, attempts, waitMs) => {
          if (this.events.active) this.events.emit(callRetried(what, error as Error))
          if (this.hooks.retry.active) {
            const retried = { what, attempts, backoffMs: waitMs, error: error as Error, batch: undefined }
            this.hooks.retry.emit(retried)
          }
          onFailure(error)
        },
      },
      attempt,
    )
  }

  /** @internal The version ranges of a broker that is connected, or will be. Tries for `apiTimeoutMs`, then throws OperationTimeoutError. */
  apiRanges(to: Target = 'any', signal?: AbortSignal): Promise<ApiRanges> {
    const attempt = async (limit?: AbortSignal) => (await this.connectionTo(to, 'general', limit)).ranges
    return this.retry('asking for API versions', attempt, { signal })
  }

  /**
   * The level of a feature that the cluster has agreed on (KIP-584), 0 for one that is not in force: by the newest word of a broker that
   * was connected to so far.
   */
  featureLevel(feature: string): number {
    return this.#pool.features.levelOf(feature)
  }

  /** @internal An open connection to the target. Throws ConnectionError, or a retriable BrokerError while there is no leader or coordinator. */
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

  /** @internal The open connection to a broker, without opening one. */
  peekConnection(brokerId: number, purpose: Purpose): BrokerConnection | undefined {
    const node = this.metadata.nodes.get(brokerId)
    return node && this.#pool.peek(node, purpose)
  }

  /** When a broker may be connected to again after failures, on the monotonic clock; 0 where that is at once, or it is connected. */
  reconnectAt(brokerId: number, purpose: Purpose): number {
    const node = this.metadata.nodes.get(brokerId)
    return node ? this.#pool.reconnectAt(node, purpose) : 0
  }

  /** Looks topics up, or the ones in use, or all. Concurrent calls share requests. Throws ConnectionError where no broker answers, and the signal's reason. */
  refreshMetadata(wish: TopicWish = 'used', signal?: AbortSignal): Promise<void> {
    return abortable(this.#updater.refresh(wish), signal)
  }

  /** Says that the metadata is suspect: {@link metadataDue} turns true. */
  invalidateMetadata(): void {
    this.#updater.invalidate()
  }

  /** Whether metadata is suspect: what stands on it looks it up first. */
  get metadataDue(): boolean {
    return this.#updater.due
  }

  /** @internal Keeps topics in the regular refreshes for as long as they are in the list. */
  needTopics(topics: () => Iterable<string>): void {
    this.#updater.need(topics)
  }

  /** Keeps a topic in the regular refreshes, until it was not used for `metadataMaxIdleMs`. */
  useTopic(topic: string): void {
    this.#updater.use(topic)
  }

  /**
   * Metadata of a topic, from the cache or looked up; waits for one that is being created. Throws BrokerError for a topic that may not be
   * read or has an invalid name, OperationTimeoutError for one that does not appear in `timeoutMs` (default `apiTimeoutMs`).
   */
  async topic(name: string, options: LookupOptions = {}): Promise<TopicMetadata> {
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
    this.#warnings?.close()
    this.#pool.close()
  }

  #defaultWarnings(kind: ClientIdentity['kind']): DefaultWarnings {
    const { clock, clientId } = this.options
    return new DefaultWarnings({
      clock,
      clientId,
      isConnected: () => this.isConnected,
      // Readers tell these to `onWarning`.
      except: kind === 'consumer' || kind === 'share-consumer' ? topicWarnings : new Set(),
    })
  }

  /** The same as `close()`, for `await using`. */
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
        ? new PassingBrokerError(ErrorCode.BROKER_NOT_AVAILABLE, context)
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

  /** Forgets brokers and leaders, so that the bootstrap list is asked again (KIP-899, KIP-1102). Throws BrokerError, for what is under way to go again. */
  #rebootstrap(): never {
    const what = 'looking up metadata'
    if (this.options.metadataRecoveryStrategy === 'none')
      throw new BrokerError(ErrorCode.REBOOTSTRAP_REQUIRED, what)
    this.metadata.reset()
    this.#coordinators.clear()
    this.#updater.invalidate()
    throw new PassingBrokerError(ErrorCode.REBOOTSTRAP_REQUIRED, what)
  }
}

/**
 * What is over soon: a broker that the cluster had and does not name at present, which is down and may be back; a client that was told to start over
 * from its bootstrap list, and does.
 */
class PassingBrokerError extends BrokerError {
  override readonly retriable = true
}
