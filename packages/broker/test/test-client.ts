// A client for tests: one socket, any API at any version, requests pipelined, raw bytes when a test wants to be rude.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import {
  type Api,
  decodeResponseHeader,
  encodeRequestHeader,
  Reader,
  requestHeaderVersion,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol'

interface Waiting {
  readonly correlationId: number
  resolve(body: Reader): void
  reject(error: Error): void
}

export class TestClient {
  readonly socket: Socket
  readonly clientId: string | null
  #nextId = 1
  #received = Buffer.alloc(0)
  readonly #waiting: Waiting[] = []
  /** Correlation ids in the order in which replies came. */
  readonly replies: number[] = []
  readonly closed: Promise<void>

  private constructor(socket: Socket, clientId: string | null) {
    this.socket = socket
    this.clientId = clientId
    socket.setNoDelay(true)
    socket.on('data', chunk => this.#onData(chunk))
    socket.on('error', () => {})
    this.closed = new Promise(resolve => {
      socket.on('close', () => {
        for (const waiting of this.#waiting.splice(0)) waiting.reject(new Error('connection closed'))
        resolve()
      })
    })
  }

  /** Over a socket that is connected, such as one of TLS. */
  static over(socket: Socket, clientId: string | null = 'test'): TestClient {
    return new TestClient(socket, clientId)
  }

  static async connect(port: number, clientId: string | null = 'test'): Promise<TestClient> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new TestClient(socket, clientId)
  }

  /** Sends a request and resolves with the decoded reply; rejects when the connection closes before. */
  async send<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, request: QI): Promise<R> {
    const correlationId = this.#nextId++
    const body = this.#expect(correlationId)
    this.socket.write(this.frame(api, version, request, correlationId))
    return this.#decode(api, version, await body)
  }

  /** Sends without waiting for any reply. */
  post<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, request: QI): void {
    this.socket.write(this.frame(api, version, request, this.#nextId++))
  }

  frame<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, request: QI, correlationId: number): Buffer {
    const writer = new Writer()
    writer.int32(0)
    encodeRequestHeader(
      writer,
      { requestApiKey: api.key, requestApiVersion: version, correlationId, clientId: this.clientId },
      requestHeaderVersion(api as unknown as Api, version),
    )
    api.encodeRequest(writer, request, version)
    const frame = Buffer.concat(writer.finish())
    frame.writeInt32BE(frame.length - 4, 0)
    return frame
  }

  /** Resolves with what follows the correlation id in the reply to a request that was sent as raw bytes. */
  async raw(bytes: Uint8Array, correlationId: number): Promise<Reader> {
    const body = this.#expect(correlationId)
    this.socket.write(bytes)
    return body
  }

  #expect(correlationId: number): Promise<Reader> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) reject(new Error('connection closed'))
      else this.#waiting.push({ correlationId, resolve, reject })
    })
  }

  #decode<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, reader: Reader): R {
    decodeResponseHeader(reader, responseHeaderVersion(api as unknown as Api, version))
    const response = api.decodeResponse(reader, version)
    if (reader.remaining > 0) throw new Error(`${reader.remaining} bytes behind a ${api.name} response`)
    return response
  }

  #onData(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    while (this.#received.length >= 4) {
      const size = this.#received.readInt32BE(0)
      if (this.#received.length < 4 + size) return
      const frame = this.#received.subarray(4, 4 + size)
      this.#received = this.#received.subarray(4 + size)
      const correlationId = frame.readInt32BE(0)
      this.replies.push(correlationId)
      const waiting = this.#waiting.shift()
      if (!waiting) throw new Error(`a reply to ${correlationId} that nobody waits for`)
      if (waiting.correlationId !== correlationId) {
        waiting.reject(new Error(`a reply to ${correlationId}, ${waiting.correlationId} was due`))
      } else waiting.resolve(new Reader(frame))
    }
  }

  close(): Promise<void> {
    this.socket.destroy()
    return this.closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
