// Admin: write the markers that end transactions, by hand (KIP-664): what coordinators do otherwise.
import { WriteTxnMarkersApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import {
  entry,
  flag,
  int16,
  int32,
  integer,
  listOf,
  optionsWith,
  partitionFields,
} from '../../config/arguments.ts'
import { askLeaders } from '../by-leader.ts'
import type { AdminCallOptions } from '../call-options.ts'
import type { Outcome } from '../outcome.ts'

/** Whose transaction, and where. */
export interface TransactionInPartition extends TopicPartition {
  /** Whose transaction. */
  readonly producerId: number
  /** That of the producer in the partition (`describeProducers`). */
  readonly producerEpoch: number
  /** That of the last marker in the partition (`describeProducers`), 0 where there was none. */
  readonly coordinatorEpoch: number
}

/** A marker to write. */
export interface TransactionMarker extends TransactionInPartition {
  /** Whether readers of committed data are to see the records. Default false: they are aborted. */
  readonly committed?: boolean
}

/** What became of one marker. */
export interface WrittenMarker extends TopicPartition, Outcome {
  /** Whose transaction. */
  readonly producerId: number
}

export const transactionFields = {
  ...partitionFields,
  producerId: integer,
  producerEpoch: int16,
  coordinatorEpoch: int32,
} as const

const checkMarkers = listOf(entry({ ...transactionFields, committed: flag }))
const checkOptions = optionsWith()

/** Writes markers, each at the leader of its partition, in the order given. `INVALID_PRODUCER_EPOCH` and `TRANSACTION_COORDINATOR_FENCED` are outcomes. */
export async function writeTransactionMarkers(
  cluster: Cluster,
  markers: readonly TransactionMarker[],
  options: AdminCallOptions = {},
): Promise<WrittenMarker[]> {
  checkMarkers('writeTransactionMarkers: markers', markers)
  checkOptions('writeTransactionMarkers: options', options)
  const what =
    markers.length === 1
      ? `ending the transaction of producer ${markers[0]!.producerId}`
      : `ending ${markers.length} transactions`
  const outcomes = await askLeaders(cluster, what, markers, options, async (leader, share) => {
    const response = await cluster.request(
      WriteTxnMarkersApi,
      { markers: share.map(markerOf) },
      { to: { broker: leader }, signal: options.signal },
    )
    return response.markers.flatMap(({ topics }) =>
      topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, errorCode }) => ({
          topic: name,
          partition: partitionIndex,
          errorCode,
        })),
      ),
    )
  })
  return markers.map(({ topic, partition, producerId }, index) => ({
    topic,
    partition,
    producerId,
    error: outcomes[index]!.error,
  }))
}

function markerOf({
  topic,
  partition,
  producerId,
  producerEpoch,
  coordinatorEpoch,
  committed,
}: TransactionMarker) {
  return {
    producerId,
    producerEpoch,
    transactionResult: committed ?? false,
    topics: [{ name: topic, partitionIndexes: [partition] }],
    coordinatorEpoch,
  }
}
