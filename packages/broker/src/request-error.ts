// A request that cannot be answered.

/** The connection ends, as in Kafka. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
}
