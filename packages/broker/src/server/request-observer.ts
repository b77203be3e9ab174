// What is measured of requests, for metrics and the request log.
import type { Endpoint } from './listeners.ts'
import type { Session } from './session.ts'

/** A request that was answered, and how long each phase took. Times are in milliseconds. */
export interface ObservedRequest {
  readonly api: { readonly key: number; readonly name: string }
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  readonly connection: {
    readonly id: number
    readonly remoteAddress: string
    readonly endpoint: Endpoint
    readonly session: Session
  }
  /** Size of the request. */
  readonly bytes: number
  /** Size of the reply; 0 for none. */
  readonly replyBytes: number
  /** From the whole request to its handler: behind others of its connection. */
  readonly queueTimeMs: number
  /** Until its handler first yields, or is done, and in slices after that: on the event loop. */
  readonly localTimeMs: number
  /** From there to the reply: for the disk, or for other clients (`waitsForClients`). */
  readonly remoteTimeMs: number
  readonly waitsForClients: boolean
  /** The client is told to wait for so long. */
  readonly throttleTimeMs: number
  /** From the reply to its turn to be sent: behind the replies of those before it. */
  readonly replyQueueTimeMs: number
  /** Until the operating system has taken it. */
  readonly sendTimeMs: number
  /** Monotonic time when that was. */
  readonly sentAtMs: number
}

export interface RequestObserver {
  /** Called for each request when its reply has left. Must not throw and must not keep `request`. */
  observe(request: ObservedRequest): void
}
