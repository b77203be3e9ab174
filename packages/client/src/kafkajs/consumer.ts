// A consumer as KafkaJS has it, over ours: what is subscribed to, paused and committed, around runs of handlers.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { Consumer as MillraceConsumer } from '../consumer/consumer.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import type { ConsumerGroupMetadata } from '../cluster/offset-commit.ts'
import type { FetchFacts, RebalanceFacts, RequestFacts } from '../events/facts.ts'
import { describeGroup } from './admin-groups.ts'
import { groupAssignor, PartitionAssigners } from './assigners.ts'
import { checkHandlers } from './batch-handler.ts'
import { ClusterView } from './cluster-view.ts'
import { ConsumerRun } from './consumer-run.ts'
import { checkCommits, checkSeek } from './consumer-arguments.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import { consumerEvents, Emitter, type Listener } from './events.ts'
import { Link } from './link.ts'
import { OffsetBook } from './offset-book.ts'
import { checkPauses, type PauseChoice, Pauses } from './pauses.ts'
import { protocolError, toKafkaJSError } from './protocol-errors.ts'
import { type RetrySettings, withRetries } from './retry.ts'
import type { Settings } from './settings.ts'
import { offsetsToCommit } from './transaction.ts'
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
} as const
const unknownTopicOrPartition = 3

export class ConsumerDoor implements Consumer {
  readonly events = consumerEvents
  readonly #settings: Settings
  readonly #config: ConsumerConfig
  readonly #atWork: Set<ConsumerDoor>
  readonly #retry: RetrySettings
  readonly #logger: Logger
  readonly #groupLogger: Logger
  readonly #emitter: Emitter
  readonly #link: Link<MillraceConsumer>
  readonly #assigners: readonly Assigner[]
  /** Topics with where to start in them. */
  readonly #topics = new Map<string, 'earliest' | 'latest'>()
  readonly #book = new OffsetBook()
  readonly #pauses = new Pauses()
  /** Where to go on in partitions that are not ours yet. */
  readonly #seeks = new Map<string, TopicPartitionOffset>()
  #run: ConsumerRun | undefined
  #autoCommit = true
  #stopping: Promise<void> | undefined
  /** Resolves when the commits so far are over. */
  #turn: Promise<void> = Promise.resolve()
  /** Who this member was when it was last told. */
  #member = { memberId: '', generation: -1 }

  /** Adds itself to those that are at work while it is. Throws KafkaJSNonRetriableError. */
  constructor(settings: Settings, config: ConsumerConfig, atWork: Set<ConsumerDoor>) {
    const { groupId, heartbeatInterval, sessionTimeout, partitionAssigners } = { ...defaults, ...config }
    if (!groupId) throw new KafkaJSNonRetriableError('Consumer groupId must be a non-empty string.')
    if (heartbeatInterval >= sessionTimeout)
      throw new KafkaJSNonRetriableError(
        `Consumer heartbeatInterval (${heartbeatInterval}) must be lower than sessionTimeout (${sessionTimeout}). It is recommended to set heartbeatInterval to approximately a third of the sessionTimeout.`,
      )
    this.#settings = settings
    this.#config = config
    this.#atWork = atWork
    this.#retry = settings.retry(config.retry)
    this.#logger = settings.logger.namespace('Consumer')
    this.#groupLogger = settings.logger.namespace('ConsumerGroup')
    this.#emitter = new Emitter('consumer', consumerEvents, settings.clock, this.#logger)
    const cluster = new ClusterView(() => this.#link.client?.cluster)
    this.#assigners = (partitionAssigners ?? [PartitionAssigners.roundRobin]).map(make =>
      make({ cluster, groupId, logger: this.#logger }),
    )
    this.#link = new Link({
      settings,
      emitter: this.#emitter,
      retry: this.#retry,
      metadataMaxAge: config.metadataMaxAge ?? defaults.metadataMaxAge,
      allowAutoTopicCreation: config.allowAutoTopicCreation ?? true,
      hooks: [
        {
          onRebalance: facts => this.#onRebalance(facts),
          onFetch: facts => this.#onFetch(facts),
          onRequest: facts => this.#onRequest(facts),
        },
      ],
      make: options => this.#make(options),
    })
  }

