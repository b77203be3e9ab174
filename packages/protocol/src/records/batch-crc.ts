// The checksum of a batch: computed, compared, stored.
import { crc32c, crc32cOfChanged } from '../checksum/crc32c.ts'
import type { BatchHeader } from './batch-header.ts'
import { corrupt } from './errors.ts'
import { writeInt32 } from './int64.ts'
import { attributesAt, crcAt, magicAt, recordsAt } from './layout.ts'

/**
 * The checksum that the bytes of a batch have: CRC-32C from the attributes on, or CRC-32 from the magic on
 * for old messages.
 */
export function computeBatchCrc(header: BatchHeader): number {
  const { buffer, start, end } = header
  if (header.magic === 2) return crc32c(buffer.subarray(start + attributesAt, end))
  // Old messages are rare: what they need is not loaded before one comes.
  return process.getBuiltinModule('node:zlib').crc32(buffer.subarray(start + magicAt, end))
}

/**
 * Throws RecordsError (`CORRUPT_MESSAGE`) when a batch's bytes are not those that its checksum was computed
 * over. `where` says in the message what the batch belongs to, for example `orders-3`; `computed` is the checksum of the bytes, where it is
 * known.
 */
export function verifyBatchCrc(header: BatchHeader, where = '', computed = computeBatchCrc(header)): void {
  if (computed === header.crc) return
  const of = where === '' ? '' : ` of ${where}`
  throw corrupt(
    `the batch at offset ${header.baseOffset}${of} (${header.sizeInBytes} bytes) is corrupt: ` +
      `checksum ${hex(header.crc)} stored, ${hex(computed)} computed`,
  )
}

/** Stores the checksum anew after a field inside it was changed. Magic 2 only. */
export function updateBatchCrc(header: BatchHeader): void {
  header.crc = computeBatchCrc(header)
  writeInt32(header.buffer, header.start + crcAt, header.crc)
}

/** Of the fields of a batch that its checksum is about, without the records. Magic 2 only. */
export function fieldsCrc(header: BatchHeader): number {
  return crc32c(header.buffer.subarray(header.start + attributesAt, header.start + recordsAt))
}

/** Stores the checksum anew after fields were changed, whose checksum was `fieldsBefore`; the records are not read. It must have been right. */
export function updateFieldsCrc(header: BatchHeader, fieldsBefore: number): void {
  const recordsBytes = header.end - header.start - recordsAt
  header.crc = crc32cOfChanged(header.crc, fieldsBefore, fieldsCrc(header), recordsBytes)
  writeInt32(header.buffer, header.start + crcAt, header.crc)
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
