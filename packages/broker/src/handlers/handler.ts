// How an API key is answered: `defineHandler(Api, handle)`, one file a key in this folder, listed in `table.ts`.
import type { Api } from '@millrace/protocol'
import type { BrokerCore } from '../core.ts'
import type { Endpoint } from '../server/listeners.ts'

/** The connection that a request came on. */
export interface ConnectionContext {
  /** Unique in the life of the broker. */
  readonly id: number
  /** Host part only; what Kafka shows as client host is `/` and this. */
  readonly remoteAddress: string
  readonly endpoint: Endpoint
  /** Kafka's form: `User:ANONYMOUS` while nobody has authenticated. */
  readonly principal: string
  /** Aborts when the connection is gone or the broker closes: whatever waits for this connection's sake ends with it. */
  readonly signal: AbortSignal
  /** From ApiVersions v3 on; empty before. */
  clientSoftwareName: string
  clientSoftwareVersion: string
}

/** One request, beside its body. */
export interface RequestContext {
  readonly broker: BrokerCore
  readonly connection: ConnectionContext
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  /** Calls `release` once the reply has left the process, or will never be sent: gives back buffers that the reply links. */
  onSent(release: () => void): void
}

export interface HandlerOptions {
  /**
   * Requests of one connection are handled one at a time. With `overlap`, the handler does everything that others can
   * observe before it first yields and afterwards only waits (for the disk): the next request of the connection may start
   * meanwhile if its handler says the same. Replies stay in order. It lets the pipelined batches of one producer share a sync.
   */
  readonly overlap?: boolean
}

/** A handler with the types of its messages forgotten: what the dispatcher keeps. */
export interface Handler {
  readonly api: Api
  readonly overlap: boolean
  handle(request: never, context: RequestContext): unknown
}

/** A reply as handlers return it. The throttle time is the dispatcher's to fill in. */
export type Reply<ResponseInit> = Omit<ResponseInit, 'throttleTimeMs'> & {
  throttleTimeMs?: number | undefined
}

/**
 * Ties a function to an API key. It gets the decoded request and returns the reply, at once or as a promise, or null for no
 * reply (acks=0). A thrown `ApiError` of this package, or any other error, becomes what the key's error reply is only
 * inside the handler: what escapes it closes the connection, as in Kafka, after a log line.
 */
export function defineHandler<Request, RequestInit, Response, ResponseInit>(
  api: Api<Request, RequestInit, Response, ResponseInit>,
  handle: (
    request: Request,
    context: RequestContext,
  ) => Reply<ResponseInit> | null | Promise<Reply<ResponseInit> | null>,
  options: HandlerOptions = {},
): Handler {
  return {
    api: api as unknown as Api,
    overlap: options.overlap ?? false,
    handle: handle as Handler['handle'],
  }
}
