// A record format as a value: keys and values of internal topics, and other records that carry their version.
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'

/** `encode` writes what stands on disk, type and version in front; `decode` reads it, and refuses another type or version. */
export interface RecordFormat<Value = unknown, Init = unknown> {
  readonly name: string
  /** Type of the record where it is written in front (keys of coordinators, metadata records), else −1. */
  readonly type: number
  readonly minVersion: number
  readonly maxVersion: number
  encode(this: void, w: Writer, m: Init, version?: number): void
  decode(this: void, r: Reader): Value
}
