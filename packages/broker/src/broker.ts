// The broker as one object: `await Broker.start({ port: 0 })` is ready when it resolves, `await broker.close()` leaves nothing behind.
import type { LogManager, PartitionLog } from '@millrace/log'
import { type Clock, nodeNetwork, type Random, type Timer } from '@millrace/runtime'
import { BrokerConfig } from './config/broker-config.ts'
import { ConfigError } from './config/definition.ts'
import type { TopicConfig } from './config/topic-config.ts'
import type { BrokerCore } from './core.ts'
import { servedKeys } from './dispatch.ts'
import { fetchService } from './fetch/service.ts'
import { handlersAhead } from './handlers/loading.ts'
import type { Logger } from './logger.ts'
import { createTopicRecords } from './metadata/create-topic.ts'
import type { TopicImage } from './metadata/image.ts'
import { offsetsTopic } from './metadata/internal-topics.ts'
import type { MetadataStore } from './metadata/store.ts'
import { makeTemporaryDirectory, type TemporaryDirectory } from './node-temporary-directory.ts'
import { type BrokerOptions, propertiesOf, type TopicSeed } from './options.ts'
import type { Partitions } from './partitions.ts'
import type { ServedKey } from './served-key.ts'
import { checkSecurityProtocols, type Endpoint, parseListeners } from './server/listeners.ts'
import { Server } from './server/server.ts'
import { type Service, type ServiceDefinition, ServiceRegistry } from './services.ts'
import { directoryOf, openLogs, openParts, type Parts } from './storage.ts'

/** A broker in this process: `await Broker.start()` serves connections, `await broker.close()` leaves nothing behind. */
export class Broker implements BrokerCore, AsyncDisposable {
  /** Time and timers. */
  readonly clock: Clock
  /** Randomness. */
  readonly random: Random
  /** Where the broker tells of itself. */
  readonly logger: Logger
  /** The properties as they are in effect. */
  readonly config: BrokerConfig
  /** The logs of all partitions. */
  readonly logs: LogManager
  /** Topics, partitions and configurations of the cluster. */
  readonly metadata: MetadataStore
  /** The directory that everything is kept in. */
  readonly dataDir: string
  readonly #partitions: Partitions
  readonly #temporary: TemporaryDirectory | undefined
  readonly #services: ServiceRegistry
  readonly #server: Server
  #started = false
  #retentionTimer: Timer | undefined
  #closing: Promise<void> | undefined

  private constructor(parts: Parts) {
    this.clock = parts.clock
    this.random = parts.random
    this.logger = parts.logger
    this.config = parts.config
    this.logs = parts.logs
    this.metadata = parts.metadata
    this.dataDir = parts.dataDir
    this.#partitions = parts.partitions
    this.#temporary = parts.temporary
    this.#services = new ServiceRegistry(this)
    this.#server = new Server(this)
  }

  /**
   * Starts a broker. When it resolves, connections are served and the topics asked for exist.
   * Throws `ConfigError` for a property that is unknown or has a bad value, `ListenError` when an address cannot be bound,
   * `DirectoryLockedError` when another broker uses the directory, `DirectoryFormatError` when something else wrote it.
   */
  static async start(options: BrokerOptions = {}): Promise<Broker> {
    const config = new BrokerConfig(propertiesOf(options))
    const listeners = parseListeners('listeners', config.get('listeners'))
    const advertised = parseListeners('advertised.listeners', config.get('advertised.listeners'))
    if (listeners.length === 0) throw new ConfigError('listeners', 'listeners: at least one is needed')
    checkSecurityProtocols(
      listeners.map(({ name }) => name),
      config.get('listener.security.protocol.map'),
    )
    const directory = directoryOf(config, options)
    const temporary = directory === undefined ? makeTemporaryDirectory() : undefined
    let broker: Broker | undefined
    let logs: LogManager | undefined
    // The broker hears of high watermarks only once it exists: recovery moves them before.
    const onHighWatermark = (log: PartitionLog) => {
      if (broker) broker.#onHighWatermark(log)
    }
    try {
      const dataDir = directory ?? temporary!.path
      logs = await openLogs(options, config, dataDir, onHighWatermark)
      const parts = await openParts(options, config, logs, dataDir, temporary)
      broker = new Broker(parts)
      await broker.#begin(options, listeners, advertised)
      return broker
    } catch (error) {
      if (broker) await broker.close()
      else {
        await logs?.close()
        await temporary?.remove()
      }
      throw error
    }
  }

  /** `node.id`: what clients know this broker by. */
  get nodeId(): number {
    return this.config.get('node.id')
  }

  /** The id that the data directory was given when it was made. */
  get clusterId(): string {
    return this.logs.clusterId
  }

  /** The requests that are served, with their versions: what ApiVersions tells. */
  get servedKeys(): readonly ServedKey[] {
    return servedKeys()
  }

  /** Where the listeners are bound: the real ports where 0 was asked for. */
  get endpoints(): readonly Endpoint[] {
    return this.#server.endpoints
  }

  /** Port of the first listener, as clients are told. */
  get port(): number {
    return this.#firstEndpoint.port
  }

