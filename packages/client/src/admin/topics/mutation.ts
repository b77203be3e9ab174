// Changes to topics, which brokers limit by a quota (KIP-599): what they refuse for it is asked for again when there is room.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { BrokerError, OperationTimeoutError } from '../../errors/index.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'

/** Options of what counts against the quota `controller_mutation_rate`. */
export interface MutationOptions extends AdminCallOptions {
  /** Whether what a quota refuses (`THROTTLING_QUOTA_EXCEEDED`) is tried again when the quota has room, within `timeoutMs`. Default true. */
  readonly retryOnQuotaViolation?: boolean
}

/** What to change, and how the controller is asked for it. */
export interface Mutation<T, R extends { readonly errorCode: number }> {
  /** What is being done, for error messages. */
  readonly what: string
  /** The things to change. */
  readonly items: readonly T[]
  /** One request for some of them. */
  readonly ask: (items: readonly T[]) => Promise<readonly R[]>
  /** By what its answer is found. */
  readonly keyOf: (item: T) => string
  /** By what an answer is found. */
  readonly keysOf: (answer: R) => readonly string[]
}

/**
 * What the controller says of each item, in their order; undefined where it says nothing. A connection that brokers throttle waits by itself, so that a
 * second attempt comes when there is room.
 */
export async function mutate<T, R extends { readonly errorCode: number }>(
  cluster: Cluster,
  { what, items, ask, keyOf, keysOf }: Mutation<T, R>,
  { retryOnQuotaViolation = true, ...options }: MutationOptions,
): Promise<(R | undefined)[]> {
  const answers = new Map<string, R>()
  const isRefused = (item: T) => answers.get(keyOf(item))?.errorCode === ErrorCode.THROTTLING_QUOTA_EXCEEDED
  let open = items
  const attempt = async () => {
    const found = await ask(open)
    checkBroker(
      found.map(({ errorCode }) => errorCode),
      what,
    )
    for (const answer of found) for (const key of keysOf(answer)) answers.set(key, answer)
    open = items.filter(isRefused)
    if (open.length > 0 && retryOnQuotaViolation) {
      throw new BrokerError(ErrorCode.THROTTLING_QUOTA_EXCEEDED, what)
    }
  }
  try {
    await cluster.retry(what, attempt, options)
  } catch (error) {
    if (!(error instanceof OperationTimeoutError) || answers.size === 0) throw error
  }
  return items.map(item => answers.get(keyOf(item)))
}
