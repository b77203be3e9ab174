// The largest timestamp among the records of a batch that is not compressed: what its header ought to say, and need not.
import type { BatchHeader } from './batch-header.ts'
import { RecordsError } from './errors.ts'
import { noTimestamp, recordsAt } from './layout.ts'
import { readVarlong, varintEnd } from './varint.ts'

/**
 * Reads the length and the timestamp of each record and nothing else: some nanoseconds a record. Throws RecordsError when the
 * records do not fill the batch exactly. The batch must not be compressed.
 */
export function largestTimestamp(header: BatchHeader): number {
  const { buffer, baseTimestamp, end, recordCount } = header
  let largestDelta = Number.NEGATIVE_INFINITY
  let at = header.start + recordsAt
  // A hot loop: the varints of one and two bytes, nearly all there are, are read where they stand.
  for (let index = 0; index < recordCount; index++) {
    let lengthBytes: number
    if (at + 2 <= end && buffer[at + 1]! < 0x80 && buffer[at]! >= 0x80) {
      const raw = (buffer[at]! & 0x7f) | (buffer[at + 1]! << 7)
      lengthBytes = (raw >>> 1) ^ -(raw & 1)
      at += 2
    } else {
      lengthBytes = readVarlong(buffer, at, end)
      at = varintEnd.at
    }
    const next = at + lengthBytes
    // Attributes, one byte, stand before the timestamp.
    if (next > end || lengthBytes < 2) throw filledWrongly(header)
    const first = buffer[at + 1]!
    const delta = first < 0x80 ? (first >>> 1) ^ -(first & 1) : readVarlong(buffer, at + 1, next)
    if (delta > largestDelta) largestDelta = delta
    at = next
  }
  if (at !== end) throw filledWrongly(header)
  return recordCount > 0 ? baseTimestamp + largestDelta : noTimestamp
}

const filledWrongly = (header: BatchHeader): RecordsError =>
  new RecordsError(
    'INVALID_RECORD',
    `the batch does not hold exactly the ${header.recordCount} records it states`,
  )
