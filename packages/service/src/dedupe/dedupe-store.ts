// Where it is kept which records were handled: what a store has to be able to do.

/** What a store says of an id: `claimed`, it is the asker's to handle; `done`, it was handled; `busy`, somebody else handles it at present. */
export type ClaimAnswer = 'claimed' | 'done' | 'busy'

/** Ids of one scope, and who asks. */
export interface DedupeIds {
  /** What ids are unique in: a group and a topic. Printable ASCII, 200 characters at most. */
  readonly scope: string
  /** Who asks: another one for each member of a group. Printable ASCII, 64 characters at most. */
  readonly owner: string
  /** The ids, each once. Printable ASCII, 200 characters at most. */
  readonly ids: readonly string[]
}

/** Ids to be claimed. */
export interface ClaimRequest extends DedupeIds {
  /** How long the claim holds unless it is renewed, in ms. */
  readonly leaseMs: number
}

/** Ids that were handled. */
export interface CompleteRequest extends DedupeIds {
  /** How long that is remembered, in ms. */
  readonly ttlMs: number
}

/**
 * Remembers which records were handled, for all instances of a service. Each call is atomic for each id, whoever else calls. Time is that of the store: clocks of instances may differ. Calls that reject are made again, and so are those that have not come to an end after half a lease (marks and releases have 5 s at least).
 */
export interface DedupeStore {
  /**
   * Claims ids for `owner`, and answers for each in their order. What is not known, and what a claim or a mark has run out of, is claimed; what `owner` has claimed already is its own for `leaseMs` more.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimAnswer[]>
  /** Marks ids as handled for `ttlMs`, whoever has claimed them: they were. */
  complete(request: CompleteRequest): Promise<void>
  /** Gives up claims of `owner`: others may have the ids at once. Those that are handled, or another's, stay as they are. */
  release(request: DedupeIds): Promise<void>
  /** Deletes what has run out, not more than a good part of it at a time, and resolves with how much that was. Called now and then. Default: the store forgets by itself. */
  sweep?(): Promise<number>
}
