// Calls what a user gave to be told things: its trouble must not become that of who tells.
import { inspect } from 'node:util'

/**
 * Calls `listener` with `news`. What it throws, or what a promise that it returned rejects with, becomes a warning of the process: an
 * unhandled rejection would end it. Never throws.
 */
export function tell<T>(listener: (news: T) => unknown, news: T): void {
  try {
    const result = listener(news)
    if (result instanceof Promise) result.catch(warn)
  } catch (failure) {
    warn(failure)
  }
}

/** Anything can be thrown, and only errors and texts can be warned of. */
function warn(failure: unknown): void {
  process.emitWarning(
    failure instanceof Error ? failure : `a listener threw ${inspect(failure, { depth: 0 })}`,
  )
}
