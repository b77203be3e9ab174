// Asks every broker of the cluster, or some, for its part, and says of which ones it got none.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError, isRetriable, type KafkaError, OperationTimeoutError } from '../errors/index.ts'
import type { AdminCallOptions } from './call-options.ts'
import { concernsOneEntry } from './outcome.ts'

/** A broker that has not answered for this long, while others have, is taken for dead: the cluster has not noticed yet. */
const graceMs = 5_000

export interface BrokerAnswer<R> {
  readonly brokerId: number
  /** Undefined where there is an error. */
  readonly answer: R | undefined
  readonly error: KafkaError | undefined
}

/**
 * Calls `ask` for each broker that the cluster has, or for those of `brokerIds`, and again for those that fail with a retriable error. Returns what each
 * said in the order of their ids; a broker that the cluster does not have has `BROKER_NOT_AVAILABLE`. Throws what else goes wrong, and
 * OperationTimeoutError when none answers in time.
 */
export async function askEveryBroker<R>(
  cluster: Cluster,
  what: string,
  options: AdminCallOptions,
  ask: (brokerId: number) => Promise<R>,
  brokerIds?: readonly number[],
): Promise<BrokerAnswer<R>[]> {
  const round = new BrokerRound<R>(cluster, ask, brokerIds)
  try {
    await cluster.retry(what, signal => round.ask(signal), options)
  } catch (error) {
    if (!(error instanceof OperationTimeoutError) || !round.isHeard) throw error
  }
  return round.answers(what)
}

/** What is known of the brokers of one call so far. */
class BrokerRound<R> {
  readonly #cluster: Cluster
  readonly #ask: (brokerId: number) => Promise<R>
  readonly #chosen: readonly number[] | undefined
  readonly #answers = new Map<number, R>()
  readonly #failures = new Map<number, { readonly since: number; readonly error: KafkaError }>()
  /** Brokers that the cluster does not have. */
  readonly #unknown = new Map<number, KafkaError>()

  constructor(
    cluster: Cluster,
    ask: (brokerId: number) => Promise<R>,
    brokerIds: readonly number[] | undefined,
  ) {
    this.#cluster = cluster
    this.#ask = ask
    this.#chosen = brokerIds && [...new Set(brokerIds)]
  }

  /** Whether a broker has answered. */
  get isHeard(): boolean {
    return this.#answers.size > 0
  }

  /** Without a choice: those of the newest metadata. A broker that the cluster has given up has no part any more. */
  get #brokerIds(): readonly number[] {
    return this.#chosen ?? [...this.#cluster.metadata.nodes.keys()]
  }

  async ask(signal?: AbortSignal): Promise<void> {
    await this.#cluster.refreshMetadata([], signal)
    await Promise.all(this.#brokerIds.filter(id => this.#isOpen(id)).map(id => this.#askOne(id)))
    const missing = this.#brokerIds.find(id => this.#mayCome(id))
    if (missing !== undefined) throw this.#failures.get(missing)!.error
  }

  answers(what: string): BrokerAnswer<R>[] {
    return this.#brokerIds
      .toSorted((a, b) => a - b)
      .map(brokerId => ({
        brokerId,
        answer: this.#answers.get(brokerId),
        error: this.#answers.has(brokerId) ? undefined : this.#whyNot(brokerId, what),
      }))
  }

  #whyNot(brokerId: number, what: string): KafkaError {
    return this.#unknown.get(brokerId) ?? this.#failures.get(brokerId)?.error ?? noAnswer(what, brokerId)
  }

  async #askOne(brokerId: number): Promise<void> {
    const startedAt = this.#cluster.clock.monotonic()
    try {
      this.#answers.set(brokerId, await this.#ask(brokerId))
      this.#failures.delete(brokerId)
    } catch (error) {
      if (!concernsOneEntry(error)) throw error
      if (isRetriable(error)) {
        const since = this.#failures.get(brokerId)?.since ?? startedAt
        this.#failures.set(brokerId, { since, error })
      } else if (this.#chosen && isUnknownBroker(error)) this.#unknown.set(brokerId, error)
      else throw error
    }
  }

  #isOpen(brokerId: number): boolean {
    return !this.#answers.has(brokerId) && !this.#unknown.has(brokerId)
  }

  #mayCome(brokerId: number): boolean {
    if (!this.#isOpen(brokerId)) return false
    const since = this.#failures.get(brokerId)?.since ?? 0
    return !this.isHeard || this.#cluster.clock.monotonic() - since < graceMs
  }
}

function isUnknownBroker(error: KafkaError): boolean {
  return error instanceof BrokerError && error.errorCode === ErrorCode.BROKER_NOT_AVAILABLE
}

function noAnswer(what: string, brokerId: number): KafkaError {
  return new OperationTimeoutError(`${what}: broker ${brokerId} has not answered in time`)
}
