// Calls what a user gave to be told things: its trouble must not become that of who tells.
import { inspect } from 'node:util'
import { isThenable } from '../serde/thenable.ts'

/**
 * Calls `listener` with `news`. What it throws, or what a promise that it returned rejects with, becomes a warning of the process: an
 * unhandled rejection would end it. Never throws.
 */
export function tell<News extends readonly unknown[]>(
  listener: (...news: News) => unknown,
  ...news: News
): void {
  try {
    const result = listener(...news)
    if (isThenable(result)) result.then(undefined, warnOf)
  } catch (failure) {
    warnOf(failure)
  }
}

/** Makes what a listener threw a warning of the process. Anything can be thrown, and only errors and texts can be warned of. */
export function warnOf(failure: unknown): void {
  process.emitWarning(
    failure instanceof Error ? failure : `a listener threw ${inspect(failure, { depth: 0 })}`,
  )
}
