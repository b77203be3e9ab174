// Where batches are unpacked and packed: at once, or on the thread pool where that would take longer than a slice.
import {
  type BatchHeader,
  DecompressionError,
  decompressRecords,
  decompressRecordsAsync,
} from '@millrace/protocol'

/** Compressed bytes from which on a batch is unpacked on the thread pool. Below, the way there and back takes longer than the work. */
const unpackedElsewhereMin = 48 * 1024
/** What a batch may become at once: a few bytes can be megabytes. */
const unpackedAtOnceMax = 1024 ** 2
/** Bytes from which on records are packed there: gzip takes a millisecond for so many. */
export const packedElsewhereMin = 32 * 1024

/** What a batch may become before it is its turn, by its own size and at most: several are in memory together. */
const aheadGrowthMax = 32
const aheadBytesMax = 16 * 1024 ** 2

/** Records that were unpacked before it was their turn, or will be. */
export type UnpackedAhead = Buffer | Promise<Buffer | undefined> | undefined

/** Whether it is worth the way to the thread pool and back. */
export function isUnpackedElsewhere({ compressionBits, sizeInBytes }: BatchHeader): boolean {
  return compressionBits !== 0 && sizeInBytes >= unpackedElsewhereMin
}

/**
 * Unpacks a batch on the thread pool before it is its turn. Resolves with its records, or with undefined where they are too many to wait in memory.
 * Rejects with DecompressionError.
 */
export function unpackAhead(header: BatchHeader): Promise<Buffer | undefined> {
  const bytesMax = Math.min(header.sizeInBytes * aheadGrowthMax, aheadBytesMax)
  return decompressRecordsAsync(header, bytesMax).catch((error: unknown) => {
    if (isTooLarge(error)) return undefined
    throw error
  })
}

/**
 * The records of the compressed batch in hand; a promise where they have to be waited for, and undefined where it is not compressed. Throws or
 * rejects with DecompressionError.
 */
export function unpack(header: BatchHeader, ahead: UnpackedAhead): Buffer | Promise<Buffer> | undefined {
  if (header.compressionBits === 0) return undefined
  if (ahead instanceof Promise) return ahead.then(records => records ?? decompressRecordsAsync(header))
  if (ahead) return ahead
  if (isUnpackedElsewhere(header)) return decompressRecordsAsync(header)
  try {
    return decompressRecords(header, unpackedAtOnceMax)
  } catch (error) {
    if (isTooLarge(error)) return decompressRecordsAsync(header)
    throw error
  }
}

/**
 * Gives up records that were unpacked, with their memory. Left to the collector, they would make it look through everything each few dozen batches,
 * which took a fifth of a cleaning. Small ones may lie in the memory that Node shares out to others.
 */
export function giveUp(records: Buffer): void {
  if (records.length >= Buffer.poolSize && records.buffer instanceof ArrayBuffer) records.buffer.transfer(0)
}

function isTooLarge(error: unknown): boolean {
  return error instanceof DecompressionError && error.tooLarge
}
