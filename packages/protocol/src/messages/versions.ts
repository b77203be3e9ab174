// Versions of messages, and the numbers in front of records that name their type and version.
import { DecodeError, EncodeError } from '../bytes/errors.ts'
import type { Reader } from '../bytes/reader.ts'

/** The one frame version of metadata records that exists. */
const metadataFrameVersion = 1

export function unwritable(message: string, version: number): never {
  throw new EncodeError(`${message} has no version ${version}`)
}

export function unreadable(message: string, version: number, r: Reader): never {
  throw new DecodeError(`${message} has no version ${version}`, r.offset)
}

/** int16 version; refuses what this code does not know. */
export function readVersion(r: Reader, record: string, min: number, max: number): number {
  const at = r.offset
  const version = r.int16()
  if (version < min || version > max) unknownVersion(record, version, at)
  return version
}

/** int16 version; what is newer than the newest is read as the newest, since later versions only append. */
export function readVersionLeniently(r: Reader, record: string, min: number, max: number): number {
  const at = r.offset
  const version = r.int16()
  if (version < min) unknownVersion(record, version, at)
  return Math.min(version, max)
}

/** int16 type of a coordinator's record. */
export function readRecordType(r: Reader, record: string, type: number): void {
  const at = r.offset
  const found = r.int16()
  if (found !== type)
    throw new DecodeError(`a record of type ${found} where ${record} (${type}) is wanted`, at)
}

/** Frame version, type and version of a metadata record, all varints. */
export function readMetadataVersion(
  r: Reader,
  record: string,
  type: number,
  min: number,
  max: number,
): number {
  const at = r.offset
  const frame = r.uvarint()
  if (frame !== metadataFrameVersion) throw new DecodeError(`a metadata record of frame version ${frame}`, at)
  const found = r.uvarint()
  if (found !== type)
    throw new DecodeError(`a record of type ${found} where ${record} (${type}) is wanted`, at)
  const version = r.uvarint()
  if (version < min || version > max) unknownVersion(record, version, at)
  return version
}

function unknownVersion(record: string, version: number, at: number): never {
  throw new DecodeError(`${record} of version ${version}, which this release does not know`, at)
}
