// The header fields of a record batch (magic 2) that storage reads or patches, straight in the buffer: no object a batch.
// Where they stand is said, with the byte diagram, in the protocol's `records/layout.ts`.
import { batchLayout as layout, sequenceAfter } from '@millrace/protocol/base'

export const batchHeaderBytes = layout.recordsAt
/** Length field and what stands before it: `sizeOf` = this + batchLength. */
export const batchOverheadBytes = layout.logOverheadBytes
/** The part of the header that the CRC does not cover. */
export const batchUncheckedBytes = layout.attributesAt
export const batchMagic = 2

const two32 = 2 ** 32

/** A 64-bit integer as a number. Beyond ±2^53 it loses precision: callers bound what they believe. */
export function int64At(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * two32 + buffer.readUInt32BE(at + 4)
}

/** What a timestamp of 2^63−1 rounds up to is written as what it was. */
export function writeInt64(buffer: Buffer, value: number, at: number): void {
  if (value >= 2 ** 63) {
    buffer.writeInt32BE(0x7fffffff, at)
    buffer.writeUInt32BE(0xffffffff, at + 4)
    return
  }
  buffer.writeInt32BE(Math.floor(value / two32), at)
  buffer.writeUInt32BE(value >>> 0, at + 4)
}

export const baseOffsetOf = (buffer: Buffer, at: number): number => int64At(buffer, at)
export const sizeOf = (buffer: Buffer, at: number): number =>
  buffer.readInt32BE(at + layout.batchLengthAt) + batchOverheadBytes
export const leaderEpochOf = (buffer: Buffer, at: number): number =>
  buffer.readInt32BE(at + layout.partitionLeaderEpochAt)
export const magicOf = (buffer: Buffer, at: number): number => buffer.readInt8(at + layout.magicAt)
export const crcOf = (buffer: Buffer, at: number): number => buffer.readUInt32BE(at + layout.crcAt)
export const attributesOf = (buffer: Buffer, at: number): number =>
  buffer.readInt16BE(at + layout.attributesAt)
export const lastOffsetDeltaOf = (buffer: Buffer, at: number): number =>
  buffer.readInt32BE(at + layout.lastOffsetDeltaAt)
export const maxTimestampOf = (buffer: Buffer, at: number): number =>
  int64At(buffer, at + layout.maxTimestampAt)
export const producerIdOf = (buffer: Buffer, at: number): number => int64At(buffer, at + layout.producerIdAt)
export const producerEpochOf = (buffer: Buffer, at: number): number =>
  buffer.readInt16BE(at + layout.producerEpochAt)
export const baseSequenceOf = (buffer: Buffer, at: number): number =>
  buffer.readInt32BE(at + layout.baseSequenceAt)
/** −1 for a batch without sequence numbers, as coordinators write them. */
export function lastSequenceOf(buffer: Buffer, at: number): number {
  const first = baseSequenceOf(buffer, at)
  return first < 0 ? first : sequenceAfter(first, lastOffsetDeltaOf(buffer, at))
}

export const lastOffsetOf = (buffer: Buffer, at: number): number =>
  int64At(buffer, at) + buffer.readInt32BE(at + layout.lastOffsetDeltaAt)

export const isLogAppendTime = (attributes: number): boolean => (attributes & layout.logAppendTimeFlag) !== 0
export const isTransactional = (attributes: number): boolean => (attributes & layout.transactionalFlag) !== 0
export const isControl = (attributes: number): boolean => (attributes & layout.controlFlag) !== 0

export function stampBatch(buffer: Buffer, at: number, baseOffset: number, leaderEpoch: number): void {
  writeInt64(buffer, baseOffset, at)
  buffer.writeInt32BE(leaderEpoch, at + layout.partitionLeaderEpochAt)
}
