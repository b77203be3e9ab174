// Changes a batch's header in place: what a broker stamps on it, what a producer puts right before a retry.
import type { Codec } from '../compression/codec.ts'
import { codecById } from '../compression/codecs.ts'
import { updateBatchCrc } from './batch-crc.ts'
import { BatchHeader, readBatchHeader } from './batch-header.ts'
import { corrupt } from './errors.ts'
import { writeInt16, writeInt32, writeInt64, writeTimestamp } from './int64.ts'
import {
  attributesAt,
  baseOffsetAt,
  baseSequenceAt,
  baseTimestampAt,
  batchLengthAt,
  compressionMask,
  deleteHorizonFlag,
  logAppendTimeFlag,
  logOverheadBytes,
  maxTimestampAt,
  noTimestamp,
  partitionLeaderEpochAt,
  producerEpochAt,
  producerIdAt,
  recordCountAt,
  recordsAt,
  transactionalFlag,
} from './layout.ts'

/** Outside the checksum. */
export function setBaseOffset(header: BatchHeader, baseOffset: number): void {
  writeInt64(header.buffer, header.start + baseOffsetAt, baseOffset)
  header.baseOffset = baseOffset
}

/** Outside the checksum. */
export function setLeaderEpoch(header: BatchHeader, leaderEpoch: number): void {
  writeInt32(header.buffer, header.start + partitionLeaderEpochAt, leaderEpoch)
  header.partitionLeaderEpoch = leaderEpoch
}

/**
 * Stamps the time of the broker on all records of a batch (`message.timestamp.type=LogAppendTime`): the
 * attribute bit and the largest timestamp; the records keep theirs, which readers then pass over. Computes
 * the checksum anew.
 */
export function setLogAppendTime(header: BatchHeader, timestampMs: number): void {
  header.attributes |= logAppendTimeFlag
  writeInt16(header.buffer, header.start + attributesAt, header.attributes)
  writeTimestamp(header.buffer, header.start + maxTimestampAt, timestampMs)
  header.maxTimestamp = timestampMs
  updateBatchCrc(header)
}

/**
 * Stores the largest timestamp of a batch whose producer stated a wrong one, or said that the broker had set it: the records'
 * own times count from then on. Computes the checksum anew.
 */
export function setMaxTimestamp(header: BatchHeader, timestampMs: number): void {
  header.attributes &= ~logAppendTimeFlag
  writeInt16(header.buffer, header.start + attributesAt, header.attributes)
  writeTimestamp(header.buffer, header.start + maxTimestampAt, timestampMs)
  header.maxTimestamp = timestampMs
  updateBatchCrc(header)
}

export interface ProducerState {
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly transactional?: boolean
}

/** Gives a finished batch to another producer id, epoch or sequence. Computes the checksum anew. */
export function setProducerState(header: BatchHeader, state: ProducerState): void {
  const { buffer, start } = header
  header.producerId = state.producerId
  header.producerEpoch = state.producerEpoch
  header.baseSequence = state.baseSequence
  if (state.transactional !== undefined) {
    header.attributes =
      (header.attributes & ~transactionalFlag) | (state.transactional ? transactionalFlag : 0)
    writeInt16(buffer, start + attributesAt, header.attributes)
  }
  writeInt64(buffer, start + producerIdAt, state.producerId)
  writeInt16(buffer, start + producerEpochAt, state.producerEpoch)
  writeInt32(buffer, start + baseSequenceAt, state.baseSequence)
  updateBatchCrc(header)
}

/**
 * The records of a magic 2 batch, decompressed. A view of the batch when it is not compressed. Throws
 * DecompressionError.
 */
export function decompressRecords(header: BatchHeader, bytesMax?: number): Buffer {
  return codecOf(header).decompress(header.buffer.subarray(header.start + recordsAt, header.end), bytesMax)
}

/** The same on the thread pool, for batches that would hold up the event loop. */
export function decompressRecordsAsync(header: BatchHeader, bytesMax?: number): Promise<Buffer> {
  return codecOf(header).decompressAsync(
    header.buffer.subarray(header.start + recordsAt, header.end),
    bytesMax,
  )
}

function codecOf(header: BatchHeader): Codec {
  if (header.magic !== 2) throw new RangeError(`a batch of magic ${header.magic}; magic 2 is wanted`)
  return codecById(header.compression)!
}

/**
 * A new batch with the same header and records, compressed with `codec` (`compression.type` of a topic). The
 * records are not re-encoded; pass them decompressed when they are at hand. `header` is left alone. Throws DecompressionError.
 */
export function recompressBatch(
  header: BatchHeader,
  codec: Codec,
  options: { level?: number; bytesMax?: number; decompressed?: Buffer } = {},
): Buffer {
  const plain = options.decompressed ?? decompressRecords(header, options.bytesMax)
  const records = codec.compress(plain, options.level)
  const size = recordsAt + records.length
  if (size > 0x7fffffff) throw corrupt(`a batch of ${size} bytes`)
  const output = Buffer.allocUnsafe(size)
  header.buffer.copy(output, 0, header.start, header.start + recordsAt)
  output.set(records, recordsAt)
  writeInt32(output, batchLengthAt, size - logOverheadBytes)
  writeInt16(output, attributesAt, (header.attributes & ~compressionMask) | codec.id)
  updateBatchCrc(readBatchHeader(output, 0, new BatchHeader()))
  return output
}

/**
 * A new batch without records that has the offsets, the producer and the largest timestamp of this one: what compaction leaves of a batch whose
 * sequence number or last offset is still needed. `header` is left alone. Magic 2 only.
 */
export function emptyBatch(header: BatchHeader): Buffer {
  if (header.magic !== 2) throw new RangeError(`a batch of magic ${header.magic}; magic 2 is wanted`)
  const output = Buffer.allocUnsafe(recordsAt)
  header.buffer.copy(output, 0, header.start, header.start + recordsAt)
  writeInt32(output, batchLengthAt, recordsAt - logOverheadBytes)
  writeInt16(output, attributesAt, header.attributes & ~(compressionMask | deleteHorizonFlag))
  writeInt64(output, baseTimestampAt, noTimestamp)
  writeInt32(output, recordCountAt, 0)
  updateBatchCrc(readBatchHeader(output, 0, new BatchHeader()))
  return output
}
