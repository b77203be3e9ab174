// What is said on a connection to log in: the mechanism is chosen before the first token, and the last answer says how long the login holds (KIP-368).
import { ErrorCode, SaslAuthenticateApi, SaslHandshakeApi } from '@millrace/protocol'
import { AuthenticationError, BrokerError } from '../errors/index.ts'
import type { AuthenticationExchange, OwnExchange } from '../network/handshake.ts'
import type { MechanismExchange } from './sasl-options.ts'

/**
 * Proves who the client is. What it has to ask others for (passwords, tokens), it asks for before it sends anything: from then on others wait for a
 * login that is renewed.
 */
export type Proof = (conversation: SaslConversation, exchange: OwnExchange) => Promise<void>

export class SaslConversation {
  readonly #mechanism: string
  readonly #exchange: AuthenticationExchange
  #chosen: Promise<void> | undefined
  #sessionLifetimeMs = 0
  /** Of whom it is, for errors: `user "alice"`. */
  who = 'the login'

  constructor(mechanism: string, exchange: AuthenticationExchange) {
    this.#mechanism = mechanism
    this.#exchange = exchange
  }

  /** `host:port` of the broker. */
  get address(): string {
    return `${this.#exchange.host}:${this.#exchange.port}`
  }

  /** Sends a token and resolves with the answer. Throws AuthenticationError when the broker refuses. */
  async send(token: Uint8Array): Promise<Buffer> {
    await (this.#chosen ??= this.#choose())
    const { errorCode, errorMessage, authBytes, sessionLifetimeMs } = await this.#exchange.request(
      SaslAuthenticateApi,
      { authBytes: Buffer.from(token.buffer, token.byteOffset, token.byteLength) },
    )
    this.#sessionLifetimeMs = sessionLifetimeMs
    if (errorCode === ErrorCode.NONE) return authBytes
    const message = errorMessage ?? new BrokerError(errorCode, this.#mechanism).message
    throw new AuthenticationError(`${this.address} refuses ${this.who} (${this.#mechanism}): ${message}`)
  }

  /** What a mechanism of the user's is given. */
  forMechanism(): MechanismExchange {
    const { host, port, encrypted, signal } = this.#exchange
    return { host, port, encrypted, signal, send: token => this.send(token) }
  }

  /** The mechanism is done. Throws AuthenticationError where it has said nothing. */
  end(): { readonly sessionLifetimeMs: number } {
    if (!this.#chosen)
      throw new AuthenticationError(`the login to ${this.address} (${this.#mechanism}) has sent nothing`)
    return { sessionLifetimeMs: this.#sessionLifetimeMs }
  }

  async #choose(): Promise<void> {
    const mechanism = this.#mechanism
    const { errorCode, mechanisms } = await this.#exchange.request(
      SaslHandshakeApi,
      { mechanism },
      { minVersion: 1 },
    )
    if (errorCode === ErrorCode.NONE) return
    if (errorCode === ErrorCode.UNSUPPORTED_SASL_MECHANISM)
      throw new AuthenticationError(
        `${this.address} does not have ${mechanism}; it has ${mechanisms.join(', ') || 'no mechanism'}`,
      )
    if (errorCode === ErrorCode.ILLEGAL_SASL_STATE)
      throw new AuthenticationError(
        `${this.address} wants no login: that listener has no SASL; leave it out, or take the port of another one`,
      )
    throw new BrokerError(errorCode, `choosing ${mechanism} on ${this.address}`)
  }
}
