// A minimal protocol client: one connection, requests in the order in which they are made. It observes the broker without any of the product's client.
import {
  type Api,
  decodeResponse,
  decodeResponseHeader,
  encodeRequestHeader,
  FrameReceiver,
  Reader,
  requestHeaderVersion,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol'
import { type Connection, TimeoutError } from '@millrace/runtime'
import type { SimHost } from '../sim/index.ts'

const frameMaxBytes = 16 << 20

/** The connection broke before the answer was there. Whether the request was done is unknown. */
class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
}

interface Waiter {
  resolve(frame: Buffer): void
  reject(error: Error): void
}

/** Connects on demand, closes on trouble, repeats nothing by itself. */
export class RawClient {
  readonly #host: SimHost
  readonly #clientId: string
  readonly #port: () => number
  #connection: Connection | undefined
  #connecting: Promise<Connection> | undefined
  /** Who waits for an answer, in the order of the requests. */
  #waiters: Waiter[] = []
  #correlationId = 0

  /** `port` is asked at each connect: the broker may have another one after a restart. */
  constructor(host: SimHost, clientId: string, port: () => number) {
    this.#host = host
    this.#clientId = clientId
    this.#port = port
  }

  /** Sends a request and waits for its answer; `timeoutMs` counts from now. */
  async request<Request, Init, Response>(
    api: Api<Request, Init, Response>,
    body: Init,
    version: number,
    timeoutMs = 30_000,
  ): Promise<Response> {
    const connection = this.#connection ?? (await this.#connectOnce(timeoutMs))
    const correlationId = ++this.#correlationId
    const writer = new Writer()
    const header = {
      requestApiKey: api.key,
      requestApiVersion: version,
      correlationId,
      clientId: this.#clientId,
    }
    encodeRequestHeader(writer, header, requestHeaderVersion(api as Api, version))
    api.encodeRequest(writer, body, version)
    const frame = writer.finishBuffer()
    const size = Buffer.alloc(4)
    size.writeInt32BE(frame.length)
    const answer = this.#await(api.name, timeoutMs)
    connection.write([size, frame])
    const reader = new Reader(await answer)
    const response = decodeResponseHeader(reader, responseHeaderVersion(api as Api, version))
    if (response.correlationId !== correlationId) throw new Error('an answer to another request')
    return decodeResponse(api, reader, version)
  }

  close(): void {
    this.#fail(new ConnectionLostError('closed here'))
  }

  /** Requests of one turn share a connection. */
  #connectOnce(timeoutMs: number): Promise<Connection> {
    this.#connecting ??= this.#connect(timeoutMs).finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  async #connect(timeoutMs: number): Promise<Connection> {
    const port = this.#port()
    const connection = await this.#host.network.connect({ host: '127.0.0.1', port, timeoutMs })
    this.#connection = connection
    const receiver = new FrameReceiver({ frameMaxBytes, memoryMaxBytes: frameMaxBytes })
    connection.start({
      space: () => receiver.space(),
      onReceived: bytes => receiver.received(bytes, frame => this.#onFrame(Buffer.from(frame))),
      onDrain: () => {},
      onClose: () => {
        if (this.#connection === connection) this.#fail(new ConnectionLostError('the connection was closed'))
      },
    })
    return connection
  }

  #await(name: string, timeoutMs: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const timer = this.#host.clock.setTimer(timeoutMs, () => {
        this.#fail(new TimeoutError(`${name} was not answered within ${timeoutMs} ms`))
      })
      this.#waiters.push({
        resolve: frame => {
          timer.cancel()
          resolve(frame)
        },
        reject: error => {
          timer.cancel()
          reject(error)
        },
      })
    })
  }

  #onFrame(frame: Buffer): void {
    this.#waiters.shift()?.resolve(frame)
  }

  #fail(error: Error): void {
    const waiters = this.#waiters.splice(0)
    const connection = this.#connection
    this.#connection = undefined
    connection?.destroy()
    for (const waiter of waiters) waiter.reject(error)
  }
}
