// Accepts connections on all listeners, holds them to the limits, closes the idle ones, and ends in good order.
import { BufferPool } from '@millrace/protocol/base'
import type { Connection, Listener, Network, Timer } from '@millrace/runtime'
import type { ListenerSecurity, Security } from '../authentication/listener-security.ts'
import type { BrokerCore } from '../core.ts'
import { plainAddress } from '../config/ip-address.ts'
import {
  closeGraceMs,
  loginRequestsMaxBytes,
  partStallCheckMs,
  partStallMs,
  receivePoolMaxBytes,
} from '../limits.ts'
import { RequestError } from '../request-error.ts'
import type { Admission } from './admission.ts'
import { type ConnectionOwner, ServerConnection } from './connection.ts'
import { ConnectionLimits, isPaceLimited, type Origin } from './connection-limits.ts'
import { type Gate, SessionGate } from './gate.ts'
import { advertise, type Endpoint, type ListenerAddress, type ListenerAddresses } from './listeners.ts'
import { RequestMemory } from './request-memory.ts'

/** A listener could not be bound. The message says which and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  /** Where the address was set: `listeners`, `http.listener`. */
  readonly property: string

  constructor(message: string, property: string, options?: ErrorOptions) {
    super(message, options)
    this.property = property
  }
}

const idleChecksPerTimeout = 4
const idleCheckMinMs = 100

export class Server implements ConnectionOwner {
  readonly core: BrokerCore
  readonly gate: Gate
  readonly requestMaxBytes: number
  readonly receivePool = new BufferPool(receivePoolMaxBytes)
  readonly requestMemory: RequestMemory
  readonly loginMemory: RequestMemory
  readonly #connections = new Map<ServerConnection, Origin>()
  readonly #limits: ConnectionLimits
  /** Undefined while nothing limits how fast connections come in. */
  #admission: Admission | undefined
  #unlisten: (() => void) | undefined
  #created = 0
  #listeners: Listener[] = []
  #endpoints: Endpoint[] = []
  #security: Security | undefined
  #nextId = 1
  #idleTimer: Timer | undefined
  #stallTimer: Timer | undefined
  #closing = false
  #listenersClosed: Promise<unknown> = Promise.resolve()
  #onLastClosed: (() => void) | undefined

  constructor(core: BrokerCore, gate: Gate = new SessionGate(core.clock)) {
    this.core = core
    this.gate = gate
    this.requestMaxBytes = core.config.get('socket.request.max.bytes')
    const maxBytes = core.config.get('queued.max.request.bytes')
    const resumeAll = () => {
      for (const connection of this.#connections.keys()) connection.resume()
    }
    this.requestMemory = new RequestMemory(maxBytes, resumeAll)
    const loginMaxBytes = maxBytes > 0 ? Math.min(maxBytes, loginRequestsMaxBytes) : loginRequestsMaxBytes
    this.loginMemory = new RequestMemory(loginMaxBytes, resumeAll)
    this.#limits = new ConnectionLimits(core.config)
  }

  get endpoints(): readonly Endpoint[] {
    return this.#endpoints
  }

  securityOf({ name }: Endpoint): ListenerSecurity | undefined {
    return this.#security?.of(name)
  }

  /** Those that are open. */
  get connections(): Iterable<ServerConnection> {
    return this.#connections.keys()
  }

  get connectionCount(): number {
    return this.#connections.size
  }

  /** Connections that were accepted since the start. */
  get createdCount(): number {
    return this.#created
  }

  /** Of those, how many have ended. */
  get closedCount(): number {
    return this.#created - this.#connections.size
  }

  /** Those that are open. */
  *openConnections(): Generator<{
    readonly listener: string
    readonly software: string
    readonly version: string
  }> {
    for (const { endpoint, session } of this.#connections.keys()) {
      const { clientSoftwareName: software, clientSoftwareVersion: version } = session
      yield { listener: endpoint.name, software, version }
    }
  }

  /** Binds all listeners; none stays bound when one cannot be. Connections are served from the moment they arrive. */
  async listen(
    network: Network,
    addresses: ListenerAddresses,
    security: Security | undefined,
  ): Promise<void> {
    this.#security = security
    this.#unlisten = this.core.metadata.listen({
      onClientQuotasChanged: () => this.#limitPace(),
      onConfigChanged: () => void this.#limitPace(),
    })
    await this.#limitPace()
    try {
      for (const address of addresses.listeners) await this.#bind(network, address, addresses)
    } catch (error) {
      await Promise.all(this.#listeners.map(listener => listener.close()))
      throw error
    }
    this.#watchIdle()
    this.#watchStalls()
  }

