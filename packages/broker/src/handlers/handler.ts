// How an API key is answered: `defineHandler(Api, traits, handle)`, one file a key in this folder, listed in `table.ts`.
import type { Api } from '@millrace/protocol'
import type { Asked, Operation, ResourceKind } from '../authorizer/authorizer.ts'
import type { BrokerCore } from '../core.ts'
import type { Endpoint } from '../server/listeners.ts'
import type { Session } from '../server/session.ts'
import type { HandlerTraits } from './traits.ts'

/** The connection that a request came on. */
export interface ConnectionContext {
  /** Unique in the life of the broker. */
  readonly id: number
  /** Host part only; what Kafka shows as client host is `/` and this. */
  readonly remoteAddress: string
  readonly remotePort: number
  readonly endpoint: Endpoint
  /** Who is at the other end. */
  readonly session: Session
  /** Aborts when the connection is gone or the broker closes: whatever waits for this connection's sake ends with it. */
  readonly signal: AbortSignal
  /** Begins nothing more, and ends the connection when what was begun is answered. */
  drain(): void
}

/** One request, beside its body. */
export interface RequestContext {
  readonly broker: BrokerCore
  readonly connection: ConnectionContext
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  /**
   * Whether the client may do this to the resource of that name: `context.authorize('WRITE', 'TOPIC', name)`. The cluster is one resource and needs
   * no name. True without an authorizer. Each thing is asked for once a request, and the answer to a no is the handler's. `asked` says why,
   * for the audit log; default: the client wants to do it.
   */
  authorize(operation: Operation, resource: 'CLUSTER'): boolean
  authorize(operation: Operation, resource: ResourceKind, name: string, asked?: Asked): boolean
  /** Whether the client may do this to some resource of the kind. True without an authorizer. */
  authorizeAny(operation: Operation, resource: ResourceKind): boolean
  /** Size of the request. */
  readonly bytes: number
  /** How long it has kept the event loop from others so far: until its handler first yields, if it has, and what was `spent`. In milliseconds. */
  readonly localTimeMs: number
  /** Of a handler that goes on after it has yielded: it has kept the event loop for so many milliseconds more. */
  spent(timeMs: number): void
  /** Calls `release` once the reply has left the process, or will never be sent: gives back buffers that the reply links. */
  onSent(release: () => void): void
  /**
   * Of a handler that overlaps, before it yields: it cannot do yet what others can observe. The next request of the connection begins when
   * `until` has settled.
   */
  holdNext(until: Promise<unknown>): void
  /**
   * The client is over a quota: the reply tells it to wait for `timeMs`, and the connection is muted for that long once the reply has left
   * (KIP-219). Of several calls the longest counts. In milliseconds.
   */
  throttle(timeMs: number): void
}

/** A handler with the types of its messages forgotten: what the dispatcher keeps. */
export interface Handler {
  readonly api: Api
  readonly traits: HandlerTraits
  handle(request: never, context: RequestContext): unknown
}

/**
 * Ties a function to an API key. It gets the decoded request and returns the reply, at once or as a promise, or null for no
 * reply (acks=0). A thrown `ApiError` of this package, or any other error, becomes what the key's error reply is only
 * inside the handler: what escapes it closes the connection, as in Kafka, after a log line. The throttle time of the reply is
 * `context.throttle`'s.
 */
export function defineHandler<Request, RequestInit, Response, ResponseInit>(
  api: Api<Request, RequestInit, Response, ResponseInit>,
  traits: HandlerTraits,
  handle: (request: Request, context: RequestContext) => ResponseInit | null | Promise<ResponseInit | null>,
): Handler {
  return { api: api as unknown as Api, traits, handle: handle as Handler['handle'] }
}
