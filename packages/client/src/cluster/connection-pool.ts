// The connections of one client: one for each broker address and purpose, opened on demand, with backoff after failures.
import { type Clock, type Random, sleep, type Timer } from '@millrace/runtime'
import { ClosedError, RequestTimeoutError } from '../errors/index.ts'
import { connectionFailed, connectionLost, connectionRestored, loginExposed } from '../events/client-event.ts'
import type { EventDoor } from '../events/event-door.ts'
import type { HookDoor } from '../events/hook-door.ts'
import { backoffMs } from '../network/backoff.ts'
import { BrokerConnection, type ConnectionOptions } from '../network/broker-connection.ts'
import { type FinalizedFeatures, noFeatures } from '../network/finalized-features.ts'
import { BrokerTraffic } from '../network/traffic.ts'
import { abortable } from '../network/abort.ts'
import type { Address } from './address.ts'

/**
 * Requests of different purposes do not wait for each other: a fetch that waits for data, or a JoinGroup that waits for the group,
 * would hold up everything behind it, since a broker answers the requests of a connection in order.
 */
export type Purpose = 'general' | 'produce' | 'fetch' | 'group'

export interface PoolOptions {
  readonly connection: ConnectionOptions
  readonly produceMaxInFlight: number
  /** The mechanism whose secret goes out unencrypted, where there is one. */
  readonly exposes: string | undefined
  readonly events: EventDoor
  readonly hooks: HookDoor
  readonly clock: Clock
  readonly random: Random
  readonly reconnectBackoffMs: number
  readonly reconnectBackoffMaxMs: number
  readonly connectionsMaxIdleMs: number
}

const sweepIntervalMs = 30_000

/** An attempt to connect. */
interface Attempt {
  readonly traffic: BrokerTraffic
  readonly purpose: Purpose
  /** On the monotonic clock. */
  readonly startedAt: number
}

interface Slot {
  connection: BrokerConnection | undefined
  opening: Promise<BrokerConnection> | undefined
  failures: number
  retryAt: number
  /** The last connection was lost, and there was none since. */
  lost: boolean
}

/** Slots by address and purpose. Several are looked up for each record that travels alone, so no key is made of texts. */
class SlotTable {
  readonly #byHost = new Map<string, Map<number, Map<Purpose, Slot>>>()

  get({ host, port }: Address, purpose: Purpose): Slot | undefined {
    return this.#byHost.get(host)?.get(port)?.get(purpose)
  }

  make(address: Address, purpose: Purpose): Slot {
    const known = this.get(address, purpose)
    if (known) return known
    const { host, port } = address
    const byPort = this.#byHost.get(host) ?? new Map<number, Map<Purpose, Slot>>()
    const byPurpose = byPort.get(port) ?? new Map<Purpose, Slot>()
    this.#byHost.set(host, byPort.set(port, byPurpose))
    const slot: Slot = { connection: undefined, opening: undefined, failures: 0, retryAt: 0, lost: false }
    byPurpose.set(purpose, slot)
    return slot
  }

  *[Symbol.iterator](): Generator<Slot> {
    for (const byPort of this.#byHost.values())
      for (const byPurpose of byPort.values()) yield* byPurpose.values()
  }

  /** Forgets what has no connection and opens none. Returns whether anything is left. */
  dropUnused(): boolean {
    for (const [host, byPort] of this.#byHost) {
      for (const [port, byPurpose] of byPort) {
        for (const [purpose, { connection, opening }] of byPurpose)
          if (!connection && !opening) byPurpose.delete(purpose)
        if (byPurpose.size === 0) byPort.delete(port)
      }
      if (byPort.size === 0) this.#byHost.delete(host)
    }
    return this.#byHost.size > 0
  }

  clear(): void {
    this.#byHost.clear()
  }
}

export class ConnectionPool {
  readonly #options: PoolOptions
  readonly #slots = new SlotTable()
  /** Counts by address: they outlive connections. A cluster has few addresses, so none is forgotten. */
  readonly #traffic = new Map<string, BrokerTraffic>()
  /** Brokers, by address, that let a request run out of time, and have said nothing since. */
  readonly #silent = new Set<string>()
  readonly #abort = new AbortController()
  #features = noFeatures
  #toldExposed = false
  #sweep: Timer | undefined

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** What is in force in the cluster, as the newest word of any broker has it: each tells it once, when it is connected to. */
  get features(): FinalizedFeatures {
    return this.#features
  }

