// Says on standard error what a command waits for: a broker that cannot be reached, that went away or that does not answer.
import type { Connection, ConnectionHandlers, ConnectOptions, Network } from '@millrace/runtime'
import type { Terminal } from '../output/terminal.ts'

/** Time after which a command says what it is waiting for. */
const patienceMs = 1500
const tickMs = 250

export interface WatchOptions {
  readonly network: Network
  readonly terminal: Terminal
  /** The addresses to start from. */
  readonly brokers: readonly string[]
  /** What is said of how long the command tries: "trying for 5 s (--timeout)". */
  readonly trying: string
  /** Silence on a connection that is worth a word. Default 1,500 ms; who joins a group may have to wait for its other members. */
  readonly silenceMs?: number | undefined
  /** False for requests without answers (`acks=0`): silence is all there is. */
  readonly isAnswered?: boolean | undefined
  /** Whether an answer is due that no request on the wire shows. */
  readonly isWaiting?: (() => boolean) | undefined
}

/** One address, and what is wrong with it. */
interface Peer {
  readonly address: string
  /** When the first attempt began that led to nothing; undefined while connections come about. */
  since: number | undefined
  /** Why the last attempt failed. */
  reason: string | undefined
  /** Whether it was told. */
  announced: boolean
}

/**
 * Watches the connections of a client through the network that it is given. Each trouble is told once, and again when it comes back after it
 * was over.
 */
export class BrokerWatch {
  readonly #options: WatchOptions
  readonly #peers = new Map<string, Peer>()
  /** Connections that something was sent on, and nothing came back yet. */
  readonly #asked = new Set<object>()
  #waitingSince: number | undefined
  #announcedSilence = false
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

  /** How long an answer is due while nothing is heard from any broker, in ms; 0 while none is due. */
  silentMs(): number {
    return this.#waitingSince === undefined ? 0 : performance.now() - this.#waitingSince
  }

  /** What is wrong with the brokers at present, for an error message; undefined when nothing is known to be. */
  get problem(): string | undefined {
    const troubles = [...this.#peers.values()].filter(peer => peer.since !== undefined)
    if (troubles.length > 0) return troubles.map(describe).join('; ')
    const isSilent = this.silentMs() > this.#silenceMs
    return isSilent ? `no answer from ${this.#options.brokers.join(',')}` : undefined
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  get #silenceMs(): number {
    return this.#options.silenceMs ?? patienceMs
  }

  async #connect(options: ConnectOptions): Promise<Connection> {
    const peer = this.#peer(options)
    peer.since ??= performance.now()
    this.#waitingSince ??= performance.now()
    try {
      const connection = await this.#options.network.connect(options)
      if (peer.announced) this.#note(`connected to ${peer.address}`)
      Object.assign(peer, { since: undefined, reason: undefined, announced: false })
      return this.#watched(connection, peer)
    } catch (error) {
      if (options.signal?.aborted) peer.since = undefined
      else peer.reason = (error as Error).message
      throw error
    }
  }

  #peer({ host, port }: ConnectOptions): Peer {
    const address = `${host.includes(':') ? `[${host}]` : host}:${port}`
    let peer = this.#peers.get(address)
    if (!peer) {
      peer = { address, since: undefined, reason: undefined, announced: false }
      this.#peers.set(address, peer)
    }
    return peer
  }

  /** The connection, with an eye on what goes in and out. */
  #watched(connection: Connection, peer: Peer): Connection {
    const asked = this.#asked
    let isOurs = false
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
            asked.delete(connection)
            this.#heard()
            handlers.onReceived(bytes)
          },
          onDrain: () => handlers.onDrain(),
          onClose: error => {
            const wasAsked = asked.delete(connection)
            if (wasAsked && !isOurs) this.#lost(peer)
            handlers.onClose(error)
          },
        }),
      write: (chunks, onWritten) => {
        asked.add(connection)
        this.#waitingSince ??= performance.now()
        return connection.write(chunks, onWritten)
      },
      pause: () => connection.pause(),
      resume: () => connection.resume(),
      end: () => {
        isOurs = true
        connection.end()
      },
      destroy: error => {
        isOurs = true
        connection.destroy(error)
      },
    }
  }

  #heard(): void {
    this.#announcedSilence = false
    this.#waitingSince = this.#asked.size > 0 ? performance.now() : undefined
  }

  #lost(peer: Peer): void {
    if (!this.#timer) return
    peer.since ??= performance.now()
    if (peer.announced) return
    peer.announced = true
    this.#note(`connection to ${peer.address} lost, ${this.#options.trying}`)
  }

  #tick(): void {
    const { isAnswered = true, isWaiting, trying, brokers } = this.#options
    if (isWaiting?.()) this.#waitingSince ??= performance.now()
    const now = performance.now()
    const late = [...this.#peers.values()].filter(
      peer => !peer.announced && peer.since !== undefined && now - peer.since >= patienceMs,
    )
    for (const peer of late) {
      peer.announced = true
      this.#note(`no answer from ${peer.address} yet${this.#reasonOf(peer)}; ${trying}`)
    }
    const isSilent = isAnswered && this.silentMs() >= this.#silenceMs
    if (!isSilent || this.#announcedSilence) return
    this.#announcedSilence = true
    const isTold = [...this.#peers.values()].some(peer => peer.announced)
    if (!isTold) this.#note(`no answer from ${brokers.join(',')} yet; ${trying}`)
  }

  #reasonOf({ address, reason }: Peer): string {
    // What a broker advertises need not be an address that can be reached from here.
    const told = this.#options.brokers.includes(address) ? [] : ['a broker advertises this address']
    const reasons = reason === undefined ? told : [reason, ...told]
    return reasons.length === 0 ? '' : ` (${reasons.join('; ')})`
  }

  #note(line: string): void {
    if (this.#timer) this.#options.terminal.note(line)
  }
}

function describe({ address, reason }: Peer): string {
  return reason === undefined ? `no connection to ${address}` : `cannot connect to ${address}: ${reason}`
}
