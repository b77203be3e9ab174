// What goes to brokers and comes from them: counted as it happens, and told of each request that is over.
import type { HookDoor } from '../events/hook-door.ts'
import type { Exchange } from './exchange.ts'

const sizeFieldBytes = 4

/** Counts of one broker, over all connections that a client has had to it. */
export class BrokerTraffic {
  /** The broker's address, `host:port`. */
  readonly broker: string
  connectionsOpened = 0
  connectionsFailed = 0
  connectionsClosed = 0
  requests = 0
  responses = 0
  /** Requests that had no answer. */
  requestsFailed = 0
  bytesOut = 0
  bytesIn = 0
  /** Sum over all answers, from leaving to the answer. */
  latencyMs = 0
  /** Sum of what the broker said to wait. */
  throttleMs = 0

  constructor(broker: string) {
    this.broker = broker
  }
}

/** The book of one connection: what became of its requests. Where no hook listens, it is a few additions a request. */
export class TrafficBook {
  readonly #traffic: BrokerTraffic
  readonly #hooks: HookDoor | undefined

  constructor(traffic: BrokerTraffic, hooks: HookDoor | undefined) {
    this.#traffic = traffic
    this.#hooks = hooks
  }

  /** So many requests wait for their turn now. */
  waiting(count: number): void {
    if (this.#hooks?.queue.active) this.#hooks.queue.emit({ broker: this.#traffic.broker, waiting: count })
  }

  sent(exchange: Exchange, now: number): void {
    exchange.sentAt = now
    this.#traffic.requests++
    this.#traffic.bytesOut += exchange.bytesOut
  }

  answered(exchange: Exchange, now: number, frameBytes: number, response: unknown): void {
    const throttleMs = Math.max(0, (response as { throttleTimeMs?: number }).throttleTimeMs ?? 0)
    const traffic = this.#traffic
    const bytesIn = frameBytes + sizeFieldBytes
    traffic.responses++
    traffic.bytesIn += bytesIn
    traffic.latencyMs += now - exchange.sentAt!
    traffic.throttleMs += throttleMs
    if (this.#hooks?.request.active) this.#tell(exchange, now, { bytesIn, throttleMs, error: undefined })
    if (throttleMs > 0 && this.#hooks?.throttle.active)
      this.#hooks.throttle.emit({ broker: traffic.broker, api: exchange.api.name, throttleMs })
  }

  /** A request that the broker does not answer has left the process. */
  left(exchange: Exchange, now: number): void {
    if (this.#hooks?.request.active)
      this.#tell(exchange, now, { bytesIn: 0, throttleMs: 0, error: undefined })
  }

  /** There will be no answer. */
  failed(exchange: Exchange, now: number, error: Error): void {
    this.#traffic.requestsFailed++
    if (this.#hooks?.request.active) this.#tell(exchange, now, { bytesIn: 0, throttleMs: 0, error })
  }

  #tell(
    { api, version, correlationId, bytesOut, sentAt, deadline, timeoutMs }: Exchange,
    now: number,
    outcome: { readonly bytesIn: number; readonly throttleMs: number; readonly error: Error | undefined },
  ): void {
    const hasLeft = sentAt !== undefined
    this.#hooks?.request.emit({
      broker: this.#traffic.broker,
      api: api.name,
      apiKey: api.key,
      apiVersion: version,
      correlationId: hasLeft ? correlationId : -1,
      bytesOut: hasLeft ? bytesOut : 0,
      queueMs: Math.max(0, (sentAt ?? now) - (deadline - timeoutMs)),
      wireMs: hasLeft ? now - sentAt : 0,
      ...outcome,
    })
  }
}
