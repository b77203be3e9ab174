// Walks the batches of a byte range, such as a fetch response or a piece of a segment.
import { BatchHeader, batchSizeInBytes, readBatchHeader } from './batch-header.ts'

/**
 * The headers of the batches in `buffer[start, end)`, a new object for each. A last batch that is cut off is what a broker may send
 * when its byte limit falls into one: it ends the walk without an error. Throws RecordsError for malformed headers.
 */
export function* batches(
  buffer: Buffer,
  start = 0,
  end = buffer.length,
): Generator<BatchHeader, void, undefined> {
  for (let at = start; ; ) {
    const size = batchSizeInBytes(buffer, at, end)
    if (size === undefined || at + size > end) return
    yield readBatchHeader(buffer, at, new BatchHeader(), end)
    at += size
  }
}

/** Bytes from `start` that are whole batches: what is left behind them is the start of one that was cut off. */
export function completeBatchBytes(buffer: Buffer, start = 0, end = buffer.length): number {
  let at = start
  for (;;) {
    const size = batchSizeInBytes(buffer, at, end)
    if (size === undefined || at + size > end) return at - start
    at += size
  }
}
