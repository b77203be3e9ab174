// The header of one batch (or one old message) as an object that can be filled again and again.
import type { CompressionId } from '../compression/codec.ts'
import { corrupt } from './errors.ts'
import { readInt16, readInt32, readInt64, readTimestamp } from './int64.ts'
import {
  attributesAt,
  baseOffsetAt,
  baseSequenceAt,
  baseTimestampAt,
  batchLengthAt,
  compressionMask,
  controlFlag,
  crcAt,
  deleteHorizonFlag,
  lastOffsetDeltaAt,
  logAppendTimeFlag,
  logOverheadBytes,
  magicAt,
  maxTimestampAt,
  messageAttributesAt,
  messageBodyAt,
  messageBytesMin,
  messageCrcAt,
  noPartitionLeaderEpoch,
  noProducerEpoch,
  noProducerId,
  noSequence,
  noTimestamp,
  partitionLeaderEpochAt,
  producerEpochAt,
  producerIdAt,
  recordCountAt,
  recordsAt,
  transactionalFlag,
} from './layout.ts'
import { sequenceAfter } from './sequence.ts'

const emptyBuffer = Buffer.alloc(0)

/**
 * What the header of a batch says. An old message (magic 0 or 1) fills it as Kafka's client sees it: a batch
 * of one record, or of an unknown number (`recordCount` −1) when it is compressed, whose first offset only
 * the inner messages tell.
 */
export class BatchHeader {
  /** The bytes that were read; `start` and `end` bound the whole batch in it. */
  buffer: Buffer = emptyBuffer
  start = 0
  end = 0
  magic = 2
  baseOffset = 0
  lastOffsetDelta = 0
  partitionLeaderEpoch = noPartitionLeaderEpoch
  /** The checksum as stored, unsigned. */
  crc = 0
  attributes = 0
  baseTimestamp = noTimestamp
  maxTimestamp = noTimestamp
  producerId = noProducerId
  producerEpoch = noProducerEpoch
  baseSequence = noSequence
  recordCount = 0

  get sizeInBytes(): number {
    return this.end - this.start
  }

  get lastOffset(): number {
    return this.baseOffset + this.lastOffsetDelta
  }

  get nextOffset(): number {
    return this.baseOffset + this.lastOffsetDelta + 1
  }

  /** The three compression bits: a CompressionId, or 5 to 7, which no codec has. */
  get compressionBits(): number {
    return this.attributes & compressionMask
  }

  /** Throws RecordsError (`CORRUPT_MESSAGE`) for the ids that no codec has. */
  get compression(): CompressionId {
    const id = this.attributes & compressionMask
    if (id > 4) throw corrupt(`compression id ${id}`)
    return id as CompressionId
  }

  /** True when the timestamps of all records are the one the broker set (`maxTimestamp`). */
  get isLogAppendTime(): boolean {
    return (this.attributes & logAppendTimeFlag) !== 0
  }

  get isTransactional(): boolean {
    return (this.attributes & transactionalFlag) !== 0
  }

  get isControl(): boolean {
    return (this.attributes & controlFlag) !== 0
  }

  /** When the tombstones of a compacted batch may go, in milliseconds of the epoch (KIP-534). */
  get deleteHorizonMs(): number | undefined {
    return (this.attributes & deleteHorizonFlag) !== 0 ? this.baseTimestamp : undefined
  }

  /** Sequence of the last record; sequences wrap from 2^31−1 to 0. */
  get lastSequence(): number {
    return this.baseSequence === noSequence
      ? noSequence
      : sequenceAfter(this.baseSequence, this.lastOffsetDelta)
  }
}

/**
 * Size of the batch or old message that starts at `at`, offset and length fields included, as its length
 * field claims: the bytes need not be there. Undefined when the length field itself is cut off. Throws
 * RecordsError when it is smaller than any message can be.
 */
export function batchSizeInBytes(buffer: Uint8Array, at: number, end = buffer.length): number | undefined {
  if (at + logOverheadBytes > end) return undefined
  const size = logOverheadBytes + readInt32(buffer, at + batchLengthAt)
  if (size < messageBytesMin) throw corrupt(`a batch of ${size} bytes`)
  return size
}

/**
 * Reads the header of the batch at `at` into `header` and returns it; no allocation when one is handed in.
 * The batch must be there whole. Checks sizes and magic, neither the checksum nor the records. Throws
 * RecordsError (`CORRUPT_MESSAGE`).
 */
export function readBatchHeader(
  buffer: Buffer,
  at = 0,
  header: BatchHeader = new BatchHeader(),
  end = buffer.length,
): BatchHeader {
  const size = batchSizeInBytes(buffer, at, end)
  if (size === undefined || at + size > end)
    throw corrupt(`a batch is cut off: ${end - at} bytes of ${size ?? logOverheadBytes}`)
  const magic = buffer[at + magicAt]!
  header.buffer = buffer
  header.start = at
  header.end = at + size
  header.magic = magic
  if (magic === 2) readBatch(buffer, at, header)
  else if (magic < 2) readMessage(buffer, at, header)
  else throw corrupt(`magic ${magic}`)
  return header
}

function readBatch(buffer: Buffer, at: number, header: BatchHeader): void {
  if (header.end - at < recordsAt) throw corrupt(`a batch of ${header.end - at} bytes`)
  header.baseOffset = readInt64(buffer, at + baseOffsetAt, 'the base offset')
  header.partitionLeaderEpoch = readInt32(buffer, at + partitionLeaderEpochAt)
  header.crc = readInt32(buffer, at + crcAt) >>> 0
  header.attributes = readInt16(buffer, at + attributesAt)
  header.lastOffsetDelta = readInt32(buffer, at + lastOffsetDeltaAt)
  header.baseTimestamp = readTimestamp(buffer, at + baseTimestampAt)
  header.maxTimestamp = readTimestamp(buffer, at + maxTimestampAt)
  header.producerId = readInt64(buffer, at + producerIdAt, 'the producer id')
  header.producerEpoch = readInt16(buffer, at + producerEpochAt)
  header.baseSequence = readInt32(buffer, at + baseSequenceAt)
  header.recordCount = readInt32(buffer, at + recordCountAt)
}

function readMessage(buffer: Buffer, at: number, header: BatchHeader): void {
  header.baseOffset = readInt64(buffer, at + baseOffsetAt, 'the offset')
  header.lastOffsetDelta = 0
  header.partitionLeaderEpoch = noPartitionLeaderEpoch
  header.crc = readInt32(buffer, at + messageCrcAt) >>> 0
  // Only compression and timestamp type have a meaning in these formats.
  header.attributes =
    buffer[at + messageAttributesAt]! & (compressionMask | (header.magic === 1 ? logAppendTimeFlag : 0))
  header.maxTimestamp = header.magic === 1 ? readTimestamp(buffer, at + messageBodyAt) : noTimestamp
  header.baseTimestamp = header.maxTimestamp
  header.producerId = noProducerId
  header.producerEpoch = noProducerEpoch
  header.baseSequence = noSequence
  header.recordCount = (header.attributes & compressionMask) === 0 ? 1 : -1
}
