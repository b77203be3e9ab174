// What a handler holds of the dedupe store: the claims on the records in hand, for stores that mark them in the handler's own transaction.
import type { Claim } from './deduper.ts'

/** What a handler's dedupe store is called with for the records in hand: given to a store's `markIn`, with the context that has it. */
export interface DedupeClaims {
  /** What ids are unique in: the group and the topic. */
  readonly scope: string
  /** Who has claimed them: a member of the group. */
  readonly owner: string
  /** The ids, as the store has them: one for a record, one for each record of a batch. */
  readonly ids: readonly string[]
  /** How long it is remembered that they were handled, in ms. */
  readonly ttlMs: number
  /**
   * For stores: says that these ids are marked in a transaction that the handler commits, so that nothing is left to be done for them behind it. `publish` throws from then on. Throws
   * StateError where the handler has published something already, which a crash behind its commit would lose; ClosedError when the attempt is over.
   */
  markedInTransaction(): void
}

/** What has claims: the context of a handler. */
export interface Deduplicated {
  /** Undefined without `dedupe` in the handler's options. */
  readonly dedupe?: DedupeClaims | undefined
}

/** The claims of an attempt. `check` throws where it is too late to mark. */
export function claimsOf(claims: readonly Claim[], check: () => void): DedupeClaims | undefined {
  const first = claims[0]
  if (!first) return undefined
  const { scope, owner, ttlMs } = first.deduper
  return {
    scope,
    owner,
    ttlMs,
    ids: claims.map(({ id }) => id),
    markedInTransaction: () => {
      check()
      for (const claim of claims) claim.isMarked = true
    },
  }
}
