// What every operation can be told: how long it may take, and when to stop.

/** Options of every operation. */
export interface AdminCallOptions {
  /** Milliseconds for all attempts together. Default: `apiTimeoutMs` of the client (60,000). */
  readonly timeoutMs?: number
  /** Ends the wait; the call is rejected with its reason. What was sent may be done all the same. */
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
