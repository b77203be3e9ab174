// Trying again: until it works, the time is up, the caller aborts or the error says that it is pointless.
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { isRetriable, OperationTimeoutError } from '../errors/index.ts'
import { backoffMs } from '../network/backoff.ts'

export interface RetryOptions {
  /** What is being done, for the message of the error: "listing offsets of orders-0". */
  readonly what: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  readonly clock: Clock
  readonly random: Random
  readonly backoffMs: number
  readonly backoffMaxMs: number
  /** Called with each failure that will be retried, before the wait: the place to invalidate what the failure disproves. */
  readonly onFailure?: (error: unknown) => void
}

/** Runs `attempt` until it succeeds. Throws the first error that is not retriable, or OperationTimeoutError with the last one as cause. */
export async function retry<T>(
  options: RetryOptions,
  attempt: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, signal, timeoutMs, what } = options
  const deadline = clock.monotonic() + timeoutMs
  for (let failures = 0; ; failures++) {
    signal?.throwIfAborted()
    try {
      return await attempt(signal)
    } catch (error) {
      if (!isRetriable(error)) throw error
      const waitMs = backoffMs(failures, options.backoffMs, options.backoffMaxMs, options.random)
      if (clock.monotonic() + waitMs >= deadline) {
        throw new OperationTimeoutError(
          `${what} did not succeed within ${timeoutMs} ms: ${(error as Error).message}`,
          { cause: error },
        )
      }
      options.onFailure?.(error)
      await sleep(clock, waitMs, signal)
    }
  }
}
