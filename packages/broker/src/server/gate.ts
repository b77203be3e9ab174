// What stands between a request and its handler: the one place that decides whether a connection may ask this, now, as whom.
import type { Clock } from '@millrace/runtime'
import type { Handler, RequestContext } from '../handlers/handler.ts'
import { RequestError } from '../request-error.ts'

/**
 * Called for every request in the order of the connection, when its header was read and before its body is. It goes by the traits of the
 * handler and the session of the connection, and may slow the connection down (`RequestContext.throttle`).
 */
export interface Gate {
  /** Throws `RequestError` for a request that must not be served: the connection ends. */
  admit(handler: Handler, context: RequestContext): void
}

/** Lets pass who is authenticated for as long as that holds; others only what leads there, in its order, as Kafka's `SaslServerAuthenticator`. */
export class SessionGate implements Gate {
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  admit({ api, traits }: Handler, { connection: { session } }: RequestContext): void {
    if (!session.sasl) return
    const refusal = session.refusal(api.name, traits.beforeAuthentication, this.#clock.monotonic())
    if (refusal !== undefined) throw new RequestError(refusal)
  }
}
