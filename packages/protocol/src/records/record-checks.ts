// Walks every record of a batch to check what its header cannot show. No allocation per record.
import type { BatchHeader } from './batch-header.ts'
import { RecordsError } from './errors.ts'
import { noTimestamp } from './layout.ts'
import { RecordBatchCursor } from './record-batch-cursor.ts'

export interface RecordLimits {
  /** Null keys are refused: the topic is compacted. Default false. */
  readonly keyRequired?: boolean
  /** Timestamps below and above are refused, in milliseconds of the epoch. Default: none are. */
  readonly timestampMin?: number
  readonly timestampMax?: number
  /** How much the batch may become when it is decompressed. Default 128 MiB. */
  readonly decompressedBytesMax?: number
}

export interface RecordFindings {
  readonly maxTimestamp: number
  /** Offset of the first record with that timestamp. */
  readonly maxTimestampOffset: number
}

/**
 * Checks that a batch holds the records its header states, that their offsets count up from the base offset,
 * that lengths are exact, and the limits. Throws RecordsError (`INVALID_RECORD` or `INVALID_TIMESTAMP`, with
 * the indexes of the records at fault), or DecompressionError. Pass a cursor to reuse it; pass decompressed
 * records when they are at hand.
 */
export function checkRecords(
  header: BatchHeader,
  limits: RecordLimits = {},
  cursor: RecordBatchCursor = new RecordBatchCursor(),
  decompressed?: Buffer,
): RecordFindings {
  const { keyRequired = false, timestampMin = -Infinity, timestampMax = Infinity } = limits
  if (decompressed === undefined) cursor.open(header, limits.decompressedBytesMax)
  else cursor.openRecords(header, decompressed)
  let maxTimestamp = noTimestamp
  let maxTimestampOffset = header.baseOffset
  let withoutKey: number[] | undefined
  let outOfTime: number[] | undefined
  for (let index = 0; cursor.next(); index++) {
    if (cursor.offset !== header.baseOffset + index)
      throw new RecordsError(
        'INVALID_RECORD',
        `record ${index} of the batch at offset ${header.baseOffset} has offset ${cursor.offset}`,
        [index],
      )
    cursor.checkHeaders()
    const { timestamp } = cursor
    if (timestamp > maxTimestamp) {
      maxTimestamp = timestamp
      maxTimestampOffset = cursor.offset
    }
    if (keyRequired && cursor.keyLength < 0) (withoutKey ??= []).push(index)
    if (timestamp !== noTimestamp && (timestamp < timestampMin || timestamp > timestampMax))
      (outOfTime ??= []).push(index)
  }
  if (withoutKey !== undefined)
    throw new RecordsError('INVALID_RECORD', 'a compacted topic takes no record without a key', withoutKey)
  if (outOfTime !== undefined)
    throw new RecordsError(
      'INVALID_TIMESTAMP',
      `${outOfTime.length} timestamps are not within ${timestampMin}…${timestampMax}`,
      outOfTime,
    )
  return { maxTimestamp, maxTimestampOffset }
}
