// From a frame to a handler and back: request header, body, reply frame.
import {
  apiVersions,
  Reader,
  requestHeaderVersion,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol/base'
import { decodeRequestHeader, encodeResponseHeader } from '@millrace/protocol/messages/connection'
import type { Handler } from './handlers/handler.ts'
import { handlerTable, receiverKeys } from './handlers/table.ts'
import { requestWithoutRecordsMaxBytes } from './limits.ts'
import { RequestError } from './request-error.ts'
import { advertisedMaxVersion, type ServedKey, servedKey } from './served-key.ts'

const headBytesMin = 8

/** A request whose header was read; its body was not yet. */
export interface IncomingRequest {
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  readonly reader: Reader
  readonly bytes: number
  /** The version is not known, but there is an answer to that: the body is not read (`HandlerTraits.unknownVersionReply`). */
  readonly unknownVersion: boolean
}

/** The API key of a request. Throws `RequestError` when it is too short to have a header. */
export function apiKeyOf(frame: Buffer): number {
  if (frame.length < headBytesMin) throw new RequestError(`a request of ${frame.length} bytes has no header`)
  return frame.readInt16BE(0)
}

/** Reads the header of a request whose handler is `handler`. Throws `RequestError` or `DecodeError`. */
export function readRequestHeader(frame: Buffer, { api, traits }: Handler): IncomingRequest {
  if (frame.length > requestWithoutRecordsMaxBytes && !traits.carriesRecords) {
    const limit = `${requestWithoutRecordsMaxBytes}, which is the most for one without records; divide it`
    throw new RequestError(`a request of ${api.name} has ${frame.length} bytes, more than ${limit}`)
  }
  const apiVersion = frame.readInt16BE(2)
  const known = apiVersion >= api.minVersion && apiVersion <= advertisedMaxVersion(api)
  if (!known && !traits.unknownVersionReply) {
    throw new RequestError(`${api.name} version ${apiVersion} is not served`)
  }
  const reader = new Reader(frame)
  return {
    apiKey: api.key,
    apiVersion,
    correlationId: frame.readInt32BE(4),
    clientId: known ? decodeRequestHeader(reader, requestHeaderVersion(api, apiVersion)).clientId : null,
    reader,
    bytes: frame.length,
    unknownVersion: !known,
  }
}

/** A token of SASL, which has no header. */
export function tokenRequest(frame: Buffer): IncomingRequest {
  return {
    apiKey: -1,
    apiVersion: 0,
    correlationId: 0,
    clientId: null,
    reader: new Reader(frame),
    bytes: frame.length,
    unknownVersion: false,
  }
}

let served: readonly ServedKey[] | undefined
let withoutReceiver: readonly ServedKey[] | undefined
/** What clients are told where nobody takes their metrics: as Apache Kafka without a plug-in, so that they do not ask. */
export function servedKeysWithoutReceiver(): readonly ServedKey[] {
  withoutReceiver ??= servedKeys().filter(({ apiKey }) => !receiverKeys.has(apiKey))
  return withoutReceiver
}

/** Every key of the handler table, by ascending key. */
export function servedKeys(): readonly ServedKey[] {
  served ??= [...handlerTable.keys()]
    .sort((a, b) => a - b)
    .map(key => {
      const versions = apiVersions.get(key)
      if (!versions) throw new Error(`API key ${key} has a handler but no messages`)
      return servedKey(versions)
    })
  return served
}

/**
 * Reads the body of a request. Throws `DecodeError`.
 * Bytes behind it are not looked at, as in Apache Kafka: librdkafka 2.16 sends some behind Metadata in version 13.
 */
export function readRequestBody(request: IncomingRequest, { api }: Handler): unknown {
  return api.decodeRequest(request.reader, request.apiVersion)
}

const replyBufferBytes = 64 << 10
/** Replies are encoded one behind the other into shared memory: bodies are small, payloads are linked. */
let replyWriter = new Writer(replyBufferBytes)
let replyBufferUsed = 0

/**
 * Encodes a reply with its size and header; the chunks are ready for one `writev`. `apiVersion` is the version of the reply. The throttle
 * time is the request's: a reply that names none goes as it is, without a copy.
 */
export function encodeReply(
  { api }: Handler,
  apiVersion: number,
  { correlationId, throttleTimeMs }: { readonly correlationId: number; readonly throttleTimeMs: number },
  reply: unknown,
): Uint8Array[] {
  try {
    if (replyBufferUsed > replyBufferBytes / 2) {
      replyWriter = new Writer(replyBufferBytes)
      replyBufferUsed = 0
    }
    replyWriter.int32(0)
    encodeResponseHeader(replyWriter, { correlationId }, responseHeaderVersion(api, apiVersion))
    const body = throttleTimeMs > 0 ? { ...(reply as object), throttleTimeMs } : reply
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
