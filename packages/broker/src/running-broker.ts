// The broker from within: what handlers and services see of it, how it starts and how it ends. `broker.ts` is what others see.
import type { LogManager, PartitionLog } from '@millrace/log'
import { type Clock, type Network, nodeNetwork, type Random, type Timer } from '@millrace/runtime'
import type { Security } from './authentication/listener-security.ts'
import type { Authorizer } from './authorizer/authorizer.ts'
import type { BurstFilter } from './burst-filter.ts'
import { BrokerConfig } from './config/broker-config.ts'
import type { TopicConfig } from './config/topic-config.ts'
import type { BrokerCore, DelegationTokens, Service, ServiceDefinition } from './core.ts'
import type { SecretTokens } from './delegation-tokens/delegation-tokens.ts'
import { servedKeys, servedKeysWithoutReceiver } from './dispatch.ts'
import type { ConnectionContext } from './handlers/handler.ts'
import { handlersAhead } from './handlers/loading.ts'
import type { HttpService } from './http/http-service.ts'
import { LeveledLogger, silentLogger } from './logger.ts'
import { createTopicRecords } from './metadata/create-topic.ts'
import type { TopicImage } from './metadata/image.ts'
import { offsetsTopic, transactionsTopic } from './metadata/internal-topics.ts'
import type { MetadataStore } from './metadata/store.ts'
import type { TemporaryDirectory } from './node-temporary-directory.ts'
import { type BrokerOptions, propertiesOf, type TopicSeed, type UserSeed } from './options.ts'
import type { Partitions } from './partitions.ts'
import type { ClientQuotas } from './quotas/client-quotas.ts'
import type { ServedKey } from './served-key.ts'
import { type Endpoint, type ListenerAddresses, readAddresses } from './server/listeners.ts'
import type { RequestLog } from './server/request-log.ts'
import type { RequestObserver } from './server/request-observer.ts'
import { Server } from './server/server.ts'
import { ServiceRegistry } from './services.ts'
import { directoryOf, openLogs, openParts, type Parts } from './storage.ts'

/** A broker that keeps its data starts without the code for this. */
async function makeTemporary(): Promise<TemporaryDirectory> {
  return (await import('./node-temporary-directory.ts')).makeTemporaryDirectory()
}

