// Records of a coordinator's topic, as they are written.
import type { TransactionVerification } from '@millrace/log'

/** Key and value; the value of a tombstone is null. */
export interface CoordinatorRecord {
  readonly key: Buffer
  readonly value: Buffer | null
}

/** Who writes within a transaction, to a partition that belongs to it. */
export interface TransactionalProducer {
  readonly producerId: number
  readonly producerEpoch: number
  /** What the partition's log has given out when the transaction was verified; undefined where it is open there. */
  readonly verification: TransactionVerification | undefined
}
