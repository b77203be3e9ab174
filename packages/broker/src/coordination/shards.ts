// The partitions of an internal topic as a coordinator uses them: found by key, loaded once, written to, let go with the topic.
import type { PartitionLog } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import type { BrokerCore } from '../core.ts'
import { type InternalTopicLayout, internalTopicLayout } from '../metadata/internal-topics.ts'
import { coordinatorPartition } from './coordinator-key.ts'
import { PartitionWriter } from './partition-writer.ts'
import type { CoordinatorRecord, TransactionalProducer } from './record.ts'
import { replay } from './replay.ts'
import type { Change, Shard, ShardKind } from './shard-kind.ts'

export class Shards<S extends Shard> {
  readonly #core: BrokerCore
  readonly #kind: ShardKind<S>
  readonly #writer: PartitionWriter
  readonly #unlisten: () => void
  /** By partition: being loaded. */
  readonly #loading = new Map<number, Promise<S>>()
  /** By partition: in service. */
  readonly #loaded = new Map<number, S>()
  /** Of the topic when it was first seen. Partitions added later would give keys another place, and their state would be lost. */
  #partitionCount: number | undefined
  /** Counts the topics of this name that have come and gone: what began under an earlier one ends there. */
  #life = 0

  constructor(core: BrokerCore, kind: ShardKind<S>) {
    this.#core = core
    this.#kind = kind
    this.#writer = new PartitionWriter({
      clock: core.clock,
      logs: core.logs,
      partition: index => core.partition(kind.topic, index),
      batchBytesMax: () => {
        const topic = core.metadata.image.topic(kind.topic)
        return topic ? core.topicConfig(topic).maxMessageBytes : 0
      },
    })
    this.#unlisten = core.metadata.listen({
      onTopicDeleted: topic => {
        if (topic.name === kind.topic) this.#unload()
      },
    })
  }

  /** Whether the topic exists. Without it there is no state. */
  get exists(): boolean {
    return this.#core.metadata.image.topic(this.#kind.topic) !== undefined
  }

  /** Partitions that keys are spread over, or will be once the topic is made. */
  get partitionCount(): number {
    return this.#count() ?? this.#layout.partitions
  }

  /** Makes the topic unless it exists. */
  async create(): Promise<void> {
    if (this.exists) return
    const { partitions, configs } = this.#layout
    await this.#core.ensureInternalTopic(this.#kind.topic, partitions, configs)
  }

  /** The shard of a key; a promise when it has to be loaded, undefined when nothing was ever stored. */
  find(key: string): S | Promise<S> | undefined {
    const count = this.#count()
    return count === undefined ? undefined : this.at(coordinatorPartition(key, count))
  }

  /** The same, made where it does not exist. */
  findOrCreate(key: string): S | Promise<S> {
    return this.find(key) ?? this.create().then(() => this.#require(key))
  }

  /** The shard of a partition; a promise when it has to be loaded. Throws COORDINATOR_NOT_AVAILABLE when there is no such partition. */
  at(index: number): S | Promise<S> {
    const known = this.#loaded.get(index) ?? this.#loading.get(index)
    if (known) return known
    const log = this.#core.partition(this.#kind.topic, index)
    if (!log) throw new ApiError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    // Nothing to read: the usual case of a new broker.
    if (log.logStartOffset === log.highWatermark) return this.#serve(this.#kind.load(index).finish())
    const loading = this.#load(index, log)
    this.#loading.set(index, loading)
    return loading
  }

  /** Every shard, loaded one after the other where that was not done. */
  async all(): Promise<S[]> {
    const topic = this.#core.metadata.image.topic(this.#kind.topic)
    const shards: S[] = []
    for (let index = 0; index < (topic?.partitions.length ?? 0); index++) {
      shards.push(await this.at(index))
    }
    return shards
  }

  /** Shards that are in memory now. */
  loaded(): Iterable<S> {
    return this.#loaded.values()
  }

  /** Loads everything without being asked: deadlines run from the broker's start, not from the first request. */
  async loadInBackground(): Promise<void> {
    try {
      if (this.exists) await this.all()
    } catch {
      // Said where it happened; requests try again.
    }
  }

  /**
   * Writes records to the shard's partition in one batch, in the order of the calls: they have their place when this returns.
   * Resolves when they are durable; `change` is seen from then on. Rejects with the storage's error, and nothing is seen. With a `producer`
   * they are part of its transaction.
   */
  async write(
    shard: S,
    records: readonly CoordinatorRecord[],
    change?: Change,
    producer?: TransactionalProducer,
  ): Promise<void> {
    if (records.length === 0) return
    // Of a topic that was deleted: its records have no business in a new one of that name.
    if (this.#loaded.get(shard.index) !== shard) throw new ApiError(ErrorCode.NOT_COORDINATOR)
    change?.begin()
    let baseOffset = -1
    try {
      baseOffset = await this.#writer.append(shard.index, records, producer)
    } finally {
      change?.settle(baseOffset !== -1, baseOffset)
    }
  }

  /** Resolves when what was written before is durable, or has failed. */
  settled(): Promise<void> {
    return this.#writer.settled()
  }

  /** Lets go of every shard. What was being written is written. */
  async close(): Promise<void> {
    this.#unlisten()
    for (const shard of this.#loaded.values()) this.#kind.unloaded(shard)
    await this.settled()
  }

  /** The topic is gone, and all state with it. */
  #unload(): void {
    const shards = [...this.#loaded.values()]
    this.#life++
    this.#loaded.clear()
    this.#loading.clear()
    this.#partitionCount = undefined
    for (const shard of shards) this.#kind.unloaded(shard)
  }

  get #layout(): InternalTopicLayout {
    const layout = internalTopicLayout(this.#kind.topic, this.#core.config)
    invariant(layout !== undefined, 'the topic of a coordinator has a layout')
    return layout
  }

  /** Partitions that keys are spread over; undefined without the topic. */
  #count(): number | undefined {
    this.#partitionCount ??= this.#core.metadata.image.topic(this.#kind.topic)?.partitions.length
    return this.#partitionCount
  }

  async #require(key: string): Promise<S> {
    const shard = await this.find(key)
    if (!shard) throw new ApiError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    return shard
  }

  #serve(shard: S): S {
    invariant(!this.#loaded.has(shard.index), 'a partition has one shard')
    this.#loaded.set(shard.index, shard)
    this.#kind.loaded(shard)
    return shard
  }

  async #load(index: number, log: PartitionLog): Promise<S> {
    const { clock, logger } = this.#core
    const { topic } = this.#kind
    const life = this.#life
    const beganMs = clock.monotonic()
    const loader = this.#kind.load(index)
    try {
      const { recordCount, unknownCount } = await replay(log, loader)
      if (life !== this.#life) throw new ApiError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
      const shard = this.#serve(loader.finish())
      const tookMs = Math.round(clock.monotonic() - beganMs)
      logger.log('debug', 'coordinator.loaded', { topic, partition: index, records: recordCount, tookMs })
      if (unknownCount > 0) {
        const fields = { topic, partition: index, records: unknownCount }
        logger.log('warn', 'coordinator.unknown_records', fields)
      }
      return shard
    } catch (error) {
      const fields = { topic, partition: index, error: String(error) }
      if (life === this.#life) logger.log('error', 'coordinator.load_failed', fields)
      throw error
    } finally {
      // After a failure the next request tries again.
      if (life === this.#life) this.#loading.delete(index)
    }
  }
}
