// Walks the batches of a byte range, such as a fetch response or a piece of a segment.
import { BatchHeader, batchSizeInBytes, readBatchHeader } from './batch-header.ts'
import { corrupt } from './errors.ts'

/**
 * The headers of the batches in `buffer[start, end)`, a new object for each. A last batch that is cut off is
 * what a broker may send when its byte limit falls into one: it ends the walk without an error. Throws
 * RecordsError for malformed headers.
 */
export function* batches(
  buffer: Buffer,
  start = 0,
  end = buffer.length,
): Generator<BatchHeader, void, undefined> {
  for (let at = start; ; ) {
    const size = batchSizeInBytes(buffer, at, end)
    if (size === undefined || at + size > end) return
    const header = readBatchHeader(buffer, at, new BatchHeader(), end)
    // Who walks on from `nextOffset` would go backwards and never end.
    if (header.lastOffsetDelta < 0)
      throw corrupt(`the batch at offset ${header.baseOffset} ends before it begins`)
    yield header
    at += size
  }
}

/**
 * Bytes from `start` that are whole batches: what is left behind them is the start of one that was cut off.
 */
export function completeBatchBytes(buffer: Buffer, start = 0, end = buffer.length): number {
  let at = start
  for (;;) {
    const size = batchSizeInBytes(buffer, at, end)
    if (size === undefined || at + size > end) return at - start
    at += size
  }
}
