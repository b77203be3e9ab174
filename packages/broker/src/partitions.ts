// The logs of the partitions that metadata speaks of: made and removed with it, set up as their topics say.
import {
  type CleanerSettings,
  defaultLogConfig,
  type LogConfig,
  type LogManager,
  type PartitionLog,
} from '@millrace/log'
import type { Clock } from '@millrace/runtime'
import type { BrokerConfig } from './config/broker-config.ts'
import { hasEffect } from './config/broker-table.ts'
import { resolveTopicConfig, type TopicConfig } from './config/topic-config.ts'
import { directoriesSliceMs } from './limits.ts'
import type { Logger } from './logger.ts'
import type { MetadataImage, TopicImage } from './metadata/image.ts'
import { resourceTypes } from './metadata/record.ts'
import type { TopicListener } from './metadata/store.ts'
import { metadataTopic } from './metadata/topic-name.ts'

/** The part of a topic's settings that storage obeys. */
function logConfigOf(config: TopicConfig): LogConfig {
  return {
    segmentBytes: config.segmentBytes,
    segmentMs: config.segmentMs,
    segmentJitterMs: config.segmentJitterMs,
    segmentIndexBytes: config.segmentIndexBytes,
    indexIntervalBytes: config.indexIntervalBytes,
    retentionMs: config.retentionMs,
    retentionBytes: config.retentionBytes,
    cleanupDelete: config.delete,
    cleanupCompact: config.compact,
    minCleanableDirtyRatio: config.minCleanableDirtyRatio,
    minCompactionLagMs: config.minCompactionLagMs,
    maxCompactionLagMs: config.maxCompactionLagMs,
    deleteRetentionMs: config.deleteRetentionMs,
    fileDeleteDelayMs: config.fileDeleteDelayMs,
    flushMessages: config.flushMessages,
  }
}

function cleanerSettingsOf(config: BrokerConfig): CleanerSettings {
  return {
    dedupeBufferBytes: config.get('log.cleaner.dedupe.buffer.size'),
    loadFactor: config.get('log.cleaner.io.buffer.load.factor'),
    ioBufferBytes: config.get('log.cleaner.io.buffer.size'),
    ioMaxBytesPerSecond: config.get('log.cleaner.io.max.bytes.per.second'),
    backoffMs: config.get('log.cleaner.backoff.ms'),
  }
}

/** The metadata log is cut by snapshots, never by age. */
export const metadataLogConfig: LogConfig = {
  ...defaultLogConfig,
  segmentBytes: 8 << 20,
  cleanupDelete: false,
  fileDeleteDelayMs: 0,
}

export class Partitions implements TopicListener {
  readonly #clock: Clock
  readonly #logs: LogManager
  readonly #image: MetadataImage
  readonly #config: BrokerConfig
  readonly #nodeId: number
  readonly #logger: Logger
  #topicConfigs = new Map<TopicImage, TopicConfig>()
  #removals = new Set<Promise<void>>()
  /** Names that were set while running, have no effect, and were warned about. */
  readonly #toldWithoutEffect = new Set<string>()

  constructor(
    logs: LogManager,
    image: MetadataImage,
    config: BrokerConfig,
    nodeId: number,
    logger: Logger,
    clock: Clock,
  ) {
    this.#clock = clock
    this.#logs = logs
    this.#image = image
    this.#config = config
    this.#nodeId = nodeId
    this.#logger = logger
  }

