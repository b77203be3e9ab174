// One connection to one broker: pipelined requests, answers in order, versions agreed on, timeouts, throttling.
import {
  type Api,
  decodeResponseHeader,
  type FrameMemory,
  FrameReceiver,
  ProduceApi,
  Reader,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol'
import { type Clock, type Connection, type Network, type Random, TlsError } from '@millrace/runtime'
import {
  AuthenticationError,
  ClosedError,
  ConnectionError,
  ProtocolError,
  RequestTimeoutError,
} from '../errors/index.ts'
import type { EventDoor } from '../events/event-door.ts'
import type { HookDoor } from '../events/hook-door.ts'
import { Alarm } from './alarm.ts'
import type { ApiRanges, VersionLimits } from './api-ranges.ts'
import { Authentication } from './authentication.ts'
import { dial, type TlsSource } from './dial.ts'
import { encodeFrame, type Exchange, type ExchangeOptions } from './exchange.ts'
import { Fifo } from './fifo.ts'
import { negotiate, type OwnAuthenticator } from './handshake.ts'
import { ReceiveMemory } from './receive-memory.ts'
import { Throttle } from './throttle.ts'
import { BrokerTraffic, TrafficBook } from './traffic.ts'
import { whyForeign, whyUnheard } from './wrong-port.ts'

/** A read takes up to this many bytes, or what a larger answer needs: answers to Fetch are mostly as large as `max.partition.fetch.bytes`. */
const memoryMaxBytes = (1 << 20) + (64 << 10)
/** Requests that may wait on one connection behind those in flight. More is a caller without backpressure. */
const waitingMax = 10_000

export interface ConnectionOptions {
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
  readonly clientId: string
  readonly tls?: TlsSource
  readonly authenticator?: OwnAuthenticator
  readonly connectTimeoutMs: number
  readonly requestTimeoutMs: number
  readonly maxInFlight: number
  readonly responseMaxBytes: number
  /** Where requests are told of. Default: nowhere. */
  readonly hooks?: HookDoor
  /** Where trouble is told that the connection survives. Default: nowhere. */
  readonly events?: EventDoor
  /** Where they are counted. Default: for this connection alone. */
  readonly traffic?: BrokerTraffic
}

/** The body of a request, or how to build it for the version that was agreed on. */
export type RequestBody<QI> = QI | ((version: number) => QI)

export interface RequestOptions extends VersionLimits {
  /** Default: the connection's `requestTimeoutMs`. */
  readonly timeoutMs?: number
  /**
   * Called just before the answer, when what it views lies in memory that can be used again: `release` says that nobody needs the answer
   * any more. Without it the memory lives as long as its views.
   */
  readonly lend?: (memory: FrameMemory) => void
}

export class BrokerConnection {
  readonly host: string
  readonly port: number
  /** Called when the connection ends, with the reason and the number of requests that got no answer. */
  onClose: ((error: Error, unanswered: number) => void) | undefined
  /** Called after each answer: there may be room for another request. */
  onIdle: (() => void) | undefined
  readonly #options: ConnectionOptions
  readonly #socket: Connection
  readonly #receiver: FrameReceiver
  readonly #inFlight = new Fifo<Exchange>()
  readonly #waiting = new Fifo<Exchange>()
  readonly #writer = new Writer(16_384)
  readonly #book: TrafficBook
  #ranges: ApiRanges | undefined
  #correlationId = 0
  readonly #alarm: Alarm
  readonly #throttle: Throttle
  readonly #authentication: Authentication | undefined
  /** While the connection authenticates, only the authenticator's requests pass. */
  #held = true
  #error: Error | undefined
  /** A request was answered that was not about versions. */
  #answered = false
  #lastUsed: number

  /** Connects, agrees on versions and authenticates. Throws ConnectionError or AuthenticationError. */
  static async open(
    host: string,
    port: number,
    options: ConnectionOptions,
    signal?: AbortSignal,
  ): Promise<BrokerConnection> {
    const socket = await dial(host, port, options, signal)
    const connection = new BrokerConnection(host, port, socket, options)
    // A client that is closed must not wait for a broker that takes connections and says nothing.
    const onAbort = () => connection.close(signal?.reason as Error)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      await connection.#prepare()
    } catch (error) {
      connection.close(error as Error)
      throw error
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
    return connection
  }

  private constructor(host: string, port: number, socket: Connection, options: ConnectionOptions) {
    this.host = host
    this.port = port
    this.#options = options
    this.#book = new TrafficBook(options.traffic ?? new BrokerTraffic(`${host}:${port}`), options.hooks)
    this.#socket = socket
    this.#lastUsed = options.clock.monotonic()
    this.#alarm = new Alarm(options.clock, now => this.#expire(now))
    this.#throttle = new Throttle(options.clock, () => this.#goOn())
    this.#authentication = this.#makeAuthentication()
    this.#receiver = new FrameReceiver({
      frameMaxBytes: options.responseMaxBytes,
      memoryMaxBytes,
      pool: new ReceiveMemory(),
    })
    socket.start({
      space: () => this.#receiver.space(),
      onReceived: bytes => this.#onReceived(bytes),
      onDrain: () => {},
      onClose: error => this.#onSocketClose(error),
    })
  }

  /** The address behind the name that was connected to. */
  get remoteAddress(): string {
    return this.#socket.remoteAddress
  }

  /** Why the connection ended; undefined while it lives. */
  get error(): Error | undefined {
    return this.#error
  }

  /** The broker's address, `host:port`. */
  get broker(): string {
    return `${this.host}:${this.port}`
  }

  /** Requests that were sent and are not answered. */
  get inFlight(): number {
    return this.#inFlight.length
  }

  /** Whether a request would leave at once. */
  get writable(): boolean {
    return (
      !this.#error &&
      !this.#held &&
      this.#waiting.length === 0 &&
      this.#inFlight.length < this.#options.maxInFlight &&
      !this.#throttle.isActive
    )
  }

  get ranges(): ApiRanges {
    if (!this.#ranges) throw new Error('the versions are not known before the handshake')
    return this.#ranges
  }

  /** Milliseconds since something was sent or received; 0 while an answer is due. */
  idleMs(): number {
    if (this.#inFlight.length > 0 || this.#waiting.length > 0) return 0
    return this.#options.clock.monotonic() - this.#lastUsed
  }

  /**
   * Sends a request in the newest version both sides know and resolves with its answer. Requests go out, and are answered, in the order
   * of the calls. Throws ConnectionError, RequestTimeoutError, UnsupportedVersionError, EncodeError.
   */
  request<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    body: RequestBody<NoInfer<QI>>,
    options: RequestOptions = {},
  ): Promise<R> {
    if (this.#error) return Promise.reject(this.#error)
    try {
      const version = this.ranges.choose(api, options)
      return this.#exchange(api, version, bodyFor(body, version), options)
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  /** Sends a request that the broker does not answer (Produce with `acks=0`); resolves when its bytes have left the process. */
  async send<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    body: RequestBody<NoInfer<QI>>,
    options: RequestOptions = {},
  ): Promise<void> {
    const version = this.ranges.choose(api, options)
    const { timeoutMs } = options
    await this.#exchange(api, version, bodyFor(body, version), { timeoutMs, unanswered: true })
  }

  /** Ends the connection; what is in flight fails with `error`. */
  close(error: Error = new ClosedError(`the connection to ${this.host}:${this.port}`)): void {
    if (this.#error) return
    this.#fail(error)
    this.#socket.destroy()
  }

  async #prepare(): Promise<void> {
    this.#ranges = await negotiate((api, version, body) =>
      this.#exchange(api, version, body, { privileged: true }),
    )
    await this.#authentication?.prove()
    this.#held = false
    this.#pump()
  }

  #makeAuthentication(): Authentication | undefined {
    const { authenticator, clock, random, events, requestTimeoutMs: timeoutMs } = this.#options
    if (!authenticator) return undefined
    const { host, port } = this
    return new Authentication(
      { authenticator, clock, random, events, timeoutMs },
      {
        host,
        port,
        encrypted: this.#options.tls !== undefined,
        request: (api, body, limits) =>
          this.#exchange(api, this.ranges.choose(api, limits), body, { privileged: true }),
        isOver: () => this.#error !== undefined,
        isBusy: () => this.#inFlight.length > 0,
        hold: held => {
          this.#held = held
          if (!held) this.#goOn()
        },
        fail: error => this.close(error),
      },
    )
  }

  #exchange<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    version: number,
    body: QI,
    options: ExchangeOptions,
  ): Promise<R> {
    const { timeoutMs = this.#options.requestTimeoutMs, unanswered = false, privileged = false } = options
    if (this.#error) return Promise.reject(this.#error)
    if (this.#waiting.length >= waitingMax) {
      const { broker } = this
      const message = `${waitingMax} requests wait for ${broker}`
      return Promise.reject(new ConnectionError('CONNECTION_CLOSED', message, { broker }))
    }
    return new Promise<R>((resolve, reject) => {
      const exchange: Exchange = {
        api: api as unknown as Api,
        version,
        body,
        deadline: this.#options.clock.monotonic() + timeoutMs,
        timeoutMs,
        answered: !unanswered,
        correlationId: 0,
        sentAt: undefined,
        bytesOut: 0,
        done: false,
        lend: options.lend,
        resolve: resolve as (response: unknown) => void,
        reject,
      }
      if (privileged || this.writable) {
        this.#write(exchange)
      } else {
        this.#waiting.push(exchange)
        this.#book.waiting(this.#waiting.length)
        this.#throttle.wakeWhenOver()
      }
      this.#alarm.at(exchange.deadline)
    })
  }

  #write(exchange: Exchange): void {
    exchange.correlationId = this.#correlationId
    this.#correlationId = (this.#correlationId + 1) & 0x7fffffff
    let chunks: Uint8Array[]
    try {
      chunks = encodeFrame(exchange, this.#options.clientId, this.#writer)
    } catch (error) {
      this.#writer.finish()
      this.#giveUp(exchange, error as Error)
      return
    }
    this.#lastUsed = this.#options.clock.monotonic()
    this.#book.sent(exchange, this.#lastUsed)
    if (exchange.answered) {
      this.#inFlight.push(exchange)
      this.#socket.write(chunks)
      return
    }
    this.#socket.write(chunks, () => {
      if (this.#error) {
        this.#giveUp(exchange, this.#error)
        return
      }
      exchange.done = true
      exchange.resolve(undefined)
      this.#book.left(exchange, this.#options.clock.monotonic())
    })
  }

  /** There will be no answer. */
  #giveUp(exchange: Exchange, error: Error): void {
    exchange.done = true
    exchange.reject(error)
    this.#book.failed(exchange, this.#options.clock.monotonic(), error)
  }

  /** Sends what waits, as far as the limits allow. */
  #pump(): void {
    while (this.#waiting.length > 0 && !this.#held && !this.#error) {
      if (this.#inFlight.length >= this.#options.maxInFlight) return
      if (this.#throttle.isActive) {
        this.#throttle.wakeWhenOver()
        return
      }
      const next = this.#waiting.shift()!
      this.#book.waiting(this.#waiting.length)
      if (!next.done) this.#write(next)
    }
  }

  /** What held requests back is over. */
  #goOn(): void {
    this.#pump()
    // Who found no room meanwhile waits to be told.
    this.onIdle?.()
  }

  #onReceived(bytes: number): void {
    if (this.#error) return
    try {
      this.#receiver.received(bytes, this.#onFrame)
    } catch (cause) {
      this.close(
        new ProtocolError(
          `${this.host}:${this.port} sent ${(cause as Error).message}${whyForeign(cause, this.#options)}`,
          { cause },
        ),
      )
    }
  }

  readonly #onFrame = (frame: Buffer, memory: FrameMemory): void => {
    if (this.#error) return
    const now = this.#options.clock.monotonic()
    this.#lastUsed = now
    const exchange = this.#inFlight.shift()
    if (!exchange) {
      this.close(new ProtocolError(`${this.host}:${this.port} sent a response that nothing asked for`))
      return
    }
    // What is decoded may view the frame, for as long as the application likes; answers to Produce have numbers and texts only.
    const viewed = exchange.api.key === ProduceApi.key ? frame : memory.keep(frame)
    let response: unknown
    try {
      response = this.#decode(exchange, viewed)
    } catch (cause) {
      const error = new ProtocolError(
        `the ${exchange.api.name} v${exchange.version} response of ${this.host}:${this.port} is invalid: ${(cause as Error).message}`,
        { cause },
      )
      this.#giveUp(exchange, error)
      this.close(error)
      return
    }
    if (this.#ranges !== undefined) this.#answered = true
    this.#book.answered(exchange, now, frame.length, response)
    this.#throttle.note(exchange.api.key, exchange.version, response)
    exchange.done = true
    if (viewed === frame) exchange.lend?.(memory)
    exchange.resolve(response)
    this.#authentication?.whenQuiet()
    this.#goOn()
  }

  #decode(exchange: Exchange, frame: Buffer): unknown {
    const { api, version } = exchange
    const reader = new Reader(frame)
    const header = decodeResponseHeader(reader, responseHeaderVersion(api, version))
    if (header.correlationId !== exchange.correlationId) {
      throw new Error(`correlation id ${header.correlationId} where ${exchange.correlationId} is due`)
    }
    // A broker that does not know the version of an ApiVersions request answers in version 0 (KIP-511).
    const known = api.key !== 18 || frame.readInt16BE(reader.offset) !== 35
    return api.decodeResponse(reader, known ? version : 0)
  }

  /** Fails what is late. Returns the next deadline. */
  #expire(now: number): number {
    let next = Number.POSITIVE_INFINITY
    for (let index = 0; index < this.#waiting.length; index++) {
      const exchange = this.#waiting.at(index)!
      if (exchange.done) continue
      if (exchange.deadline > now) {
        next = Math.min(next, exchange.deadline)
        continue
      }
      this.#giveUp(exchange, this.#unsent(exchange))
    }
    for (let index = 0; index < this.#inFlight.length; index++) {
      const exchange = this.#inFlight.at(index)!
      if (exchange.deadline > now) {
        next = Math.min(next, exchange.deadline)
        continue
      }
      // Answers come in order: one that is late holds up all behind it, and nothing says that it will come at all.
      const cause = this.#timeout(exchange)
      this.#giveUp(exchange, cause)
      const { broker } = this
      this.close(new ConnectionError('CONNECTION_CLOSED', `given up: ${cause.message}`, { cause, broker }))
      return Number.POSITIVE_INFINITY
    }
    return next
  }

  /** It waited for its turn all the time: behind others, or because the broker throttles. */
  #unsent({ api, timeoutMs }: Exchange): RequestTimeoutError {
    const why = this.#throttle.isActive ? 'the broker throttles this client' : 'others are before it'
    return new RequestTimeoutError(
      `${api.name} could not be sent to ${this.broker} within ${timeoutMs} ms: ${why}`,
      { broker: this.broker },
    )
  }

  #timeout(exchange: Exchange): RequestTimeoutError {
    const { api, version, timeoutMs } = exchange
    return new RequestTimeoutError(
      `${this.broker} did not answer ${api.name} v${version} within ${timeoutMs} ms`,
      { broker: this.broker },
    )
  }

  #onSocketClose(cause: Error | undefined): void {
    if (this.#error) return
    const { broker } = this
    // With TLS 1.3 a broker refuses a certificate only after the handshake.
    if (cause instanceof TlsError) {
      this.#fail(new AuthenticationError(`${broker}: ${cause.message}`, { cause }))
      return
    }
    const reason = cause ? cause.message : `the other side ended it${this.#whyUnheard()}`
    const message = `the connection to ${broker} is closed: ${reason}`
    this.#fail(new ConnectionError('CONNECTION_CLOSED', message, { cause, broker }))
  }

  #whyUnheard(): string {
    const heard = this.#answered ? 'all' : this.#ranges === undefined ? 'nothing' : 'versions'
    return whyUnheard(heard, this.#options)
  }

  #fail(error: Error): void {
    this.#error = error
    this.#alarm.cancel()
    this.#throttle.cancel()
    this.#authentication?.cancel(error)
    // What is late was told so already, and has brought the connection here.
    if (this.#waiting.length > 0) this.#book.waiting(0)
    const open = [...this.#inFlight.drain(), ...this.#waiting.drain()]
    for (const exchange of open) if (!exchange.done) this.#giveUp(exchange, error)
    this.onClose?.(error, open.length)
  }
}

function bodyFor<QI>(body: RequestBody<NoInfer<QI>>, version: number): QI {
  return typeof body === 'function' ? (body as (version: number) => QI)(version) : body
}
