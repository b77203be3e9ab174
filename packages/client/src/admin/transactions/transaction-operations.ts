// What `Admin` does with transactions.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { ShareOperations } from '../groups/share-operations.ts'
import { abortTransaction } from './abort-transaction.ts'
import {
  type DescribedProducers,
  describeProducers,
  type DescribeProducersOptions,
} from './describe-producers.ts'
import { type DescribedTransaction, describeTransactions } from './describe-transactions.ts'
import { type FencedProducer, fenceProducers } from './fence-producers.ts'
import { forceTerminateTransaction } from './force-terminate-transaction.ts'
import {
  type ListedTransaction,
  type ListTransactionsOptions,
  listTransactions,
} from './list-transactions.ts'
import {
  type TransactionInPartition,
  type TransactionMarker,
  writeTransactionMarkers,
  type WrittenMarker,
} from './write-transaction-markers.ts'

/** A part of `Admin`. */
export abstract class TransactionOperations extends ShareOperations {
  /**
   * All transactional ids that this client may see, sorted by id, or those in some states, of some producers, open for longer than a time, or that match a
   * pattern: ListTransactions, at every broker. Throws when one of them does not answer (ConnectionError, RequestTimeoutError), BrokerError
   * (`INVALID_REGULAR_EXPRESSION`). Changes nothing: repeat it at will.
   *
   * @example
   * const old = await admin.listTransactions({ states: ['Ongoing'], durationMs: 60_000 })
   */
  listTransactions(options?: ListTransactionsOptions): Promise<ListedTransaction[]> {
    return listTransactions(this.cluster, options)
  }

  /**
   * Transactional ids with their producers, states and partitions: DescribeTransactions, each at its coordinator. `TRANSACTIONAL_ID_NOT_FOUND` is an
   * outcome. So is `TRANSACTIONAL_ID_AUTHORIZATION_FAILED`. Changes nothing: repeat it at will.
   *
   * @example
   * const [billing] = await admin.describeTransactions(['billing'])
   */
  describeTransactions(
    transactionalIds: readonly string[],
    options?: AdminCallOptions,
  ): Promise<DescribedTransaction[]> {
    return describeTransactions(this.cluster, transactionalIds, options)
  }

  /**
   * Producers with state in partitions: where their open transactions begin, for who looks for one that nobody ends. DescribeProducers, at each leader, or
   * at the replicas of one broker. `UNKNOWN_TOPIC_OR_PARTITION` and, of a broker, `NOT_LEADER_OR_FOLLOWER` are outcomes. Changes nothing: repeat it at
   * will.
   *
   * @example
   * const [{ producers }] = await admin.describeProducers([{ topic: 'orders', partition: 0 }])
   */
  describeProducers(
    partitions: readonly TopicPartition[],
    options?: DescribeProducersOptions,
  ): Promise<DescribedProducers[]> {
    return describeProducers(this.cluster, partitions, options)
  }

  /**
   * Aborts a transaction in one partition, where it hangs: its coordinator does not know of it any more, and readers of committed data wait.
   * WriteTxnMarkers, at the leader. Of a transaction that its coordinator knows of it takes a part away: use `fenceProducers`. Throws BrokerError
   * (`INVALID_PRODUCER_EPOCH`, `TRANSACTION_COORDINATOR_FENCED`, `CLUSTER_AUTHORIZATION_FAILED`). Look with `describeProducers` before you repeat it: of a
   * producer that is alive it would abort the next transaction.
   *
   * @example
   * await admin.abortTransaction({ topic: 'orders', partition: 0, producerId: 4000, producerEpoch: 3, coordinatorEpoch: 0 })
   */
  abortTransaction(transaction: TransactionInPartition, options?: AdminCallOptions): Promise<void> {
    return abortTransaction(this.cluster, transaction, options)
  }

  /**
   * Takes transactional ids over, so that whoever has them is fenced and what is open is aborted: InitProducerId, each at its coordinator.
   * `TRANSACTIONAL_ID_AUTHORIZATION_FAILED` is an outcome. Repeating it fences whoever has taken the id since.
   *
   * @example
   * throwFirst(await admin.fenceProducers(['billing']))
   */
  fenceProducers(transactionalIds: readonly string[], options?: AdminCallOptions): Promise<FencedProducer[]> {
    return fenceProducers(this.cluster, transactionalIds, options)
  }

  /**
   * Ends what a transactional id has open, prepared for a second phase or not, and fences its producer (KIP-939): InitProducerId, at its coordinator.
   * Waits until it is aborted. Throws BrokerError (`TRANSACTIONAL_ID_AUTHORIZATION_FAILED`). Repeating it fences whoever has taken the id since.
   *
   * @example
   * await admin.forceTerminateTransaction('billing')
   */
  forceTerminateTransaction(transactionalId: string, options?: AdminCallOptions): Promise<void> {
    return forceTerminateTransaction(this.cluster, transactionalId, options)
  }

  /**
   * Writes the markers that end transactions, by hand, in the order given: WriteTxnMarkers, at each leader. For who repairs what a lost coordinator has
   * left; otherwise use `abortTransaction`. `INVALID_PRODUCER_EPOCH` and `TRANSACTION_COORDINATOR_FENCED` are outcomes. Look with `describeProducers`
   * before you repeat it: of a producer that is alive it would end the next transaction.
   *
   * @example
   * const hanging = { producerId: 4000, producerEpoch: 3, coordinatorEpoch: 0 }
   * throwFirst(await admin.writeTransactionMarkers([{ topic: 'orders', partition: 0, ...hanging, committed: true }]))
   */
  writeTransactionMarkers(
    markers: readonly TransactionMarker[],
    options?: AdminCallOptions,
  ): Promise<WrittenMarker[]> {
    return writeTransactionMarkers(this.cluster, markers, options)
  }
}
