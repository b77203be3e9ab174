// What becomes of a record that failed: all attempts are counted here, so that it does not matter where a policy was written down. Pure.
import type { Random } from '@millrace/runtime'
import type { Backoff } from './backoff.ts'
import type { FailureKind } from './errors.ts'

/** What is to be done about failures, defaults filled in. */
export interface FailurePlan {
  /** Attempts in place, the first included. */
  readonly attempts: number
  /** Between attempts in place. */
  readonly backoff: Backoff
  /** Waits in retry topics, one after the other; empty for none. */
  readonly tierDelaysMs: readonly number[]
  /** Whether there is a dead letter topic. */
  readonly deadLetter: boolean
  /** Age of the first failure beyond which nothing is tried again, in ms. */
  readonly giveUpAfterMs: number
}

/** A record that failed. */
export interface Failure {
  readonly kind: FailureKind
  /** Attempts since the record came to where it is now, this one included. */
  readonly attemptsHere: number
  /** Retry topics that it has been through; 0 in its own topic. */
  readonly tier: number
  /** When it failed for the first time, in ms since the epoch. */
  readonly firstFailedAt: number
  /** What the error wants to wait, in ms; undefined where it says nothing. */
  readonly afterMs: number | undefined
}

/** Why a record became a dead letter. */
export type DeadLetterReason =
  | 'attempts-exhausted'
  | 'too-old'
  | 'fatal'
  | 'poison'
  | 'unknown-type'
  | 'tombstone'
  | 'rejected'

/** What becomes of it. */
export type Verdict =
  | { readonly do: 'retry'; readonly afterMs: number }
  | { readonly do: 'park'; readonly tier: number; readonly delayMs: number }
  | { readonly do: 'deadLetter'; readonly reason: DeadLetterReason }
  | { readonly do: 'fail'; readonly reason: DeadLetterReason }

/**
 * Decides: another attempt in place, then one in each retry topic, then the dead letter topic. What cannot go any of these ways stops the service: nothing
 * is passed over in silence. `now`: in ms since the epoch.
 */
export function judge(plan: FailurePlan, failure: Failure, now: number, random: Random): Verdict {
  const { kind, attemptsHere, tier, firstFailedAt, afterMs } = failure
  if (kind !== 'retriable') return giveUp(plan, kind)
  const isOwnPlace = tier === 0
  // A retry topic is one more attempt: waiting twice over would make its delay mean nothing.
  if (isOwnPlace && attemptsHere < plan.attempts) {
    const waitMs = Math.max(plan.backoff(attemptsHere, random), afterMs ?? 0)
    if (now + waitMs - firstFailedAt > plan.giveUpAfterMs) return giveUp(plan, 'too-old')
    return { do: 'retry', afterMs: waitMs }
  }
  if (tier < plan.tierDelaysMs.length) {
    const delayMs = Math.max(plan.tierDelaysMs[tier]!, afterMs ?? 0)
    if (now + delayMs - firstFailedAt > plan.giveUpAfterMs) return giveUp(plan, 'too-old')
    return { do: 'park', tier: tier + 1, delayMs }
  }
  return giveUp(plan, 'attempts-exhausted')
}

/** The way of what is not tried again. */
export function giveUp(plan: Pick<FailurePlan, 'deadLetter'>, reason: DeadLetterReason): Verdict {
  return { do: plan.deadLetter ? 'deadLetter' : 'fail', reason }
}
