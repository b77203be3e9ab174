// One client connection: frames in, handlers one after the other, replies out in order.
//
// Requests wait in `#queue` until those before them are done (or only wait for the disk: `overlap`). Each begun request has
// a slot; replies leave from the first slot on, so that they keep the order of the requests whatever finishes first.
import { type BufferPool, type FrameMemory, FrameReceiver, ProduceApi } from '@millrace/protocol'
import type { Connection } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import { encodeReply, type IncomingRequest, readRequestBody, readRequestHeader } from '../dispatch.ts'
import { unsupportedVersionReply } from '../handlers/18-api-versions.ts'
import type { ConnectionContext, Handler, RequestContext } from '../handlers/handler.ts'
import { findHandler } from '../handlers/loading.ts'
import {
  connectionQueueMaxBytes,
  connectionQueueMaxRequests,
  overlapMaxRequests,
  receiveMaxBytes,
  sendNowBytes,
} from '../limits.ts'
import { RequestError } from '../request-error.ts'
import type { Endpoint } from './listeners.ts'

/** What a connection needs of the server it belongs to. */
export interface ConnectionOwner {
  readonly core: BrokerCore
  readonly requestMaxBytes: number
  /** Memory of all connections that requests are received into. */
  readonly receivePool: BufferPool
  /** Bytes of requests that all connections hold went up or down. */
  onQueuedBytes(delta: number): void
  /** Too many bytes are held: do not read on. `ServerConnection.resume` is called when that is over. */
  readonly congested: boolean
  onClosed(connection: ServerConnection): void
}

/** A request that was received. */
interface Frame {
  readonly bytes: Buffer
  /** Where it lies, held for it until it has been handled; undefined when `bytes` is its own. */
  readonly memory: FrameMemory | undefined
}

/**
 * Requests to produce stay where they were received: what is appended from them the log copies. Others are copied, because what is decoded
 * from them may be kept (metadata and assignments of group members); they are small.
 */
function frameOf(bytes: Buffer, memory: FrameMemory): Frame {
  if (bytes.length < 2 || bytes.readInt16BE(0) !== ProduceApi.key) {
    return { bytes: Buffer.from(bytes), memory: undefined }
  }
  memory.hold()
  return { bytes, memory }
}

/** A request that was begun. */
class Slot implements RequestContext {
  readonly broker: BrokerCore
  readonly connection: ServerConnection
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  readonly bytes: number
  readonly overlap: boolean
  done = false
  chunks: Uint8Array[] | undefined
  releases: (() => void)[] | undefined
  #memory: FrameMemory | undefined

  constructor(
    connection: ServerConnection,
    core: BrokerCore,
    request: IncomingRequest,
    overlap: boolean,
    memory: FrameMemory | undefined,
  ) {
    this.broker = core
    this.connection = connection
    this.apiVersion = request.apiVersion
    this.correlationId = request.correlationId
    this.clientId = request.clientId
    this.bytes = request.bytes
    this.overlap = overlap
    this.#memory = memory
  }

  /** Nobody uses the request any more. */
  releaseRequest(): void {
    this.#memory?.release()
    this.#memory = undefined
  }

  onSent(release: () => void): void {
    if (this.releases) this.releases.push(release)
    else this.releases = [release]
  }
}

export class ServerConnection implements ConnectionContext {
  readonly id: number
  readonly remoteAddress: string
  readonly endpoint: Endpoint
  readonly principal = 'User:ANONYMOUS'
  clientSoftwareName = ''
  clientSoftwareVersion = ''
  /** Monotonic time of the last byte in or reply out. */
  lastActiveMs: number
  readonly #socket: Connection
  readonly #owner: ConnectionOwner
  readonly #receiver: FrameReceiver
  readonly #queue: Frame[] = []
  #queuedBytes = 0
  readonly #slots: Slot[] = []
  /** Slots whose handler is not done, and whether it must be alone. */
  #running = 0
  #exclusive = false
  /** Bytes of finished replies that were not handed to the socket. */
  #unsentBytes = 0
  #flushing = false
  #abort: AbortController | undefined
  /** The handler of the next request is being loaded. */
  #loading = false
  /** The peer does not take replies as fast as they come: nothing new is begun. */
  #blocked = false
  #pumping = false
  #paused = false
  #draining = false
  #closed = false

