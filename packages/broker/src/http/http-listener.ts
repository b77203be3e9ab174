// A small HTTP server for scrapers and probes, on the broker's own network: one request a connection, bounded in everything. `node:http` would cost
// every start that wants metrics 15 ms and 6 MB, and would be out of reach for a simulated network.
import type { Clock, Connection, Listener, Network, Timer } from '@millrace/runtime'
import {
  httpConnectionsMax,
  httpHeadMaxBytes,
  httpRequestMaxMs,
  httpSliceMs,
  httpWriteBytes,
} from '../limits.ts'
import { HttpError, type HttpRequest, readHttpRequest } from './http-request.ts'

export interface HttpReply {
  readonly status: number
  readonly contentType: string
  /** Made while it is sent, in slices that leave the event loop to others. */
  readonly body: Iterable<string>
}

export interface HttpListenerOptions {
  readonly network: Network
  readonly clock: Clock
  readonly host: string
  readonly port: number
  /** Answers a request. What it throws becomes status 500, and is told to `failed`. */
  readonly answer: (request: HttpRequest) => HttpReply | Promise<HttpReply>
  readonly failed: (error: unknown) => void
}

const endOfHead = '\r\n\r\n'
const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

export class HttpListener {
  readonly #listener: Listener
  readonly #connections: Set<HttpConnection>

  private constructor(listener: Listener, connections: Set<HttpConnection>) {
    this.#listener = listener
    this.#connections = connections
  }

  /** Binds the address. Throws the system's error when that cannot be. */
  static async listen(options: HttpListenerOptions): Promise<HttpListener> {
    const connections = new Set<HttpConnection>()
    const { host, port } = options
    const listener = await options.network.listen({ host, port }, socket => {
      if (connections.size >= httpConnectionsMax) {
        socket.destroy()
        return
      }
      const connection = new HttpConnection(socket, options, () => connections.delete(connection))
      connections.add(connection)
      connection.start()
    })
    return new HttpListener(listener, connections)
  }

  get port(): number {
    return this.#listener.port
  }

  /** Ends every connection, answered or not. */
  async close(): Promise<void> {
    const closed = this.#listener.close()
    for (const connection of this.#connections) connection.destroy()
    await closed
  }
}

class HttpConnection {
  readonly #socket: Connection
  readonly #options: HttpListenerOptions
  readonly #onClosed: () => void
  readonly #head = Buffer.alloc(httpHeadMaxBytes)
  readonly #timer: Timer
  #headBytes = 0
  #answering = false
  #closed = false
  #onDrained: (() => void) | undefined

  constructor(socket: Connection, options: HttpListenerOptions, onClosed: () => void) {
    this.#socket = socket
    this.#options = options
    this.#onClosed = onClosed
    // For the whole of it: who sends nothing, or takes nothing, does not keep a place.
    this.#timer = options.clock.setTimer(httpRequestMaxMs, () => socket.destroy(), { unref: true })
  }

  start(): void {
    this.#socket.start({
      space: () => this.#head.subarray(Math.min(this.#headBytes, httpHeadMaxBytes - 1)),
      onReceived: bytes => this.#onReceived(bytes),
      onDrain: () => this.#wake(),
      onClose: () => {
        this.#closed = true
        this.#timer.cancel()
        this.#wake()
        this.#onClosed()
      },
    })
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #wake(): void {
    this.#onDrained?.()
    this.#onDrained = undefined
  }

  #onReceived(bytes: number): void {
    if (this.#answering) return
    this.#headBytes += bytes
    const head = this.#head.toString('latin1', 0, this.#headBytes)
    const end = head.indexOf(endOfHead)
    if (end >= 0) void this.#answer(head.slice(0, end))
    else if (this.#headBytes >= httpHeadMaxBytes - 1) void this.#answer(undefined)
  }

  async #answer(head: string | undefined): Promise<void> {
    this.#answering = true
    let withBody = true
    let chunked = true
    let reply: HttpReply
    try {
      if (head === undefined)
        throw new HttpError(431, `the head of a request has ${httpHeadMaxBytes} bytes at most`)
      const request = readHttpRequest(head)
      withBody = request.method !== 'HEAD'
      chunked = request.version === '1.1'
      reply = await this.#options.answer(request)
    } catch (error) {
      reply = this.#fault(error)
    }
    try {
      await this.#send(reply, withBody, chunked)
    } catch (error) {
      // Its beginning has left: only the missing end can tell.
      this.#options.failed(error)
      this.#socket.destroy()
    }
  }

  #fault(error: unknown): HttpReply {
    const known = error instanceof HttpError
    if (!known) this.#options.failed(error)
    return {
      status: known ? error.status : 500,
      contentType: 'text/plain; charset=utf-8',
      body: [`${known ? error.message : 'the broker failed to answer; its log says why'}\n`],
    }
  }

  async #send({ status, contentType, body }: HttpReply, withBody: boolean, chunked: boolean): Promise<void> {
    const { clock } = this.#options
    const encoding = chunked ? 'Transfer-Encoding: chunked\r\n' : ''
    let text = `HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\nContent-Type: ${contentType}\r\n${encoding}Connection: close${endOfHead}`
    if (withBody) {
      await this.#write(text)
      text = ''
      let sinceMs = clock.monotonic()
      for (const part of body) {
        text += part
        if (text.length >= httpWriteBytes) {
          await this.#write(bodyChunk(text, chunked))
          text = ''
        }
        if (this.#closed) return
        if (clock.monotonic() - sinceMs < httpSliceMs) continue
        await new Promise<void>(resolve => clock.defer(resolve))
        sinceMs = clock.monotonic()
      }
      text = `${bodyChunk(text, chunked)}${chunked ? `0${endOfHead}` : ''}`
    }
    await this.#write(text)
    this.#socket.end()
  }

  async #write(text: string): Promise<void> {
    if (this.#closed || text === '') return
    if (this.#socket.write([Buffer.from(text)])) return
    await new Promise<void>(resolve => {
      this.#onDrained = resolve
    })
  }
}

function bodyChunk(text: string, chunked: boolean): string {
  if (!chunked || text === '') return text
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}
