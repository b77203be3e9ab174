// As much of a broker as the group coordinator needs, with a log in memory whose disk obeys the test.
import type { AppendInfo } from '@millrace/log'
import {
  BatchHeader,
  batches,
  batchHeaderBytes,
  crc32c,
  ErrorCode,
  readBatchHeader,
  setBaseOffset,
} from '@millrace/protocol'
import { BrokerConfig } from '../../src/config/broker-config.ts'
import type { BrokerCore } from '../../src/core.ts'
import { ApiError } from '../../src/api-error.ts'
import { TopicImage } from '../../src/metadata/image.ts'
import { groupCoordinator, type GroupCoordinator } from '../../src/groups/coordinator.ts'
import { ManualClock } from '@millrace/testkit/clocks'

const offsetsTopic = '__consumer_offsets'

/** A partition's log: batches in memory, and how many of them would survive a crash. */
export class FakeLog {
  readonly topic: string
  readonly partition: number
  readonly batches: Buffer[]
  durableCount: number
  logStartOffset = 0
  /** Where the next batch goes. */
  logEndOffset = 0
  failing = false

  constructor(topic: string, partition: number, durable: readonly Buffer[] = []) {
    this.topic = topic
    this.partition = partition
    this.batches = [...durable]
    this.durableCount = durable.length
    this.logEndOffset = this.highWatermark
  }

  get highWatermark(): number {
    return this.batches
      .slice(0, this.durableCount)
      .reduce((end, batch) => end + readBatchHeader(batch).recordCount, 0)
  }

  append(batch: Buffer): Pick<AppendInfo, 'fate' | 'baseOffset' | 'lastOffset'> {
    if (this.failing) throw new ApiError(ErrorCode.KAFKA_STORAGE_ERROR)
    const header = readBatchHeader(batch)
    if (crc32c(batch.subarray(21)) !== header.crc) throw new Error('the batch has a wrong checksum')
    const baseOffset = this.logEndOffset
    setBaseOffset(header, baseOffset)
    this.logEndOffset += header.recordCount
    this.batches.push(batch)
    return { baseOffset, lastOffset: this.logEndOffset - 1, fate: { state: 'written' } }
  }

  holds({ lastOffset }: Pick<AppendInfo, 'lastOffset'>): boolean {
    return this.highWatermark > lastOffset
  }

  /** One batch a call, to try how reading goes on. */
  read(offset: number): { chunks: Buffer[]; sizeInBytes: number; nextOffset: number } {
    for (const batch of this.batches) {
      const header = readBatchHeader(batch, 0, new BatchHeader())
      if (header.nextOffset > offset) {
        return { chunks: [batch], sizeInBytes: batch.length, nextOffset: header.nextOffset }
      }
    }
    return { chunks: [], sizeInBytes: 0, nextOffset: offset }
  }

  get recordCount(): number {
    return this.batches
      .flatMap(batch => [...batches(batch)])
      .reduce((sum, header) => sum + header.recordCount, 0)
  }

  get bytes(): number {
    return this.batches.reduce((sum, batch) => sum + batch.length, 0) - batchHeaderBytes * this.batches.length
  }
}

interface TopicListener {
  onTopicDeleted?(topic: TopicImage): void
}

export class FakeCore {
  readonly #logs: { commit: () => Promise<void>; failure: Error | undefined } = {
    commit: () => this.#commit(),
    failure: undefined,
  }
  readonly clock: ManualClock
  readonly config: BrokerConfig
  readonly topics = new Map<string, TopicImage>()
  readonly logLines: { readonly level: string; readonly event: string }[] = []
  /** Partitions of the offsets topic. */
  readonly partitions: FakeLog[]
  /** Syncs that wait for `sync()`, when the disk is slow. */
  readonly #held: { resolve: () => void; reject: (error: Error) => void }[] = []
  slowDisk = false
  syncCount = 0
  readonly #listeners = new Set<TopicListener>()
  #uuid = 0
  readonly coordinator: GroupCoordinator

  constructor(options: {
    readonly config?: Readonly<Record<string, string>>
    readonly clock?: ManualClock
    /** What an earlier one has left on the disk. */
    readonly after?: FakeCore
    readonly partitions?: number
  }) {
    this.clock = options.clock ?? options.after?.clock ?? new ManualClock()
    this.config = new BrokerConfig({ ...options.config })
    const { after } = options
    if (after) {
      for (const [name, topic] of after.topics) this.topics.set(name, topic)
      this.#uuid = after.#uuid
      this.partitions = after.partitions.map(
        log => new FakeLog(log.topic, log.partition, log.batches.slice(0, log.durableCount)),
      )
    } else {
      const count = options.partitions ?? 4
      this.partitions = Array.from({ length: count }, (_, index) => new FakeLog(offsetsTopic, index))
    }
    this.coordinator = groupCoordinator.open(this.asCore())
  }

  asCore(): BrokerCore {
    const core = {
      clock: this.clock,
      random: { float: () => 0.5, bytes: (length: number) => Buffer.alloc(length, ++this.#uuid) },
      logger: { log: (level: string, event: string) => this.logLines.push({ level, event }) },
      config: this.config,
      nodeId: 1,
      clusterId: 'cluster',
      logs: this.#logs,
      metadata: {
        image: {
          topic: (name: string) => this.topics.get(name),
          topicById: (id: string) => [...this.topics.values()].find(topic => topic.topicId === id),
        },
        listen: (listener: TopicListener) => {
          this.#listeners.add(listener)
          return () => this.#listeners.delete(listener)
        },
      },
      endpoints: [],
      // Nothing here takes longer than it may.
      service: () => ({ within: (_timeoutMs: number, commit: Promise<unknown>) => commit.then(() => true) }),
      partition: (topic: string, index: number) =>
        this.topics.has(topic) && topic === offsetsTopic ? this.partitions[index] : undefined,
      topicConfig: () => ({ maxMessageBytes: 1_048_588 }),
      ensureInternalTopic: (name: string) =>
        Promise.resolve(this.makeTopic(name, this.partitions.length, 'AAAAAAAAAAAAAAAAAAAACQ')),
    }
    return core as unknown as BrokerCore
  }

  makeTopic(name: string, partitions: number, topicId: string): TopicImage {
    const topic = new TopicImage(name, topicId, new Map())
    for (let index = 0; index < partitions; index++)
      topic.partitions.push({ leaderEpoch: 0, partitionEpoch: 0 })
    this.topics.set(name, topic)
    return topic
  }

  deleteTopic(name: string): void {
    const topic = this.topics.get(name)!
    this.topics.delete(name)
    for (const listener of this.#listeners) listener.onTopicDeleted?.(topic)
  }

  get listenerCount(): number {
    return this.#listeners.size
  }

  /** Ends the syncs that wait. After one that failed nothing can be written any more. */
  async sync(error?: Error): Promise<void> {
    if (error) this.#logs.failure = error
    for (const held of this.#held.splice(0)) {
      if (error) held.reject(error)
      else held.resolve()
    }
    await this.clock.turn()
  }

  #commit(): Promise<void> {
    if (this.#logs.failure) return Promise.reject(this.#logs.failure)
    this.syncCount++
    const counts = this.partitions.map(log => log.batches.length)
    const reached = () => {
      this.partitions.forEach((log, index) => {
        log.durableCount = Math.max(log.durableCount, counts[index]!)
      })
    }
    if (!this.slowDisk) {
      reached()
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      this.#held.push({
        resolve: () => {
          reached()
          resolve()
        },
        reject,
      })
    })
  }
}
