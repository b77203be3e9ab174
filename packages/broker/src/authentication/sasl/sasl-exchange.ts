// The course of SASL on a connection, as Kafka's `SaslServerAuthenticator` has it (KIP-43, KIP-152, KIP-368). Pure but for the mechanisms.
//
//   versions ─ ApiVersions ─▶ handshake ─ SaslHandshake ─▶ tokens ─ SaslAuthenticate … ─▶ complete ─ SaslHandshake ─▶ tokens …
//       └──────────────────── SaslHandshake ──────────────▲          (anything else, and any failure) ─▶ failed
import { SaslMessageError } from '@millrace/protocol/security'
import type { SaslListener } from './sasl-listener.ts'
import { SaslFailure, type SaslIdentity, type SaslServer, type SaslStep } from './sasl-server.ts'

/** What leads to a login, in order: the answer to which versions there are, the choice of a mechanism, its tokens. */
export type LoginStep = 'versions' | 'handshake' | 'token'

type Phase = 'versions' | 'handshake' | 'tokens' | 'complete' | 'failed'

/** A second login within this time is not begun, as in Kafka. */
const againAfterMs = 1_000

/** A login that has come to its end. */
export interface Login {
  readonly identity: SaslIdentity
  /** How long it holds, for the client to know; 0 for as long as the connection lives. */
  readonly lifetimeMs: number
  /** Monotonic; infinite for never. */
  readonly expiresAtMs: number
}

export interface TokenOutcome {
  readonly answer: Buffer
  readonly login?: Login
}

/** Who logged in before, whom a login again must be. */
interface Before {
  readonly mechanism: string
  readonly name: string
}

export class SaslExchange {
  readonly #listener: SaslListener
  #phase: Phase = 'versions'
  #mechanism = ''
  #server: SaslServer | undefined
  /** Tokens come without the frame of a request: the handshake was of version 0. */
  #raw = false
  #before: Before | undefined
  /** The mechanism of a login again that is not the one of before. */
  #changedMechanism: string | undefined
  #completedAtMs = 0
  #expiresAtMs = Number.POSITIVE_INFINITY

  constructor(listener: SaslListener) {
    this.#listener = listener
  }

  /** The mechanisms of the listener. */
  get mechanisms(): readonly string[] {
    return this.#listener.mechanisms
  }

  /** The mechanism that was chosen last; empty before. */
  get mechanism(): string {
    return this.#mechanism
  }

  /** The next frame is a token and no request. */
  get takesRawToken(): boolean {
    return this.#raw && this.#phase === 'tokens'
  }

  /** A request of a login came where another one was due. It is answered with that, and nothing else is any more. */
  get outOfOrder(): boolean {
    return this.#phase === 'failed'
  }

  /** Whether this is a login again (KIP-368), in Kafka's words for one. */
  get kind(): 'authentication' | 're-authentication' {
    return this.#before ? 're-authentication' : 'authentication'
  }

  expects(step: LoginStep): boolean {
    if (step === 'token') return this.#phase === 'tokens'
    if (step === 'versions') return this.#phase === 'versions'
    return this.#phase === 'versions' || this.#phase === 'handshake'
  }

  /**
   * Whether a request may be served now; else why not, and the exchange has failed. `step` is undefined for a request that leads to no login.
   * `nowMs` is monotonic.
   */
  refusal(apiName: string, step: LoginStep | undefined, nowMs: number): string | undefined {
    if (this.#phase === 'complete') {
      const mayAgain =
        this.#expiresAtMs !== Number.POSITIVE_INFINITY && nowMs - this.#completedAtMs >= againAfterMs
      if (step === 'handshake' && mayAgain) {
        this.#phase = 'handshake'
        return undefined
      }
      return nowMs < this.#expiresAtMs ? undefined : `${apiName} from a client whose login has expired`
    }
    if (step && this.expects(step)) return undefined
    const when = this.#phase === 'tokens' ? 'authentication' : 'handshake'
    // Between tokens the handlers of a login say so themselves (`outOfOrder`), as in Kafka.
    const isTold = this.#phase === 'tokens' && step !== undefined
    this.#phase = 'failed'
    if (isTold) return undefined
    return `Unexpected Kafka request of type ${apiName} during SASL ${when}.`
  }

  /** ApiVersions was answered with what there is. */
  versionsTold(): void {
    if (this.#phase === 'versions') this.#phase = 'handshake'
  }

  /** Chooses a mechanism. Throws SaslFailure when the listener does not have it. `version` is that of SaslHandshake. */
  async choose(mechanism: string, version: number): Promise<void> {
    if (!this.#listener.mechanisms.includes(mechanism)) {
      this.#phase = 'failed'
      throw new SaslFailure(`Unsupported SASL mechanism ${mechanism.slice(0, 40)}`)
    }
    this.#raw = version === 0
    this.#changedMechanism = this.#before && this.#before.mechanism !== mechanism ? mechanism : undefined
    this.#mechanism = mechanism
    this.#server = await this.#listener.begin(mechanism)
    this.#phase = 'tokens'
  }

  /** Takes a token. Throws SaslFailure, after which the exchange has failed. Times of both clocks in ms. */
  async take(token: Buffer, nowMs: () => number, wallMs: () => number): Promise<TokenOutcome> {
    try {
      return this.#taken(await this.#evaluate(token), nowMs(), wallMs())
    } catch (error) {
      this.#phase = 'failed'
      this.#server = undefined
      throw error instanceof SaslMessageError ? new SaslFailure(error.message) : error
    }
  }

  #evaluate(token: Buffer): SaslStep | Promise<SaslStep> {
    if (this.#changedMechanism !== undefined) {
      const told = `SASL mechanism '${this.#changedMechanism}' requested by client is not supported for re-authentication of mechanism '${this.#before?.mechanism}'`
      throw new SaslFailure(told, { told })
    }
    if (!this.#server) throw new SaslFailure('a token before a mechanism was chosen')
    return this.#server.evaluate(token)
  }

  #taken({ answer, identity }: SaslStep, nowMs: number, wallMs: number): TokenOutcome {
    if (!identity) return { answer }
    const { name, expiresAtMs } = identity
    if (this.#before && this.#before.name !== name) {
      const told = `Cannot change principals during re-authentication from User.${this.#before.name}: User.${name}`
      throw new SaslFailure(told, { told, user: name })
    }
    const reauthMaxMs = this.#listener.reauthMaxMs(this.#mechanism)
    const limits = [
      ...(reauthMaxMs > 0 ? [reauthMaxMs] : []),
      ...(expiresAtMs === undefined ? [] : [expiresAtMs - wallMs]),
    ]
    const lifetimeMs = limits.length === 0 ? 0 : Math.max(0, Math.min(...limits))
    this.#phase = 'complete'
    this.#server = undefined
    this.#before = { mechanism: this.#mechanism, name }
    this.#completedAtMs = nowMs
    this.#expiresAtMs = limits.length === 0 ? Number.POSITIVE_INFINITY : nowMs + lifetimeMs
    return { answer, login: { identity, lifetimeMs, expiresAtMs: this.#expiresAtMs } }
  }
}
