// An API of the protocol as a value: its versions, and how to write and read its requests and responses.
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'

/** The versions of one API key. */
export interface ApiVersions {
  /** The number that requests name it by. */
  readonly key: number
  /** Its name. */
  readonly name: string
  /** Oldest version that Apache Kafka 4 still reads. */
  readonly minVersion: number
  /** Newest version that is known. */
  readonly maxVersion: number
  /** Whether `maxVersion` may still change: a broker does not advertise it. */
  readonly latestVersionUnstable: boolean
}

/**
 * One API key with its messages. The type parameters are what decoding yields and what encoding takes (`…Init`: fields with a default
 * may be left out). Decoders read one message and leave what follows to the caller; `decodeRequest` and
 * `decodeResponse` of this package check that nothing does.
 */
export interface Api<Request = unknown, RequestInit = unknown, Response = unknown, ResponseInit = unknown>
  extends ApiVersions {
  /** First version with compact lengths and tagged fields (KIP-482); Infinity when there is none. */
  readonly flexibleFrom: number
  /** @internal Writes a request. Throws EncodeError for what its version cannot say. */
  encodeRequest(this: void, w: Writer, m: RequestInit, version: number): void
  /** @internal Reads a request. Throws DecodeError. */
  decodeRequest(this: void, r: Reader, version: number): Request
  /** @internal Writes a response. Throws EncodeError for what its version cannot say. */
  encodeResponse(this: void, w: Writer, m: ResponseInit, version: number): void
  /** @internal Reads a response. Throws DecodeError. */
  decodeResponse(this: void, r: Reader, version: number): Response
}
