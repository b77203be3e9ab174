// Where batches are unpacked and packed: at once, or on the thread pool where that would take longer than a slice.
import { type BatchHeader, decompressRecords, decompressRecordsAsync } from '@millrace/protocol'

/** Compressed bytes from which on a batch is unpacked on the thread pool. Below, the way there and back takes longer than the work. */
const unpackedElsewhereMin = 64 * 1024
/** Bytes from which on records are packed there: gzip takes a millisecond for so many. */
export const packedElsewhereMin = 32 * 1024

/** The records of a compressed batch; undefined where it is not compressed. Throws or rejects with DecompressionError. */
export function unpack(header: BatchHeader): Buffer | Promise<Buffer> | undefined {
  if (header.compressionBits === 0) return undefined
  return header.sizeInBytes < unpackedElsewhereMin
    ? decompressRecords(header)
    : decompressRecordsAsync(header)
}
