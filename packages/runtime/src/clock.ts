// Time as the product sees it: wall clock, monotonic clock and timers, so that a simulator can own all three.

/** A timer that has been set. `cancel` is idempotent and safe after it fired. */
export interface Timer {
  /** Ends it: it does not fire. Of one that has fired, nothing. */
  cancel(): void
}

/** What a timer is like. */
export interface TimerOptions {
  /** Whether the process may end while it is set. Default false. */
  readonly unref?: boolean
}

/** Time and deferral. Code outside this package's `node-*.ts` files never calls `Date.now`, `setTimeout` or `setImmediate`. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch. May jump. Use it for what users see: record timestamps, retention. */
  now(): number
  /** Milliseconds from an arbitrary start, fractional, never going back. Use it for timeouts and measurements. */
  monotonic(): number
  /** Calls `run` once after at least `delayMs` (clamped to 0 … 2^31−1). `unref` timers do not keep a process alive. */
  setTimer(delayMs: number, run: () => void, options?: TimerOptions): Timer
  /** Calls `run` once at the end of this turn of the event loop, after the I/O events that are already due. */
  defer(run: () => void): void
}

/** Resolves after `delayMs`; rejects with `signal.reason` as soon as the signal aborts. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error)
      return
    }
    const onAbort = () => {
      timer.cancel()
      reject(signal?.reason as Error)
    }
    const timer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
