// Where SCRAM finds what to compare with: credentials of users, and of delegation tokens.
import type { ScramCredential, ScramMechanism } from '@millrace/protocol/security'

/** What logs in with a delegation token (KIP-48): the id of the token is the user name, its HMAC the password. */
export interface TokenCredential {
  readonly credential: ScramCredential
  /** Name of the owner, without `User:`. */
  readonly owner: string
  /** On the wall clock, in ms. */
  readonly expiresAtMs: number
}

export interface TokenCredentials {
  /** Undefined for a token that there is not, or that has ended. */
  find(tokenId: string, mechanism: ScramMechanism): TokenCredential | undefined
}

export interface ScramCredentials {
  ofUser(name: string, mechanism: ScramMechanism): ScramCredential | undefined
  ofToken(tokenId: string, mechanism: ScramMechanism): TokenCredential | undefined
}