  /** What went to each broker and came from it. */
  get traffic(): Iterable<BrokerTraffic> {
    return this.#traffic.values()
  }

  /** Connections that are open, and the requests on them that have no answer. */
  get load(): { readonly connections: number; readonly inFlight: number } {
    let connections = 0
    let inFlight = 0
    for (const { connection } of this.#slots) {
      if (!connection) continue
      connections++
      inFlight += connection.inFlight
    }
    return { connections, inFlight }
  }

  /** Whether any connection is open. */
  get isConnected(): boolean {
    for (const { connection } of this.#slots) if (connection) return true
    return false
  }

  /** The open connection, if there is one. */
  peek(address: Address, purpose: Purpose): BrokerConnection | undefined {
    return this.#slots.get(address, purpose)?.connection
  }

  /** Whether an attempt to connect would have to wait after failures. */
  backingOff(address: Address, purpose: Purpose): boolean {
    return this.reconnectAt(address, purpose) > this.#options.clock.monotonic()
  }

  /** When a connection may be tried again after failures, on the monotonic clock; 0 with one that is open, or may be opened at once. */
  reconnectAt(address: Address, purpose: Purpose): number {
    const slot = this.#slots.get(address, purpose)
    return slot === undefined || slot.connection ? 0 : slot.retryAt
  }

  /** Whether a broker let a request run out of time, on any of its connections, and has got through no handshake since. */
  isSilent(address: Address): boolean {
    return this.#silent.has(nameOf(address))
  }

  /** The open connection, or a new one. Throws ConnectionError or AuthenticationError when that one cannot be had. */
  async acquire(address: Address, purpose: Purpose, signal?: AbortSignal): Promise<BrokerConnection> {
    this.#throwIfClosed()
    const slot = this.#slots.make(address, purpose)
    if (slot.connection) return slot.connection
    slot.opening ??= this.#open(slot, address, purpose)
    return abortable(slot.opening, signal)
  }

  close(): void {
    const reason = new ClosedError('the client')
    this.#abort.abort(reason)
    this.#sweep?.cancel()
    for (const { connection } of this.#slots) connection?.close(reason)
    this.#slots.clear()
  }

  async #open(slot: Slot, address: Address, purpose: Purpose): Promise<BrokerConnection> {
    const { clock, random, connection: base, produceMaxInFlight, hooks } = this.#options
    const { signal } = this.#abort
    const traffic = this.#trafficOf(address)
    let startedAt = 0
    try {
      await sleepUntil(clock, slot.retryAt, signal)
      startedAt = clock.monotonic()
      const maxInFlight = purpose === 'produce' ? produceMaxInFlight : base.maxInFlight
      const options = { ...base, maxInFlight, hooks, traffic }
      const connection = await BrokerConnection.open(address.host, address.port, options, signal)
      if (signal.aborted) {
        connection.close(signal.reason as Error)
        throw signal.reason
      }
      this.#opened(slot, connection, { traffic, purpose, startedAt })
      this.#scheduleSweep()
      return connection
    } catch (error) {
      if (!signal.aborted) this.#failed({ traffic, purpose, startedAt }, error as Error)
      const { reconnectBackoffMs, reconnectBackoffMaxMs } = this.#options
      slot.retryAt =
        clock.monotonic() + backoffMs(slot.failures++, reconnectBackoffMs, reconnectBackoffMaxMs, random)
      const { events } = this.#options
      this.#noteSilence(address, error)
      if (events.active && !signal.aborted)
        events.emit(connectionFailed(nameOf(address), slot.failures, error as Error))
      throw error
    } finally {
      slot.opening = undefined
    }
  }

  #failed({ traffic, purpose, startedAt }: Attempt, error: Error): void {
    const { clock, hooks } = this.#options
    traffic.connectionsFailed++
    if (!hooks.connection.active) return
    const ms = clock.monotonic() - startedAt
    hooks.connection.emit({ what: 'failed', broker: traffic.broker, purpose, ms, error })
  }

