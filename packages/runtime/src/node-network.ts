// TCP and TLS connections of a Node process.
import { createServer, Socket, type SocketConstructorOpts } from 'node:net'
import { TimeoutError } from './errors.ts'
import {
  type Connection,
  type ConnectionHandlers,
  type ConnectOptions,
  deliver,
  type Listener,
  type ListenOptions,
  type Network,
} from './network.ts'

const keepAliveDelayMs = 30_000
/** Where bytes go that arrive before the handlers are there, which is one read at most. */
const earlyBytes = 1024

/**
 * Where a socket reads to. It is made with the socket, which Node tells of its memory only then, and learns of the handlers when
 * they are installed.
 */
class Landing {
  #handlers: ConnectionHandlers | undefined
  #early: Buffer | undefined
  /** Node reads on after a `pause` that follows a `resume` in the same turn: a read that finds this set is the last. */
  paused = false
  closed = false
  /** The option of Node's sockets by which they read into memory that they are given (`onread`). */
  readonly onread = {
    buffer: () => this.#handlers?.space() ?? (this.#early = Buffer.allocUnsafe(earlyBytes)),
    callback: (bytes: number, memory: Uint8Array) => this.#onRead(bytes, memory),
  }

  start(handlers: ConnectionHandlers): void {
    this.#handlers = handlers
  }

  #onRead(bytes: number, memory: Uint8Array): boolean {
    const handlers = this.#handlers
    if (!handlers) throw new Error('a connection was read from before it was started')
    if (memory === this.#early) {
      this.#early = undefined
      deliver(memory.subarray(0, bytes), handlers, () => !this.closed)
    } else handlers.onReceived(bytes)
    return !this.paused
  }
}

class NodeConnection implements Connection {
  readonly remoteAddress: string
  readonly remotePort: number
  readonly localPort: number
  readonly #socket: Socket
  readonly #landing: Landing | undefined
  #error: Error | undefined

  /** Without `landing` the socket reads into memory of its own (TLS). It is paused. */
  constructor(socket: Socket, landing?: Landing) {
    this.#socket = socket
    this.#landing = landing
    this.remoteAddress = socket.remoteAddress ?? ''
    this.remotePort = socket.remotePort ?? 0
    this.localPort = socket.localPort ?? 0
    socket.setNoDelay(true)
    socket.setKeepAlive(true, keepAliveDelayMs)
    // An error before `start` must not become an uncaught exception; `start` reports it through `onClose`.
    socket.on('error', error => {
      this.#error ??= error
    })
  }

  get pendingBytes(): number {
    return this.#socket.writableLength
  }

  start(handlers: ConnectionHandlers): void {
    const socket = this.#socket
    if (socket.destroyed) {
      queueMicrotask(() => handlers.onClose(this.#error))
      return
    }
    if (this.#landing) this.#landing.start(handlers)
    else socket.on('data', chunk => deliver(chunk as Buffer, handlers, () => !socket.destroyed))
    socket.on('drain', () => handlers.onDrain())
    socket.on('close', () => handlers.onClose(this.#error))
    // Half-open connections are of no use to the Kafka protocol: the peer's end is ours too.
    socket.on('end', () => socket.end())
    socket.resume()
  }

  write(chunks: readonly Uint8Array[], onWritten?: () => void): boolean {
    const socket = this.#socket
    if (socket.destroyed || socket.writableEnded) {
      if (onWritten) queueMicrotask(onWritten)
      return true
    }
    const last = chunks.length - 1
    if (last > 0) socket.cork()
    let flowing = true
    for (let index = 0; index <= last; index++) {
      flowing = socket.write(chunks[index]!, index === last && onWritten ? () => onWritten() : undefined)
    }
    if (last > 0) socket.uncork()
    return flowing
  }

  pause(): void {
    if (this.#landing) this.#landing.paused = true
    this.#socket.pause()
  }

  resume(): void {
    if (this.#landing) this.#landing.paused = false
    this.#socket.resume()
  }

  end(): void {
    this.#socket.end()
  }

  destroy(error?: Error): void {
    this.#error ??= error
    if (this.#landing) this.#landing.closed = true
    this.#socket.destroy()
  }
}

/**
 * The connection of a socket that a server accepted. Node has no way to tell a server where its sockets read to, so the handle moves to
 * a socket that was told; one without a handle (it has ended already) stays as it is.
 */
function accepted(socket: Socket): Connection {
  const holder = socket as unknown as { _handle: object | null }
  const handle = holder._handle
  if (!handle) return new NodeConnection(socket)
  const landing = new Landing()
  const moved = new Socket({ handle, onread: landing.onread, pauseOnCreate: true } as SocketConstructorOpts)
  moved.pause()
  holder._handle = null
  // The server counts it as closed from now on: who listens closes the connections, as said of `Listener.close`.
  socket.destroy()
  return new NodeConnection(moved, landing)
}

function listen(options: ListenOptions, onConnection: (connection: Connection) => void): Promise<Listener> {
  const { host, port, backlog = 511 } = options
  const server = createServer({ pauseOnConnect: true }, socket => onConnection(accepted(socket)))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog }, () => {
      server.off('error', reject)
      // Accept errors (EMFILE) are per connection; the listener itself stays.
      server.on('error', () => {})
      const address = server.address()
      const boundPort = typeof address === 'object' && address ? address.port : port
      resolve({
        host,
        port: boundPort,
        close: () => new Promise(closed => server.close(() => closed())),
      })
    })
  })
}

function connect(options: ConnectOptions): Promise<Connection> {
  const { host, port, timeoutMs, signal, tls } = options
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error)
      return
    }
    const landing = tls ? undefined : new Landing()
    const socket = tls
      ? // Loaded at first use: with the cryptography behind it, it costs a start 10 ms and 5 MB.
        process
          .getBuiltinModule('node:tls')
          .connect({ ...tls, ca: tls.ca as string[], host, port, servername: tls.servername ?? host })
      : new Socket({ onread: landing!.onread } as SocketConstructorOpts)
    const settle = (error?: Error) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.off('error', settle)
      if (error) {
        socket.on('error', () => {})
        socket.destroy()
        reject(error)
        return
      }
      socket.pause()
      resolve(new NodeConnection(socket, landing))
    }
    const onAbort = () => settle(signal?.reason as Error)
    const timer = setTimeout(
      () => settle(new TimeoutError(`connecting to ${host}:${port} took longer than ${timeoutMs} ms`)),
      timeoutMs,
    )
    socket.once('error', settle)
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.once(tls ? 'secureConnect' : 'connect', () => settle())
    if (landing) {
      // Nothing is read before the handlers are there.
      socket.pause()
      socket.connect({ host, port })
    }
  })
}

export const nodeNetwork: Network = { listen, connect }
