// The broker as one object: `await Broker.start({ port: 0 })` is ready when it resolves, `await broker.close()` leaves nothing behind.
import { type LogLogger, LogManager, nodeDisk, type PartitionLog } from '@millrace/log'
import { type Clock, nodeClock, nodeNetwork, nodeRandom, type Random, type Timer } from '@millrace/runtime'
import { BrokerConfig } from './config/broker-config.ts'
import { ConfigError } from './config/definition.ts'
import type { TopicConfig } from './config/topic-config.ts'
import type { BrokerCore } from './core.ts'
import { fetchService } from './fetch/service.ts'
import { type Logger, type LogLevel, silentLogger } from './logger.ts'
import { createTopicRecords } from './metadata/create-topic.ts'
import type { TopicImage } from './metadata/image.ts'
import { offsetsTopic } from './metadata/internal-topics.ts'
import { MetadataSnapshots } from './metadata/snapshots.ts'
import { MetadataStore } from './metadata/store.ts'
import { metadataTopic, metadataTopicId } from './metadata/topic-name.ts'
import { makeTemporaryDirectory, type TemporaryDirectory } from './node-temporary-directory.ts'
import { type BrokerOptions, propertiesOf, type TopicSeed } from './options.ts'
import { metadataLogConfig, Partitions } from './partitions.ts'
import { checkSecurityProtocols, type Endpoint, parseListeners } from './server/listeners.ts'
import { Server } from './server/server.ts'
import { type Service, type ServiceDefinition, ServiceRegistry } from './services.ts'

/** What is put together before a broker exists. */
interface Parts {
  readonly config: BrokerConfig
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly logs: LogManager
  readonly metadata: MetadataStore
  readonly partitions: Partitions
  readonly dataDir: string
  readonly temporary: TemporaryDirectory | undefined
}

export class Broker implements BrokerCore, AsyncDisposable {
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly config: BrokerConfig
  readonly logs: LogManager
  readonly metadata: MetadataStore
  readonly dataDir: string
  readonly #partitions: Partitions
  readonly #temporary: TemporaryDirectory | undefined
  readonly #services: ServiceRegistry
  readonly #server: Server
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
    const directory = directoryOf(config)
    const temporary = directory === undefined ? makeTemporaryDirectory() : undefined
    let broker: Broker | undefined
    let logs: LogManager | undefined
    // The broker hears of high watermarks only once it exists: recovery moves them before.
    const onHighWatermark = (log: PartitionLog) => broker?.service(fetchService).purgatory.moved(log)
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

  get nodeId(): number {
    return this.config.get('node.id')
  }

  get clusterId(): string {
    return this.logs.clusterId
  }

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

  partition(topic: string, partition: number): PartitionLog | undefined {
    return this.#partitions.get(topic, partition)
  }

  topicConfig(topic: TopicImage): TopicConfig {
    return this.#partitions.topicConfig(topic)
  }

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

  service<S extends Service>(definition: ServiceDefinition<S>): S {
    return this.#services.get(definition)
  }

  async #begin(
    options: BrokerOptions,
    listeners: ReturnType<typeof parseListeners>,
    advertised: ReturnType<typeof parseListeners>,
  ): Promise<void> {
    await this.#partitions.reconcile()
    await this.#seed(options.topics ?? [])
    await this.#openCoordinators()
    this.#scheduleRetention()
    await this.#resumeGroups()
    await this.#server.listen(options.network ?? nodeNetwork, listeners, advertised)
    if (this.config.unused.length > 0) {
      this.logger.log('warn', 'config.without_effect', { properties: this.config.unused })
    }
    this.logger.log('info', 'broker.started', {
      listeners: this.endpoints.map(({ name, host, port }) => `${name}://${host}:${port}`),
      dataDir: this.dataDir,
      clusterId: this.clusterId,
      nodeId: this.nodeId,
      topics: this.metadata.image.topicCount,
      partitions: this.metadata.image.partitionCount,
    })
  }

  /** Groups of an earlier run go on by themselves: their members' sessions end even if no request asks for them. */
  async #resumeGroups(): Promise<void> {
    if (!this.metadata.image.topic(offsetsTopic)) return
    const { groupCoordinator } = await import('./groups/coordinator.ts')
    this.service(groupCoordinator)
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
    if (!this.metadata.image.topic('__consumer_offsets')) return
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
    await this.logs.close()
    await this.#temporary?.remove()
    this.logger.log('info', 'broker.stopped', { dataDir: this.dataDir })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** The data directory that is configured; undefined for a temporary one. */
function directoryOf(config: BrokerConfig): string | undefined {
  const several = config.get('log.dirs')
  if (several.length > 1) {
    throw new ConfigError('log.dirs', `log.dirs: one directory is supported, ${several.length} are given`)
  }
  return several[0] ?? config.get('log.dir') ?? undefined
}

function openLogs(
  options: BrokerOptions,
  config: BrokerConfig,
  directory: string,
  onHighWatermark: (log: PartitionLog) => void,
): Promise<LogManager> {
  return LogManager.open({
    disk: options.disk ?? nodeDisk,
    directory,
    clock: options.clock ?? nodeClock,
    random: options.random ?? nodeRandom,
    fsync: config.get('log.fsync'),
    nodeId: config.get('node.id'),
    onHighWatermark,
    logger: storageLogger(options.logger ?? silentLogger),
    limits: { producerIdExpirationMs: config.get('producer.id.expiration.ms'), ...options.storageLimits },
  })
}

function storageLogger(logger: Logger): LogLogger {
  const to = (level: LogLevel) => (message: string) => logger.log(level, 'storage', { message })
  return { info: to('info'), warn: to('warn'), error: to('error') }
}

async function openParts(
  options: BrokerOptions,
  config: BrokerConfig,
  logs: LogManager,
  dataDir: string,
  temporary: TemporaryDirectory | undefined,
): Promise<Parts> {
  const { clock = nodeClock, random = nodeRandom, logger = silentLogger, disk = nodeDisk } = options
  const log = logs.get(metadataTopic, 0) ?? logs.create(metadataTopic, 0, metadataTopicId, metadataLogConfig)
  const owner = { nodeId: logs.nodeId, directoryId: logs.directoryId }
  const metadata = await MetadataStore.open({
    logs,
    log,
    snapshots: new MetadataSnapshots(disk, `${dataDir}/${metadataTopic}-0`, owner, clock),
    owner,
    clock,
    logger,
    snapshotBytes: config.get('metadata.log.max.record.bytes.between.snapshots'),
  })
  const partitions = new Partitions(logs, metadata.image, config, logs.nodeId, logger)
  partitions.applyBrokerConfigs()
  logs.useConfigs(name => partitions.logConfig(name))
  metadata.listen(partitions)
  return { config, clock, random, logger, logs, metadata, partitions, dataDir, temporary }
}
