// One client connection: requests in, handlers one after the other, replies out in order.
//
//   socket → RequestQueue (receiving) → Pipeline (ordering, gate, handlers) → ReplyQueue (sending) → socket
//
// What is here is the socket itself: when it is read from, when it is muted, and how it ends.
import { type BufferPool, FrameError } from '@millrace/protocol/base'
import { type Connection, type Timer, TlsError } from '@millrace/runtime'
import type { ListenerSecurity } from '../authentication/listener-security.ts'
import type { BrokerCore } from '../core.ts'
import type { IncomingRequest } from '../dispatch.ts'
import type { LogFields, LogLevel } from '../logger.ts'
import { RequestError } from '../request-error.ts'
import type { Gate } from './gate.ts'
import type { Endpoint } from './listeners.ts'
import { Pipeline, type PipelineOwner } from './pipeline.ts'
import { ReplyQueue } from './reply-queue.ts'
import type { RequestMemory } from './request-memory.ts'
import { RequestQueue } from './request-queue.ts'
import { Session } from './session.ts'

/** What a connection needs of the server it belongs to. */
export interface ConnectionOwner {
  readonly core: BrokerCore
  readonly gate: Gate
  readonly requestMaxBytes: number
  /** How connections of a listener are secured; undefined for plain text. */
  securityOf(endpoint: Endpoint): ListenerSecurity | undefined
  /** Memory of all connections that requests are received into. */
  readonly receivePool: BufferPool
  /** What requests of all connections count for. `ServerConnection.resume` is called when it is congested no longer. */
  readonly requestMemory: RequestMemory
  /** The same for those that must log in and have not. */
  readonly loginMemory: RequestMemory
  onClosed(connection: ServerConnection): void
}

export class ServerConnection implements PipelineOwner {
  readonly id: number
  readonly remoteAddress: string
  readonly remotePort: number
  readonly endpoint: Endpoint
  readonly session: Session
  /** Monotonic. */
  readonly beganAtMs: number
  /** Monotonic time of the last byte in or reply out. */
  lastActiveMs: number
  readonly #socket: Connection
  readonly #owner: ConnectionOwner
  readonly #requests: RequestQueue
  readonly #replies: ReplyQueue
  readonly #pipeline: Pipeline
  #abort: AbortController | undefined
  /** The peer does not take replies as fast as they come. */
  #blocked = false
  /** Until the time that a reply has told the peer to wait for (KIP-219). */
  #mute: Timer | undefined
  #mutedUntilMs = 0
  #paused = false
  #draining = false
  #closed = false