  async #bind(
    network: Network,
    address: ListenerAddress,
    { advertised, protocols }: ListenerAddresses,
  ): Promise<void> {
    const host = address.host === '' ? '0.0.0.0' : address.host
    const backlog = this.core.config.get('socket.listen.backlog.size')
    let endpoint: Endpoint | undefined
    try {
      const tls = this.#security?.of(address.name)?.tls
      const options = { host, port: address.port, backlog, ...(tls && { tls }) }
      const listener = await network.listen(options, socket => {
        // A connection can only come once the port is known.
        if (endpoint) this.#accept(socket, endpoint)
        else socket.destroy()
      })
      this.#listeners.push(listener)
      endpoint = advertise(
        { ...address, port: listener.port },
        advertised.find(({ name }) => name === address.name),
        protocols.get(address.name),
      )
      this.#endpoints.push(endpoint)
    } catch (error) {
      throw listenError(error, address, host)
    }
  }

  #accept(socket: Connection, endpoint: Endpoint): void {
    const origin = { listener: endpoint.name, address: plainAddress(socket.remoteAddress) }
    if (this.#closing) this.#refuse(socket, origin, 'the broker is closing')
    else if (this.#admission) this.#admission.arrive(socket, endpoint, origin)
    else this.#admit(socket, endpoint, origin)
  }

  /** Goes by the limits of now. Their code is loaded for the first of them. */
  async #limitPace(): Promise<void> {
    const { core } = this
    if (!this.#admission && !isPaceLimited(core.config, core.metadata.image.clientQuotas)) return
    const { Admission } = await import('./admission.ts')
    this.#admission ??= new Admission({
      core,
      admit: (socket, endpoint, origin) => this.#admit(socket, endpoint, origin),
      refuse: (socket, origin, reason) => this.#refuse(socket, origin, reason),
    })
    this.#admission.refresh()
  }

  #admit(socket: Connection, endpoint: Endpoint, origin: Origin): void {
    const limit = this.#limits.refusal(origin)
    if (limit !== undefined) {
      this.#refuse(socket, origin, `${limit} is reached`)
      return
    }
    const connection = new ServerConnection(this.#nextId++, socket, endpoint, this)
    this.#connections.set(connection, origin)
    this.#created++
    this.#limits.add(origin)
    connection.start()
  }

  #refuse(socket: Connection, { listener, address }: Origin, reason: string): void {
    this.core.burstFilter.log('warn', 'connection.refused', { remote: address, listener, reason }, () => ({}))
    socket.destroy()
  }

  onClosed(connection: ServerConnection): void {
    const origin = this.#connections.get(connection)
    if (!origin) return
    this.#connections.delete(connection)
    this.#limits.remove(origin)
    if (this.#connections.size === 0) this.#onLastClosed?.()
  }

  #watchIdle(): void {
    const idleMaxMs = this.core.config.get('connections.max.idle.ms')
    if (idleMaxMs < 0) return
    const check = () => {
      const limit = this.core.clock.monotonic() - idleMaxMs
      for (const connection of this.#connections.keys()) {
        const { idle, session, beganAtMs, lastActiveMs } = connection
        // Who has not logged in has that time for it: bytes that come one by one do not make it longer.
        if (idle && (session.authenticated ? lastActiveMs : beganAtMs) < limit) connection.destroy()
      }
      this.#idleTimer = this.core.clock.setTimer(periodMs, check, { unref: true })
    }
    const periodMs = Math.max(idleMaxMs / idleChecksPerTimeout, idleCheckMinMs)
    this.#idleTimer = this.core.clock.setTimer(periodMs, check, { unref: true })
  }

  /** A part that was admitted keeps its room until the rest has come: who does not get that far while others wait for room is cut off. */
  #watchStalls(): void {
    const check = () => {
      this.#stallTimer = this.core.clock.setTimer(partStallCheckMs, check, { unref: true })
      const wanted = [this.requestMemory, this.loginMemory].filter(({ waitingCount }) => waitingCount > 0)
      if (wanted.length === 0) return
      const limit = this.core.clock.monotonic() - partStallMs
      for (const connection of this.#connections.keys()) {
        if (!connection.stalling || connection.lastActiveMs >= limit) continue
        if (!wanted.includes(connection.memory)) continue
        const setting = connection.session.authenticated ? ' (queued.max.request.bytes)' : ''
        connection.fail(
          new RequestError(
            `its requests hold room that others wait for${setting}: the rest of a request did not come, or they wait behind another, for ${partStallMs} ms`,
          ),
        )
      }
    }
    this.#stallTimer = this.core.clock.setTimer(partStallCheckMs, check, { unref: true })
  }

  /** Stops accepting and begins no new requests; waits of those under way are ended by their connection's signal. */
  drain(): void {
    this.#closing = true
    this.#unlisten?.()
    this.#admission?.close()
    this.#idleTimer?.cancel()
    this.#stallTimer?.cancel()
    this.#listenersClosed = Promise.all(this.#listeners.map(listener => listener.close()))
    for (const connection of this.#connections.keys()) connection.drain()
  }

  /** After `drain`: resolves when every connection has sent its replies and is closed; after `closeGraceMs` they are cut. */
  async closed(): Promise<void> {
    if (this.#connections.size > 0) {
      await new Promise<void>(resolve => {
        const cut = this.core.clock.setTimer(closeGraceMs, () => {
          for (const connection of this.#connections.keys()) connection.destroy()
        })
        this.#onLastClosed = () => {
          cut.cancel()
          resolve()
        }
      })
    }
    await this.#listenersClosed
  }
}

/** `property` is where the address was set. */
export function listenError(
  error: unknown,
  address: ListenerAddress,
  host: string,
  property = 'listeners',
): Error {
  const code = (error as { code?: string }).code
  const where = `${address.name}://${host}:${address.port}`
  if (code === 'EADDRINUSE') {
    return new ListenError(
      `${where}: the port is taken by another process. Stop that one, or set another port in "${property}" (0 lets the system choose).`,
      property,
      { cause: error },
    )
  }
  if (code === 'EACCES') {
    return new ListenError(`${where}: no permission to bind this port. Choose one above 1023.`, property, {
      cause: error,
    })
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ListenError(
      `${where}: this machine has no such address. Check the host in "${property}".`,
      property,
      {
        cause: error,
      },
    )
  }
  return error instanceof Error ? error : new ListenError(`${where}: ${String(error)}`, property)
}
