// How KafkaJS tries again: so often, with waits that grow and are partly random.
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } from './errors.ts'
import type { RetryOptions } from './types/config.ts'

/** Retry options with defaults filled in. */
export type RetrySettings = Required<Omit<RetryOptions, 'restartOnFailure'>>

export const retryDefaults: RetrySettings = {
  maxRetryTime: 30_000,
  initialRetryTime: 300,
  factor: 0.2,
  multiplier: 2,
  retries: 5,
}

/** Later ones count, where they are given: what is undefined is not. */
export function retrySettings(...options: readonly (RetryOptions | null | undefined)[]): RetrySettings {
  const given = options.flatMap(each => Object.entries(each ?? {})).filter(([, value]) => value !== undefined)
  const { restartOnFailure: _, ...settings } = {
    ...retryDefaults,
    ...(Object.fromEntries(given) as RetryOptions),
  }
  return settings as RetrySettings
}

/** All the waits of one call together, in ms, at most. */
export function waitsOf({ retries, initialRetryTime, multiplier, maxRetryTime }: RetrySettings): number {
  let total = 0
  let wait = initialRetryTime
  for (let retry = 0; retry < retries && total < 2 ** 31; retry++) {
    const next = Math.min(wait * Math.max(1, multiplier), maxRetryTime)
    // From here on all waits are the same.
    if (next <= wait) return total + wait * (retries - retry)
    total += wait
    wait = next
  }
  return total
}

/** The waits of one call, one after the other. */
export class RetryTimes {
  readonly #settings: RetrySettings
  readonly #random: Random
  /** The wait before the next attempt, in ms. */
  next: number
  /** Attempts after the first. */
  count = 0

  constructor(settings: RetrySettings, random: Random) {
    this.#settings = settings
    this.#random = random
    this.next = this.#vary(settings.initialRetryTime)
  }

  /** Whether there is another attempt; if so, it is counted, and `waitMs` is how long to wait before it. */
  advance(): { readonly waitMs: number } | undefined {
    if (this.count >= this.#settings.retries) return undefined
    const waitMs = this.next
    this.count++
    this.next = Math.min(this.#vary(waitMs) * this.#settings.multiplier, this.#settings.maxRetryTime)
    return { waitMs }
  }

  #vary(waitMs: number): number {
    const delta = this.#settings.factor * waitMs
    return Math.ceil(waitMs - delta + this.#random.float() * 2 * delta)
  }
}

const mistakes = new Set(['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError'])

/** Whether KafkaJS tries again after this: unless an error says no, or is a mistake of the program. */
export function isRetriable(error: Error & { readonly retriable?: boolean }): boolean {
  return error.retriable !== false && !mistakes.has(error.name)
}

/** What KafkaJS makes of an error that is not tried again, where it does not throw it as it is. */
export function nonRetriable(error: Error): KafkaJSNonRetriableError {
  return new KafkaJSNonRetriableError(error, { cause: error.cause ?? error })
}

/** What KafkaJS throws when nothing is tried again any more. */
export function exhausted(error: Error, times: RetryTimes): Error {
  return isRetriable(error)
    ? new KafkaJSNumberOfRetriesExceeded(error, { retryCount: times.count, retryTime: times.next })
    : nonRetriable(error)
}

/** Runs `attempt` again while it fails with what may be tried again (`isAgain`). Throws what is not as it is, and KafkaJSNumberOfRetriesExceeded. */
export async function withRetries<T>(
  world: { readonly clock: Clock; readonly random: Random },
  settings: RetrySettings,
  attempt: (retryCount: number, retryTime: number) => Promise<T>,
  isAgain: (error: Error) => boolean = isRetriable,
): Promise<T> {
  const times = new RetryTimes(settings, world.random)
  for (;;) {
    try {
      return await attempt(times.count, times.next)
    } catch (caught) {
      const error = caught as Error
      if (!isAgain(error)) throw error
      const again = times.advance()
      if (!again) throw exhausted(error, times)
      await sleep(world.clock, again.waitMs)
    }
  }
}
