// Who is at the other end of a connection: what it has proved to be, until when, and the software that it says it runs.

/** Kafka's name for who has not authenticated and need not. */
export const anonymousPrincipal = 'User:ANONYMOUS'

/**
 * One a connection, from its first byte to its last. SASL changes it (KIP-368 again and again); handlers and the gate read it.
 * A session of a listener without authentication is anonymous, authenticated and never expires.
 */
export class Session {
  #principal = anonymousPrincipal
  #authenticated: boolean
  #expiresAtMs = Number.POSITIVE_INFINITY
  #clientSoftwareName = ''
  #clientSoftwareVersion = ''

  /** With `mustAuthenticate`, the gate lets nothing through but what leads to `authenticate`. */
  constructor(mustAuthenticate = false) {
    this.#authenticated = !mustAuthenticate
  }

  /** Kafka's form, `User:name`; `User:ANONYMOUS` while nobody has authenticated. */
  get principal(): string {
    return this.#principal
  }

  get authenticated(): boolean {
    return this.#authenticated
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

  /** The peer has proved to be `principal`, until the monotonic time `expiresAtMs`. */
  authenticate(principal: string, expiresAtMs = Number.POSITIVE_INFINITY): void {
    this.#principal = principal
    this.#authenticated = true
    this.#expiresAtMs = expiresAtMs
  }

  /** The peer says what software it is. */
  identify(clientSoftwareName: string, clientSoftwareVersion: string): void {
    this.#clientSoftwareName = clientSoftwareName
    this.#clientSoftwareVersion = clientSoftwareVersion
  }
}
