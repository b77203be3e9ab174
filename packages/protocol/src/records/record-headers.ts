// The headers at the end of a record: read into objects, or only checked.
import { RecordsError } from './errors.ts'
import type { RecordHeader } from './record.ts'
import { readVarint, varintEnd } from './varint.ts'

/** A header is at least two bytes: two lengths. */
const headerBytesMin = 2

function malformed(what: string): RecordsError {
  return new RecordsError('INVALID_RECORD', `a record ${what}`)
}

/** Reads the header count at `start`; `varintEnd.at` is then where the first header starts. */
function readCount(buffer: Buffer, start: number, end: number): number {
  const count = readVarint(buffer, start, end)
  if (count < 0 || count * headerBytesMin > end - varintEnd.at) throw malformed(`with ${count} headers`)
  return count
}

/** Reads a length and checks that so many bytes are there; `varintEnd.at` is then where they start. */
function readLength(buffer: Buffer, start: number, end: number, lengthMin: number): number {
  const length = readVarint(buffer, start, end)
  if (length < lengthMin || length > end - varintEnd.at) throw malformed(`with ${length} bytes in a header`)
  return length
}

/** The headers from `start` on; values are views. Throws RecordsError. */
export function readRecordHeaders(buffer: Buffer, start: number, end: number): RecordHeader[] {
  const headers: RecordHeader[] = []
  const count = readCount(buffer, start, end)
  let at = varintEnd.at
  for (let index = 0; index < count; index++) {
    const keyLength = readLength(buffer, at, end, 0)
    at = varintEnd.at + keyLength
    const key = buffer.toString('utf8', varintEnd.at, at)
    const valueLength = readLength(buffer, at, end, -1)
    at = varintEnd.at + Math.max(valueLength, 0)
    headers.push({ key, value: valueLength < 0 ? null : buffer.subarray(varintEnd.at, at) })
  }
  return headers
}

/** Throws RecordsError unless the headers from `start` on end exactly at `end`. */
export function checkRecordHeaders(buffer: Buffer, start: number, end: number): void {
  let at: number
  if (buffer[start] === 0) at = start + 1
  else {
    const count = readCount(buffer, start, end)
    at = varintEnd.at
    for (let index = 0; index < count; index++) {
      const keyLength = readLength(buffer, at, end, 0)
      at = varintEnd.at + keyLength
      const valueLength = readLength(buffer, at, end, -1)
      at = varintEnd.at + Math.max(valueLength, 0)
    }
  }
  if (at !== end) throw malformed(`of which ${end - at} bytes are left over`)
}
