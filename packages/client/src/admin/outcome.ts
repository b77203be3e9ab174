// How operations on several things report: each thing with its own error, and a retry of the whole only where the broker was the wrong one.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError } from '../errors/index.ts'

/** What became of one thing of several. */
export interface Outcome {
  /** Why it was refused; undefined when it was done. */
  readonly error: BrokerError | undefined
}

/** The error of one item, or undefined for code 0. */
export function outcomeError(
  errorCode: number,
  what: string,
  message?: string | null,
): BrokerError | undefined {
  return errorCode === ErrorCode.NONE ? undefined : new BrokerError(errorCode, what, message)
}

/** Throws the first error among the outcomes: for callers who want all or an exception. */
export function throwFirst<O extends Outcome>(outcomes: readonly O[]): readonly O[] {
  for (const { error } of outcomes) if (error) throw error
  return outcomes
}

const wrongBroker: ReadonlySet<number> = new Set([
  ErrorCode.NOT_CONTROLLER,
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.LEADER_NOT_AVAILABLE,
])

/**
 * Throws when an item says that another broker, or the same one a little later, would have taken the request: the call is then tried again
 * as a whole. Items that were done before answer "exists already" the second time, as they do in Java's admin client.
 */
export function checkBroker(errorCodes: Iterable<number>, what: string): void {
  for (const errorCode of errorCodes) if (wrongBroker.has(errorCode)) throw new BrokerError(errorCode, what)
}

/** Throws when a broker does not know a topic that this client has just created: the call is tried again until it does. */
export function checkFresh(
  cluster: Cluster,
  topics: Iterable<{ readonly name: string | null; readonly errorCode: number }>,
  what: string,
): void {
  for (const { name, errorCode } of topics) {
    const isUnknown = errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    if (isUnknown && name !== null && cluster.freshTopics.has(name, 0)) throw new BrokerError(errorCode, what)
  }
}

/** Options of every operation. */
export interface AdminCallOptions {
  /** Time for all attempts. Default `apiTimeoutMs`. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
}

/** The same as `cluster.call` names them. */
export function callOptions(options: AdminCallOptions): {
  totalTimeoutMs?: number
  signal: AbortSignal | undefined
} {
  return {
    ...(options.timeoutMs !== undefined && { totalTimeoutMs: options.timeoutMs }),
    signal: options.signal,
  }
}

/** Learns which brokers there are. Tries for `timeoutMs`, as every operation does. */
export function refreshBrokers(cluster: Cluster, options: AdminCallOptions): Promise<void> {
  return cluster.retry('listing the brokers', signal => cluster.refreshMetadata([], signal), options)
}