  #opened(slot: Slot, connection: BrokerConnection, attempt: Attempt): void {
    const { events } = this.#options
    const name = nameOf(connection)
    const closed = this.#began(attempt)
    this.#tellExposed(name, connection.remoteAddress)
    if (events.active && (slot.failures > 0 || slot.lost)) {
      // A broker that ends every connection soon (it wants a login, say) is not news each time: nor is that it was back in between.
      if (events.emit(connectionRestored(name))) events.forget('connection.lost', name)
      events.forget('connection.failed', name)
    }
    this.#silent.delete(name)
    const { features } = connection.ranges
    if (features.epoch > this.#features.epoch) this.#features = features
    slot.failures = 0
    slot.retryAt = 0
    slot.lost = false
    slot.connection = connection
    connection.onClose = (error, unanswered) => {
      slot.connection = undefined
      closed(error)
      if (error instanceof ClosedError) return
      slot.lost = true
      this.#noteSilence(connection, error)
      if (events.active) events.emit(connectionLost(name, unanswered, error))
    }
  }

  #tellExposed(name: string, remoteAddress: string): void {
    const { exposes, events } = this.#options
    if (exposes === undefined || this.#toldExposed || !events.active || isOwn(remoteAddress)) return
    this.#toldExposed = true
    events.emit(loginExposed(name, exposes))
  }

  /** A connection is open. Returns what to call when it has ended. */
  #began({ traffic, purpose, startedAt }: Attempt): (error: Error) => void {
    const { clock, hooks } = this.#options
    const { broker } = traffic
    const openedAt = clock.monotonic()
    traffic.connectionsOpened++
    if (hooks.connection.active) {
      const ms = openedAt - startedAt
      hooks.connection.emit({ what: 'opened', broker, purpose, ms, error: undefined })
    }
    return error => {
      traffic.connectionsClosed++
      const ms = clock.monotonic() - openedAt
      if (hooks.connection.active) hooks.connection.emit({ what: 'closed', broker, purpose, ms, error })
    }
  }

  #trafficOf(address: Address): BrokerTraffic {
    const name = nameOf(address)
    const known = this.#traffic.get(name)
    if (known) return known
    const traffic = new BrokerTraffic(name)
    this.#traffic.set(name, traffic)
    return traffic
  }

  #noteSilence(address: Address, error: unknown): void {
    const isLate =
      error instanceof RequestTimeoutError || (error as Error).cause instanceof RequestTimeoutError
    if (isLate) this.#silent.add(nameOf(address))
  }

  #scheduleSweep(): void {
    if (this.#sweep || this.#abort.signal.aborted) return
    this.#sweep = this.#options.clock.setTimer(
      sweepIntervalMs,
      () => {
        this.#sweep = undefined
        for (const { connection } of this.#slots) {
          if (connection && connection.idleMs() > this.#options.connectionsMaxIdleMs) connection.close()
        }
        if (this.#slots.dropUnused()) this.#scheduleSweep()
      },
      { unref: true },
    )
  }

  #throwIfClosed(): void {
    if (this.#abort.signal.aborted) throw this.#abort.signal.reason
  }
}

/** `host:port`, as messages name a broker. */
function nameOf({ host, port }: Address): string {
  return `${host}:${port}`
}

/** An address that no other machine can listen in on. */
function isOwn(address: string): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address)
}

async function sleepUntil(clock: Clock, at: number, signal: AbortSignal): Promise<void> {
  const delayMs = at - clock.monotonic()
  if (delayMs > 0) await sleep(clock, delayMs, signal)
}