  constructor(id: number, socket: Connection, endpoint: Endpoint, owner: ConnectionOwner) {
    this.id = id
    this.#socket = socket
    this.#owner = owner
    this.endpoint = endpoint
    const security = owner.securityOf(endpoint)
    this.session = security?.session(socket) ?? new Session()
    this.remoteAddress = socket.remoteAddress
    this.remotePort = socket.remotePort
    this.beganAtMs = owner.core.clock.monotonic()
    this.lastActiveMs = this.beganAtMs
    const { requestMaxBytes } = owner
    this.#requests = new RequestQueue({
      memory: this.session.authenticated ? owner.requestMemory : owner.loginMemory,
      pool: owner.receivePool,
      requestMaxBytes: Math.min(requestMaxBytes, security?.loginMaxBytes ?? requestMaxBytes),
      onAdmitted: () => {
        // While it waited for room it was not read from: its time begins now.
        this.lastActiveMs = owner.core.clock.monotonic()
        this.#pauseOrResume()
      },
    })
    // Who is not known yet cannot make the broker hold much, nor keep room from those who are.
    this.session.onAuthenticated = () => this.#requests.allow(requestMaxBytes, owner.requestMemory)
    this.#replies = new ReplyQueue({
      socket,
      core: owner.core,
      onSent: (bytes, flowing) => this.#onSent(bytes, flowing),
    })
    this.#pipeline = new Pipeline(this, {
      core: owner.core,
      gate: owner.gate,
      requests: this.#requests,
      replies: this.#replies,
    })
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController()
      if (this.#closed || this.#draining) this.#abort.abort()
    }
    return this.#abort.signal
  }

  get closed(): boolean {
    return this.#closed
  }

  /** What its requests count in. */
  get memory(): RequestMemory {
    return this.#requests.memory
  }

  get held(): boolean {
    return this.#blocked || this.#mute !== undefined
  }

  /** Whether the peer has nothing to wait for. Requests that only its own unread replies hold back do not keep a connection. */
  get idle(): boolean {
    return this.#replies.length === 0 && !this.#pipeline.loading
  }

  /**
   * Whether it holds room without getting on: for a request of which only a part has come and the rest is not sent, or for requests behind one that
   * waits for other clients, which may be as long as it wishes.
   */
  get stalling(): boolean {
    if (this.#mute !== undefined) return false
    return this.#requests.hasAdmittedPart || (this.#waitsBehind && this.#requests.isLarge)
  }

  /** Requests wait behind one that waits for other clients. */
  get #waitsBehind(): boolean {
    return this.#requests.length > 0 && this.#pipeline.waitsForClients
  }

  start(): void {
    this.#socket.start({
      space: () => this.#requests.space(),
      onReceived: bytes => this.#onReceived(bytes),
      onDrain: () => {
        this.#blocked = false
        this.#replies.drained()
        this.#pipeline.pump()
        this.#pauseOrResume()
      },
      onClose: error => {
        this.#requests.endReceiving()
        if (error instanceof TlsError) this.#onTlsFailed(error)
        this.#onClosed()
      },
    })
  }

  #onTlsFailed(error: TlsError): void {
    if (this.#closed || this.#draining) return
    this.#log('warn', 'connection.tls_failed', () => ({ error: error.message }))
  }

  #log(level: LogLevel, event: string, fields: () => LogFields): void {
    const source = { remote: this.remoteAddress, listener: this.endpoint.name }
    this.#owner.core.burstFilter.log(level, event, source, () => ({
      port: this.remotePort,
      ...fields(),
    }))
  }

  /** Reads on if this connection's own limits allow it: called when the broker is no longer congested. */
  resume(): void {
    this.#pauseOrResume()
  }

  /** Begins nothing new, ends waits, and closes when the replies under way have been sent. */
  drain(): void {
    if (this.#draining || this.#closed) return
    this.#draining = true
    this.#requests.drop()
    this.#abort?.abort()
    if (this.#replies.length === 0) this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #onReceived(bytes: number): void {
    this.lastActiveMs = this.#owner.core.clock.monotonic()
    if (this.#closed || this.#draining) return
    try {
      this.#requests.received(bytes, this.lastActiveMs)
    } catch (error) {
      this.fail(error)
      return
    }
    this.#pipeline.pump()
    this.#pauseOrResume()
  }

  #onSent(requestBytes: number, flowing: boolean): void {
    this.lastActiveMs = this.#owner.core.clock.monotonic()
    this.#requests.answered(requestBytes)
    if (!flowing) this.#blocked = true
    if (this.#draining && this.#replies.length === 0) this.#socket.end()
    this.#pauseOrResume()
  }

  muteFor(timeMs: number): void {
    const { clock } = this.#owner.core
    const untilMs = clock.monotonic() + timeMs
    if (untilMs <= this.#mutedUntilMs) return
    this.#mutedUntilMs = untilMs
    this.#mute?.cancel()
    const unmute = () => {
      this.#mute = undefined
      this.#pipeline.pump()
      this.#pauseOrResume()
    }
    this.#mute = clock.setTimer(timeMs, unmute, { unref: true })
  }

  onProgress(): void {
    this.#pauseOrResume()
  }

  #pauseOrResume(): void {
    if (this.#closed) return
    const full =
      this.#requests.full ||
      this.#mute !== undefined ||
      // What could not be begun for a while is left in the socket, where it takes no room from others.
      this.#waitsBehind ||
      (this.memory.congested && (this.#replies.length > 0 || this.#requests.length > 0))
    if (full === this.#paused) return
    this.#paused = full
    if (full) this.#socket.pause()
    else this.#socket.resume()
  }

  /** The connection cannot go on: what came cannot be read, or a handler failed. Others are not touched. */
  fail(error: unknown, request?: IncomingRequest): void {
    if (this.#closed) return
    const cause = error instanceof Error ? error : new Error(String(error))
    const expected =
      cause instanceof RequestError || cause.name === 'DecodeError' || cause.name === 'FrameError'
    const event = expected ? 'connection.bad_request' : 'connection.request_failed'
    this.#log(expected ? 'warn' : 'error', event, () => ({
      ...(request && {
        apiKey: request.apiKey,
        apiVersion: request.apiVersion,
        clientId: request.clientId,
      }),
      error: expected ? `${cause.message}${adviceFor(cause)}` : (cause.stack ?? cause.message),
    }))
    this.#socket.destroy()
    this.#onClosed()
  }

  #onClosed(): void {
    if (this.#closed) return
    this.#closed = true
    this.#mute?.cancel()
    this.#requests.close()
    this.#replies.close()
    this.#abort?.abort()
    this.#owner.onClosed(this)
  }
}

/** What a peer does wrong that speaks another protocol. */
function adviceFor(cause: Error): string {
  if (!(cause instanceof FrameError) || cause.foreignProtocol === undefined) return ''
  return cause.foreignProtocol === 'TLS'
    ? ': the client is set to use TLS, and this listener does not'
    : ': the client is at the wrong port'
}
