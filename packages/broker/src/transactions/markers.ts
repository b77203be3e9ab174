// Ends transactions in the partitions that took part: appends the markers that say whether they were committed, committed offsets of groups
// included.
import type { AppendInfo, PartitionLog } from '@millrace/log'
import { ErrorCode, writeTransactionMarker } from '@millrace/protocol'
import { type CommitDeadlines, commitDeadlines } from '../commit-deadlines.ts'
import { committed } from '../committed.ts'
import { coordinatorErrorCode } from '../coordination/coordinator-error.ts'
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import { groupCoordinator } from '../groups/coordinator.ts'
import type { GroupShard } from '../groups/group-shard.ts'
import { markerTimeoutMs } from '../limits.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import { storageErrorCode } from '../storage-error.ts'
import type { TransactionPartition } from './admission.ts'

/** The end of one producer's transaction. */
export interface EndOfTransaction {
  readonly producerId: number
  /** Version 1: that of the data. Version 2: higher than it. */
  readonly producerEpoch: number
  /** Leader epoch of the partition of `__transaction_state` whose coordinator decided. */
  readonly coordinatorEpoch: number
  readonly committed: boolean
  /** Feature level `transaction.version` that the transaction was run with: 0, 1, or 2 (KIP-890, KIP-1228). */
  readonly transactionVersion: number
}

export class TransactionMarkers implements Service {
  readonly #core: BrokerCore
  readonly #deadlines: CommitDeadlines

  constructor(core: BrokerCore) {
    this.#core = core
    this.#deadlines = core.service(commitDeadlines)
  }

  /**
   * Writes the marker to each partition; resolves with an error code for each, in their order, when those with NONE are durable and what
   * they commit is seen. All of one call, and all calls of one turn of the event loop, share a sync. May be asked again for the same
   * transaction: a second marker changes nothing. Does not reject. Errors: UNKNOWN_TOPIC_OR_PARTITION, INVALID_PRODUCER_EPOCH (the producer
   * has gone on), TRANSACTION_COORDINATOR_FENCED, NOT_LEADER_OR_FOLLOWER (offsets that are being loaded: ask again), REQUEST_TIMED_OUT,
   * KAFKA_STORAGE_ERROR.
   */
  async write(end: EndOfTransaction, partitions: readonly TransactionPartition[]): Promise<number[]> {
    return Promise.all(
      partitions.map(({ topic, partition }) =>
        topic === offsetsTopic
          ? this.#endOffsets(end, partition)
          : this.#append(end, this.#core.partition(topic, partition)),
      ),
    )
  }

  /** Appends before it yields. `onDurable` gets the marker's offset, also when that comes too late for the answer. */
  async #append(
    end: EndOfTransaction,
    log: PartitionLog | undefined,
    onDurable?: (offset: number) => void,
  ): Promise<number> {
    if (!log) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    const { clock } = this.#core
    let appended: AppendInfo
    try {
      const { committed: commit, transactionVersion, ...producer } = end
      const marker = writeTransactionMarker({ ...producer, commit, timestamp: clock.now() })
      appended = log.append(marker, { origin: 'coordinator', transactionVersion })
    } catch (error) {
      return storageErrorCode(error)
    }
    const durable = committed(this.#core, log, appended).then(() => onDurable?.(appended.baseOffset))
    try {
      const inTime = await this.#deadlines.within(markerTimeoutMs, durable)
      return inTime ? ErrorCode.NONE : ErrorCode.REQUEST_TIMED_OUT
    } catch (error) {
      return storageErrorCode(error)
    }
  }

  /** What the transaction has committed for groups counts once the marker is durable, or is forgotten. */
  async #endOffsets(end: EndOfTransaction, partition: number): Promise<number> {
    const log = this.#core.partition(offsetsTopic, partition)
    if (!log) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    let shard: GroupShard | undefined
    try {
      // In memory before the marker is in the log: a shard that is being loaded may read it, or not.
      const found = this.#core.service(groupCoordinator).partition(partition)
      shard = found instanceof Promise ? await found : found
    } catch (error) {
      return asLeaderError(coordinatorErrorCode(error))
    }
    return this.#append(end, log, offset =>
      shard?.offsets.endTransaction(end.producerId, end.committed, offset),
    )
  }

  close(): void {}
}

/** Transaction coordinators do not expect errors of group coordinators: to this one they ask again, as in Kafka. */
function asLeaderError(errorCode: number): number {
  switch (errorCode) {
    case ErrorCode.COORDINATOR_NOT_AVAILABLE:
    case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
    case ErrorCode.NOT_COORDINATOR:
      return ErrorCode.NOT_LEADER_OR_FOLLOWER
    default:
      return errorCode
  }
}

export const transactionMarkers: ServiceDefinition<TransactionMarkers> = {
  name: 'transaction-markers',
  open: core => new TransactionMarkers(core),
}
