// From a frame to a handler and back: request header, body, reply frame.
import {
  type Api,
  apiByKey,
  decodeRequestHeader,
  encodeResponseHeader,
  Reader,
  requestHeaderVersion,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol'
import { handlerTable } from './handlers/table.ts'
import { RequestError } from './request-error.ts'
import { advertisedMaxVersion, type ServedKey, servedKey } from './served-key.ts'

const apiVersionsKey = 18
const headBytesMin = 8

/** A request whose header was read; its body was not yet. */
export interface IncomingRequest {
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  readonly reader: Reader
  readonly bytes: number
  /** A version of ApiVersions that this broker does not know: the body is not read, the answer is of version 0 (KIP-511). */
  readonly unknownApiVersions: boolean
}

/** Reads a request's header. Throws `RequestError` or `DecodeError`. */
export function readRequestHeader(frame: Buffer): IncomingRequest {
  if (frame.length < headBytesMin) throw new RequestError(`a request of ${frame.length} bytes has no header`)
  const apiKey = frame.readInt16BE(0)
  const apiVersion = frame.readInt16BE(2)
  const correlationId = frame.readInt32BE(4)
  const reader = new Reader(frame)
  const api = handlerTable.has(apiKey) ? apiByKey(apiKey) : undefined
  if (!api) throw new RequestError(`API key ${apiKey} is not served`)
  const known = apiVersion >= api.minVersion && apiVersion <= advertisedMaxVersion(api)
  if (!known) {
    if (apiKey !== apiVersionsKey) {
      throw new RequestError(`${api.name} version ${apiVersion} is not served`)
    }
    return {
      apiKey,
      apiVersion,
      correlationId,
      clientId: null,
      reader,
      bytes: frame.length,
      unknownApiVersions: true,
    }
  }
  const header = decodeRequestHeader(reader, requestHeaderVersion(api, apiVersion))
  return {
    apiKey,
    apiVersion,
    correlationId,
    clientId: header.clientId,
    reader,
    bytes: frame.length,
    unknownApiVersions: false,
  }
}

let served: readonly ServedKey[] | undefined

/** Every key of the handler table, by ascending key. */
export function servedKeys(): readonly ServedKey[] {
  served ??= [...handlerTable.keys()]
    .sort((a, b) => a - b)
    .map(key => {
      const api = apiByKey(key)
      if (!api) throw new Error(`API key ${key} has a handler but no messages`)
      return servedKey(api)
    })
  return served
}

/**
 * Reads the body of a request. Throws `DecodeError`.
 * Bytes behind it are not looked at, as in Apache Kafka: librdkafka 2.16 sends some behind Metadata in version 13.
 */
export function readRequestBody(request: IncomingRequest, api: Api): unknown {
  return api.decodeRequest(request.reader, request.apiVersion)
}

const replyBufferBytes = 64 << 10
/** Replies are encoded one behind the other into shared memory: bodies are small, payloads are linked. */
let replyWriter = new Writer(replyBufferBytes)
let replyBufferUsed = 0

/** Encodes a reply with its size and header; the chunks are ready for one `writev`. */
export function encodeReply(
  api: Api,
  apiVersion: number,
  correlationId: number,
  reply: unknown,
): Uint8Array[] {
  try {
    const body = reply as { throttleTimeMs?: number }
    body.throttleTimeMs ??= 0
    if (replyBufferUsed > replyBufferBytes / 2) {
      replyWriter = new Writer(replyBufferBytes)
      replyBufferUsed = 0
    }
    replyWriter.int32(0)
    encodeResponseHeader(replyWriter, { correlationId }, responseHeaderVersion(api, apiVersion))
    api.encodeResponse(replyWriter, body, apiVersion)
    const bytes = replyWriter.length - 4
    const chunks = replyWriter.finish()
    const first = chunks[0]!
    replyBufferUsed += Math.min(bytes, first.length)
    first[0] = bytes >>> 24
    first[1] = bytes >>> 16
    first[2] = bytes >>> 8
    first[3] = bytes
    return chunks
  } catch (error) {
    replyWriter.finish()
    throw error
  }
}
