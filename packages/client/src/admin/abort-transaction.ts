// Admin: end a transaction that hangs in a partition, since nobody else will: a marker at the partition's leader (KIP-664).
import { WriteTxnMarkersApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { entry, int16, int32, integer, optionsWith, partitionFields } from '../config/arguments.ts'
import { askLeaders } from './by-leader.ts'
import type { AdminCallOptions } from './call-options.ts'

/** Whose transaction to abort, and where. */
export interface TransactionToAbort extends TopicPartition {
  /** Whose transaction. */
  readonly producerId: number
  /** That of the producer in the partition (`describeProducers`). */
  readonly producerEpoch: number
  /** That of the last marker in the partition (`describeProducers`), 0 where there was none. */
  readonly coordinatorEpoch: number
}

const checkTransaction = entry({
  ...partitionFields,
  producerId: integer,
  producerEpoch: int16,
  coordinatorEpoch: int32,
})
const checkOptions = optionsWith()

/** Writes an abort marker to one partition. Throws BrokerError: `INVALID_PRODUCER_EPOCH`, `TRANSACTION_COORDINATOR_FENCED`, … */
export async function abortTransaction(
  cluster: Cluster,
  transaction: TransactionToAbort,
  options: AdminCallOptions = {},
): Promise<void> {
  checkTransaction('abortTransaction: transaction', transaction)
  checkOptions('abortTransaction: options', options)
  const { producerId, producerEpoch, coordinatorEpoch } = transaction
  const [outcome] = await askLeaders(
    cluster,
    `aborting the transaction of producer ${producerId}`,
    [transaction],
    options,
    async (leader, share) => {
      const { markers } = await cluster.request(
        WriteTxnMarkersApi,
        {
          markers: share.map(({ topic, partition }) => ({
            producerId,
            producerEpoch,
            transactionResult: false,
            topics: [{ name: topic, partitionIndexes: [partition] }],
            coordinatorEpoch,
          })),
        },
        { to: { broker: leader }, signal: options.signal },
      )
      return markers.flatMap(({ topics }) =>
        topics.flatMap(({ name, partitions }) =>
          partitions.map(({ partitionIndex, errorCode }) => ({
            topic: name,
            partition: partitionIndex,
            errorCode,
          })),
        ),
      )
    },
  )
  if (outcome?.error) throw outcome.error
}
