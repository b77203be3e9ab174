// The header fields of a record batch (magic 2) that storage reads or patches, straight in the buffer.

/*
 * byte  0  baseOffset            int64   patched by append; outside the CRC
 *       8  batchLength           int32   bytes after this field
 *      12  partitionLeaderEpoch  int32   patched by append; outside the CRC
 *      16  magic                 int8    2
 *      17  crc                   uint32  CRC-32C of everything from byte 21 on
 *      21  attributes            int16   bits 0–2 codec, 3 LogAppendTime, 4 transactional, 5 control, 6 delete horizon
 *      23  lastOffsetDelta       int32
 *      27  baseTimestamp         int64
 *      35  maxTimestamp          int64
 *      43  producerId            int64   −1 for none
 *      51  producerEpoch         int16
 *      53  baseSequence          int32
 *      57  recordCount           int32
 *      61  records
 */
export const batchHeaderBytes = 61
/** Length field and what stands before it: `sizeOf` = this + batchLength. */
export const batchOverheadBytes = 12
/** The part of the header that the CRC does not cover. */
export const batchUncheckedBytes = 21
export const batchMagic = 2

const two32 = 2 ** 32

/** A 64-bit integer as a number. Beyond ±2^53 it loses precision: callers bound what they believe. */
export function int64At(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * two32 + buffer.readUInt32BE(at + 4)
}

export function writeInt64(buffer: Buffer, value: number, at: number): void {
  buffer.writeInt32BE(Math.floor(value / two32), at)
  buffer.writeUInt32BE(value >>> 0, at + 4)
}

export const baseOffsetOf = (buffer: Buffer, at: number): number => int64At(buffer, at)
export const sizeOf = (buffer: Buffer, at: number): number => buffer.readInt32BE(at + 8) + batchOverheadBytes
export const leaderEpochOf = (buffer: Buffer, at: number): number => buffer.readInt32BE(at + 12)
export const magicOf = (buffer: Buffer, at: number): number => buffer.readInt8(at + 16)
export const crcOf = (buffer: Buffer, at: number): number => buffer.readUInt32BE(at + 17)
export const attributesOf = (buffer: Buffer, at: number): number => buffer.readInt16BE(at + 21)
export const lastOffsetDeltaOf = (buffer: Buffer, at: number): number => buffer.readInt32BE(at + 23)
export const maxTimestampOf = (buffer: Buffer, at: number): number => int64At(buffer, at + 35)
export const producerIdOf = (buffer: Buffer, at: number): number => int64At(buffer, at + 43)
export const producerEpochOf = (buffer: Buffer, at: number): number => buffer.readInt16BE(at + 51)
export const baseSequenceOf = (buffer: Buffer, at: number): number => buffer.readInt32BE(at + 53)

export const lastOffsetOf = (buffer: Buffer, at: number): number =>
  int64At(buffer, at) + buffer.readInt32BE(at + 23)

export const isLogAppendTime = (attributes: number): boolean => (attributes & 0x08) !== 0
export const isTransactional = (attributes: number): boolean => (attributes & 0x10) !== 0
export const isControl = (attributes: number): boolean => (attributes & 0x20) !== 0

export function stampBatch(buffer: Buffer, at: number, baseOffset: number, leaderEpoch: number): void {
  writeInt64(buffer, baseOffset, at)
  buffer.writeInt32BE(leaderEpoch, at + 12)
}

/** The sequence number `delta` after `sequence`: they count 0 … 2^31−1 and start anew. */
export function sequenceAfter(sequence: number, delta: number): number {
  const sum = sequence + delta
  return sum > 0x7fffffff ? sum - 0x80000000 : sum
}

/** The sequence number `delta` before `sequence`. */
export function sequenceBefore(sequence: number, delta: number): number {
  const difference = sequence - delta
  return difference < 0 ? difference + 0x80000000 : difference
}
