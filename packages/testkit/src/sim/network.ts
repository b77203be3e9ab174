/**
 * The product's `Network` in memory.
 *
 * Fault model: bytes of one connection arrive in order, cut and joined anywhere, after a random latency, or not at all; a connection may be
 * reset at any moment (also in the middle of a frame), and the two ends learn of it at different times; a port nobody listens on refuses;
 * while the network is stalled nothing arrives and connecting takes as long; when a process dies its peers may see a part of what it had
 * sent, then a reset, at once or much later. Bytes are never changed, lost from the middle or swapped: TCP sees to that.
 */
import type { Connection, ConnectOptions, Listener, ListenOptions, Network } from '@millrace/runtime'
import { TimeoutError } from '@millrace/runtime'
import { SimConnection } from './connection.ts'
import type { SimProcess } from './process.ts'
import type { SimRandom } from './random.ts'
import type { SimScheduler } from './scheduler.ts'

/** How the network behaves; all of it seeded. */
export interface NetworkProfile {
  /** One-way latency: least and mean of the exponential part. */
  readonly latencyMinMs: number
  readonly latencyMeanMs: number
  /** Largest segment; each is between 1 byte and this. */
  readonly segmentBytesMax: number
  /** Probability that a dead process' peers learn of it late (up to `silenceMaxMs`) instead of at once. */
  readonly silentDeathChance: number
  readonly silenceMaxMs: number
}

export const calmNetwork: NetworkProfile = {
  latencyMinMs: 0.05,
  latencyMeanMs: 0.1,
  segmentBytesMax: 65_536,
  silentDeathChance: 0,
  silenceMaxMs: 0,
}

interface BoundPort {
  readonly process: SimProcess
  readonly onConnection: (connection: Connection) => void
}

/** The wire between simulated processes, and the knobs for its faults. All processes share one host. */
export class SimNetwork {
  readonly scheduler: SimScheduler
  readonly random: SimRandom
  profile: NetworkProfile
  readonly #ports = new Map<number, BoundPort>()
  readonly #connections = new Set<SimConnection>()
  #nextPort = 20_000
  #nextId = 1
  #stalledUntilMs = 0

  constructor(scheduler: SimScheduler, profile: NetworkProfile = calmNetwork) {
    this.scheduler = scheduler
    this.random = scheduler.random.fork('network')
    this.profile = profile
  }

  /** Ends of connections that are open. */
  get openEnds(): number {
    return this.#connections.size
  }

  /** The network as `process` sees it. Everything it opened dies with it. */
  forProcess(process: SimProcess): Network {
    process.onKilled(() => {
      for (const [port, bound] of this.#ports) if (bound.process === process) this.#ports.delete(port)
      for (const end of this.#connections) if (end.process === process) end.abandon()
    })
    return {
      listen: (options, onConnection) => this.#listen(process, options, onConnection),
      connect: options => this.#connect(process, options),
    }
  }

  /** Resets each open connection with the given probability; the two ends learn of it at different times. Returns how many broke. */
  resetConnections(probability: number): number {
    let broken = 0
    for (const end of this.#connections) {
      // One decision for each connection, not each end.
      if (end.closed || end.localPort > end.remotePort || !this.random.chance(probability)) continue
      broken++
      this.scheduler.after(this.random.exponential(this.profile.latencyMeanMs), () => end.reset())
      this.scheduler.after(this.random.exponential(this.profile.latencyMeanMs), () => end.peer.reset())
    }
    if (broken > 0) this.scheduler.note(`network resets ${broken} connections`)
    return broken
  }

  /** Nothing arrives for `durationMs`. */
  stall(durationMs: number): void {
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, this.scheduler.nowMs + durationMs)
    this.scheduler.note(`network stalls for ${durationMs} ms`)
  }

  /** Runs `arrive` when something sent by `end` now reaches the other side, after all that it sent before. */
  inOrder(end: SimConnection, arrive: () => void): void {
    const atMs = end.reserveArrival(Math.max(this.scheduler.nowMs + this.latencyMs(), this.#stalledUntilMs))
    this.scheduler.after(atMs - this.scheduler.nowMs, arrive)
  }

  latencyMs(): number {
    return this.profile.latencyMinMs + this.random.exponential(this.profile.latencyMeanMs)
  }

  /** How long until a process' event loop comes round to a socket. */
  turnMs(): number {
    return this.random.float() * 0.02
  }

  segmentBytes(): number {
    // Mostly big segments, sometimes of any order of magnitude: borders of frames and fields get hit.
    const { segmentBytesMax } = this.profile
    if (this.random.chance(0.7)) return this.random.between(1, segmentBytesMax)
    return Math.floor(2 ** (this.random.float() * Math.log2(segmentBytesMax)))
  }

  resetDelayMs(): number {
    const { silentDeathChance, silenceMaxMs } = this.profile
    return this.random.chance(silentDeathChance) ? this.random.float() * silenceMaxMs : this.latencyMs()
  }

  forget(end: SimConnection): void {
    this.#connections.delete(end)
  }

  async #listen(
    process: SimProcess,
    options: ListenOptions,
    onConnection: (connection: Connection) => void,
  ): Promise<Listener> {
    process.assertAlive()
    const port = options.port === 0 ? this.#nextPort++ : options.port
    if (this.#ports.has(port)) {
      const message = `listen EADDRINUSE: address already in use ${options.host}:${port}`
      throw Object.assign(new Error(message), { code: 'EADDRINUSE', syscall: 'listen', port })
    }
    const bound: BoundPort = { process, onConnection }
    this.#ports.set(port, bound)
    const close = async () => {
      if (this.#ports.get(port) === bound) this.#ports.delete(port)
    }
    return { host: options.host, port, close }
  }

  #connect(process: SimProcess, options: ConnectOptions): Promise<Connection> {
    const { host, port, timeoutMs, signal } = options
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error)
        return
      }
      let settled = false
      const settle = (finish: () => void) => {
        if (settled) return
        settled = true
        timer.cancel()
        signal?.removeEventListener('abort', onAbort)
        finish()
      }
      const onAbort = () => settle(() => reject(signal?.reason as Error))
      const late = new TimeoutError(`connecting to ${host}:${port} took longer than ${timeoutMs} ms`)
      const timer = process.after(timeoutMs, () => settle(() => reject(late)))
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#inTransit(() => {
        if (settled || !process.alive) return
        const bound = this.#ports.get(port)
        const ends = bound ? this.#open(process, bound, port) : undefined
        this.#inTransit(() =>
          process.call(() => {
            if (!ends) return settle(() => reject(connectionRefused(host, port)))
            if (settled) return ends.destroy()
            settle(() => resolve(ends))
          }),
        )
      })
    })
  }

  #inTransit(arrive: () => void): void {
    this.scheduler.after(Math.max(this.latencyMs(), this.#stalledUntilMs - this.scheduler.nowMs), arrive)
  }

  /** Makes both ends, hands the far one to the listener, and returns the near one. */
  #open(process: SimProcess, bound: BoundPort, port: number): SimConnection {
    const id = `c${this.#nextId++}`
    const nearPort = this.#nextPort++
    const near = new SimConnection(this, process, id, nearPort, port)
    const far = new SimConnection(this, bound.process, id, port, nearPort)
    near.peer = far
    far.peer = near
    this.#connections.add(near)
    this.#connections.add(far)
    bound.process.call(() => bound.onConnection(far))
    return near
  }
}

function connectionRefused(host: string, port: number): Error {
  const message = `connect ECONNREFUSED ${host}:${port}`
  return Object.assign(new Error(message), { code: 'ECONNREFUSED', syscall: 'connect', address: host, port })
}
