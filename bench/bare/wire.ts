// The least a Kafka client can be: one socket, frames out, frames in order back.
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { type Api, encodeRequestHeader, requestHeaderVersion, Writer } from '@millrace/protocol'

const sizeBytes = 4

export interface FrameOptions {
  readonly clientId: string
  /** Default: 1. */
  readonly correlationId?: number
  /** Memory that is set aside for the request. Default: what any writer begins with. */
  readonly sizeHint?: number
}

/** A request as chunks with its size in front. */
export function requestFrame<Request, RequestInit, Response, ResponseInit>(
  api: Api<Request, RequestInit, Response, ResponseInit>,
  version: number,
  request: RequestInit,
  { clientId, correlationId = 1, sizeHint }: FrameOptions,
): Uint8Array[] {
  const writer = new Writer(sizeHint)
  encodeRequestHeader(
    writer,
    { requestApiKey: api.key, requestApiVersion: version, correlationId, clientId },
    requestHeaderVersion(api as unknown as Api, version),
  )
  api.encodeRequest(writer, request, version)
  const size = Buffer.allocUnsafe(sizeBytes)
  size.writeInt32BE(writer.length, 0)
  return [size, ...writer.finish()]
}

/** A connection that hands over each response frame (without its size) in order. */
export class Wire {
  readonly #socket: Socket
  readonly #onFrame: (frame: Buffer) => void
  #chunks: Buffer[] = []
  #buffered = 0

  private constructor(socket: Socket, onFrame: (frame: Buffer) => void) {
    this.#socket = socket
    this.#onFrame = onFrame
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
  }

  /** With `caFile`, the certificate of an authority as PEM, over TLS. */
  static async open(
    host: string,
    port: number,
    onFrame: (frame: Buffer) => void,
    caFile?: string,
  ): Promise<Wire> {
    const secure = caFile !== undefined
    const socket = secure
      ? connectSecurely({ host, port, ca: readFileSync(caFile) }).setNoDelay(true)
      : connect({ host, port, noDelay: true })
    await new Promise<void>((resolve, reject) => {
      socket.once(secure ? 'secureConnect' : 'connect', resolve)
      socket.once('error', reject)
    })
    return new Wire(socket, onFrame)
  }

  /** Sends chunks as one writev; a size prefix must be among them. */
  send(chunks: readonly Uint8Array[]): void {
    this.#socket.cork()
    for (const chunk of chunks) this.#socket.write(chunk)
    this.#socket.uncork()
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#buffered += chunk.length
    while (this.#buffered >= sizeBytes) {
      let head = this.#chunks[0]!
      if (head.length < sizeBytes) {
        head = Buffer.concat(this.#chunks)
        this.#chunks = [head]
      }
      const size = head.readInt32BE(0) + sizeBytes
      if (this.#buffered < size) return
      const whole = head.length >= size ? head : Buffer.concat(this.#chunks)
      const rest = whole.subarray(size)
      this.#chunks = head.length >= size ? this.#chunks.slice(1) : []
      if (rest.length > 0) this.#chunks.unshift(rest)
      this.#buffered -= size
      this.#onFrame(whole.subarray(sizeBytes, size))
    }
  }
}
