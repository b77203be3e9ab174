// The way in where something limits how fast connections come (`isPaceLimited`): those that come faster wait their turn, one after the other on each
// listener, as at Kafka's acceptors.
import type { Connection, Timer } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import { ConnectionPace } from './connection-pace.ts'
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
  readonly #pace: ConnectionPace
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
    this.#pace = new ConnectionPace(core.config, core.metadata.image.clientQuotas)
  }

  /** Goes by the quotas that are set now. */
  refresh(): void {
    this.#pace.update(this.#core.metadata.image.clientQuotas)
  }

  arrive(socket: Connection, endpoint: Endpoint, origin: Origin): void {
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
    const delayMs = this.#pace.delayMs(origin.listener, this.#core.clock.monotonic())
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
    for (const timer of this.#timers) timer.cancel()
    for (const arrivals of this.#waiting.values()) for (const { socket } of arrivals) socket.destroy()
    for (const socket of this.#refused) socket.destroy()
    this.#waiting.clear()
    this.#refused.clear()
  }
}
