// One exchange of a SASL mechanism, from the broker's side: tokens in, answers out, until the client is known or refused.

/** Who a client has proved to be. */
export interface SaslIdentity {
  /** Name of the user, without `User:`. */
  readonly name: string
  /** When what was shown ends (a token), on the wall clock in ms; undefined for never. */
  readonly expiresAtMs?: number
  /** A delegation token was shown in place of a password: what may not be done with one goes by this. */
  readonly byToken?: boolean
}

/** What comes of a token. */
export interface SaslStep {
  readonly answer: Buffer
  /** The exchange is over, and this is who it is. */
  readonly identity?: SaslIdentity
}

export interface SaslServer {
  /** Takes the next token. Throws `SaslFailure`, after which the exchange is over, or `SaslMessageError` for what is no message. */
  evaluate(token: Buffer): SaslStep | Promise<SaslStep>
}

export interface SaslFailureOptions {
  /** What the client is told. Default: that the credentials are invalid, and nothing that would help to guess. */
  readonly told?: string
  /** The name that the client gave. */
  readonly user?: string
}

/** A client is not let in. The message is for the log: it names no password and no token. */
export class SaslFailure extends Error {
  override readonly name = 'SaslFailure'
  readonly told: string | undefined
  readonly user: string | undefined

  constructor(message: string, { told, user }: SaslFailureOptions = {}) {
    super(message)
    this.told = told
    this.user = user
  }
}

/** Ready to begin exchanges of a mechanism, as a listener's settings have it. */
export interface SaslMechanism {
  begin(): SaslServer
  /** Called when the listener opens. Throws ConfigError where a setting names what is not there. */
  check?(): Promise<void>
  /** Called when it is not used any more. */
  close?(): void
}
