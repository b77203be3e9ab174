// The first batch of a transaction in a partition, from the question of whether the log knows the transaction to the append.
import type { PartitionLog, TransactionVerification } from '@millrace/log'

/** What the log is told of a batch that may be the first. */
export type FirstBatchInit = Parameters<PartitionLog['startVerification']>[0]

/**
 * What the coordinator says counts for the verification that was begun before it was asked. A full disk may take back the batch that has opened
 * the transaction: then it has to be asked for those behind it. A marker makes the verification void. By version 2 (KIP-890) the coordinator is
 * asked again then: the marker was that of the transaction before, whose end it has waited for, since each transaction has an epoch of its own. By version 1 a
 * producer writes to a partition when the transaction before has left it: a batch that a marker overtakes is late, and the log refuses it.
 */
export class FirstBatch {
  readonly #log: PartitionLog
  readonly #init: FirstBatchInit
  #granted: TransactionVerification | undefined

  constructor(log: PartitionLog, init: FirstBatchInit) {
    this.#log = log
    this.#init = init
  }

  /**
   * The verification that the coordinator has to be asked about before the batch may be appended, undefined for none: the transaction is open here, or
   * what was granted counts still. Throws INVALID_PRODUCER_EPOCH.
   */
  lacking(): TransactionVerification | undefined {
    if (this.#granted && !this.#init.supportsEpochBump) return undefined
    const verification = this.#log.startVerification(this.#init)
    return verification === this.#granted ? undefined : verification
  }

  /** The coordinator was asked about this verification, and knows of the transaction. */
  grant(verification: TransactionVerification): void {
    this.#granted = verification
  }

  /** What goes to the log with the batch. */
  get granted(): TransactionVerification | undefined {
    return this.#granted
  }
}
