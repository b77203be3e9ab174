// Ordering: begins the requests of a connection one after the other, or beside those that only wait for the disk (`overlap`).
import type { BrokerCore } from '../core.ts'
import {
  apiKeyOf,
  encodeReply,
  type IncomingRequest,
  readRequestBody,
  readRequestHeader,
  tokenRequest,
} from '../dispatch.ts'
import type { ConnectionContext, Handler } from '../handlers/handler.ts'
import { findHandler } from '../handlers/loading.ts'
import { overlapMaxRequests } from '../limits.ts'
import type { Gate } from './gate.ts'
import type { ReplyQueue } from './reply-queue.ts'
import type { Frame, RequestQueue } from './request-queue.ts'
import { Slot } from './slot.ts'

/** The connection that a pipeline belongs to. */
export interface PipelineOwner extends ConnectionContext {
  /** The peer does not take replies, or is muted: nothing new is begun. */
  readonly held: boolean
  readonly closed: boolean
  /** Requests were begun or answered while nothing came in: whether to read on may have changed. */
  onProgress(): void
  /** Nothing is read or begun for the time that a reply tells the peer to wait (KIP-219). */
  muteFor(timeMs: number): void
  /** The connection cannot go on. */
  fail(error: unknown, request?: IncomingRequest): void
}

export interface PipelineOptions {
  readonly core: BrokerCore
  readonly gate: Gate
  readonly requests: RequestQueue
  readonly replies: ReplyQueue
}

export class Pipeline {
  readonly #core: BrokerCore
  readonly #gate: Gate
  readonly #requests: RequestQueue
  readonly #replies: ReplyQueue
  readonly #owner: PipelineOwner
  /** Requests whose handler is not done, and whether one of them must be alone. */
  #running = 0
  #exclusive = false
  #waitsForClients = false
  /** One that overlaps has yet to do what others can observe. */
  #held = false
  /** The handler of the next request is being loaded. */
  #loading = false
  #pumping = false

  constructor(owner: PipelineOwner, { core, gate, requests, replies }: PipelineOptions) {
    this.#owner = owner
    this.#core = core
    this.#gate = gate
    this.#requests = requests
    this.#replies = replies
  }

  /** A request that is alone waits for other clients, for as long as it says. */
  get waitsForClients(): boolean {
    return this.#waitsForClients
  }

  get loading(): boolean {
    return this.#loading
  }

  /** Begins requests as far as order and backpressure allow. Those that finish at once do not pump again: the loop goes on. */
  pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    try {
      this.#beginQueued()
    } finally {
      this.#pumping = false
    }
  }

  #beginQueued(): void {
    const requests = this.#requests
    while (requests.length > 0 && !this.#loading && !this.#owner.held && !this.#owner.closed) {
      if (this.#exclusive || this.#held || this.#running >= overlapMaxRequests) return
      const frame = requests.first!
      if (this.#owner.session.sasl?.takesRawToken) {
        requests.shift()
        void this.#beginToken(frame)
        continue
      }
      let request: IncomingRequest
      let handler: Handler | Promise<Handler>
      try {
        handler = findHandler(apiKeyOf(frame.bytes))
        if (handler instanceof Promise) {
          this.#awaitHandler(handler)
          return
        }
        if (this.#running > 0 && !handler.traits.overlap) return
        request = readRequestHeader(frame.bytes, handler)
      } catch (error) {
        this.#owner.fail(error)
        return
      }
      requests.shift()
      this.#begin(request, handler, frame)
    }
  }

  #awaitHandler(handler: Promise<Handler>): void {
    this.#loading = true
    handler.then(
      () => {
        this.#loading = false
        this.pump()
        this.#owner.onProgress()
      },
      (error: unknown) => this.#owner.fail(error),
    )
  }

  #begin(request: IncomingRequest, handler: Handler, frame: Frame): void {
    const slot = new Slot(this.#owner, this.#core, request, handler, frame)
    this.#replies.push(slot)
    this.#running++
    this.#exclusive = !slot.overlap
    try {
      this.#gate.admit(handler, slot)
      if (request.unknownVersion) {
        slot.chunks = encodeReply(handler, 0, slot, handler.traits.unknownVersionReply!())
        this.#finish(slot)
        return
      }
      const reply = handler.handle(readRequestBody(request, handler) as never, slot)
      slot.handled()
      if (reply instanceof Promise) {
        this.#waitsForClients = slot.waitsForClients
        if (slot.holding) this.#holdUntil(slot.holding)
        reply.then(
          value => this.#onReply(slot, handler, value),
          (error: unknown) => {
            slot.abandon()
            this.#owner.fail(error, request)
          },
        )
      } else this.#onReply(slot, handler, reply)
    } catch (error) {
      slot.abandon()
      this.#owner.fail(error, request)
    }
  }

  /** A token of SASL that comes without the frame of a request, since the handshake was of version 0. It is alone on the connection. */
  async #beginToken(frame: Frame): Promise<void> {
    this.#running++
    this.#exclusive = true
    try {
      const { rawTokenHandler, takeRawToken } = await import('../authentication/sasl/raw-token.ts')
      const slot = new Slot(this.#owner, this.#core, tokenRequest(frame.bytes), rawTokenHandler, frame)
      this.#replies.push(slot)
      slot.chunks = await takeRawToken(frame.bytes, slot)
      this.#finish(slot)
      this.pump()
      this.#owner.onProgress()
    } catch (error) {
      this.#owner.fail(error)
    }
  }

  #holdUntil(settled: Promise<unknown>): void {
    const goOn = () => {
      this.#held = false
      this.pump()
      this.#owner.onProgress()
    }
    this.#held = true
    settled.then(goOn, goOn)
  }

  #onReply(slot: Slot, handler: Handler, reply: unknown): void {
    if (this.#owner.closed) {
      slot.abandon()
      return
    }
    try {
      this.#core.quotas?.settle(handler.traits.quota, slot, reply !== null)
      if (reply !== null) slot.chunks = encodeReply(handler, slot.apiVersion, slot, reply)
    } catch (error) {
      slot.abandon()
      this.#owner.fail(error)
      return
    }
    this.#finish(slot)
    this.pump()
    this.#owner.onProgress()
  }

  #finish(slot: Slot): void {
    slot.done = true
    slot.releaseRequest()
    this.#running--
    if (!slot.overlap) {
      this.#exclusive = false
      this.#waitsForClients = false
    }
    if (slot.throttleTimeMs > 0) this.#owner.muteFor(slot.throttleTimeMs)
    this.#replies.finished(slot)
  }
}
