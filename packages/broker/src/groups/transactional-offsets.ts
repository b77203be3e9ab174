// Offsets that are committed as part of a producer's transaction: they count when it commits.
import { LogError } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol'
import { commitDeadlines } from '../commit-deadlines.ts'
import { coordinatorErrorCode } from '../coordination/coordinator-error.ts'
import type { TransactionalProducer } from '../coordination/record.ts'
import type { Shards } from '../coordination/shards.ts'
import type { BrokerCore } from '../core.ts'
import { FirstBatch } from '../first-batch.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import type { ClassicRunner } from './classic/runner.ts'
import type { CommitIdentity } from './group.ts'
import type { GroupShard } from './group-shard.ts'
import type { OffsetToCommit } from './offset-manager.ts'
import { offsetRecord } from './offsets-records.ts'

/** No batch of a coordinator has a sequence. */
const noSequence = -1

export interface TransactionalCommit {
  readonly groupId: string
  readonly by: CommitIdentity
  readonly producerId: number
  readonly producerEpoch: number
  /** Transactions of version 2: the partition of the group joins the transaction by this. */
  readonly supportsEpochBump: boolean
  readonly offsets: readonly OffsetToCommit[]
  /**
   * Asks the transaction coordinator whether this partition of `__consumer_offsets` belongs to the producer's transaction; resolves with
   * the error for the commit, 0 for none.
   */
  readonly admit: (partition: number) => Promise<number>
}

export class TransactionalOffsets {
  readonly #core: BrokerCore
  readonly #shards: Shards<GroupShard>
  readonly #classic: ClassicRunner

  /** A commit to a group that does not exist makes a classic one. */
  constructor(core: BrokerCore, shards: Shards<GroupShard>, classic: ClassicRunner) {
    this.#core = core
    this.#shards = shards
    this.#classic = classic
  }

  /** Commits, all or nothing; resolves with the error for all of it, 0 once durable. */
  async commit(commit: TransactionalCommit): Promise<number> {
    const { groupId, producerId, producerEpoch, supportsEpochBump } = commit
    if (groupId === '') return ErrorCode.INVALID_GROUP_ID
    const shard = await this.#shards.findOrCreate(groupId)
    const log = this.#core.partition(offsetsTopic, shard.index)
    if (!log) return ErrorCode.NOT_COORDINATOR
    const init = { producerId, producerEpoch, baseSequence: noSequence, supportsEpochBump }
    const first = new FirstBatch(log, init)
    const refused = await this.#verify(first, () => commit.admit(shard.index))
    if (refused !== ErrorCode.NONE) return refused
    const errorCode = this.#admit(shard, commit)
    if (errorCode !== ErrorCode.NONE) return errorCode
    const written = this.#write(shard, commit, { producerId, producerEpoch, verification: first.granted })
    const timeoutMs = this.#core.config.get('offsets.commit.timeout.ms')
    const inTime = await this.#core.service(commitDeadlines).within(timeoutMs, written)
    return inTime ? written : ErrorCode.COORDINATOR_NOT_AVAILABLE
  }

  /** Asks the transaction coordinator until its answer counts, or for as long as that may take. The error for the commit, 0 for none. */
  async #verify(first: FirstBatch, ask: () => Promise<number>): Promise<number> {
    const { clock, config } = this.#core
    const untilMs = clock.monotonic() + config.get('add.partitions.to.txn.retry.backoff.max.ms')
    // Where the transaction is open in the partition, it knows the partition.
    for (let lacking = first.lacking(); lacking; lacking = first.lacking()) {
      const errorCode = await ask()
      if (errorCode !== ErrorCode.NONE) return errorCode
      first.grant(lacking)
      if (clock.monotonic() >= untilMs) break
    }
    return ErrorCode.NONE
  }

  #admit(shard: GroupShard, { groupId, by }: TransactionalCommit): number {
    const hosted = shard.groups.get(groupId)
    if (hosted) return hosted.group.admitTransactionalCommit(by)
    if (by.generationId >= 0) return ErrorCode.ILLEGAL_GENERATION
    this.#classic.create(shard, groupId)
    return ErrorCode.NONE
  }

  async #write(
    shard: GroupShard,
    { groupId, offsets, supportsEpochBump }: TransactionalCommit,
    producer: TransactionalProducer,
  ): Promise<number> {
    const commitTimestampMs = this.#core.clock.now()
    const changes = offsets.map(({ topic, partition, ...offset }) => ({
      groupId,
      topic,
      partition,
      committed: { ...offset, commitTimestampMs, expireTimestampMs: -1 },
    }))
    try {
      const change = shard.offsets.writtenInTransaction(producer.producerId, changes)
      await this.#shards.write(shard, changes.map(offsetRecord), change, producer)
      return ErrorCode.NONE
    } catch (error) {
      const fields = { partition: shard.index, group: groupId, error: String(error) }
      this.#core.logger.log('warn', 'offsets.write_failed', fields)
      // Of version 1 it came late. Else the transaction is known, and only its beginning here was taken back, or the one before has just ended.
      const isLate = producer.verification !== undefined && !supportsEpochBump
      if (!isLate && error instanceof LogError && error.codeName === 'INVALID_TXN_STATE') {
        return ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
      }
      return coordinatorErrorCode(error)
    }
  }
}
