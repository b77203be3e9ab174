// Changes a batch's header in place: what a broker stamps on it, what a producer puts right before a retry.
import { crc32c } from '../checksum/crc32c.ts'
import type { Codec } from '../compression/codec.ts'
import { codecById } from '../compression/codecs.ts'
import { fieldsCrc, updateBatchCrc, updateFieldsCrc } from './batch-crc.ts'
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
  crcAt,
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
 * attribute bit and the largest timestamp; the records keep theirs, which readers then pass over. The checksum, which must have been
 * right, is brought up to date.
 */
export function setLogAppendTime(header: BatchHeader, timestampMs: number): void {
  const before = fieldsCrc(header)
  header.attributes |= logAppendTimeFlag
  writeInt16(header.buffer, header.start + attributesAt, header.attributes)
  writeTimestamp(header.buffer, header.start + maxTimestampAt, timestampMs)
  header.maxTimestamp = timestampMs
  updateFieldsCrc(header, before)
}

/**
 * Stores the largest timestamp of a batch whose producer stated a wrong one, or said that the broker had set it: the records'
 * own times count from then on. The checksum, which must have been right, is brought up to date.
 */
export function setMaxTimestamp(header: BatchHeader, timestampMs: number): void {
  const before = fieldsCrc(header)
  header.attributes &= ~logAppendTimeFlag
  writeInt16(header.buffer, header.start + attributesAt, header.attributes)
  writeTimestamp(header.buffer, header.start + maxTimestampAt, timestampMs)
  header.maxTimestamp = timestampMs
  updateFieldsCrc(header, before)
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
  const steps = repackBatch(header, codec, codec.compress(plain, options.level))
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Bytes that are copied and summed up in one step. */
const repackStepBytes = 1024 ** 2

/** A new batch with the same header and with `records`, which `codec` has made; a step at a time for those with time for others. */
export function* repackBatch(
  header: BatchHeader,
  codec: Codec,
  records: Buffer,
): Generator<undefined, Buffer> {
  const size = recordsAt + records.length
  if (size > 0x7fffffff) throw corrupt(`a batch of ${size} bytes`)
  const output = Buffer.allocUnsafe(size)
  header.buffer.copy(output, 0, header.start, header.start + recordsAt)
  writeInt32(output, batchLengthAt, size - logOverheadBytes)
  writeInt16(output, attributesAt, (header.attributes & ~compressionMask) | codec.id)
  let crc = crc32c(output.subarray(attributesAt, recordsAt))
  for (let at = 0; at < records.length; at += repackStepBytes) {
    if (at > 0) yield
    const part = records.subarray(at, at + repackStepBytes)
    output.set(part, recordsAt + at)
    crc = crc32c(part, crc)
  }
  writeInt32(output, crcAt, crc)
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
