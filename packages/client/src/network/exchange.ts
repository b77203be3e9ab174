// One request on its way: what to send, and whom to tell of the answer.
import {
  type Api,
  type FrameMemory,
  encodeRequestHeader,
  requestHeaderVersion,
  Writer,
} from '@millrace/protocol'

/** How a request differs from the plain one, which waits for its turn and for an answer. */
export interface ExchangeOptions {
  /** Time for the answer. Default: the connection's `requestTimeoutMs`. */
  readonly timeoutMs?: number | undefined
  /** The broker sends no response: the exchange is done when its bytes have left the process. Default false. */
  readonly unanswered?: boolean
  /** Goes ahead of what waits, as the words of a handshake do. Default false. */
  readonly privileged?: boolean
  /** See `RequestOptions.lend` of the connection. */
  readonly lend?: ((memory: FrameMemory) => void) | undefined
}

export interface Exchange {
  readonly api: Api
  readonly version: number
  readonly body: unknown
  /** On the clock's monotonic scale. */
  readonly deadline: number
  readonly timeoutMs: number
  /** False where the broker sends no response (Produce with `acks=0`). */
  readonly answered: boolean
  correlationId: number
  /** When it left, on the monotonic clock; undefined before. */
  sentAt: number | undefined
  /** Its size as a frame, once it is encoded. */
  bytesOut: number
  /** Settled: nobody waits for it any more (answered, failed, expired). */
  done: boolean
  /** See `RequestOptions.lend` of the connection. */
  readonly lend: ((memory: FrameMemory) => void) | undefined
  resolve(response: unknown): void
  reject(error: Error): void
}

/** The chunks of a request frame, size first. Payloads are linked, not copied. */
export function encodeFrame(exchange: Exchange, clientId: string, writer: Writer): Uint8Array[] {
  const { api, version, correlationId } = exchange
  writer.int32(0)
  encodeRequestHeader(
    writer,
    { requestApiKey: api.key, requestApiVersion: version, correlationId, clientId },
    requestHeaderVersion(api, version),
  )
  api.encodeRequest(writer, exchange.body as never, version)
  exchange.bytesOut = writer.length
  const sizeBytes = writer.length - 4
  const chunks = writer.finish()
  const first = chunks[0]!
  first[0] = sizeBytes >>> 24
  first[1] = sizeBytes >>> 16
  first[2] = sizeBytes >>> 8
  first[3] = sizeBytes
  return chunks
}
