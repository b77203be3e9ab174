// TCP and TLS connections of a Node process.
import { connect as connectTcp, createServer, type Socket } from 'node:net'
import { TimeoutError } from './errors.ts'
import type {
  Connection,
  ConnectionHandlers,
  ConnectOptions,
  Listener,
  ListenOptions,
  Network,
} from './network.ts'

const keepAliveDelayMs = 30_000

class NodeConnection implements Connection {
  readonly remoteAddress: string
  readonly remotePort: number
  readonly localPort: number
  readonly #socket: Socket
  #error: Error | undefined

  constructor(socket: Socket) {
    this.#socket = socket
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
    socket.on('data', chunk => handlers.onData(chunk as Buffer))
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
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.end()
  }

  destroy(error?: Error): void {
    this.#error ??= error
    this.#socket.destroy()
  }
}

function listen(options: ListenOptions, onConnection: (connection: Connection) => void): Promise<Listener> {
  const { host, port, backlog = 511 } = options
  const server = createServer({ pauseOnConnect: true }, socket => onConnection(new NodeConnection(socket)))
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
    const socket = tls
      ? // Loaded at first use: with the cryptography behind it, it costs a start 10 ms and 5 MB.
        process
          .getBuiltinModule('node:tls')
          .connect({ ...tls, ca: tls.ca as string[], host, port, servername: tls.servername ?? host })
      : connectTcp({ host, port })
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
      resolve(new NodeConnection(socket))
    }
    const onAbort = () => settle(signal?.reason as Error)
    const timer = setTimeout(
      () => settle(new TimeoutError(`connecting to ${host}:${port} took longer than ${timeoutMs} ms`)),
      timeoutMs,
    )
    socket.once('error', settle)
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.once(tls ? 'secureConnect' : 'connect', () => settle())
  })
}

export const nodeNetwork: Network = { listen, connect }
