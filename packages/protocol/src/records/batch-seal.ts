// Completes a batch: the header in front of records that are already in place.
import { crc32c } from '../checksum/crc32c.ts'
import type { Codec } from '../compression/codec.ts'
import { writeInt16, writeInt32, writeInt64 } from './int64.ts'
import {
  attributesAt,
  baseOffsetAt,
  baseSequenceAt,
  baseTimestampAt,
  batchLengthAt,
  controlFlag,
  crcAt,
  deleteHorizonFlag,
  lastOffsetDeltaAt,
  logAppendTimeFlag,
  logOverheadBytes,
  magicAt,
  maxTimestampAt,
  noPartitionLeaderEpoch,
  noProducerEpoch,
  noProducerId,
  noSequence,
  partitionLeaderEpochAt,
  producerEpochAt,
  producerIdAt,
  recordCountAt,
  transactionalFlag,
} from './layout.ts'

export interface FinishOptions {
  /** Default −1: no idempotence. */
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly transactional?: boolean
  readonly control?: boolean
  /** Default: not compressed. */
  readonly codec?: Codec
  readonly level?: number
  readonly partitionLeaderEpoch?: number
  /** Timestamp of all records, set by the broker. */
  readonly logAppendTimeMs?: number
  /**
   * Marks a compacted batch: tombstones may go from then on. Must be the `baseTimestamp` that the batch was
   * started with.
   */
  readonly deleteHorizonMs?: number
  /**
   * Last offset of the batch when it is not that of the last record, as after compaction. Allows a batch
   * without records.
   */
  readonly lastOffset?: number
}

/** What the records of a batch make of its header. */
export interface FinishedFields {
  readonly baseOffset: number
  readonly lastOffsetDelta: number
  readonly baseTimestamp: number
  readonly maxTimestamp: number
  readonly recordCount: number
}

/**
 * Writes the header in front of the records, which end at `end`, and the checksum; returns the batch as a
 * view.
 */
export function seal(buffer: Buffer, end: number, header: FinishedFields, options: FinishOptions): Buffer {
  let attributes: number = options.codec?.id ?? 0
  if (options.logAppendTimeMs !== undefined) attributes |= logAppendTimeFlag
  if (options.transactional === true) attributes |= transactionalFlag
  if (options.control === true) attributes |= controlFlag
  if (options.deleteHorizonMs !== undefined) attributes |= deleteHorizonFlag
  writeInt64(buffer, baseOffsetAt, header.baseOffset)
  writeInt32(buffer, batchLengthAt, end - logOverheadBytes)
  writeInt32(buffer, partitionLeaderEpochAt, options.partitionLeaderEpoch ?? noPartitionLeaderEpoch)
  buffer[magicAt] = 2
  writeInt16(buffer, attributesAt, attributes)
  writeInt32(buffer, lastOffsetDeltaAt, header.lastOffsetDelta)
  writeInt64(buffer, baseTimestampAt, header.baseTimestamp)
  writeInt64(buffer, maxTimestampAt, header.maxTimestamp)
  writeInt64(buffer, producerIdAt, options.producerId ?? noProducerId)
  writeInt16(buffer, producerEpochAt, options.producerEpoch ?? noProducerEpoch)
  writeInt32(buffer, baseSequenceAt, options.baseSequence ?? noSequence)
  writeInt32(buffer, recordCountAt, header.recordCount)
  writeInt32(buffer, crcAt, crc32c(buffer.subarray(attributesAt, end)))
  return buffer.subarray(0, end)
}
