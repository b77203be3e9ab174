// Trying again: until it works, the time is up, the caller aborts or the error says that it is pointless.
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { isRetriable, OperationTimeoutError } from '../errors/index.ts'
import { reasonFor } from '../errors/reason.ts'
import { backoffMs } from '../network/backoff.ts'

export interface RetryOptions {
  /** What is being done, for the message of the error: "listing offsets of orders-0". */
  readonly what: string
  readonly timeoutMs: number
  /** How often it goes again at most. Default: as often as there is time. */
  readonly retriesMax?: number
  readonly signal?: AbortSignal | undefined
  readonly clock: Clock
  readonly random: Random
  readonly backoffMs: number
  readonly backoffMaxMs: number
  /** Called with each failure that will be retried, before the wait: the place to invalidate what the failure disproves. */
  readonly onFailure?: (error: unknown, attempts: number, waitMs: number) => void
}

/**
 * Runs `attempt` until it succeeds. Throws the first error that is not retriable, or OperationTimeoutError with the last one as cause, when time or retries are used up. An
 * attempt that is under way when the time is up is left to its own limits: a broker that says nothing must not make the caller late.
 */
export async function retry<T>(
  options: RetryOptions,
  attempt: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, signal, timeoutMs, retriesMax = Number.POSITIVE_INFINITY, what } = options
  const deadline = clock.monotonic() + timeoutMs
  let last: Error | undefined
  const timeUp = () =>
    new OperationTimeoutError(
      `${what} did not succeed within ${timeoutMs} ms: ${last ? reasonFor(what, last) : 'no broker has answered so far'}`,
      { cause: last },
    )
  for (let failures = 0; ; failures++) {
    signal?.throwIfAborted()
    try {
      return await inTime(clock, deadline, timeUp, attempt(signal))
    } catch (error) {
      if (!isRetriable(error)) throw error
      last = error as Error
      if (failures >= retriesMax)
        throw new OperationTimeoutError(
          `${what} did not succeed in ${failures + 1} attempts (apiRetries): ${reasonFor(what, last)}`,
          { cause: last },
        )
      const waitMs = backoffMs(failures, options.backoffMs, options.backoffMaxMs, options.random)
      if (clock.monotonic() + waitMs >= deadline) throw timeUp()
      options.onFailure?.(error, failures + 1, waitMs)
      await sleep(clock, waitMs, signal)
    }
  }
}

/** `promise`, or a rejection with what `late` makes once the deadline is over. */
function inTime<T>(clock: Clock, deadline: number, late: () => Error, promise: Promise<T>): Promise<T> {
  // No clock has a timer that never fires.
  if (deadline === Number.POSITIVE_INFINITY) return promise
  return new Promise((resolve, reject) => {
    const timer = clock.setTimer(deadline - clock.monotonic(), () => reject(late()))
    promise.then(resolve, reject).finally(() => timer.cancel())
  })
}
