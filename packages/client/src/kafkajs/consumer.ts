// A consumer as KafkaJS has it, over ours: connecting, subscribing, running and stopping. What its calls about partitions and offsets come to is done by its parts.
import type { ClusterOptions } from '../cluster/options.ts'
import type { ConsumerGroupMetadata } from '../cluster/offset-commit.ts'
import { Consumer as MillraceConsumer } from '../consumer/consumer.ts'
import { describeGroup } from './admin-groups.ts'
import { groupAssignor, PartitionAssigners } from './assigners.ts'
import { checkHandlers } from './batch-handler.ts'
import { ClusterView } from './cluster-view.ts'
import { checkCommits, checkSeek } from './consumer-arguments.ts'
import { ConsumerRun, type RunHost } from './consumer-run.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import { consumerEvents, Emitter, type Listener } from './events.ts'
import { GroupCommits } from './group-commits.ts'
import { GroupNews } from './group-news.ts'
import { Link } from './link.ts'
import { OffsetBook } from './offset-book.ts'
import { checkPauses, type PauseChoice } from './pauses.ts'
import { isAmong, Places } from './places.ts'
import { rethrow, toKafkaJSError } from './protocol-errors.ts'
import { exhausted, type RetrySettings, RetryTimes } from './retry.ts'
import type { Settings } from './settings.ts'
import { SubscribedTopics } from './subscribed-topics.ts'
import type { Assigner, Offsets, TopicPartitionOffset, TopicPartitions } from './types/cluster.ts'
import type { Logger } from './types/config.ts'
import type {
  Consumer,
  ConsumerConfig,
  ConsumerRunConfig,
  ConsumerSubscribeTopic,
  ConsumerSubscribeTopics,
  GroupDescription,
} from './types/consumer.ts'

const defaults = {
  metadataMaxAge: 300_000,
  sessionTimeout: 30_000,
  rebalanceTimeout: 60_000,
  heartbeatInterval: 3_000,
  maxBytesPerPartition: 1_048_576,
  minBytes: 1,
  maxBytes: 10_485_760,
  maxWaitTimeInMs: 5_000,
}

export class ConsumerDoor implements Consumer {
  readonly events = consumerEvents
  readonly #settings: Settings
  readonly #config: ConsumerConfig
  readonly #atWork: Set<ConsumerDoor>
  readonly #retry: RetrySettings
  readonly #logger: Logger
  readonly #emitter: Emitter
  readonly #link: Link<MillraceConsumer>
  readonly #assigners: readonly Assigner[]
  readonly #topics: SubscribedTopics
  readonly #book = new OffsetBook()
  readonly #news: GroupNews
  readonly #commits: GroupCommits
  readonly #places: Places
  #run: ConsumerRun | undefined
  #autoCommit = true
  #stopping: Promise<void> | undefined

