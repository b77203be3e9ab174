// An API of the protocol as a value: its versions, and how to write and read its requests and responses.
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'

/** The versions of one API key. */
export interface ApiVersions {
  readonly key: number
  readonly name: string
  /** Oldest version that Apache Kafka 4 still reads. */
  readonly minVersion: number
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
  encodeRequest(this: void, w: Writer, m: RequestInit, version: number): void
  decodeRequest(this: void, r: Reader, version: number): Request
  encodeResponse(this: void, w: Writer, m: ResponseInit, version: number): void
  decodeResponse(this: void, r: Reader, version: number): Response
}
