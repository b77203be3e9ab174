// What `Admin` does with transactions, and with the features that say which version of them is in force.
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { abortTransaction, type TransactionToAbort } from './abort-transaction.ts'
import type { AdminCallOptions } from './call-options.ts'
import { type DescribedFeatures, describeFeatures } from './describe-features.ts'
import { type DescribedProducers, describeProducers } from './describe-producers.ts'
import { type DescribedTransaction, describeTransactions } from './describe-transactions.ts'
import { type FencedProducer, fenceProducers } from './fence-producers.ts'
import {
  type ListedTransaction,
  type ListTransactionsOptions,
  listTransactions,
} from './list-transactions.ts'
import { type FeatureUpdate, type UpdateFeaturesOptions, updateFeatures } from './update-features.ts'

/** A part of `Admin`. */
export abstract class TransactionOperations {
  abstract readonly cluster: Cluster

  /**
   * All transactional ids that this client may see, sorted by id, or those in some states, of some producers, open for longer than a time, or
   * that match a pattern: ListTransactions, at every broker.
   *
   * @example
   * const old = await admin.listTransactions({ states: ['Ongoing'], durationMs: 60_000 })
   */
  listTransactions(options?: ListTransactionsOptions): Promise<ListedTransaction[]> {
    return listTransactions(this.cluster, options)
  }

  /**
   * Transactional ids with their producers, states and partitions: DescribeTransactions, each at its coordinator.
   * `TRANSACTIONAL_ID_NOT_FOUND` is an outcome.
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
   * Producers with state in partitions: where their open transactions begin, for who looks for one that nobody ends. DescribeProducers, each
   * at its leader.
   *
   * @example
   * const [{ producers }] = await admin.describeProducers([{ topic: 'orders', partition: 0 }])
   */
  describeProducers(
    partitions: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<DescribedProducers[]> {
    return describeProducers(this.cluster, partitions, options)
  }

  /**
   * Aborts a transaction in one partition, where it hangs: its coordinator does not know of it any more, and readers of committed data wait.
   * WriteTxnMarkers, at the leader. Of a transaction that its coordinator knows of it takes a part away: use `fenceProducers`. Throws
   * BrokerError.
   *
   * @example
   * await admin.abortTransaction({ topic: 'orders', partition: 0, producerId: 4000, producerEpoch: 3, coordinatorEpoch: 0 })
   */
  abortTransaction(transaction: TransactionToAbort, options?: AdminCallOptions): Promise<void> {
    return abortTransaction(this.cluster, transaction, options)
  }

  /**
   * Takes transactional ids over, so that whoever has them is fenced and what is open is aborted: InitProducerId, each at its coordinator.
   *
   * @example
   * throwFirst(await admin.fenceProducers(['billing']))
   */
  fenceProducers(transactionalIds: readonly string[], options?: AdminCallOptions): Promise<FencedProducer[]> {
    return fenceProducers(this.cluster, transactionalIds, options)
  }

  /**
   * Features of the cluster and the levels at which they are in force: ApiVersions, at any broker.
   *
   * @example
   * const { features } = await admin.describeFeatures()
   */
  describeFeatures(options?: AdminCallOptions): Promise<DescribedFeatures> {
    return describeFeatures(this.cluster, options)
  }

  /**
   * Raises or lowers levels of features, all that are named or none: UpdateFeatures, at the controller. Throws BrokerError
   * (`INVALID_UPDATE_VERSION`).
   *
   * @example
   * await admin.updateFeatures([{ name: 'transaction.version', level: 1, kind: 'safeDowngrade' }])
   */
  updateFeatures(updates: readonly FeatureUpdate[], options?: UpdateFeaturesOptions): Promise<void> {
    return updateFeatures(this.cluster, updates, options)
  }
}
