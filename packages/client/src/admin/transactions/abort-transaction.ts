// Admin: end a transaction that hangs in a partition, since nobody else will: a marker at the partition's leader (KIP-664).
import type { Cluster } from '../../cluster/cluster.ts'
import { entry, optionsWith } from '../../config/arguments.ts'
import type { AdminCallOptions } from '../call-options.ts'
import {
  transactionFields,
  type TransactionInPartition,
  writeTransactionMarkers,
} from './write-transaction-markers.ts'

const checkTransaction = entry(transactionFields)
const checkOptions = optionsWith()

/** Writes an abort marker to one partition. Throws BrokerError: `INVALID_PRODUCER_EPOCH`, `TRANSACTION_COORDINATOR_FENCED`, … */
export async function abortTransaction(
  cluster: Cluster,
  transaction: TransactionInPartition,
  options: AdminCallOptions = {},
): Promise<void> {
  checkTransaction('abortTransaction: transaction', transaction)
  checkOptions('abortTransaction: options', options)
  const [outcome] = await writeTransactionMarkers(cluster, [transaction], options)
  if (outcome!.error) throw outcome!.error
}
