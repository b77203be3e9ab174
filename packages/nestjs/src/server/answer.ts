// What a handler answers, value by value: the last one is held back, since it goes out marked as such and before the request counts as done.
import { StateError } from '@millrace/client'
import type { Observable, Subscription } from 'rxjs'

/** Answers that are on their way out, of one handler. */
const pendingMax = 10_000

/** What came of a handler's answers. */
export interface Answered {
  /** The last value, which is not written yet; undefined where there was none. */
  readonly last: { readonly value: unknown } | undefined
  /** How many values there were. */
  readonly count: number
  /** What they ended with; undefined where they came to their end. */
  readonly failure: { readonly error: unknown } | undefined
}

/** Writes all values but the last, one after the other. Rejects with what `write` rejects with, and with the signal's reason. */
export function drain(
  values: Observable<unknown>,
  write: (value: unknown) => Promise<unknown>,
  signal: AbortSignal,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    let last: Answered['last']
    let [count, pending] = [0, 0]
    let written: Promise<unknown> = Promise.resolve()
    const give = (failure: Answered['failure']) => {
      signal.removeEventListener('abort', abort)
      written.then(() => resolve({ last, count, failure }), reject)
    }
    // Undefined while values come at once.
    let subscription: Subscription | undefined
    const refuse = (error: unknown) => {
      subscription?.unsubscribe()
      signal.removeEventListener('abort', abort)
      reject(error as Error)
    }
    const abort = () => refuse(signal.reason)
    const writeLater = ({ value }: { readonly value: unknown }) => {
      if (++pending > pendingMax)
        return refuse(new StateError(`the handler has ${pendingMax} answers on their way already`))
      written = written.then(() => write(value)).then(() => pending--)
      written.catch(refuse)
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    subscription = values.subscribe({
      next(value) {
        count++
        if (last) writeLater(last)
        last = { value }
      },
      error: (error: unknown) => give({ error }),
      complete: () => give(undefined),
    })
  })
}

/** Waits for the end of a handler's values, and resolves with the last one. */
export function lastOf(values: Observable<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let last: unknown
    let subscription: Subscription | undefined
    const abort = () => {
      subscription?.unsubscribe()
      reject(signal.reason as Error)
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    subscription = values.subscribe({
      next: value => (last = value),
      error: (error: unknown) => {
        signal.removeEventListener('abort', abort)
        reject(error as Error)
      },
      complete: () => {
        signal.removeEventListener('abort', abort)
        resolve(last)
      },
    })
  })
}
