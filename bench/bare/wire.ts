// The least a Kafka client can be: one socket, frames out, frames in order back.
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'

const sizeBytes = 4

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
