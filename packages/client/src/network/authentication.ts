// Proves on a connection who the client is, and again before the proof runs out (KIP-368).
import type { Api } from '@millrace/protocol'
import { type Clock, type Random, sleep, type Timer } from '@millrace/runtime'
import { ConnectionError, isRetriable } from '../errors/index.ts'
import { loginDelayed } from '../events/client-event.ts'
import type { EventDoor } from '../events/event-door.ts'
import { abortable } from './abort.ts'
import type { VersionLimits } from './api-ranges.ts'
import type { AuthenticationExchange, Authenticator, OwnAuthenticator } from './handshake.ts'

/** Of the lifetime of a session, when it is renewed, as in Java; and by how much that varies, so that many connections are not renewed at once. */
const renewAtShare = 0.85
const renewJitter = 0.05
/** So long before the end of a session nothing is sent any more that could come late: this share of it, and no longer than that. */
const endMarginShare = 0.05
const endMarginMaxMs = 1_000
/** Brokers begin no login again sooner than this after the one before, as Kafka's `KafkaChannel` has it. */
const renewalGapMs = 1_000
/** How often a renewal is tried that could not begin, at most and at least. */
const retryMaxMs = 10_000
const retryMinMs = 20

/** What authentication needs of its connection. */
interface AuthenticatedConnection
  extends Pick<AuthenticationExchange, 'host' | 'port' | 'encrypted' | 'request'> {
  readonly isOver: () => boolean
  /** Whether a request waits for its answer. */
  readonly isBusy: () => boolean
  /** While `held`, only the authenticator's requests pass. */
  readonly hold: (held: boolean) => void
  readonly fail: (error: Error) => void
}

export interface AuthenticationOptions {
  readonly authenticator: OwnAuthenticator
  readonly clock: Clock
  readonly random: Random
  /** How long what the user gives for a login may take between two requests. */
  readonly timeoutMs: number
  readonly events: EventDoor | undefined
}

export class Authentication {
  readonly #options: AuthenticationOptions
  readonly #connection: AuthenticatedConnection
  #timer: Timer | undefined
  /** A proof that is under way. */
  #proof: Proof | undefined
  /** When the last proof was over, and until when other requests may be sent: on the monotonic clock. */
  #provedAt = 0
  #endsAt = Number.POSITIVE_INFINITY

  constructor(options: AuthenticationOptions, connection: AuthenticatedConnection) {
    this.#options = options
    this.#connection = connection
  }

  /** Throws AuthenticationError when the broker refuses, ConnectionError, and what the authenticator throws. */
  async prove(): Promise<void> {
    await this.#prove(new Proof(this.#options, this.#connection))
  }

  /** Called after each answer. */
  whenQuiet(): void {
    this.#proof?.whenQuiet()
  }

  /** The connection has ended, with `error`. */
  cancel(error: Error): void {
    this.#timer?.cancel()
    this.#proof?.end(error)
  }

