// How often and when stock and payment try again, and when they wait for what they need.
import { exponential, type HandleOptions } from '@millrace/service'

export interface RetryPlan {
  /** Attempts in place, the first included. */
  readonly attempts: number
  /** Then one after each of these waits, in retry topics, in ms. */
  readonly topicDelaysMs: readonly number[]
  /** How long a circuit breaker is open before it is tried again, in ms. */
  readonly openMs: number
}

export const usualPlan: RetryPlan = { attempts: 3, topicDelaysMs: [2_000, 10_000], openMs: 3_000 }

/** Failures in a row that open a breaker: what fails one time in five hardly ever does that often. */
export const failuresToOpen = 8

/** What all handlers of the application have in common: order by user, exactly once, and nothing passed over in silence. */
export function handlingOf({ attempts, topicDelaysMs }: RetryPlan) {
  return {
    guarantee: 'exactly-once',
    concurrency: { by: 'key', max: 50 },
    retry: { attempts, backoff: exponential({ initialMs: 50, maxMs: 1_000 }), topicDelaysMs },
    deadLetter: true,
    timeoutMs: 30_000,
  } as const satisfies HandleOptions
}
