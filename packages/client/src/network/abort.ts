// Waiting that an AbortSignal, or the clock, can end.
import type { Clock } from '@millrace/runtime'

/** `promise`, or a rejection with `signal.reason` as soon as the signal aborts. The work behind the promise goes on. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  if (signal.aborted) {
    promise.catch(() => {})
    return Promise.reject(signal.reason as Error)
  }
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** The same, for `timeoutMs` at most: then a rejection with what `late` makes. */
export async function within<T>(
  { clock, timeoutMs, signal }: WithinOptions,
  promise: Promise<T>,
  late: () => Error,
): Promise<T> {
  const time = new AbortController()
  const timer = clock.setTimer(timeoutMs, () => time.abort(late()))
  try {
    return await abortable(promise, signal ? AbortSignal.any([signal, time.signal]) : time.signal)
  } finally {
    timer.cancel()
  }
}

interface WithinOptions {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}