  topicConfig(topic: TopicImage): TopicConfig {
    let config = this.#topicConfigs.get(topic)
    if (!config) {
      config = resolveTopicConfig(topic.configs, this.#config)
      this.#topicConfigs.set(topic, config)
    }
    return config
  }

  /** Settings for the logs of a topic; undefined when there is no such topic. */
  logConfig(topic: string): LogConfig | undefined {
    if (topic === metadataTopic) return metadataLogConfig
    const image = this.#image.topic(topic)
    return image && logConfigOf(this.topicConfig(image))
  }

  /** The log of a partition of the image. One whose directory could not be made is tried again. */
  get(topic: string, partition: number): PartitionLog | undefined {
    try {
      return this.#logs.get(topic, partition) ?? this.#retry(topic, partition)
    } catch (error) {
      this.#logger.log('error', 'partition.unreadable', {
        partition: `${topic}-${partition}`,
        error: String(error),
      })
      return undefined
    }
  }

  #retry(name: string, partition: number): PartitionLog | undefined {
    const topic = this.#image.topic(name)
    if (!topic?.partitions[partition]) return undefined
    return this.#create(topic, partition)
  }

  #create(topic: TopicImage, partition: number): PartitionLog | undefined {
    try {
      return this.#logs.create(topic.name, partition, topic.topicId, logConfigOf(this.topicConfig(topic)))
    } catch (error) {
      this.#logger.log('error', 'partition.create_failed', {
        partition: `${topic.name}-${partition}`,
        error: String(error),
      })
      return undefined
    }
  }

  /** Thousands of directories take a while: the event loop is given back now and then. */
  async #eachPartition(topic: TopicImage, first: number, visit: (partition: number) => void): Promise<void> {
    let sinceMs = this.#clock.monotonic()
    for (let partition = first; partition < topic.partitions.length; partition++) {
      visit(partition)
      if (this.#clock.monotonic() - sinceMs < directoriesSliceMs) continue
      await new Promise<void>(resolve => this.#clock.defer(resolve))
      sinceMs = this.#clock.monotonic()
    }
  }

  onPartitionsAdded(topic: TopicImage, firstPartition: number): Promise<void> {
    return this.#eachPartition(topic, firstPartition, partition => this.#create(topic, partition))
  }

  /**
   * Done when the name is free for another topic, which a loss of power must not give anything of this one; that the files are gone is not
   * waited for.
   */
  async onTopicDeleted(topic: TopicImage): Promise<void> {
    this.#topicConfigs.delete(topic)
    await this.#eachPartition(topic, 0, partition => this.#remove(topic.name, partition))
    await Promise.all(this.#removals)
  }

  #remove(topic: string, partition: number): void {
    const removal = this.#delete(topic, partition, '-delete').finally(() => this.#removals.delete(removal))
    this.#removals.add(removal)
  }

  /** What cannot be done now the next start finds and does. */
  async #delete(topic: string, partition: number, kind: '-delete' | '-stray'): Promise<void> {
    try {
      await this.#logs.delete(topic, partition, kind)
    } catch (error) {
      this.#logger.log('error', 'partition.delete_failed', {
        partition: `${topic}-${partition}`,
        error: String(error),
      })
    }
  }

  onConfigChanged(resourceType: number, resourceName: string): void {
    if (resourceType === resourceTypes.TOPIC) {
      const topic = this.#image.topic(resourceName)
      if (topic) this.#reconfigure(topic)
    } else if (resourceType === resourceTypes.BROKER) {
      this.applyBrokerConfigs()
      this.startCleaner()
      for (const topic of this.#image.topics()) this.#reconfigure(topic)
    }
  }

  /** Takes over what was changed for this broker and for all brokers while running. */
  applyBrokerConfigs(): void {
    const own = this.#image.configs(resourceTypes.BROKER, String(this.#nodeId))
    const all = this.#image.configs(resourceTypes.BROKER, '')
    this.#config.setDynamic(own, all)
    this.#topicConfigs.clear()
    this.#logs.producerIdExpirationMs = this.#config.get('producer.id.expiration.ms')
    const unused = [...own.keys(), ...all.keys()].filter(
      name => !hasEffect(name) && !this.#toldWithoutEffect.has(name),
    )
    if (unused.length === 0) return
    for (const name of unused) this.#toldWithoutEffect.add(name)
    this.#logger.log('warn', 'config.without_effect', { properties: [...new Set(unused)] })
  }

  /** Has logs compacted as the settings of now say. */
  startCleaner(): void {
    if (this.#config.get('log.cleaner.enable')) this.#logs.startCleaner(cleanerSettingsOf(this.#config))
  }

  #reconfigure(topic: TopicImage): void {
    this.#topicConfigs.delete(topic)
    const config = logConfigOf(this.topicConfig(topic))
    for (const partition of topic.partitions.keys()) this.get(topic.name, partition)?.configure(config)
  }

  /**
   * After a start: makes what the image has and the disk lacks (the broker died between the two), and removes directories of
   * topics that were deleted (`removedTopics`, by id). Of others that the image does not know nobody has said that their data may go: they
   * are renamed, as Apache Kafka does, and stay.
   */
  async reconcile(removedTopics: ReadonlySet<string>): Promise<void> {
    for (const { topic: name, partition, topicId } of this.#logs.partitions()) {
      if (name === metadataTopic) continue
      const topic = this.#image.topic(name)
      if (topic?.topicId === topicId && topic.partitions[partition]) continue
      const removed = removedTopics.has(topicId)
      const event = removed ? 'partition.removed' : 'partition.stray'
      this.#logger.log('warn', event, { partition: `${name}-${partition}`, topicId })
      await this.#delete(name, partition, removed ? '-delete' : '-stray')
    }
    for (const topic of this.#image.topics()) {
      for (const partition of topic.partitions.keys()) {
        if (!this.#logs.has(topic.name, partition)) this.#create(topic, partition)
      }
    }
  }

  /** Waits for the removal of files that is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#removals)
  }
}
