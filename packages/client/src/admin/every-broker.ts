// Asks every broker of the cluster for its part, and says of which ones it got none.
import type { Cluster } from '../cluster/cluster.ts'
import { isRetriable, type KafkaError, OperationTimeoutError } from '../errors/index.ts'
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
 * Calls `ask` for each broker that the cluster has, in the order of their ids, and again for those that fail with a retriable error. Throws
 * what else goes wrong, and OperationTimeoutError when none answers in time.
 */
export async function askEveryBroker<R>(
  cluster: Cluster,
  what: string,
  options: AdminCallOptions,
  ask: (brokerId: number) => Promise<R>,
): Promise<BrokerAnswer<R>[]> {
  const answers = new Map<number, R>()
  const failures = new Map<number, { readonly since: number; readonly error: KafkaError }>()
  const askOne = async (brokerId: number) => {
    const startedAt = cluster.clock.monotonic()
    try {
      answers.set(brokerId, await ask(brokerId))
      failures.delete(brokerId)
    } catch (error) {
      if (!isRetriable(error) || !concernsOneEntry(error)) throw error
      failures.set(brokerId, { since: failures.get(brokerId)?.since ?? startedAt, error })
    }
  }
  /** A broker that the cluster has given up has no part any more. */
  const isOpen = (brokerId: number) => !answers.has(brokerId)
  const mayCome = (brokerId: number) =>
    isOpen(brokerId) &&
    (answers.size === 0 || cluster.clock.monotonic() - (failures.get(brokerId)?.since ?? 0) < graceMs)
  const round = async (signal?: AbortSignal) => {
    await cluster.refreshMetadata([], signal)
    await Promise.all([...cluster.metadata.nodes.keys()].filter(isOpen).map(askOne))
    const missing = [...cluster.metadata.nodes.keys()].find(mayCome)
    if (missing !== undefined) throw failures.get(missing)!.error
  }
  try {
    await cluster.retry(what, round, options)
  } catch (error) {
    if (!(error instanceof OperationTimeoutError) || answers.size === 0) throw error
  }
  return [...cluster.metadata.nodes.keys()]
    .sort((a, b) => a - b)
    .map(brokerId => ({
      brokerId,
      answer: answers.get(brokerId),
      error: isOpen(brokerId) ? (failures.get(brokerId)?.error ?? noAnswer(what, brokerId)) : undefined,
    }))
}

function noAnswer(what: string, brokerId: number): KafkaError {
  return new OperationTimeoutError(`${what}: broker ${brokerId} has not answered in time`)
}
