// Who is at the other end of a connection: what it has proved to be, until when, and the software that it says it runs.
import type { LoginStep, SaslExchange } from '../authentication/sasl/sasl-exchange.ts'

/** Kafka's name for who has not authenticated and need not. */
export const anonymousPrincipal = 'User:ANONYMOUS'

export interface SessionOptions {
  /** The client must log in by SASL before it asks anything else. */
  readonly sasl?: SaslExchange
  /** The name that the client's certificate stands for; undefined while the handshake goes on, or where it has shown none. */
  readonly peer?: () => string | undefined
}

/**
 * One a connection, from its first byte to its last. SASL changes it (KIP-368 again and again); handlers and the gate read it.
 * A session of a listener without authentication is anonymous, authenticated and never expires.
 */
export class Session {
  /** The course of SASL; undefined on a listener without. */
  readonly sasl: SaslExchange | undefined
  readonly #peer: SessionOptions['peer']
  #principal: string | undefined
  #authenticated: boolean
  #byToken = false
  #expiresAtMs = Number.POSITIVE_INFINITY
  #clientSoftwareName = ''
  #clientSoftwareVersion = ''
  /** Called when the client has logged in, the first time and again. */
  onAuthenticated: (() => void) | undefined

  constructor({ sasl, peer }: SessionOptions = {}) {
    this.sasl = sasl
    this.#peer = peer
    this.#authenticated = sasl === undefined
  }

  /** Kafka's form, `User:name`; `User:ANONYMOUS` while nobody has authenticated. */
  get principal(): string {
    if (this.#principal !== undefined) return this.#principal
    const name = this.#peer?.()
    if (name === undefined) return anonymousPrincipal
    this.#principal = `User:${name}`
    return this.#principal
  }

  get authenticated(): boolean {
    return this.#authenticated
  }

  /** The login was by a delegation token (KIP-48), with which no other token can be had. */
  get byToken(): boolean {
    return this.#byToken
  }

  /** Monotonic time at which the peer must have authenticated again (`connections.max.reauth.ms`); infinite for never. */
  get expiresAtMs(): number {
    return this.#expiresAtMs
  }

  /** From ApiVersions v3 on; empty before (KIP-511). */
  get clientSoftwareName(): string {
    return this.#clientSoftwareName
  }

  get clientSoftwareVersion(): string {
    return this.#clientSoftwareVersion
  }

  /** Why a request may not be served now; undefined when it may. `step`: what it does for a login, if anything. `nowMs` is monotonic. */
  refusal(apiName: string, step: LoginStep | undefined, nowMs: number): string | undefined {
    return this.sasl?.refusal(apiName, step, nowMs)
  }

  /** The peer has proved to be `principal`, until the monotonic time `expiresAtMs`. */
  authenticate(principal: string, expiresAtMs = Number.POSITIVE_INFINITY, byToken = false): void {
    this.#principal = principal
    this.#authenticated = true
    this.#expiresAtMs = expiresAtMs
    this.#byToken = byToken
    this.onAuthenticated?.()
  }

  /** The peer says what software it is. */
  identify(clientSoftwareName: string, clientSoftwareVersion: string): void {
    this.#clientSoftwareName = clientSoftwareName
    this.#clientSoftwareVersion = clientSoftwareVersion
  }
}
