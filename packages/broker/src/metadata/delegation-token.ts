// A delegation token (KIP-48), as the metadata has it: all but its HMAC, which is made of the id and a secret of the broker. Types only.

export interface DelegationToken {
  /** Who logs in with it uses this as the user name. */
  readonly tokenId: string
  /** `User:alice`: who somebody with the token is. */
  readonly owner: string
  /** Who has asked for it, mostly the owner. */
  readonly requester: string
  /** Who may prolong and end it, besides the owner. */
  readonly renewers: readonly string[]
  /** All on the wall clock, in ms. */
  readonly issueTimestampMs: number
  /** It cannot be prolonged beyond. */
  readonly maxTimestampMs: number
  readonly expiryTimestampMs: number
}

/** By id. */
export type DelegationTokenTable = ReadonlyMap<string, DelegationToken>
