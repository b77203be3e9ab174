// All records of a byte range at once: the convenient level above cursors.
import type { BatchHeader } from './batch-header.ts'
import { batches } from './batches.ts'
import type { BatchRecord } from './record.ts'
import { RecordBatchCursor } from './record-batch-cursor.ts'

/**
 * Calls `visit` with a cursor on each record of the batches in `buffer`, in order; control batches are passed
 * over. The cursor is the same object every time. Throws RecordsError or DecompressionError at the first
 * batch that cannot be read.
 */
export function forEachRecord(
  buffer: Buffer,
  visit: (cursor: RecordBatchCursor, header: BatchHeader) => void,
  decompressedBytesMax?: number,
): void {
  const cursor = new RecordBatchCursor()
  for (const header of batches(buffer)) {
    if (header.isControl) continue
    cursor.open(header, decompressedBytesMax)
    while (cursor.next()) visit(cursor, header)
  }
}

/** The records of all batches in `buffer` as objects; control batches are passed over. */
export function toRecords(buffer: Buffer, decompressedBytesMax?: number): BatchRecord[] {
  const records: BatchRecord[] = []
  forEachRecord(buffer, cursor => records.push(cursor.record()), decompressedBytesMax)
  return records
}
