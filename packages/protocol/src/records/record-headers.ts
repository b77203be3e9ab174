// The headers at the end of a record: read into objects, only checked, or written.
import { RecordsError } from './errors.ts'
import type { RecordHeader, RecordHeaderInit } from './record.ts'
import { utf8Bytes, writeUtf8 } from './utf8.ts'
import { readVarint, varintBytes, varintEnd, writeVarint } from './varint.ts'

/** A header is at least two bytes: two lengths. */
const headerBytesMin = 2
/** The varint of −1. */
const nullLength = 1

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

/**
 * Bytes of the count and the headers, as they will be written. Unless `exact`, strings are taken for ASCII,
 * as `RecordBatchWriter` does.
 */
export function recordHeadersBytes(headers: readonly RecordHeaderInit[], exact: boolean): number {
  let bytes = varintBytes(headers.length)
  for (let index = 0; index < headers.length; index++) {
    const { key, value } = headers[index]!
    bytes += partBytes(exact ? utf8Bytes(key) : key.length)
    if (value === null) bytes++
    else bytes += partBytes(exact && typeof value === 'string' ? utf8Bytes(value) : value.length)
  }
  return bytes
}

function partBytes(length: number): number {
  return varintBytes(length) + length
}

/**
 * Writes the count and the headers; `utf8SpareBytes` of room must be behind them. False when a string turned
 * out longer than it was taken for: then what was written is to be written again, exactly.
 */
export function writeRecordHeaders(
  buffer: Buffer,
  start: number,
  headers: readonly RecordHeaderInit[],
  exact: boolean,
): boolean {
  let at = writeVarint(buffer, start, headers.length)
  for (let index = 0; index < headers.length; index++) {
    const { key, value } = headers[index]!
    const keyLength = exact ? utf8Bytes(key) : key.length
    at = writeVarint(buffer, at, keyLength)
    if (!writeUtf8(buffer, at, key, keyLength)) return false
    at += keyLength
    if (value === null) {
      buffer[at++] = nullLength
      continue
    }
    const text = typeof value === 'string'
    const valueLength = exact && text ? utf8Bytes(value) : value.length
    at = writeVarint(buffer, at, valueLength)
    if (!text) buffer.set(value, at)
    else if (!writeUtf8(buffer, at, value, valueLength)) return false
    at += valueLength
  }
  return true
}
