// A request that was begun, and its place in the order of the replies.
import { clusterResource } from '../authorizer/acl.ts'
import type { Asked, Operation, ResourceKind } from '../authorizer/authorizer.ts'
import type { BrokerCore } from '../core.ts'
import type { IncomingRequest } from '../dispatch.ts'
import type { ConnectionContext, Handler, RequestContext } from '../handlers/handler.ts'
import { throttleMaxMs } from '../limits.ts'
import type { ObservedRequest } from './request-observer.ts'
import type { Frame } from './request-queue.ts'

export class Slot implements RequestContext, ObservedRequest {
  readonly broker: BrokerCore
  readonly connection: ConnectionContext
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  /** Size of the request. */
  readonly bytes: number
  readonly overlap: boolean
  /** There is a reply, or it is known that there will be none. */
  done = false
  chunks: Uint8Array[] | undefined
  releases: (() => void)[] | undefined
  throttleTimeMs = 0
  /** Until this has settled nothing else of the connection begins. */
  holding: Promise<unknown> | undefined
  replyBytes = 0
  sentAtMs = 0
  #memory: Frame['memory']
  readonly #handler: Handler
  readonly #receivedAtMs: number
  readonly #beganAtMs: number
  #localTimeMs: number | undefined
  #spentMs = 0
  #finishedAtMs = 0
  #sendingAtMs = 0

  constructor(
    connection: ConnectionContext,
    core: BrokerCore,
    request: IncomingRequest,
    handler: Handler,
    { memory, receivedAtMs }: Frame,
  ) {
    this.#handler = handler
    this.broker = core
    this.connection = connection
    this.apiKey = request.apiKey
    this.apiVersion = request.apiVersion
    this.correlationId = request.correlationId
    this.clientId = request.clientId
    this.bytes = request.bytes
    this.overlap = handler.traits.overlap === true
    this.#receivedAtMs = receivedAtMs
    this.#beganAtMs = core.clock.monotonic()
    this.#memory = memory
  }

  authorize(
    operation: Operation,
    resource: ResourceKind,
    name: string = clusterResource,
    asked: Asked = 'access',
  ): boolean {
    const { authorizer } = this.broker
    return authorizer === undefined || authorizer.authorize(this, operation, resource, name, asked)
  }

  authorizeAny(operation: Operation, resource: ResourceKind): boolean {
    const { authorizer } = this.broker
    return authorizer === undefined || authorizer.authorizeAny(this, operation, resource)
  }

  get localTimeMs(): number {
    return (this.#localTimeMs ?? this.broker.clock.monotonic() - this.#beganAtMs) + this.#spentMs
  }

  spent(timeMs: number): void {
    this.#spentMs += timeMs
  }

  get api(): Handler['api'] {
    return this.#handler.api
  }

  get waitsForClients(): boolean {
    return this.#handler.traits.waitsFor === 'CLIENTS'
  }

  get queueTimeMs(): number {
    return this.#beganAtMs - this.#receivedAtMs
  }

  get remoteTimeMs(): number {
    return Math.max(this.#finishedAtMs - this.#beganAtMs - this.localTimeMs, 0)
  }

  get replyQueueTimeMs(): number {
    return this.#sendingAtMs - this.#finishedAtMs
  }

  get sendTimeMs(): number {
    return this.sentAtMs - this.#sendingAtMs
  }

  /** The handler has returned: with its reply, or to wait for it. */
  handled(): void {
    this.#localTimeMs = this.broker.clock.monotonic() - this.#beganAtMs
  }

  /** There is a reply. This and the next two are told only while somebody observes. */
  finished(): void {
    this.#finishedAtMs = this.broker.clock.monotonic()
  }

  /** The reply goes to the socket. */
  sending(nowMs: number): void {
    this.#sendingAtMs = nowMs
    // Whoever began to observe since then sees no time that was not taken.
    if (this.#finishedAtMs === 0) this.#finishedAtMs = nowMs
    for (const chunk of this.chunks ?? []) this.replyBytes += chunk.length
  }

  /** The system has taken the reply. */
  sent(nowMs: number): void {
    this.sentAtMs = nowMs
  }

  throttle(timeMs: number): void {
    if (timeMs > this.throttleTimeMs) this.throttleTimeMs = Math.min(Math.ceil(timeMs), throttleMaxMs)
  }

  holdNext(until: Promise<unknown>): void {
    this.holding = until
  }

  onSent(release: () => void): void {
    if (this.releases) this.releases.push(release)
    else this.releases = [release]
  }

  /** Nobody uses the request any more. */
  releaseRequest(): void {
    this.#memory?.release()
    this.#memory = undefined
  }

  /** There will be no reply: gives back what the request and its reply hold. */
  abandon(): void {
    this.releaseRequest()
    if (this.releases) for (const release of this.releases) release()
    this.releases = undefined
  }
}
