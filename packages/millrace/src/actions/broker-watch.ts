// Says on standard error what a command waits for: brokers that are away or do not answer, topics that are not there.
import { AuthenticationError, type ClientEvent } from '@millrace/client'
import type { Connection, ConnectionHandlers, ConnectOptions, Network } from '@millrace/runtime'
import type { Terminal } from '../output/terminal.ts'

/** Silence that is worth a word. */
const silenceDefaultMs = 1500
const tickMs = 250

export interface WatchOptions {
  readonly network: Network
  readonly terminal: Terminal
  /** The addresses to start from. */
  readonly brokers: readonly string[]
  /** How long the command tries: " for 5 s (--timeout)"; empty for one that tries without end. */
  readonly howLong: string
  /** How long the command waits for an answer. */
  readonly timeoutMs: number
  /** Silence on a connection that is worth a word. Default 1,500 ms; who joins a group may have to wait for its other members. */
  readonly silenceMs?: number | undefined
  /** False for requests without answers (`acks=0`): silence is all there is. */
  readonly isAnswered?: boolean | undefined
  /** Whether an answer is due that no request on the wire shows. */
  readonly isWaiting?: (() => boolean) | undefined
}

/**
 * Passes on what a client tells of itself, and hears what it cannot tell: that nothing comes. For that it looks at the bytes of the client's connections,
 * through the network that it gives it.
 */
export class BrokerWatch {
  readonly #options: WatchOptions
  /** What is wrong with addresses at present. */
  readonly #troubles = new Map<string, string>()
  /** Connections that something was sent on, or that are being opened, and nothing came back yet; by address and since when. */
  readonly #pending = new Map<object, { readonly address: string; readonly since: number }>()
  readonly #announced = new Set<string>()
  #waitingSince: number | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: WatchOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#tick(), tickMs)
    this.#timer.unref()
  }

  /** The network for the client. */
  get network(): Network {
    return {
      listen: (options, onConnection) => this.#options.network.listen(options, onConnection),
      connect: options => this.#connect(options),
    }
  }

  /** For the client's `onEvent`. */
  onEvent(event: ClientEvent): void {
    const { type, level, subject, message } = event
    const isBad = level === 'warn' || level === 'error'
    if (type === 'connection.restored') this.#troubles.delete(subject)
    else if (!isBad) return
    const isConnection = type === 'connection.failed' || type === 'connection.lost'
    // The command ends with it.
    if (type === 'connection.failed' && event.error instanceof AuthenticationError) return
    if (isConnection) this.#troubles.set(subject, message.replace(/, trying again$/, ''))
    // What a broker advertises need not be an address that can be reached from here.
    const isTold = type === 'connection.failed' && !this.#options.brokers.includes(subject)
    const hint = isTold ? ' (a broker advertises this address)' : ''
    const goesOn = /(trying again|waiting for (it|one))$/.test(message)
    this.#note(`${message}${goesOn ? this.#options.howLong : ''}${hint}`)
  }

  /** How long an answer is due while nothing is heard from any broker, in ms; 0 while none is due. */
  silentMs(): number {
    return this.#waitingSince === undefined ? 0 : performance.now() - this.#waitingSince
  }

  /** What is wrong with the brokers at present, for an error message; undefined when nothing is known to be. */
  get problem(): string | undefined {
    if (this.#troubles.size > 0) return [...this.#troubles.values()].join('; ')
    return this.silentMs() > this.#silenceMs ? `no answer from ${this.#options.brokers.join(',')}` : undefined
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  get #silenceMs(): number {
    const { silenceMs = silenceDefaultMs, timeoutMs } = this.#options
    // It is said before the command gives up.
    return Math.min(silenceMs, timeoutMs / 2)
  }

  async #connect(options: ConnectOptions): Promise<Connection> {
    const address = `${options.host.includes(':') ? `[${options.host}]` : options.host}:${options.port}`
    this.#expect(options, address)
    try {
      return this.#watched(await this.#options.network.connect(options), address)
    } finally {
      this.#pending.delete(options)
    }
  }

  /** The connection, with an eye on what goes in and out. */
  #watched(connection: Connection, address: string): Connection {
    return {
      remoteAddress: connection.remoteAddress,
      remotePort: connection.remotePort,
      localPort: connection.localPort,
      get pendingBytes() {
        return connection.pendingBytes
      },
      start: (handlers: ConnectionHandlers) =>
        connection.start({
          space: () => handlers.space(),
          onReceived: bytes => {
            this.#heard(connection, address)
            handlers.onReceived(bytes)
          },
          onDrain: () => handlers.onDrain(),
          onClose: error => {
            this.#pending.delete(connection)
            handlers.onClose(error)
          },
        }),
      write: (chunks, onWritten) => {
        this.#expect(connection, address)
        return connection.write(chunks, onWritten)
      },
      pause: () => connection.pause(),
      resume: () => connection.resume(),
      end: () => connection.end(),
      destroy: error => connection.destroy(error),
    }
  }

  #expect(source: object, address: string): void {
    const since = performance.now()
    this.#waitingSince ??= since
    if (!this.#pending.has(source)) this.#pending.set(source, { address, since })
  }

  #heard(source: object, address: string): void {
    this.#pending.delete(source)
    this.#announced.delete(address)
    this.#waitingSince = this.#pending.size > 0 ? performance.now() : undefined
  }

  #tick(): void {
    const { isAnswered = true, isWaiting, brokers, howLong } = this.#options
    const now = performance.now()
    if (isWaiting?.()) this.#waitingSince ??= now
    if (!isAnswered) return
    const late = new Set<string>()
    for (const { address, since } of this.#pending.values())
      if (now - since >= this.#silenceMs) late.add(address)
    // Nothing is on the wire, and yet nothing comes: an answer to an earlier request is all that was heard.
    if (late.size === 0 && this.#pending.size === 0 && this.silentMs() >= this.#silenceMs)
      late.add(brokers.join(','))
    for (const address of late) {
      if (this.#announced.has(address) || this.#troubles.has(address)) continue
      this.#announced.add(address)
      this.#note(`no answer from ${address} yet, waiting${howLong}`)
    }
  }

  #note(line: string): void {
    if (this.#timer) this.#options.terminal.note(line)
  }
}