  /** Adds itself to those that are at work while it is. Throws KafkaJSNonRetriableError. */
  constructor(settings: Settings, config: ConsumerConfig, atWork: Set<ConsumerDoor>) {
    const { groupId, partitionAssigners } = config
    checkConfig(config)
    this.#settings = settings
    this.#config = config
    this.#atWork = atWork
    this.#retry = settings.retry(config.retry)
    this.#logger = settings.logger.namespace('Consumer')
    this.#emitter = new Emitter('consumer', consumerEvents, settings.clock, this.#logger)
    const cluster = new ClusterView(() => this.#link.client?.cluster)
    this.#assigners = (partitionAssigners ?? [PartitionAssigners.roundRobin]).map(make =>
      make({ cluster, groupId, logger: this.#logger }),
    )
    const allowAutoTopicCreation = config.allowAutoTopicCreation ?? true
    const parts = {
      groupId,
      settings,
      emitter: this.#emitter,
      logger: this.#logger,
      groupLogger: settings.logger.namespace('ConsumerGroup'),
      retry: this.#retry,
      creates: allowAutoTopicCreation,
      subscribed: () => this.#topics.names,
      autoCommit: () => this.#autoCommit,
    }
    this.#topics = new SubscribedTopics(parts)
    this.#news = new GroupNews(parts)
    this.#commits = new GroupCommits(this.#book, this.#news)
    this.#places = new Places({
      ...parts,
      topics: this.#topics,
      book: this.#book,
      commits: this.#commits,
      news: this.#news,
    })
    this.#link = new Link({
      settings,
      emitter: this.#emitter,
      retry: this.#retry,
      metadataMaxAge: config.metadataMaxAge ?? defaults.metadataMaxAge,
      allowAutoTopicCreation,
      hooks: [
        {
          onRebalance: facts => {
            this.#news.rebalance(facts)
            this.#run?.noteRebalance(facts)
          },
          onFetch: facts => this.#news.fetch(facts),
          onRequest: facts => this.#news.request(facts),
        },
      ],
      make: options => this.#make(options),
    })
  }

  #make(options: ClusterOptions): MillraceConsumer {
    const config = withDefaults(this.#config)
    try {
      return new MillraceConsumer({
        ...options,
        groupId: config.groupId,
        assignors: this.#assigners.map(assigner => groupAssignor(assigner, () => this.#topics.names)),
        sessionTimeoutMs: config.sessionTimeout,
        heartbeatIntervalMs: config.heartbeatInterval,
        maxPollIntervalMs: config.rebalanceTimeout,
        partitionFetchMaxBytes: config.maxBytesPerPartition,
        fetchMinBytes: config.minBytes,
        fetchMaxBytes: config.maxBytes,
        fetchMaxWaitMs: config.maxWaitTimeInMs,
        isolationLevel: config.readUncommitted ? 'read_uncommitted' : 'read_committed',
        rack: config.rackId ?? '',
        autoCommit: false,
        autoOffsetResetOf: topic => this.#topics.startOf(topic),
        onWarning: error => this.#logger.warn(error.message, { groupId: config.groupId }),
      })
    } catch (error) {
      throw toKafkaJSError(error)
    }
  }

  on: Consumer['on'] = (name: string, listener: Listener) => this.#emitter.on(name, listener)

  logger = (): Logger => this.#logger

  connect = async (): Promise<void> => {
    await this.#link.reach()
    this.#emitter.emit(consumerEvents.CONNECT)
  }

  disconnect = async (): Promise<void> => {
    await this.stop()
    await this.#close()
  }

  async #close(): Promise<void> {
    this.#logger.debug('consumer has stopped, disconnecting', { groupId: this.#config.groupId })
    await this.#link.close()
    this.#emitter.emit(consumerEvents.DISCONNECT)
  }

  stop = (): Promise<void> =>
    (this.#stopping ??= this.#stop().finally(() => {
      this.#stopping = undefined
    }))

  async #stop(): Promise<void> {
    const run = this.#run
    this.#run = undefined
    this.#atWork.delete(this)
    run?.stop()
    if (run?.active) {
      // Handlers commit what they have done before the group is left.
      await run.ended()
      await this.#link.close()
      this.#emitter.emit(consumerEvents.STOP)
    }
    this.#logger.info('Stopped', { groupId: this.#config.groupId })
  }

  subscribe = async (subscription: ConsumerSubscribeTopics | ConsumerSubscribeTopic): Promise<void> => {
    if (this.#run?.active)
      throw new KafkaJSNonRetriableError('Cannot subscribe to topic while consumer is running')
    await this.#topics.add(subscription, async () => (await this.#link.reach()).cluster)
  }

  run = async (config: ConsumerRunConfig = {}): Promise<void> => {
    const { groupId } = this.#config
    if (this.#run?.active) {
      this.#logger.warn('consumer#run was called, but the consumer is already running', { groupId })
      return
    }
    checkHandlers(config)
    if (this.#topics.names.length === 0)
      throw new KafkaJSNonRetriableError('consumer.run needs topics: call consumer.subscribe first')
    this.#run?.stop()
    this.#autoCommit = config.autoCommit ?? true
    const run: ConsumerRun = new ConsumerRun(
      this.#runHost(() => run),
      config,
    )
    this.#run = run
    this.#atWork.add(this)
    await run.start()
  }

  #runHost(self: () => ConsumerRun): RunHost {
    const { retry, groupId } = this.#config
    return {
      groupId,
      topics: this.#topics.names,
      settings: this.#settings,
      emitter: this.#emitter,
      rootLogger: this.#settings.logger,
      logger: this.#logger,
      book: this.#book,
      retry: this.#retry,
      restartOnFailure: this.#settings.given(retry, 'restartOnFailure'),
      open: () => this.#link.reach(),
      assigned: partitions => this.#places.assigned(this.#link.client!, partitions),
      revoked: partitions => this.#places.revoked(partitions),
      disconnect: async () => {
        await this.#link.close()
        // Unless it was stopped, which tells of itself.
        if (this.#run === self()) {
          this.#emitter.emit(consumerEvents.STOP)
          this.#logger.info('Stopped', { groupId })
        }
        this.#emitter.emit(consumerEvents.DISCONNECT)
      },
      isPaused: (topic, partition) => this.#places.isPaused({ topic, partition }),
      pause: (topic, partition) => {
        this.pause([{ topic, partitions: [partition] }])
        return () => this.resume([{ topic, partitions: [partition] }])
      },
      commit: offsets => this.#commit(offsets),
      keepAlive: () => this.#atWorkOnly(client => client.keepAlive()),
      markDone: (topic, partition, next) =>
        this.#atWorkOnly(client => client.markProcessed({ topic, partition, offset: next - 1 })),
      goOnAt: (topic, partition, next) =>
        this.#atWorkOnly(client => {
          if (isAmong(client.assignment, topic, partition)) client.seek({ topic, partition }, next)
        }),
    }
  }

  /** A consumer that is being closed takes nothing any more but commits: where it goes on is its successor's business. */
  #atWorkOnly(use: (client: MillraceConsumer) => unknown): void {
    const client = this.#link.client
    if (client && this.#run?.running) use(client)
  }

  /** Commits offsets, or what is resolved. Throws KafkaJSError. */
  async #commit(offsets?: Offsets): Promise<void> {
    const client = this.#link.client
    if (client) await this.#commits.commit(client, offsets)
  }

  commitOffsets: Consumer['commitOffsets'] = async topicPartitions => {
    const offsets = checkCommits(topicPartitions)
    const run = this.#runOrThrow()
    if (!run.running) return
    // It has been tried again by then.
    await this.#commit(offsets).catch((error: Error) => {
      throw exhausted(error, new RetryTimes(this.#retry, this.#settings.random))
    })
  }

  seek = ({ topic, partition, offset }: TopicPartitionOffset): void => {
    const target = checkSeek({ topic, partition, offset })
    this.#runOrThrow()
    this.#places.seek(this.#link.client, { topic, partition }, target)
  }

  describeGroup = async (): Promise<GroupDescription> =>
    describeGroup(await this.#link.reach(), this.#config.groupId).catch(rethrow)

  pause = (topics: PauseChoice[] = []): void => {
    checkPauses(topics, 'pause')
    this.#runOrThrow()
    this.#places.pause(this.#link.client, topics)
  }

  resume = (topics: PauseChoice[] = []): void => {
    checkPauses(topics, 'resume')
    this.#runOrThrow()
    this.#places.resume(this.#link.client, topics)
  }

  paused = (): TopicPartitions[] => (this.#run?.active ? this.#places.paused(this.#link.client) : [])

  #runOrThrow(): ConsumerRun {
    if (this.#run?.active) return this.#run
    throw new KafkaJSNonRetriableError(
      'Consumer group was not initialized, consumer#run must be called first',
    )
  }

  /** As whom offsets of this group are committed; undefined outside of it. */
  get membership(): ConsumerGroupMetadata | undefined {
    try {
      return this.#run?.running ? this.#link.client?.groupMetadata() : undefined
    } catch {
      return undefined
    }
  }

  /** Name of the group. */
  get groupId(): string {
    return this.#config.groupId
  }

  /** A transaction has committed offsets of this group. */
  noteCommitted(offsets: Offsets): void {
    this.#book.committed(offsets, this.#book.version)
  }
}

/** What is undefined counts as not given. */
function withDefaults(config: ConsumerConfig): typeof defaults & ConsumerConfig {
  const given = Object.entries(config).filter(([, value]) => value !== undefined)
  return { ...defaults, ...(Object.fromEntries(given) as Omit<ConsumerConfig, keyof typeof defaults>) }
}

/** Throws KafkaJSNonRetriableError. */
function checkConfig(config: ConsumerConfig): void {
  const { groupId, heartbeatInterval, sessionTimeout } = withDefaults(config)
  if (!groupId) throw new KafkaJSNonRetriableError('Consumer groupId must be a non-empty string.')
  if (heartbeatInterval >= sessionTimeout)
    throw new KafkaJSNonRetriableError(
      `Consumer heartbeatInterval (${heartbeatInterval}) must be lower than sessionTimeout (${sessionTimeout}). It is recommended to set heartbeatInterval to approximately a third of the sessionTimeout.`,
    )
}
