// Sockets and a network in memory: what a peer sends arrives as far as the broker reads, and what the broker writes can be looked at.
import { type Connection, type ConnectionHandlers, type Listener, type Network } from '@millrace/runtime'

const readBytes = 64 << 10

export class FakeSocket implements Connection {
  readonly remoteAddress: string
  readonly remotePort = 1
  readonly localPort = 2
  readonly pendingBytes = 0
  readonly written: Buffer[] = []
  /** Bytes that the broker has taken. */
  takenBytes = 0
  paused = false
  destroyed = false
  #handlers: ConnectionHandlers | undefined
  #coming: Buffer = Buffer.alloc(0)
  #flowing = false

  constructor(remoteAddress = '127.0.0.1') {
    this.remoteAddress = remoteAddress
  }

  /** Whether the broker has taken it in. */
  get started(): boolean {
    return this.#handlers !== undefined
  }

  start(handlers: ConnectionHandlers): void {
    this.#handlers = handlers
    if (this.destroyed) queueMicrotask(() => handlers.onClose(undefined))
  }

  /** The peer sends `bytes`. They arrive at once as far as the broker reads, the rest when it reads on. */
  send(bytes: Buffer): void {
    this.#coming = this.#coming.length === 0 ? bytes : Buffer.concat([this.#coming, bytes])
    this.#flow()
  }

  #flow(): void {
    if (this.#flowing) return
    this.#flowing = true
    while (!this.paused && !this.destroyed && this.#coming.length > 0) {
      const space = this.#handlers!.space()
      const count = Math.min(space.length, readBytes, this.#coming.length)
      space.set(this.#coming.subarray(0, count))
      this.#coming = this.#coming.subarray(count)
      this.takenBytes += count
      this.#handlers!.onReceived(count)
    }
    this.#flowing = false
  }

  write(chunks: readonly Uint8Array[], onWritten?: () => void): boolean {
    this.written.push(Buffer.concat(chunks))
    if (onWritten) queueMicrotask(onWritten)
    return true
  }

  /** The frames that the broker has written, each with its size in front. */
  replies(): Buffer[] {
    const all = Buffer.concat(this.written)
    const frames: Buffer[] = []
    for (let at = 0; at < all.length; ) {
      const end = at + 4 + all.readInt32BE(at)
      frames.push(all.subarray(at, end))
      at = end
    }
    return frames
  }

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
    setImmediate(() => this.#flow())
  }

  end(): void {
    this.destroy()
  }

  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    queueMicrotask(() => this.#handlers?.onClose(undefined))
  }
}

/** A network that connections are put into by hand. */
export class FakeNetwork implements Network {
  #accept: ((connection: Connection) => void) | undefined

  listen(
    { host, port }: { readonly host: string; readonly port: number },
    onConnection: (connection: Connection) => void,
  ): Promise<Listener> {
    this.#accept = onConnection
    return Promise.resolve({ host, port: port || 9092, close: () => Promise.resolve() })
  }

  connect(): Promise<Connection> {
    return Promise.reject(new Error('this network knows only connections to the broker'))
  }

  /** A new connection to the broker. */
  arrive(remoteAddress?: string): FakeSocket {
    const socket = new FakeSocket(remoteAddress)
    this.#accept!(socket)
    return socket
  }
}