export class RunningBroker implements BrokerCore, AsyncDisposable {
  readonly clock: Clock
  readonly random: Random
  readonly logger: LeveledLogger
  readonly burstFilter: BurstFilter
  readonly config: BrokerConfig
  readonly authorizer: Authorizer | undefined
  readonly logs: LogManager
  readonly metadata: MetadataStore
  readonly dataDir: string
  readonly #partitions: Partitions
  readonly #temporary: TemporaryDirectory | undefined
  readonly #services: ServiceRegistry
  readonly #watermarkListeners = new Set<(log: PartitionLog) => void>()
  readonly #server: Server
  readonly #network: Network
  #quotas: ClientQuotas | undefined
  #http: HttpService | undefined
  #requestLog: RequestLog | undefined
  readonly #observers: RequestObserver = {
    observe: request => {
      this.#http?.observer?.observe(request)
      this.#requestLog?.observe(request)
    },
  }
  #security: Security | undefined
  #delegationTokens: SecretTokens | undefined
  #started = false
  #retentionTimer: Timer | undefined
  #closing: Promise<void> | undefined

  private constructor(parts: Parts, network: Network) {
    this.#network = network
    this.clock = parts.clock
    this.random = parts.random
    this.logger = parts.logger
    this.burstFilter = parts.burstFilter
    this.config = parts.config
    this.authorizer = parts.authorizer
    this.logs = parts.logs
    this.metadata = parts.metadata
    this.dataDir = parts.dataDir
    this.#partitions = parts.partitions
    this.#temporary = parts.temporary
    this.#services = new ServiceRegistry(this)
    this.#server = new Server(this)
    this.metadata.listen({
      onClientQuotasChanged: () => this.#useQuotas(),
      onConfigChanged: () => void this.#useRequestLog(),
    })
    this.logger.onChanged = () => void this.#useRequestLog()
  }

  /** See `Broker.start`. */
  static async start(options: BrokerOptions = {}): Promise<RunningBroker> {
    const config = new BrokerConfig(propertiesOf(options))
    const addresses = readAddresses(config)
    const directory = directoryOf(config, options)
    const temporary = directory === undefined ? await makeTemporary() : undefined
    let broker: RunningBroker | undefined
    let logs: LogManager | undefined
    // The broker hears of high watermarks only once it exists: recovery moves them before.
    const onHighWatermark = (log: PartitionLog) => {
      if (broker) broker.#onHighWatermark(log)
    }
    try {
      const dataDir = directory ?? temporary!.path
      const opening = { ...options, logger: new LeveledLogger(options.logger ?? silentLogger) }
      logs = await openLogs(opening, config, dataDir, onHighWatermark)
      const parts = await openParts(opening, config, logs, dataDir, temporary)
      broker = new RunningBroker(parts, options.network ?? nodeNetwork)
      await broker.#begin(options, addresses)
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

  get quotas(): ClientQuotas | undefined {
    return this.#quotas
  }

  get delegationTokens(): DelegationTokens | undefined {
    return this.#delegationTokens
  }

  get observer(): RequestObserver | undefined {
    const measured = this.#http?.observer
    if (!this.#requestLog) return measured
    return measured ? this.#observers : this.#requestLog
  }

  /** Where metrics are served; undefined for nowhere. */
  get httpUrl(): string | undefined {
    return this.#http?.url
  }

  get servedKeys(): readonly ServedKey[] {
    // What clients push is shown among the metrics.
    return this.#http ? servedKeys() : servedKeysWithoutReceiver()
  }

  get endpoints(): readonly Endpoint[] {
    return this.#server.endpoints
  }

  /** What clients are told of the first listener. */
  get firstEndpoint(): Endpoint {
    const endpoint = this.#server.endpoints[0]
    if (!endpoint) throw new Error('the broker has no listener: it has not started, or is closed')
    return endpoint
  }

  get port(): number {
    return this.firstEndpoint.port
  }

  get connections(): Iterable<ConnectionContext> {
    return this.#server.connections
  }

  /** Connections that are open. */
  get connectionCount(): number {
    return this.#server.connectionCount
  }

  #onHighWatermark(log: PartitionLog): void {
    for (const listener of this.#watermarkListeners) listener(log)
  }

  listenToHighWatermarks(listener: (log: PartitionLog) => void): () => void {
    this.#watermarkListeners.add(listener)
    return () => this.#watermarkListeners.delete(listener)
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

  async #begin(options: BrokerOptions, addresses: ListenerAddresses): Promise<void> {
    await this.#partitions.reconcile(this.metadata.takeRemovedTopics())
    await this.#seed(options.topics ?? [])
    await this.#openCoordinators()
    if (this.metadata.image.clientQuotas.size > 0) await this.#useQuotas()
    await this.#useRequestLog()
    this.#scheduleRetention()
    this.#partitions.startCleaner()
    const httpAddress = this.config.get('http.listener')
    if (httpAddress !== '') await this.serveHttp(httpAddress)
    await this.#seedUsers(options.users ?? [])
    await this.#openTokens()
    if ([...addresses.protocols.values()].some(protocol => protocol !== 'PLAINTEXT')) {
      const { Security } = await import('./authentication/listener-security.ts')
      this.#security = await Security.open(this, addresses.protocols)
    }
    await this.#server.listen(this.#network, addresses, this.#security)
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

  async #seedUsers(seeds: readonly UserSeed[]): Promise<void> {
    if (seeds.length === 0) return
    const { scramUserRecords } = await import('./authentication/user-seeds.ts')
    const records = await scramUserRecords(this.metadata.image.scramUsers, seeds, this.random)
    await this.metadata.change(() => ({ records, result: undefined }))
  }

  async #openTokens(): Promise<void> {
    const secretKey = this.config.get('delegation.token.secret.key')
    if (!secretKey) return
    const { SecretTokens } = await import('./delegation-tokens/delegation-tokens.ts')
    this.#delegationTokens = new SecretTokens(this, secretKey)
  }

  /** Throws ConfigError when a listener could not go on with settings that are to be changed while it runs. */
  checkConfig(changed: BrokerConfig): void {
    this.#security?.check(changed)
  }

  /** Groups that exist are looked after from the start: their offsets expire, their members time out. So are transactions: they end. */
  async #openCoordinators(): Promise<void> {
    if (this.metadata.image.topic(offsetsTopic)) {
      const { groupCoordinator } = await import('./groups/coordinator.ts')
      this.service(groupCoordinator)
    }
    if (this.metadata.image.topic(transactionsTopic)) {
      const { transactionCoordinator } = await import('./transactions/coordinator.ts')
      this.service(transactionCoordinator)
    }
  }

  /** Goes by the quotas of the metadata. Their code is loaded for the first of them. */
  async #useQuotas(): Promise<void> {
    const { ClientQuotas } = await import('./quotas/client-quotas.ts')
    const { clientQuotas } = this.metadata.image
    if (this.#quotas) this.#quotas.update(clientQuotas)
    else this.#quotas = new ClientQuotas(this.clock, this.config, clientQuotas)
  }

  /** Requests are told where somebody wants that: their code is loaded then. */
  async #useRequestLog(): Promise<void> {
    const isWanted = () =>
      this.config.get('request.log.slow.ms') >= 0 || this.logger.isEnabled('request', 'debug')
    const module = isWanted() ? await import('./server/request-log.ts') : undefined
    // It may have been switched off meanwhile.
    if (module && isWanted()) this.#requestLog ??= new module.RequestLog(this)
    else this.#requestLog = undefined
  }

  /** See `Broker.serveHttp`. */
  async serveHttp(address: string): Promise<string> {
    if (this.#http) throw new Error(`metrics are served on ${this.#http.url} already`)
    const { HttpService } = await import('./http/http-service.ts')
    const http = await HttpService.open({
      core: this,
      connections: this.#server,
      network: this.#network,
      address,
      notReady: () => this.#notReady(),
    })
    if (this.#closing) await http.close()
    else this.#http = http
    return http.url
  }

  #notReady(): string | undefined {
    if (this.#closing) return 'the broker is closing'
    if (this.logs.failure) return `the disk has failed: ${this.logs.failure.message}`
    return this.#started ? undefined : 'the broker is starting'
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
    this.#delegationTokens?.close()
    this.#server.drain()
    await this.#services.close()
    await this.#server.closed()
    await this.#http?.close()
    this.#security?.close()
    this.burstFilter.close()
    await this.metadata.close()
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

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