  #make(options: ClusterOptions): MillraceConsumer {
    const config = { ...defaults, ...this.#config }
    try {
      return new MillraceConsumer({
        ...options,
        groupId: config.groupId,
        assignors: this.#assigners.map(assigner => groupAssignor(assigner, () => [...this.#topics.keys()])),
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
        autoOffsetResetOf: topic => this.#topics.get(topic) ?? 'latest',
        onWarning: error => this.#logger.warn(error.message, { groupId: config.groupId }),
      })
    } catch (error) {
      throw toKafkaJSError(error)
    }
  }

  on: Consumer['on'] = (name: string, listener: Listener) => this.#emitter.on(name, listener)

  logger = (): Logger => this.#logger

  connect = async (): Promise<void> => {
    await this.#link.open()
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
    const {
      topic,
      topics,
      fromBeginning = false,
    } = subscription as Partial<ConsumerSubscribeTopic & ConsumerSubscribeTopics>
    if (this.#run?.active)
      throw new KafkaJSNonRetriableError('Cannot subscribe to topic while consumer is running')
    if (!topic && !topics) throw new KafkaJSNonRetriableError('Missing required argument "topics"')
    if (topics != null && !Array.isArray(topics))
      throw new KafkaJSNonRetriableError('Argument "topics" must be an array')
    const wanted: readonly (string | RegExp)[] = topics ?? [topic!]
    for (const each of wanted) {
      if (typeof each === 'string' || each instanceof RegExp) continue
      throw new KafkaJSNonRetriableError(
        `Invalid topic ${String(each)} (${typeof each}), the topic name has to be a String or a RegExp`,
      )
    }
    const names = await this.#resolve(wanted)
    for (const name of names) this.#topics.set(name, fromBeginning ? 'earliest' : 'latest')
  }

  /** The topics that are meant; those that are named are there, or have been made by asking for them. Throws KafkaJSError. */
  async #resolve(wanted: readonly (string | RegExp)[]): Promise<string[]> {
    const { cluster } = await this.#link.open()
    const names = wanted.filter(each => typeof each === 'string')
    const patterns = wanted.filter(each => each instanceof RegExp)
    if (patterns.length > 0) {
      await cluster.refreshMetadata('all').catch(rethrow)
      for (const pattern of patterns) {
        const matchedTopics = [...cluster.metadata.topics.keys()].filter(name => pattern.test(name))
        this.#logger.debug('Subscription based on RegExp', {
          groupId: this.#config.groupId,
          topicRegExp: String(pattern),
          matchedTopics,
        })
        names.push(...matchedTopics)
      }
    }
    if (names.length === 0) return names
    const creates = this.#config.allowAutoTopicCreation ?? true
    const once = { ...this.#retry, ...(!creates && { retries: 0 }) }
    await withRetries(this.#settings, once, async () => {
      await cluster.refreshMetadata(names).catch(rethrow)
      const missing = names.find(name => !cluster.metadata.topic(name))
      if (missing === undefined) return
      throw protocolError(cluster.metadata.problemOf(missing)?.errorCode ?? unknownTopicOrPartition)
    }).catch((error: Error) => {
      throw error.cause instanceof Error && error.name === 'KafkaJSNumberOfRetriesExceeded'
        ? error.cause
        : error
    })
    return names
  }

  run = async (config: ConsumerRunConfig = {}): Promise<void> => {
    const { groupId } = this.#config
    if (this.#run?.active) {
      this.#logger.warn('consumer#run was called, but the consumer is already running', { groupId })
      return
    }
    checkHandlers(config)
    if (this.#topics.size === 0)
      throw new KafkaJSNonRetriableError('consumer.run needs topics: call consumer.subscribe first')
    this.#run?.stop()
    this.#autoCommit = config.autoCommit ?? true
    const run: ConsumerRun = this.#newRun(config, () => run)
    this.#run = run
    this.#atWork.add(this)
    await run.start()
  }

  #newRun(config: ConsumerRunConfig, self: () => ConsumerRun): ConsumerRun {
    const { retry, groupId } = this.#config
    return new ConsumerRun(
      {
        groupId,
        topics: [...this.#topics.keys()],
        settings: this.#settings,
        emitter: this.#emitter,
        rootLogger: this.#settings.logger,
        logger: this.#logger,
        book: this.#book,
        retry: this.#retry,
        restartOnFailure: retry?.restartOnFailure,
        open: () => this.#link.open(),
        assigned: partitions => this.#onAssigned(partitions),
        revoked: partitions => {
          for (const each of partitions) this.#book.end(each)
        },
        disconnect: async () => {
          await this.#link.close()
          // Unless it was stopped, which tells of itself.
          if (this.#run === self()) {
            this.#emitter.emit(consumerEvents.STOP)
            this.#logger.info('Stopped', { groupId })
          }
          this.#emitter.emit(consumerEvents.DISCONNECT)
        },
        isPaused: (topic, partition) => this.#pauses.isPaused({ topic, partition }),
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
      },
      config,
    )
  }

  /** A consumer that is being closed takes nothing any more but commits: where it goes on is its successor's business. */
  #atWorkOnly(use: (client: MillraceConsumer) => unknown): void {
    const client = this.#link.client
    if (client && this.#run?.running) use(client)
  }

  /** One commit after the other: an earlier one that had to go again would take a later one back. Throws KafkaJSError. */
  #inTurn(commit: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(commit).catch(rethrow)
    this.#turn = done.catch(() => {})
    return done
  }

  /** Commits offsets, or what is resolved. Throws KafkaJSError. */
  async #commit(offsets?: Offsets): Promise<void> {
    const client = this.#link.client
    const { topics } = offsets ?? this.#book.uncommitted()
    if (!client || topics.length === 0) return
    const { memberId, generation } = this.#member
    const { version } = this.#book
    await this.#inTurn(() => client.commit(offsetsToCommit({ topics })))
    this.#book.committed({ topics }, version)
    const { groupId } = this.#config
    this.#emitter.emit(consumerEvents.COMMIT_OFFSETS, {
      groupId,
      memberId,
      groupGenerationId: generation,
      topics,
    })
  }

  commitOffsets: Consumer['commitOffsets'] = async topicPartitions => {
    const offsets = checkCommits(topicPartitions)
    const run = this.#runOrThrow()
    if (!run.running) return
    await withRetries(this.#settings, this.#retry, () => this.#commit(offsets))
  }

  seek = ({ topic, partition, offset }: TopicPartitionOffset): void => {
    const target = checkSeek({ topic, partition, offset })
    this.#runOrThrow()
    const client = this.#link.client
    if (client && isAmong(client.assignment, topic, partition))
      this.#seekNow(client, { topic, partition }, target)
    else this.#seeks.set(`${topic}/${partition}`, { topic, partition, offset: target })
  }

  #seekNow(client: MillraceConsumer, place: TopicPartition, offset: string): void {
    this.#book.begin(place)
    if (offset === '-2') client.seek(place, 'earliest')
    else if (offset === '-1') client.seek(place, 'latest')
    else {
      client.seek(place, Number(offset))
      // As in KafkaJS, whoever takes over begins here, too.
      if (!this.#autoCommit) return
      this.#inTurn(() => client.commit([{ ...place, offset: Number(offset) }])).catch((error: Error) =>
        this.#logger.warn(`Could not commit the offset sought: ${error.message}`),
      )
    }
  }

  describeGroup = async (): Promise<GroupDescription> =>
    describeGroup(await this.#link.open(), this.#config.groupId).catch(rethrow)

  pause = (topics: PauseChoice[] = []): void => {
    checkPauses(topics, 'pause')
    this.#runOrThrow()
    this.#groupLogger.info(`Pausing fetching from ${topics.length} topics`, { topicPartitions: topics })
    this.#pauses.pause(topics)
    this.#applyPauses()
  }

  resume = (topics: PauseChoice[] = []): void => {
    checkPauses(topics, 'resume')
    this.#runOrThrow()
    this.#groupLogger.info(`Resuming fetching from ${topics.length} topics`, { topicPartitions: topics })
    this.#pauses.resume(topics)
    this.#applyPauses()
  }

  paused = (): TopicPartitions[] => {
    if (!this.#run?.active) return []
    return byTopic((this.#link.client?.assignment ?? []).filter(each => this.#pauses.isPaused(each)))
  }

  #applyPauses(): void {
    const client = this.#link.client
    if (!client) return
    const ours = client.assignment
    const isPaused = (place: TopicPartition) => this.#pauses.isPaused(place) || !this.#topics.has(place.topic)
    client.pause(ours.filter(isPaused))
    client.resume(ours.filter(place => !isPaused(place)))
  }

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

  #onAssigned(partitions: readonly TopicPartition[]): void {
    const client = this.#link.client!
    for (const place of partitions) {
      this.#book.begin(place)
      const key = `${place.topic}/${place.partition}`
      const sought = this.#seeks.get(key)
      this.#seeks.delete(key)
      if (sought) this.#seekNow(client, place, sought.offset)
    }
    this.#refuseOthers(client)
    this.#applyPauses()
  }

  /** Topics that a leader gave to everybody, whoever subscribed to them: nothing is read of those. */
  #refuseOthers(client: MillraceConsumer): void {
    const assigned = [...new Set(client.assignment.map(({ topic }) => topic))]
    const topicsNotSubscribed = assigned.filter(topic => !this.#topics.has(topic))
    if (topicsNotSubscribed.length === 0) return
    const { memberId, generation } = client.groupMetadata()
    const payload = {
      groupId: this.#config.groupId,
      generationId: generation,
      memberId,
      assignedTopics: assigned,
      topicsSubscribed: [...this.#topics.keys()],
      topicsNotSubscribed,
    }
    this.#emitter.emit(consumerEvents.RECEIVED_UNSUBSCRIBED_TOPICS, payload)
    this.#groupLogger.warn('Consumer group received unsubscribed topics', {
      ...payload,
      helpUrl: 'https://kafka.js.org/docs/faq#why-am-i-receiving-messages-for-topics-i-m-not-subscribed-to',
    })
  }

  #onRebalance(facts: RebalanceFacts): void {
    const { what, groupId, memberId, generation, leaderId, protocol, ms } = facts
    if (what === 'begun' && memberId !== '') {
      this.#logger.warn('The group is rebalancing, re-joining', { groupId, memberId })
      this.#emitter.emit(consumerEvents.REBALANCING, { groupId, memberId })
    }
    if (what === 'completed') {
      this.#member = { memberId, generation }
      const ours = facts.partitions.filter(({ topic }) => this.#topics.has(topic))
      const memberAssignment = Object.fromEntries(byTopic(ours).map(each => [each.topic, each.partitions]))
      const payload = {
        groupId,
        memberId,
        leaderId,
        isLeader: memberId === leaderId,
        memberAssignment,
        groupProtocol: protocol,
        duration: Math.round(ms),
      }
      this.#emitter.emit(consumerEvents.GROUP_JOIN, payload)
      this.#groupLogger.info('Consumer has joined the group', payload)
    }
    this.#run?.noteRebalance(facts)
  }

  /** A fetch is told of when it is over: its beginning with the time at which it was. */
  #onFetch({ nodeId, ms, error }: FetchFacts): void {
    if (error) return
    const duration = Math.round(ms)
    this.#emitter.emit(consumerEvents.FETCH_START, { nodeId }, duration)
    this.#emitter.emit(consumerEvents.FETCH, { numberOfBatches: 0, duration, nodeId })
  }

  #onRequest({ api, error }: RequestFacts): void {
    if (api !== 'Heartbeat' || error) return
    const { memberId, generation } = this.#member
    const { groupId } = this.#config
    this.#emitter.emit(consumerEvents.HEARTBEAT, { groupId, memberId, groupGenerationId: generation })
  }
}

function rethrow(error: unknown): never {
  throw toKafkaJSError(error)
}

function isAmong(partitions: readonly TopicPartition[], topic: string, partition: number): boolean {
  return partitions.some(each => each.topic === topic && each.partition === partition)
}

/** Partitions by topic, in order. */
function byTopic(partitions: readonly TopicPartition[]): TopicPartitions[] {
  const topics = new Map<string, number[]>()
  for (const { topic, partition } of partitions) {
    const list = topics.get(topic) ?? []
    topics.set(topic, list)
    list.push(partition)
  }
  return [...topics].map(([topic, list]) => ({ topic, partitions: list.sort((a, b) => a - b) }))
}
