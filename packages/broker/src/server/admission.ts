// The way in: connections that come faster than they may wait their turn, one after the other on each listener, as at Kafka's acceptors.
import type { Connection, Timer } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import { configSources } from '../config/broker-config.ts'
import { resourceTypes } from '../metadata/record.ts'
import type { ConnectionPace } from './connection-pace.ts'
import type { Origin } from './connection-limits.ts'
import type { Endpoint } from './listeners.ts'

interface Arrival {
  readonly socket: Connection
  readonly endpoint: Endpoint
  readonly origin: Origin
}

export interface AdmissionOptions {
  readonly core: BrokerCore
  /** Takes a connection in. */
  readonly admit: (socket: Connection, endpoint: Endpoint, origin: Origin) => void
  /** A connection is closed, for this reason. */
  readonly refuse: (socket: Connection, origin: Origin, reason: string) => void
}

export class Admission {
  readonly #core: BrokerCore
  readonly #admit: AdmissionOptions['admit']
  readonly #refuse: AdmissionOptions['refuse']
  readonly #unlisten: () => void
  /** Undefined while nothing limits the pace. */
  #pace: ConnectionPace | undefined
  /** By listener. */
  readonly #waiting = new Map<string, Arrival[]>()
  readonly #timers = new Set<Timer>()
  /** To be closed when their time has come. */
  readonly #refused = new Set<Connection>()
  #closed = false

  constructor({ core, admit, refuse }: AdmissionOptions) {
    this.#core = core
    this.#admit = admit
    this.#refuse = refuse
    this.#unlisten = core.metadata.listen({
      onClientQuotasChanged: () => this.refresh(),
      onConfigChanged: resourceType => {
        if (resourceType === resourceTypes.BROKER) void this.refresh()
      },
    })
  }

  /** Goes by the limits that are set now. */
  async refresh(): Promise<void> {
    const { clientQuotas } = this.#core.metadata.image
    if (!this.#pace && !this.#isLimited()) return
    const { ConnectionPace } = await import('./connection-pace.ts')
    if (this.#pace) this.#pace.update(clientQuotas)
    else this.#pace = new ConnectionPace(this.#core.config, clientQuotas)
  }

  #isLimited(): boolean {
    const { config, metadata } = this.#core
    const names = ['max.connection.creation.rate', ...config.customNames()]
    if (names.some(name => name.endsWith('max.connection.creation.rate') && isSet(config.levels(name))))
      return true
    for (const { values } of metadata.image.clientQuotas.all()) {
      if (values.has('connection_creation_rate')) return true
    }
    return false
  }

  arrive(socket: Connection, endpoint: Endpoint, origin: Origin): void {
    if (!this.#pace) {
      this.#admit(socket, endpoint, origin)
      return
    }
    const refusedMs = this.#pace.refusedMs(origin.address, this.#core.clock.monotonic())
    if (refusedMs > 0) {
      this.#closeLater(socket, origin, refusedMs)
      return
    }
    const waiting = this.#waiting.get(origin.listener)
    const arrival = { socket, endpoint, origin }
    if (!waiting) this.#begin(arrival)
    else if (waiting.length < this.#core.config.get('socket.listen.backlog.size')) waiting.push(arrival)
    else this.#refuse(socket, origin, 'max.connection.creation.rate: socket.listen.backlog.size wait already')
  }

  /** Takes it in, now or after its time; those that come meanwhile line up behind it. */
  #begin(arrival: Arrival): void {
    const { socket, endpoint, origin } = arrival
    const delayMs = this.#pace!.delayMs(origin.listener, this.#core.clock.monotonic())
    if (delayMs === 0) {
      this.#admit(socket, endpoint, origin)
      return
    }
    const waiting = this.#waiting.get(origin.listener) ?? []
    waiting.unshift(arrival)
    this.#waiting.set(origin.listener, waiting)
    this.#after(delayMs, () => this.#goOn(origin.listener))
  }

  #goOn(listener: string): void {
    const waiting = this.#waiting.get(listener)!
    this.#waiting.delete(listener)
    const { socket, endpoint, origin } = waiting.shift()!
    this.#admit(socket, endpoint, origin)
    while (waiting.length > 0) {
      this.#begin(waiting.shift()!)
      const held = this.#waiting.get(listener)
      if (!held) continue
      held.push(...waiting)
      return
    }
  }

  /** Closed at once it would only come again sooner. */
  #closeLater(socket: Connection, origin: Origin, delayMs: number): void {
    const reason = 'the quota connection_creation_rate of its address'
    if (this.#refused.size >= this.#core.config.get('socket.listen.backlog.size')) {
      this.#refuse(socket, origin, reason)
      return
    }
    this.#refused.add(socket)
    this.#after(delayMs, () => {
      this.#refused.delete(socket)
      this.#refuse(socket, origin, reason)
    })
  }

  #after(delayMs: number, run: () => void): void {
    const timer = this.#core.clock.setTimer(
      delayMs,
      () => {
        this.#timers.delete(timer)
        if (!this.#closed) run()
      },
      { unref: true },
    )
    this.#timers.add(timer)
  }

  /** Closes who waits. */
  close(): void {
    this.#closed = true
    this.#unlisten()
    for (const timer of this.#timers) timer.cancel()
    for (const arrivals of this.#waiting.values()) for (const { socket } of arrivals) socket.destroy()
    for (const socket of this.#refused) socket.destroy()
    this.#waiting.clear()
    this.#refused.clear()
  }
}

/** By more than its default. */
function isSet(levels: readonly { readonly source: number }[]): boolean {
  return levels.some(({ source }) => source !== configSources.DEFAULT)
}
