// What every operation can be told: how long it may take, and when to stop.
import type { Cluster } from '../cluster/cluster.ts'

/** Options of every operation. */
export interface AdminCallOptions {
  /** Milliseconds for all attempts together. Default: `apiTimeoutMs` of the client (60,000). */
  readonly timeoutMs?: number
  /** Ends the wait; the call is rejected with its reason. What was sent may be done all the same. */
  readonly signal?: AbortSignal | undefined
}

/** Options for each step of an operation that takes several: together they have the time of the call. */
export function steps(cluster: Cluster, { timeoutMs, signal }: AdminCallOptions): () => AdminCallOptions {
  const { clock } = cluster
  const deadline = clock.monotonic() + (timeoutMs ?? cluster.options.apiTimeoutMs)
  return () => ({ timeoutMs: Math.max(0, Math.ceil(deadline - clock.monotonic())), signal })
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
