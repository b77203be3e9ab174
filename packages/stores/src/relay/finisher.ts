// Takes rows that were sent out of the outbox, many at a time, and as often as it takes: a row that stays is sent again.
import { type Clock, type Random, sleep } from '@millrace/runtime'
import type { Backoff } from '@millrace/service'

export interface FinisherOptions {
  readonly clock: Clock
  readonly random: Random
  readonly backoff: Backoff
  /** Takes rows out. */
  readonly remove: (seqs: readonly number[]) => Promise<unknown>
  readonly onRetried: (error: unknown) => void
  /** Nothing is tried again once it aborts. */
  readonly signal: AbortSignal
}

/** Rows of one statement. */
const rowsMax = 1_000

export class Finisher {
  readonly #options: FinisherOptions
  #seqs: number[] = []
  #next: Promise<void> | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(options: FinisherOptions) {
    this.#options = options
  }

  /** Resolves when the rows are out, or nothing is tried any more. */
  finish(seqs: readonly number[]): Promise<void> {
    if (seqs.length === 0) return Promise.resolve()
    this.#seqs.push(...seqs)
    // What comes while the one before is under way goes together.
    this.#next ??= this.#running.then(() => {
      const all = this.#seqs
      this.#seqs = []
      this.#next = undefined
      this.#running = this.#remove(all)
      return this.#running
    })
    return this.#next
  }

  async #remove(seqs: readonly number[]): Promise<void> {
    const { clock, random, backoff, remove, onRetried, signal } = this.#options
    for (let from = 0; from < seqs.length; from += rowsMax) {
      const part = seqs.slice(from, from + rowsMax)
      for (let failures = 0; ; ) {
        try {
          await remove(part)
          break
        } catch (error) {
          if (signal.aborted) return
          onRetried(error)
          await sleep(clock, backoff(++failures, random), signal).catch(() => {})
        }
      }
    }
  }
}