  async #prove(proof: Proof): Promise<void> {
    const { clock, random } = this.#options
    this.#proof = proof
    const { sessionLifetimeMs, renewAfterMs } = await proof.run().finally(() => (this.#proof = undefined))
    if (sessionLifetimeMs <= 0 || this.#connection.isOver()) return
    this.#provedAt = clock.monotonic()
    // The broker counts from when it answered, which is later.
    const marginMs = Math.min(endMarginMaxMs, sessionLifetimeMs * endMarginShare)
    this.#endsAt = proof.lastSentAt + sessionLifetimeMs - marginMs
    this.#renewIn(renewAfterMs ?? sessionLifetimeMs * (renewAtShare + renewJitter * random.float()))
  }

  #renewIn(ms: number): void {
    this.#timer = this.#options.clock.setTimer(ms, () => void this.#renew(), { unref: true })
  }

  async #renew(): Promise<void> {
    const { isOver, hold, fail, host, port } = this.#connection
    if (isOver()) return
    const proof = new Renewal(this.#options, this.#connection, this.#provedAt + renewalGapMs)
    const { clock } = this.#options
    // A login is taken after the end, too, and nothing else is.
    const end = clock.setTimer(this.#endsAt - clock.monotonic(), () => hold(true), { unref: true })
    try {
      await this.#prove(proof).finally(() => end.cancel())
      hold(false)
    } catch (cause) {
      if (isOver() || (!proof.spoken && this.#tryLater(cause as Error))) return
      // Whether the client is refused at all, a login from the beginning tells: another user may have the name now, or another mechanism.
      const message = `${host}:${port} was not logged in to again: ${(cause as Error).message}`
      fail(new ConnectionError('CONNECTION_CLOSED', message, { cause, broker: `${host}:${port}` }))
    }
  }

  /** Who gives tokens may be away for a while; the session holds until it ends. Returns whether there is time for another attempt. */
  #tryLater(error: Error): boolean {
    const { clock, events } = this.#options
    const { host, port } = this.#connection
    const leftMs = this.#endsAt - clock.monotonic()
    const waitMs = Math.max(retryMinMs, Math.min(retryMaxMs, leftMs / 4))
    if (!isRetriable(error) || waitMs >= leftMs) return false
    if (events?.active) events.emit(loginDelayed(`${host}:${port}`, leftMs, error))
    this.#renewIn(waitMs)
    return true
  }
}

/** One proof: the authenticator at work. What is not a request of its own may take so long, and ends with the connection. */
class Proof {
  protected readonly options: AuthenticationOptions
  protected readonly connection: AuthenticatedConnection
  readonly #abort = new AbortController()
  #patience: Timer | undefined
  /** On the monotonic clock. */
  lastSentAt: number

  constructor(options: AuthenticationOptions, connection: AuthenticatedConnection) {
    this.options = options
    this.connection = connection
    this.lastSentAt = options.clock.monotonic()
  }

  protected get signal(): AbortSignal {
    return this.#abort.signal
  }

  async run(): ReturnType<Authenticator> {
    const { host, port, encrypted } = this.connection
    const { signal } = this
    const request: AuthenticationExchange['request'] = (...args) => this.#request(...args)
    this.#wait()
    try {
      const { authenticator, events } = this.options
      const work = authenticator({ host, port, encrypted, signal, request, events })
      return await abortable(work, signal)
    } finally {
      this.#patience?.cancel()
    }
  }

  end(error: Error): void {
    this.#abort.abort(error)
  }

  whenQuiet(): void {}

  /** Resolves when a request may be sent. */
  protected async quiet(): Promise<void> {}

  async #request<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, body: QI, limits?: VersionLimits): Promise<R> {
    this.#patience?.cancel()
    // Given up meanwhile: nobody may be held up by it any more.
    this.signal.throwIfAborted()
    await this.quiet()
    this.lastSentAt = this.options.clock.monotonic()
    try {
      return await this.connection.request(api, body, limits)
    } finally {
      this.#wait()
    }
  }

  #wait(): void {
    const { clock, timeoutMs } = this.options
    const { host, port } = this.connection
    this.#patience?.cancel()
    if (this.signal.aborted) return
    this.#patience = clock.setTimer(timeoutMs, () => {
      const message = `the login to ${host}:${port} waits for what "sasl" or "authenticator" gives, longer than ${timeoutMs} ms`
      this.end(new ConnectionError('CONNECT_FAILED', message, { broker: `${host}:${port}` }))
    })
  }
}

/** A proof on a connection that is in use. Others wait from its first request on, and no sooner: a token that has to be fetched holds nobody up. */
class Renewal extends Proof {
  readonly #notBefore: number
  #onQuiet: (() => void) | undefined
  /** The broker was told of it. */
  spoken = false

  /** `notBefore`: when the broker takes it, on the monotonic clock. */
  constructor(options: AuthenticationOptions, connection: AuthenticatedConnection, notBefore: number) {
    super(options, connection)
    this.#notBefore = notBefore
  }

  override whenQuiet(): void {
    if (this.connection.isBusy()) return
    this.#onQuiet?.()
    this.#onQuiet = undefined
  }

  /** Authentication must not be mixed with other requests, and starts when their answers are in. */
  protected override async quiet(): Promise<void> {
    if (this.spoken) return
    this.spoken = true
    const { hold, isBusy } = this.connection
    hold(true)
    if (isBusy()) await new Promise<void>(resolve => (this.#onQuiet = resolve))
    const { clock } = this.options
    const waitMs = this.#notBefore - clock.monotonic()
    if (waitMs > 0) await sleep(clock, waitMs, this.signal)
  }
}
