// What comes of handling a record, and what a handler may ask for instead of throwing.
import type { Refusal } from '../dedupe/deduper.ts'
import type { DeadLetterReason } from '../failure/verdict.ts'

/** What comes of a record. */
export type Outcome =
  | { readonly kind: 'done' }
  /** Passed over on purpose, and counted under this reason. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** Another attempt in place. */
  | { readonly kind: 'retry'; readonly afterMs: number; readonly error: unknown }
  /** In place, too, since it cannot be known yet whether it is to be handled: that is no attempt. */
  | { readonly kind: 'wait'; readonly afterMs: number; readonly refusal: Refusal }
  /** To a retry topic, the n-th of its way, from 1 on. */
  | { readonly kind: 'park'; readonly tier: number; readonly delayMs: number; readonly error: unknown }
  | { readonly kind: 'deadLetter'; readonly reason: DeadLetterReason; readonly error: unknown }
  /** Nothing may be done about it: the service stops before it. */
  | { readonly kind: 'fail'; readonly error: unknown }

export const doneOutcome: Outcome = { kind: 'done' }
export const duplicateOutcome: Outcome = { kind: 'skipped', reason: 'duplicate' }

/** What a handler returns in place of nothing: made by {@link skip}, {@link retry}, {@link park} and {@link deadLetter}. */
export class Instruction {
  /** What is to become of the record. */
  readonly kind: 'skip' | 'retry' | 'park' | 'deadLetter'
  /** Why, for people and counters. */
  readonly reason: string
  /** Not before so many ms from now; undefined: as the policy says. */
  readonly afterMs: number | undefined

  /** @internal Use {@link skip}, {@link retry}, {@link park} or {@link deadLetter}. */
  constructor(kind: Instruction['kind'], reason: string, afterMs?: number) {
    this.kind = kind
    this.reason = reason
    this.afterMs = afterMs
  }
}

/** What a handler may return: nothing when it is done, or an instruction. */
export type HandlerResult = void | undefined | Instruction

/** The record needs no handling. It is counted under `reason`, so choose one of few. */
export function skip(reason = 'skipped by the handler'): Instruction {
  return new Instruction('skip', reason)
}

/** How a record is to be tried again. */
export interface InstructionOptions {
  /** Not before so many ms from now. Default: as the policy says. */
  readonly afterMs?: number
  /** Why, for people and counters. Default: that the handler asked for it. */
  readonly reason?: string
}

/** The record is to be tried again, in place while there are attempts left, then as the policy says. Default `afterMs`: the backoff's. */
export function retry(options: InstructionOptions = {}): Instruction {
  return new Instruction('retry', options.reason ?? 'the handler asked for another attempt', options.afterMs)
}

/** The record goes to the next retry topic at once, so that those behind it need not wait; where there is none, its attempts are over. */
export function park(options: InstructionOptions = {}): Instruction {
  return new Instruction('park', options.reason ?? 'the handler asked to have it set aside', options.afterMs)
}

/** The record goes to the dead letter topic. `reason` is the error message there. */
export function deadLetter(reason: string): Instruction {
  return new Instruction('deadLetter', reason)
}
