// Delegation tokens as programs have them, and the names of principals in them (KIP-48).
import { StateError } from '../../errors/index.ts'

/** A delegation token. Clients log in with it by SCRAM: `sasl: { mechanism, username: tokenId, password: hmac, delegationToken: true }`. */
export interface DelegationToken {
  /** The user name of a login. */
  readonly tokenId: string
  /** The password of a login, base64: a secret. */
  readonly hmac: string
  /** Who somebody with the token is: `User:alice`. */
  readonly owner: string
  /** Who has asked for it; empty where the broker does not tell (before 3.3). */
  readonly requester: string
  /** Who may renew and end it, besides the owner. */
  readonly renewers: readonly string[]
  /** When it was created, in ms of the epoch. */
  readonly issueTimestampMs: number
  /** It cannot be renewed beyond, in ms of the epoch. */
  readonly maxTimestampMs: number
  /** When it ends unless it is renewed, in ms of the epoch. */
  readonly expiryTimestampMs: number
}

/** Throws StateError for a name without its type. */
export function partsOfPrincipal(
  place: string,
  principal: string,
): { principalType: string; principalName: string } {
  const colon = principal.indexOf(':')
  if (colon < 0) throw new StateError(`${place} is "${principal}": write User:${principal}`)
  return { principalType: principal.slice(0, colon), principalName: principal.slice(colon + 1) }
}

/** `User:alice`; empty where there is no name. */
export const principalOf = (principalType: string, principalName: string): string =>
  principalName === '' ? '' : `${principalType}:${principalName}`
