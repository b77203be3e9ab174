// A request that was begun, and its place in the order of the replies.
import type { FrameMemory } from '@millrace/protocol'
import { clusterResource } from '../authorizer/acl.ts'
import type { Asked, Operation, ResourceKind } from '../authorizer/authorizer.ts'
import type { BrokerCore } from '../core.ts'
import type { IncomingRequest } from '../dispatch.ts'
import type { ConnectionContext, RequestContext } from '../handlers/handler.ts'

export class Slot implements RequestContext {
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
  readonly #beganMs: number
  #localTimeMs: number | undefined
  #memory: FrameMemory | undefined

  constructor(
    connection: ConnectionContext,
    core: BrokerCore,
    request: IncomingRequest,
    overlap: boolean,
    memory: FrameMemory | undefined,
  ) {
    this.broker = core
    this.connection = connection
    this.apiKey = request.apiKey
    this.apiVersion = request.apiVersion
    this.correlationId = request.correlationId
    this.clientId = request.clientId
    this.bytes = request.bytes
    this.overlap = overlap
    this.#beganMs = core.clock.monotonic()
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
    return this.#localTimeMs ?? this.broker.clock.monotonic() - this.#beganMs
  }

  /** The handler has returned: with its reply, or to wait for it. */
  handled(): void {
    this.#localTimeMs = this.broker.clock.monotonic() - this.#beganMs
  }

  throttle(timeMs: number): void {
    if (timeMs > this.throttleTimeMs) this.throttleTimeMs = Math.ceil(timeMs)
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