  /** Host of the first listener, as clients are told. */
  get host(): string {
    return this.#firstEndpoint.host
  }

  /** `host:port` of the first listener: what clients take as `bootstrap.servers`. */
  get address(): string {
    const { host, port } = this.#firstEndpoint
    return `${host.includes(':') ? `[${host}]` : host}:${port}`
  }

  get #firstEndpoint(): Endpoint {
    const endpoint = this.#server.endpoints[0]
    if (!endpoint) throw new Error('the broker has no listener: it has not started, or is closed')
    return endpoint
  }

  /** Connections that are open. */
  get connectionCount(): number {
    return this.#server.connectionCount
  }

  /** Nobody waits any more while the broker closes, and no service may be opened then. */
  #onHighWatermark(log: PartitionLog): void {
    if (!this.#closing) this.service(fetchService).purgatory.moved(log)
  }

  /** The log of a partition, undefined where there is none. */
  partition(topic: string, partition: number): PartitionLog | undefined {
    return this.#partitions.get(topic, partition)
  }

  /** The settings of a topic, with the broker’s where it has none of its own. */
  topicConfig(topic: TopicImage): TopicConfig {
    return this.#partitions.topicConfig(topic)
  }

  /** Makes an internal topic such as `__consumer_offsets` unless it is there. */
  async ensureInternalTopic(
    name: string,
    partitions: number,
    configs: Readonly<Record<string, string>>,
  ): Promise<TopicImage> {
    const known = this.metadata.image.topic(name)
    if (known) return known
    await this.metadata.change(image => ({
      records: image.topic(name) ? [] : createTopicRecords(image, this, { name, partitions, configs }),
      result: undefined,
    }))
    return this.metadata.image.topic(name)!
  }

  /** The one instance of a service that handlers share, made on first use. */
  service<S extends Service>(definition: ServiceDefinition<S>): S {
    return this.#services.get(definition)
  }

  async #begin(
    options: BrokerOptions,
    listeners: ReturnType<typeof parseListeners>,
    advertised: ReturnType<typeof parseListeners>,
  ): Promise<void> {
    await this.#partitions.reconcile(this.metadata.takeRemovedTopics())
    await this.#seed(options.topics ?? [])
    await this.#openCoordinators()
    this.#scheduleRetention()
    await this.#server.listen(options.network ?? nodeNetwork, listeners, advertised)
    if (this.config.unused.length > 0) {
      this.logger.log('warn', 'config.without_effect', { properties: this.config.unused })
    }
    this.#started = true
    this.logger.log('info', 'broker.started', {
      listeners: this.endpoints.map(({ name, host, port }) => `${name}://${host}:${port}`),
      dataDir: this.dataDir,
      clusterId: this.clusterId,
      nodeId: this.nodeId,
      topics: this.metadata.image.topicCount,
      partitions: this.metadata.image.partitionCount,
    })
    if (options.loadAhead) this.service(handlersAhead)
  }

  async #seed(seeds: readonly (string | TopicSeed)[]): Promise<void> {
    if (seeds.length === 0) return
    await this.metadata.change(image => ({
      records: seeds
        .map(seed => (typeof seed === 'string' ? { name: seed } : seed))
        .filter(({ name }) => !image.topic(name))
        .flatMap(({ name, partitions = this.config.get('num.partitions'), configs = {} }: TopicSeed) =>
          createTopicRecords(image, this, {
            name,
            partitions,
            configs: Object.fromEntries(Object.entries(configs).map(([key, value]) => [key, String(value)])),
          }),
        ),
      result: undefined,
    }))
  }

  /** Groups that exist are looked after from the start: their offsets expire, their members time out. */
  async #openCoordinators(): Promise<void> {
    if (!this.metadata.image.topic(offsetsTopic)) return
    const { groupCoordinator } = await import('./groups/coordinator.ts')
    this.service(groupCoordinator)
  }

  #scheduleRetention(): void {
    const periodMs = this.config.get('log.retention.check.interval.ms')
    const check = () => {
      this.logs
        .enforceRetention()
        .catch((error: unknown) => this.logger.log('error', 'retention.failed', { error: String(error) }))
        .finally(() => {
          if (!this.#closing) this.#scheduleRetention()
        })
    }
    this.#retentionTimer = this.clock.setTimer(periodMs, check, { unref: true })
  }

  /**
   * Stops accepting, answers what is under way, ends waits, and closes the log cleanly. Safe to call twice; a temporary
   * directory is removed.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#retentionTimer?.cancel()
    this.#server.drain()
    await this.#services.close()
    await this.#server.closed()
    await this.metadata.settled()
    await this.#partitions.close()
    try {
      await this.logs.close()
      // A start that failed is told by its error.
      if (this.#started) this.logger.log('info', 'broker.stopped', { dataDir: this.dataDir })
    } catch (error) {
      // Everybody whose data is at stake has been told in a reply; the next start recovers.
      this.logger.log('error', 'broker.stopped_unclean', { dataDir: this.dataDir, error: String(error) })
    }
    await this.#temporary?.remove()
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
