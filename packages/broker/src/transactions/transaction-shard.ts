// The transactional ids of one partition of `__transaction_state`, in memory as the partition's log says.
import type { Shard } from '../coordination/shard-kind.ts'
import type { Transaction } from './transaction.ts'

/** A transaction with its place in the coordinator. */
export class HostedTransaction {
  readonly shard: TransactionShard
  readonly transaction: Transaction
  #waiting: (() => void)[] = []

  constructor(shard: TransactionShard, transaction: Transaction) {
    this.shard = shard
    this.transaction = transaction
  }

  /** Calls `run` once, when nothing is on its way any more or the transaction is let go. Returns what takes that back. */
  whenSettled(run: () => void): () => void {
    this.#waiting.push(run)
    return () => {
      this.#waiting = this.#waiting.filter(each => each !== run)
    }
  }

  settled(): void {
    for (const run of this.#waiting.splice(0)) run()
  }
}

export class TransactionShard implements Shard {
  readonly index: number
  /** By transactional id. */
  readonly transactions = new Map<string, HostedTransaction>()

  constructor(index: number) {
    this.index = index
  }
}
