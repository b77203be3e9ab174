// The question whether a transaction knows the partitions that its producer is about to write to, and who answers it.
import type { Service } from '../core.ts'

/** A partition of a transaction. */
export interface TransactionPartition {
  readonly topic: string
  readonly partition: number
}

/** One producer is about to write its first batches of a transaction to these partitions. */
export interface TransactionAdmission {
  readonly transactionalId: string
  readonly producerId: number
  readonly producerEpoch: number
  readonly partitions: readonly TransactionPartition[]
  /**
   * Version 1: the producer has to have added the partitions itself (AddPartitionsToTxn), and is refused where it has not. False for
   * version 2 (KIP-890): they are added by this.
   */
  readonly verifyOnly: boolean
}

export interface TransactionVerifier extends Service {
  /**
   * An error code of the transaction coordinator for each partition, in their order; NONE once the transaction durably contains it. As Kafka's
   * coordinator says them (INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS, TRANSACTION_ABORTABLE,
   * COORDINATOR_NOT_AVAILABLE, …): who asks makes of them what its client understands. Does not reject.
   */
  admit(admission: TransactionAdmission): Promise<readonly number[]>
}
