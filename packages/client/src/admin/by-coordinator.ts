// Sends one request to each coordinator of the keys concerned, and again for those whose coordinator moved or is not ready.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster, Target } from '../cluster/cluster.ts'
import type { CoordinatorType } from '../cluster/coordinators.ts'
import type { BrokerNode } from '../cluster/metadata.ts'
import {
  BrokerError,
  isRetriable,
  type KafkaError,
  needsCoordinator,
  OperationTimeoutError,
} from '../errors/index.ts'
import type { AdminCallOptions } from './call-options.ts'
import { concernsOneEntry } from './outcome.ts'
import { isWrongBroker } from './wrong-broker.ts'

/** What became of one key: `answer` is what its coordinator said, errors of its own included; or why it could not be asked. */
export type CoordinatorOutcome<A> =
  | { readonly answer: A; readonly error: undefined }
  | { readonly answer: undefined; readonly error: KafkaError }

/** What is asked, and how its answers are told apart. */
export interface CoordinatorQuestion<A> {
  /** What the keys are. */
  readonly type: CoordinatorType
  /** What is being done, for error messages: `describing group "billing"`. */
  readonly what: (key: string) => string
  /** One request for keys that have one coordinator, to it. */
  readonly send: (keys: readonly string[], to: Target, coordinatorId: number) => Promise<readonly A[]>
  /** Which key an answer is about. */
  readonly keyOf: (answer: A) => string
  /** The code of an error, inside of an answer, that is over soon: the key is asked for again. 0 for none. */
  readonly passing?: (answer: A) => number
}

/**
 * Asks the coordinators of the keys, all at once; a key that is named twice is asked for once. Keys that are not settled when the call's time is up have an
 * OperationTimeoutError. Throws what concerns the call as a whole: no broker that can be reached, for one.
 */
export async function askCoordinators<A extends { readonly errorCode: number }>(
  cluster: Cluster,
  keys: readonly string[],
  question: CoordinatorQuestion<A>,
  options: AdminCallOptions,
): Promise<ReadonlyMap<string, CoordinatorOutcome<A>>> {
  const round = new CoordinatorRound(cluster, new Set(keys), question)
  if (keys.length === 0) return round.outcomes()
  const what =
    keys.length === 1 ? question.what(keys[0]!) : `${question.what(keys[0]!)} and ${keys.length - 1} others`
  try {
    await cluster.retry(what, () => round.ask(options.signal), options)
  } catch (error) {
    if (!(error instanceof OperationTimeoutError) || !round.isHeard) throw error
    return round.outcomes(error)
  }
  return round.outcomes()
}

/** What is known of the keys of one call so far. */
class CoordinatorRound<A extends { readonly errorCode: number }> {
  readonly #cluster: Cluster
  readonly #keys: ReadonlySet<string>
  readonly #question: CoordinatorQuestion<A>
  readonly #settled = new Map<string, CoordinatorOutcome<A>>()
  /** Why a key has to be asked for again. */
  readonly #problems = new Map<string, KafkaError>()

  constructor(cluster: Cluster, keys: ReadonlySet<string>, question: CoordinatorQuestion<A>) {
    this.#cluster = cluster
    this.#keys = keys
    this.#question = question
  }

  /** Whether a broker has said something of a key. */
  get isHeard(): boolean {
    return this.#settled.size > 0 || [...this.#problems.values()].some(error => error instanceof BrokerError)
  }

  /** `late`: the call's time was up. */
  outcomes(late?: OperationTimeoutError): ReadonlyMap<string, CoordinatorOutcome<A>> {
    return new Map(Array.from(this.#keys, key => [key, this.#settled.get(key) ?? this.#unsettled(key, late)]))
  }

  #unsettled(key: string, late: OperationTimeoutError | undefined): CoordinatorOutcome<A> {
    const cause = this.#problems.get(key)
    const message = `${this.#question.what(key)} did not succeed in time: ${cause?.message ?? late?.message}`
    return { answer: undefined, error: new OperationTimeoutError(message, { cause }) }
  }

  async ask(signal: AbortSignal | undefined): Promise<void> {
    const open = [...this.#keys].filter(key => !this.#settled.has(key))
    const found = await this.#cluster.coordinatorsOf(this.#question.type, open, { signal })
    const shares = new Map<number, string[]>()
    for (const key of open) {
      const node = found.get(key) ?? this.#unanswered(key)
      if (node instanceof BrokerError) this.#refuse(key, node)
      else shareOf(shares, node).push(key)
    }
    await Promise.all(Array.from(shares, ([nodeId, keys]) => this.#askShare(keys, nodeId)))
    const [problem] = this.#problems.values()
    if (problem) throw problem
  }

  async #askShare(keys: readonly string[], nodeId: number): Promise<void> {
    const { type, send, keyOf } = this.#question
    try {
      const answers = await send(keys, { coordinator: { type, key: keys[0]! } }, nodeId)
      const found = new Map(answers.map(answer => [keyOf(answer), answer]))
      for (const key of keys) this.#take(key, found.get(key))
    } catch (error) {
      if (!concernsOneEntry(error)) throw error
      for (const key of keys) this.#refuse(key, error)
    }
  }

  #take(key: string, answer: A | undefined): void {
    if (!answer) {
      this.#refuse(key, this.#unanswered(key))
      return
    }
    const { what, passing } = this.#question
    const errorCode = isWrongBroker(answer.errorCode) ? answer.errorCode : (passing?.(answer) ?? 0)
    if (errorCode === ErrorCode.NONE) this.#settle(key, { answer, error: undefined })
    else this.#refuse(key, new BrokerError(errorCode, what(key)))
  }

  /** An error about one key: final, or to be tried again. */
  #refuse(key: string, error: KafkaError): void {
    this.#cluster.forgetDisproved({ coordinator: { type: this.#question.type, key } }, error)
    if (isRetriable(error) || needsCoordinator(error)) this.#problems.set(key, error)
    else this.#settle(key, { answer: undefined, error })
  }

  #settle(key: string, outcome: CoordinatorOutcome<A>): void {
    this.#problems.delete(key)
    this.#settled.set(key, outcome)
  }

  #unanswered(key: string): BrokerError {
    return new BrokerError(
      ErrorCode.UNKNOWN_SERVER_ERROR,
      `${this.#question.what(key)}: nothing was said of it`,
    )
  }
}

/** The keys that a broker coordinates. */
function shareOf(shares: Map<number, string[]>, { id }: BrokerNode): string[] {
  const share = shares.get(id) ?? []
  shares.set(id, share)
  return share
}
