// What admin clients ask about transactions: describe one, list some (KIP-664, KIP-994, KIP-1152).
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import type { Shards } from '../coordination/shards.ts'
import type { BrokerCore } from '../core.ts'
import { patternTimeoutMs } from '../limits.ts'
import { PatternError, wholeMatches } from '../node-pattern.ts'
import type { Transaction } from './transaction.ts'
import { isTransactionState } from './transaction-state.ts'
import type { TransactionShard } from './transaction-shard.ts'

/** Which transactions are listed; empty sets ask for all. */
export interface TransactionFilter {
  readonly states: ReadonlySet<string>
  readonly producerIds: ReadonlySet<number>
  /** Those that began longer ago, in milliseconds, and those that are none at present; negative for all. */
  readonly durationMs: number
  /** A regular expression that the whole id must match; null or empty for all. */
  readonly pattern: string | null
  /** Whether the client may know of a transaction. Asked before the pattern, which takes time: of ids that are none of its business it takes none. */
  readonly maySee: (transactionalId: string) => boolean
}

export interface ListedTransactions {
  readonly transactions: readonly Transaction[]
  /** States asked for that do not exist. */
  readonly unknownStates: readonly string[]
}

export class TransactionAdmin {
  readonly #core: BrokerCore
  readonly #shards: Shards<TransactionShard>

  constructor(core: BrokerCore, shards: Shards<TransactionShard>) {
    this.#core = core
    this.#shards = shards
  }

  /** The transaction as it is now: to be read at once. The error for its absence otherwise. */
  async describe(transactionalId: string): Promise<Transaction | number> {
    if (transactionalId === '') return ErrorCode.INVALID_REQUEST
    const shard = await this.#shards.find(transactionalId)
    if (!shard) return ErrorCode.NOT_COORDINATOR
    const transaction = shard.transactions.get(transactionalId)?.transaction
    return transaction?.isStored ? transaction : ErrorCode.TRANSACTIONAL_ID_NOT_FOUND
  }

  /** Those that pass the filter, as they are now. Throws `ApiError` (INVALID_REGULAR_EXPRESSION). */
  async list(filter: TransactionFilter): Promise<ListedTransactions> {
    const { states, producerIds, durationMs } = filter
    const nowMs = this.#core.clock.now()
    const found: Transaction[] = []
    for (const shard of await this.#shards.all()) {
      for (const { transaction } of shard.transactions.values()) {
        const { state, producerId, startTimestampMs } = transaction.metadata
        if (!transaction.isStored) continue
        if (producerIds.size > 0 && !producerIds.has(producerId)) continue
        if (states.size > 0 && !states.has(state)) continue
        if (durationMs >= 0 && nowMs - startTimestampMs <= durationMs) continue
        if (filter.maySee(transaction.transactionalId)) found.push(transaction)
      }
    }
    return {
      transactions: matching(found, filter.pattern),
      unknownStates: [...states].filter(state => !isTransactionState(state)),
    }
  }
}

function matching(found: readonly Transaction[], pattern: string | null): readonly Transaction[] {
  if (pattern === null || pattern === '') return found
  try {
    const ids = found.map(({ transactionalId }) => transactionalId)
    const matches = wholeMatches(pattern, ids, patternTimeoutMs)
    return found.filter((_, index) => matches[index])
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    throw new ApiError(
      ErrorCode.INVALID_REGULAR_EXPRESSION,
      `Transaction ID pattern \`${pattern}\` is not a valid regular expression: ${error.message}.`,
    )
  }
}
