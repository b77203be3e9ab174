// The partitions of `__consumer_offsets` as the coordinator uses them: found by group, loaded once, written to.
import type { PartitionLog } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import type { BrokerCore } from '../core.ts'
import { internalTopicLayout, offsetsTopic } from '../metadata/internal-topics.ts'
import { restoreGroup } from './classic-group.ts'
import { coordinatorPartition } from './coordinator-key.ts'
import { GroupShard } from './group-shard.ts'
import type { GroupRunner } from './group-runner.ts'
import type { OffsetChange } from './offset-table.ts'
import { offsetRecord, type OffsetsRecord } from './offsets-records.ts'
import { RecordJournal } from './record-journal.ts'
import { replay } from './replay.ts'

export class Shards {
  readonly #core: BrokerCore
  readonly #runner: GroupRunner
  readonly #journal: RecordJournal
  /** By partition: loaded, or being loaded. */
  readonly #shards = new Map<number, GroupShard | Promise<GroupShard>>()
  /** Of the topic when it was first seen. Partitions added later would give groups another place, and their offsets would be lost. */
  #partitionCount: number | undefined

  constructor(core: BrokerCore, runner: GroupRunner) {
    this.#core = core
    this.#runner = runner
    this.#journal = new RecordJournal({
      clock: core.clock,
      logs: core.logs,
      partition: index => core.partition(offsetsTopic, index),
      batchBytesMax: () => {
        const topic = core.metadata.image.topic(offsetsTopic)
        return topic ? core.topicConfig(topic).maxMessageBytes : 0
      },
    })
  }

  /** Whether the topic exists. Without it there are no groups and no offsets. */
  get exists(): boolean {
    return this.#core.metadata.image.topic(offsetsTopic) !== undefined
  }

  /** Makes the topic unless it exists. */
  async create(): Promise<void> {
    if (this.exists) return
    const layout = internalTopicLayout(offsetsTopic, this.#core.config)
    if (!layout) throw new Error(`${offsetsTopic} has no layout`)
    await this.#core.ensureInternalTopic(offsetsTopic, layout.partitions, layout.configs)
  }

  /** The shard of a group; a promise when it has to be loaded, undefined when nothing was ever stored. */
  find(groupId: string): GroupShard | Promise<GroupShard> | undefined {
    const count = this.#count()
    return count === undefined ? undefined : this.#shard(coordinatorPartition(groupId, count))
  }

  /** The same, made where it does not exist. */
  findOrCreate(groupId: string): GroupShard | Promise<GroupShard> {
    return this.find(groupId) ?? this.create().then(() => this.#require(groupId))
  }

  /** Every shard, loaded one after the other where that was not done. */
  async all(): Promise<GroupShard[]> {
    const topic = this.#core.metadata.image.topic(offsetsTopic)
    const shards: GroupShard[] = []
    for (let index = 0; index < (topic?.partitions.length ?? 0); index++)
      shards.push(await this.#shard(index))
    return shards
  }

  /** Shards that are in memory now. */
  *loaded(): Generator<GroupShard> {
    for (const shard of this.#shards.values()) if (shard instanceof GroupShard) yield shard
  }

  /**
   * Writes changes of offsets and other records to the shard's log as one batch, in the order of the calls. Resolves when they
   * are durable; the changes are seen from then on. Rejects with the storage's error, and nothing is seen.
   */
  async write(
    shard: GroupShard,
    changes: readonly OffsetChange[],
    others: readonly OffsetsRecord[] = [],
  ): Promise<void> {
    if (changes.length === 0 && others.length === 0) return
    const records = [...changes.map(offsetRecord), ...others]
    for (const change of changes) shard.offsets.begin(change)
    let durable = false
    try {
      await this.#journal.append(shard.index, records)
      durable = true
    } finally {
      for (const change of changes) shard.offsets.settle(change, durable)
    }
  }

  /** Resolves when what was written before is durable, or has failed. */
  settled(): Promise<void> {
    return this.#journal.settled()
  }

  /** The topic is gone, and all groups with it. */
  forget(): void {
    this.#shards.clear()
    this.#partitionCount = undefined
  }

  /** Partitions that groups are spread over; undefined without the topic. */
  #count(): number | undefined {
    this.#partitionCount ??= this.#core.metadata.image.topic(offsetsTopic)?.partitions.length
    return this.#partitionCount
  }

  async #require(groupId: string): Promise<GroupShard> {
    const shard = await this.find(groupId)
    if (!shard) throw new ApiError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    return shard
  }

  #shard(index: number): GroupShard | Promise<GroupShard> {
    const known = this.#shards.get(index)
    if (known) return known
    const log = this.#core.partition(offsetsTopic, index)
    if (!log) throw new ApiError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    if (log.logStartOffset === log.highWatermark) {
      // Nothing to read: the usual case of a new broker.
      const shard = new GroupShard(index)
      this.#shards.set(index, shard)
      return shard
    }
    const loading = this.#load(index, log)
    this.#shards.set(index, loading)
    loading.then(
      shard => {
        if (this.#shards.get(index) === loading) this.#shards.set(index, shard)
      },
      (error: unknown) => {
        // The next request tries again.
        if (this.#shards.get(index) === loading) this.#shards.delete(index)
        this.#core.logger.log('error', 'groups.load-failed', { partition: index, error: String(error) })
      },
    )
    return loading
  }

  async #load(index: number, log: PartitionLog): Promise<GroupShard> {
    const { clock, logger } = this.#core
    const beganMs = clock.monotonic()
    const shard = new GroupShard(index)
    const { snapshots, recordCount, foreignCount } = await replay(log, shard.offsets)
    for (const [groupId, snapshot] of snapshots) {
      this.#runner.host(shard, restoreGroup(groupId, snapshot, clock.monotonic()))
    }
    for (const groupId of shard.offsets.groupIds()) {
      if (!shard.groups.has(groupId)) this.#runner.create(shard, groupId)
    }
    const tookMs = Math.round(clock.monotonic() - beganMs)
    const fields = { partition: index, groups: shard.groups.size, records: recordCount, tookMs }
    logger.log('debug', 'groups.loaded', fields)
    if (foreignCount > 0)
      logger.log('warn', 'groups.foreign-records', { partition: index, records: foreignCount })
    return shard
  }
}
