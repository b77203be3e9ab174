// The transactional ids of one partition of `__transaction_state`, and how they come out of its records.
import type { ShardKind, ShardLoader } from '../coordination/shard-kind.ts'
import { transactionsTopic } from '../metadata/internal-topics.ts'
import { Transaction, type TransactionMetadata } from './transaction.ts'
import { readTransactionRecord } from './transaction-records.ts'
import { HostedTransaction, TransactionShard } from './transaction-shard.ts'

/** What a shard in service is for its owner. */
export interface ShardOwner {
  loaded(shard: TransactionShard): void
  unloaded(shard: TransactionShard): void
}

export function transactionShards(owner: ShardOwner): ShardKind<TransactionShard> {
  return {
    topic: transactionsTopic,
    load: index => new TransactionLoader(index),
    loaded: shard => owner.loaded(shard),
    unloaded: shard => owner.unloaded(shard),
  }
}

class TransactionLoader implements ShardLoader<TransactionShard> {
  readonly #index: number
  readonly #latest = new Map<string, TransactionMetadata>()

  constructor(index: number) {
    this.#index = index
  }

  record(key: Buffer, value: Buffer | null): boolean {
    const entry = readTransactionRecord(key, value)
    if (!entry) return false
    if (entry.metadata) this.#latest.set(entry.transactionalId, entry.metadata)
    else this.#latest.delete(entry.transactionalId)
    return true
  }

  /** Nobody writes transactions into this topic. */
  marker(): void {}

  finish(): TransactionShard {
    const shard = new TransactionShard(this.#index)
    for (const [id, metadata] of this.#latest) {
      shard.transactions.set(id, new HostedTransaction(shard, new Transaction(id, metadata)))
    }
    return shard
  }
}
