// Listeners: where the broker binds, and what address it tells clients for each.

/** A listener that is bound, as clients see it. */
export interface Endpoint {
  /** Listener name, upper case: `PLAINTEXT`, `INTERNAL`, … */
  readonly name: string
  /** Advertised host and port. */
  readonly host: string
  readonly port: number
  readonly securityProtocol: 'PLAINTEXT'
}
