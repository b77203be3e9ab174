// The headers at the end of a record: read into objects, only checked, or written.
import { RecordsError } from './errors.ts'
import type { RecordHeader, RecordHeaderInit } from './record.ts'
import { utf8Bytes, writeUtf8 } from './utf8.ts'
import { readVarint, varintBytes, varintEnd, writeVarint } from './varint.ts'

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

/** Bytes of the count and the headers, as they will be written. */
export function recordHeadersBytes(headers: readonly RecordHeaderInit[]): number {
  let bytes = varintBytes(headers.length)
  for (const { key, value } of headers) {
    const keyLength = utf8Bytes(key)
    const valueLength = value === null ? -1 : typeof value === 'string' ? utf8Bytes(value) : value.length
    bytes += varintBytes(keyLength) + keyLength + varintBytes(valueLength)
    if (valueLength > 0) bytes += valueLength
  }
  return bytes
}

/** Writes the count and the headers; `utf8SpareBytes` of room must be behind them. */
export function writeRecordHeaders(
  buffer: Buffer,
  start: number,
  headers: readonly RecordHeaderInit[],
): void {
  let at = writeVarint(buffer, start, headers.length)
  for (const { key, value } of headers) {
    at = writeText(buffer, at, key)
    if (value === null) at = writeVarint(buffer, at, -1)
    else if (typeof value === 'string') at = writeText(buffer, at, value)
    else {
      at = writeVarint(buffer, at, value.length)
      buffer.set(value, at)
      at += value.length
    }
  }
}

function writeText(buffer: Buffer, start: number, text: string): number {
  const length = utf8Bytes(text)
  const at = writeVarint(buffer, start, length)
  writeUtf8(buffer, at, text, length)
  return at + length
}