  constructor(id: number, socket: Connection, endpoint: Endpoint, owner: ConnectionOwner) {
    this.id = id
    this.#socket = socket
    this.#owner = owner
    this.endpoint = endpoint
    this.remoteAddress = socket.remoteAddress
    this.lastActiveMs = owner.core.clock.monotonic()
    this.#receiver = new FrameReceiver({
      frameMaxBytes: owner.requestMaxBytes,
      memoryMaxBytes: receiveMaxBytes,
      pool: owner.receivePool,
    })
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController()
      if (this.#closed || this.#draining) this.#abort.abort()
    }
    return this.#abort.signal
  }

  /** Whether requests are under way or wait for their turn. */
  get busy(): boolean {
    return this.#slots.length > 0 || this.#queue.length > 0
  }

  /** Whether the peer has nothing to wait for. Requests that only its own unread replies hold back do not keep a connection. */
  get idle(): boolean {
    return this.#slots.length === 0 && !this.#loading
  }

  start(): void {
    const onFrame = (bytes: Buffer, memory: FrameMemory) => {
      this.#queue.push(frameOf(bytes, memory))
      this.#queuedBytes += bytes.length
      this.#owner.onQueuedBytes(bytes.length)
    }
    this.#socket.start({
      space: () => this.#receiver.space(),
      onReceived: bytes => {
        this.lastActiveMs = this.#owner.core.clock.monotonic()
        if (this.#closed || this.#draining) return
        try {
          this.#receiver.received(bytes, onFrame)
        } catch (error) {
          this.#fail(error)
          return
        }
        this.#pump()
        this.#pauseOrResume()
      },
      onDrain: () => {
        this.#blocked = false
        this.#pump()
        this.#pauseOrResume()
      },
      onClose: () => {
        this.#receiver.close()
        this.#onClosed()
      },
    })
  }

  /** Reads on if this connection's own limits allow it: called when the broker is no longer congested. */
  resume(): void {
    this.#pauseOrResume()
  }

  /** Begins nothing new, ends waits, and closes when the replies under way have been sent. */
  drain(): void {
    if (this.#draining || this.#closed) return
    this.#draining = true
    this.#dropQueue()
    this.#abort?.abort()
    if (this.#slots.length === 0) this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** Begins requests as far as order and backpressure allow. Those that finish at once do not pump again: the loop goes on. */
  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    try {
      this.#beginQueued()
    } finally {
      this.#pumping = false
    }
  }

  #beginQueued(): void {
    while (this.#queue.length > 0 && !this.#loading && !this.#blocked && !this.#closed) {
      if (this.#exclusive || this.#running >= overlapMaxRequests) return
      let request: IncomingRequest
      let handler: Handler | Promise<Handler>
      try {
        request = readRequestHeader(this.#queue[0]!.bytes)
        handler = findHandler(request.apiKey)
      } catch (error) {
        this.#fail(error)
        return
      }
      if (handler instanceof Promise) {
        this.#loading = true
        handler.then(
          () => {
            this.#loading = false
            this.#pump()
            this.#pauseOrResume()
          },
          (error: unknown) => this.#fail(error),
        )
        return
      }
      if (this.#running > 0 && !handler.overlap) return
      const { memory } = this.#queue.shift()!
      this.#begin(request, handler, memory)
    }
  }

  #begin(request: IncomingRequest, handler: Handler, memory: FrameMemory | undefined): void {
    const slot = new Slot(this, this.#owner.core, request, handler.overlap, memory)
    this.#slots.push(slot)
    this.#running++
    this.#exclusive = !handler.overlap
    try {
      if (request.unknownApiVersions) {
        slot.chunks = encodeReply(handler.api, 0, request.correlationId, unsupportedVersionReply())
        this.#finish(slot)
        return
      }
      const body = readRequestBody(request, handler.api)
      const reply = handler.handle(body as never, slot)
      if (reply instanceof Promise) {
        reply.then(
          value => this.#onReply(slot, handler, value),
          (error: unknown) => {
            this.#release(slot)
            this.#fail(error, request)
          },
        )
      } else this.#onReply(slot, handler, reply)
    } catch (error) {
      this.#release(slot)
      this.#fail(error, request)
    }
  }

  #onReply(slot: Slot, handler: Handler, reply: unknown): void {
    if (this.#closed) {
      this.#release(slot)
      return
    }
    try {
      if (reply !== null) {
        slot.chunks = encodeReply(handler.api, slot.apiVersion, slot.correlationId, reply)
      }
    } catch (error) {
      this.#release(slot)
      this.#fail(error)
      return
    }
    this.#finish(slot)
    this.#pump()
    this.#pauseOrResume()
  }

  /**
   * Notes a reply (or that there is none) and sees to its sending. Requests that waited for the same sync finish in the same turn:
   * sending a microtask later puts their replies into one write.
   */
  #finish(slot: Slot): void {
    slot.done = true
    slot.releaseRequest()
    this.#running--
    if (!slot.overlap) this.#exclusive = false
    if (slot.chunks) for (const chunk of slot.chunks) this.#unsentBytes += chunk.length
    if (this.#slots[0] !== slot) return
    if (this.#unsentBytes >= sendNowBytes) {
      this.#flush()
      return
    }
    if (this.#flushing) return
    this.#flushing = true
    queueMicrotask(() => this.#flush())
  }

  /** Sends all finished replies up to the first unfinished one, in one write. */
  #flush(): void {
    this.#flushing = false
    const slots = this.#slots
    if (this.#closed || !slots[0]?.done) return
    this.lastActiveMs = this.#owner.core.clock.monotonic()
    const chunks: Uint8Array[] = []
    const releases: (() => void)[] = []
    let finished = 0
    let bytes = 0
    for (; slots[finished]?.done; finished++) {
      const next = slots[finished]!
      bytes += next.bytes
      if (next.chunks) {
        for (const chunk of next.chunks) {
          this.#unsentBytes -= chunk.length
          appendChunk(chunks, chunk)
        }
      }
      if (next.releases) for (const release of next.releases) releases.push(release)
    }
    slots.splice(0, finished)
    this.#queuedBytes -= bytes
    this.#owner.onQueuedBytes(-bytes)
    const releaseAll = () => {
      for (const release of releases) release()
    }
    if (chunks.length === 0) releaseAll()
    else if (!this.#socket.write(chunks, releases.length === 0 ? undefined : releaseAll)) this.#blocked = true
    if (this.#draining && slots.length === 0) this.#socket.end()
    this.#pauseOrResume()
  }

  #pauseOrResume(): void {
    if (this.#closed) return
    const full =
      this.#queuedBytes > connectionQueueMaxBytes ||
      this.#queue.length > connectionQueueMaxRequests ||
      (this.#owner.congested && this.busy)
    if (full === this.#paused) return
    this.#paused = full
    if (full) this.#socket.pause()
    else this.#socket.resume()
  }

  /** The connection cannot go on: what came cannot be read, or a handler failed. Others are not touched. */
  #fail(error: unknown, request?: IncomingRequest): void {
    if (this.#closed) return
    const cause = error instanceof Error ? error : new Error(String(error))
    const expected =
      cause instanceof RequestError || cause.name === 'DecodeError' || cause.name === 'FrameError'
    this.#owner.core.logger.log(
      expected ? 'warn' : 'error',
      expected ? 'connection.bad_request' : 'connection.request_failed',
      {
        remote: `${this.remoteAddress}:${this.#socket.remotePort}`,
        listener: this.endpoint.name,
        ...(request && {
          apiKey: request.apiKey,
          apiVersion: request.apiVersion,
          clientId: request.clientId,
        }),
        error: expected ? cause.message : (cause.stack ?? cause.message),
      },
    )
    this.#socket.destroy()
    this.#onClosed()
  }

  #release(slot: Slot): void {
    slot.releaseRequest()
    if (slot.releases) for (const release of slot.releases) release()
    slot.releases = undefined
  }

  #dropQueue(): void {
    for (const { bytes, memory } of this.#queue) {
      memory?.release()
      this.#queuedBytes -= bytes.length
      this.#owner.onQueuedBytes(-bytes.length)
    }
    this.#queue.length = 0
  }

  #onClosed(): void {
    if (this.#closed) return
    this.#closed = true
    this.#dropQueue()
    this.#owner.onQueuedBytes(-this.#queuedBytes)
    this.#queuedBytes = 0
    // Unfinished requests release what they hold when their handlers return.
    for (const slot of this.#slots) if (slot.done) this.#release(slot)
    this.#slots.length = 0
    this.#abort?.abort()
    this.#owner.onClosed(this)
  }
}

/** Adds a chunk. Replies that were encoded one behind the other are one piece of memory: they become one chunk again. */
function appendChunk(chunks: Uint8Array[], chunk: Uint8Array): void {
  const last = chunks.at(-1)
  if (last && last.buffer === chunk.buffer && last.byteOffset + last.length === chunk.byteOffset) {
    chunks[chunks.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + chunk.length)
  } else chunks.push(chunk)
}
