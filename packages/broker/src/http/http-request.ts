// The head of an HTTP request out of the bytes of a connection: as much of RFC 9112 as a scraper and a probe need. Pure.
//
//   GET /metrics?name[]=kafka_brokers HTTP/1.1\r\n
//   Host: 127.0.0.1:9404\r\n
//   \r\n

export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** 1.0 has no chunks: the reply ends with the connection. */
  readonly version: '1.0' | '1.1'
}

/** The request cannot be read; `status` is what its sender is told. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const requestLine = /^([A-Z]+) (\/[^ ]*) HTTP\/(1\.[01])$/

/** Reads a head whose last empty line has come. Header fields are not looked at, but for a body, which nothing here takes. Throws `HttpError`. */
export function readHttpRequest(head: string): HttpRequest {
  const [line = '', ...fields] = head.split('\r\n')
  const match = requestLine.exec(line)
  if (!match)
    throw new HttpError(
      400,
      'this is no HTTP request; the broker speaks HTTP here, and Kafka on its listeners',
    )
  const [, method = '', target = '', version] = match
  if (fields.some(field => /^(transfer-encoding:|content-length: *[^0 ])/i.test(field))) {
    throw new HttpError(413, 'requests have no body here')
  }
  const [path = '', query = ''] = target.split('?', 2)
  return { method, path, query: new URLSearchParams(query), version: version as HttpRequest['version'] }
}
