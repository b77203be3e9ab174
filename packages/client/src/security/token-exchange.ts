// The tokens of a login, as its mechanism sees them.

/** An answer to a token. */
export interface TokenAnswer {
  readonly bytes: Buffer
  readonly sessionLifetimeMs: number
}

/** Sends a token and resolves with the answer. Throws AuthenticationError when the broker refuses. */
export type SendToken = (token: Buffer) => Promise<TokenAnswer>
