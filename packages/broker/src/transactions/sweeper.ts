// Looks over the transactions from time to time: those open for too long are aborted, ids that nobody uses are forgotten.
import type { Timer } from '@millrace/runtime'
import type { Shards } from '../coordination/shards.ts'
import type { BrokerCore } from '../core.ts'
import type { TransactionRunner } from './runner.ts'
import { noTimeoutMs } from './transaction.ts'
import type { TransactionShard } from './transaction-shard.ts'

export class TransactionSweeper {
  readonly #core: BrokerCore
  readonly #shards: Shards<TransactionShard>
  readonly #runner: TransactionRunner
  readonly #timers = new Map<string, Timer>()

  constructor(core: BrokerCore, shards: Shards<TransactionShard>, runner: TransactionRunner) {
    this.#core = core
    this.#shards = shards
    this.#runner = runner
    const { config } = core
    this.#every(config.get('transaction.abort.timed.out.transaction.cleanup.interval.ms'), 'abort', () =>
      this.abortTimedOut(),
    )
    this.#every(config.get('transaction.remove.expired.transaction.cleanup.interval.ms'), 'expire', () =>
      this.expire(),
    )
  }

  /**
   * Aborts transactions that have been open for longer than their timeout, and fences their producers. Both clocks count: one that began before
   * the last start by what was stored of it, and one whose beginning a wall clock set backwards has put into the future by what was seen of it.
   */
  abortTimedOut(): void {
    const { clock } = this.#core
    const nowMs = clock.now()
    const monotonicMs = clock.monotonic()
    const { level } = this.#runner
    for (const [hosted, openSinceMs] of this.#runner.open) {
      const { timeoutMs, startTimestampMs } = hosted.transaction.metadata
      if (timeoutMs === noTimeoutMs) continue
      if (startTimestampMs + timeoutMs >= nowMs && openSinceMs + timeoutMs >= monotonicMs) continue
      this.#runner.runQuietly(hosted, { type: 'time-out', level, freshProducerId: null })
    }
  }

  /** Forgets ids without an open transaction that were not used for `transactional.id.expiration.ms`. */
  expire(): void {
    const expirationMs = this.#core.config.get('transactional.id.expiration.ms')
    for (const shard of this.#shards.loaded()) {
      for (const hosted of shard.transactions.values()) {
        this.#runner.runQuietly(hosted, { type: 'expire', expirationMs })
      }
    }
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
  }

  #every(intervalMs: number, name: string, run: () => void): void {
    const again = () => {
      const timer = this.#core.clock.setTimer(
        intervalMs,
        () => {
          again()
          run()
        },
        { unref: true },
      )
      this.#timers.set(name, timer)
    }
    again()
  }
}
