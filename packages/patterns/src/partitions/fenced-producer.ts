// A lock by fencing: of all producers with one transactional id, the last that was initialized is the only one whose transactions are committed.
//
// What its owner reads after `hold` resolved and before `transact` commits is therefore the whole truth about what was committed under the id: whoever else begins makes the commit fail, and whatever
// others had left open is decided by then.
import {
  Producer,
  ProducerFencedError,
  type ProducerOptions,
  type Transaction,
  TransactionFatalError,
} from '@millrace/client'

/** A lock as who works under it needs it. */
export type Lock = Pick<FencedProducer, 'close' | 'hold' | 'isHeld' | 'transact'>

export class FencedProducer {
  readonly #options: ProducerOptions
  #producer: Producer | undefined
  #isHeld = false
  #closed: Promise<void> | undefined

  constructor(options: ProducerOptions, transactionalId: string) {
    this.#options = { ...options, transactionalId }
  }

  /** Whether nobody has taken it away, as far as is known. */
  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Resolves when a topic is there. Rejects with what brokers say of it, and when it is not in time. */
  async topicIsThere(name: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    this.#producer ??= new Producer(this.#options)
    await this.#producer.cluster.topic(name, { timeoutMs, signal })
  }

  /** Takes the lock, unless it is held already. Returns whether it had to: then everything that others may have written is to be read first. */
  async hold(signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted()
    if (this.#isHeld) return false
    this.#producer ??= new Producer(this.#options)
    await this.#guard(() => this.#producer!.initTransactions({ timeoutMs: Number.POSITIVE_INFINITY, signal }))
    this.#isHeld = true
    return true
  }

  /**
   * One transaction. When it rejects, nothing of it is committed, unless the lock was lost (`isHeld` is false then) or the signal aborted: then it may be, and taking the lock
   * decides it.
   */
  transact<T>(work: (transaction: Transaction) => Promise<T>, signal: AbortSignal): Promise<T> {
    // As long as it takes: an outcome that is not known is none.
    const patience = { timeoutMs: Number.POSITIVE_INFINITY, signal }
    return this.#guard(() => this.#producer!.transaction(work, patience))
  }

  /** What ends the producer ends the hold on the lock. */
  async #guard<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (error instanceof ProducerFencedError || error instanceof TransactionFatalError) await this.#drop()
      throw error
    }
  }

  async #drop(): Promise<void> {
    const producer = this.#producer
    this.#producer = undefined
    this.#isHeld = false
    await producer?.close({ timeoutMs: 0 }).catch(() => {})
  }

  /** Gives up what is open. */
  close(): Promise<void> {
    this.#closed ??= this.#drop()
    return this.#closed
  }
}
