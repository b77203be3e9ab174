// TCP and TLS connections of a Node process.
import { createServer, Socket, type SocketConstructorOpts } from 'node:net'
import { TimeoutError } from './errors.ts'
import { asOneError, tryEveryAddress } from './node-addresses.ts'
import {
  type Connection,
  type ConnectionHandlers,
  type ConnectOptions,
  deliver,
  type Listener,
  type ListenOptions,
  type Network,
  type TlsPeer,
  type TlsServer,
} from './network.ts'
import type { Encryption } from './node-tls.ts'

const keepAliveDelayMs = 30_000
/** Where bytes go that arrive before the handlers are there, which is one read at most. */
const earlyBytes = 1024
/** Bun has sockets as Node has them, and other handles below. */
const hasHandlesOfNode = process.versions['bun'] === undefined

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
  readonly #encryption: Encryption | undefined
  #landing: Landing | undefined
  #error: Error | undefined

  /** Without `landing` the socket reads into memory of its own, unless `encryption` has a way. It is paused. */
  constructor(socket: Socket, landing?: Landing, encryption?: Encryption) {
    this.#socket = socket
    this.#landing = landing
    this.#encryption = encryption
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

  get tls(): TlsPeer | undefined {
    return this.#encryption?.peer()
  }

  start(handlers: ConnectionHandlers): void {
    const socket = this.#socket
    if (socket.destroyed) {
      queueMicrotask(() => this.#closed(handlers))
      return
    }
    this.#landing ??= this.#landed()
    if (this.#landing) this.#landing.start(handlers)
    else socket.on('data', chunk => deliver(chunk as Buffer, handlers, () => !socket.destroyed))
    socket.on('drain', () => handlers.onDrain())
    socket.on('close', () => this.#closed(handlers))
    // Half-open connections are of no use to the Kafka protocol: the peer's end is ours too.
    socket.on('end', () => socket.end())
    socket.resume()
  }

  #landed(): Landing | undefined {
    const landing = new Landing()
    return this.#encryption?.readInto(landing.onread) ? landing : undefined
  }

  #closed(handlers: ConnectionHandlers): void {
    handlers.onClose(this.#encryption ? this.#encryption.explain(this.#error) : this.#error)
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
  if (!handle || !hasHandlesOfNode) return new NodeConnection(socket)
  const landing = new Landing()
  const moved = new Socket({ handle, onread: landing.onread, pauseOnCreate: true } as SocketConstructorOpts)
  moved.pause()
  holder._handle = null
  // The server counts it as closed from now on: who listens closes the connections, as said of `Listener.close`.
  socket.destroy()
  return new NodeConnection(moved, landing)
}

/** How a listener with TLS takes a socket. Loaded when the first one asks: with the cryptography behind it, it costs a start 10 ms and 5 MB. */
async function securing(tls: TlsServer): Promise<(socket: Socket) => Connection> {
  const { checkTls, secure } = await import('./node-tls.ts')
  checkTls(tls)
  return socket => {
    const { socket: secured, encryption } = secure(socket, tls)
    return new NodeConnection(secured, undefined, encryption)
  }
}

async function listen(
  options: ListenOptions,
  onConnection: (connection: Connection) => void,
): Promise<Listener> {
  const { host, port, backlog = 511, tls } = options
  const take = tls ? await securing(tls) : accepted
  const server = createServer({ pauseOnConnect: true }, socket => onConnection(take(socket)))
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

async function connect(options: ConnectOptions): Promise<Connection> {
  const { host, port, timeoutMs, signal, tls } = options
  // The same as for listeners.
  const secured = tls && (await import('./node-tls.ts')).secureTo(host, port, tls)
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      secured?.socket.destroy()
      reject(signal.reason as Error)
      return
    }
    const landing = secured ? undefined : new Landing()
    const socket = secured?.socket ?? new Socket({ onread: landing!.onread } as SocketConstructorOpts)
    const settle = (error?: Error) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.off('error', onError)
      if (error) {
        socket.on('error', () => {})
        socket.destroy()
        reject(error)
        return
      }
      socket.pause()
      resolve(new NodeConnection(socket, landing, secured?.encryption))
    }
    const onError = (failed: Error) => {
      const error = asOneError(failed)
      settle(secured ? secured.encryption.explain(error) : error)
    }
    const onAbort = () => settle(signal?.reason as Error)
    const timer = setTimeout(
      () => settle(new TimeoutError(`connecting to ${host}:${port} took longer than ${timeoutMs} ms`)),
      timeoutMs,
    )
    socket.once('error', onError)
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.once(secured ? 'secureConnect' : 'connect', () => settle())
    if (landing) {
      // Nothing is read before the handlers are there.
      socket.pause()
      socket.connect({ host, port, ...tryEveryAddress })
    }
  })
}

/** A connection over a socket that somebody else has opened, and that nobody has read from. Its TLS, if it has any, is its own business. */
export function socketConnection(socket: Socket): Connection {
  socket.pause()
  return new NodeConnection(socket)
}

export const nodeNetwork: Network = { listen, connect }
