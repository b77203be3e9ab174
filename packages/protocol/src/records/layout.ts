// Where the fields of a record batch stand, and what its attribute bits mean.

/*
 * Record batch, magic 2 (KIP-98); all integers big-endian:
 *
 *   offset  bytes  field
 *        0      8  baseOffset            ┐ set by the broker; outside the CRC
 *        8      4  batchLength           │ bytes after this field
 *       12      4  partitionLeaderEpoch  ┘
 *       16      1  magic = 2
 *       17      4  crc                   CRC-32C of everything from here on, attributes … end
 *       21      2  attributes            bits 0-2 compression, 3 timestamp type, 4 transactional,
 *                                        5 control, 6 delete horizon
 *       23      4  lastOffsetDelta
 *       27      8  baseTimestamp         the delete horizon instead, when bit 6 is set
 *       35      8  maxTimestamp
 *       43      8  producerId            −1: not idempotent
 *       51      2  producerEpoch
 *       53      4  baseSequence
 *       57      4  recordCount
 *       61      …  records               compressed as one when a codec is set
 *
 * Record; every number but the attributes is a zigzag varint:
 *
 *   length (bytes after this field) · attributes (1 byte, unused) · timestampDelta (64 bits) · offsetDelta ·
 *   keyLength (−1 null) · key · valueLength (−1 null) · value · headerCount · headers…
 *
 *   header:  keyLength · key (UTF-8) · valueLength (−1 null) · value
 *
 * Message, magic 0 and 1 (read only):
 *
 *   offset  bytes  field
 *        0      8  offset                of the last inner message when it is compressed
 *        8      4  messageSize           bytes after this field
 *       12      4  crc                   CRC-32 of everything from here on, magic … end
 *       16      1  magic
 *       17      1  attributes            bits 0-2 compression, 3 timestamp type (magic 1)
 *       18    0|8  timestamp             magic 1
 *        …      4  keyLength (−1 null) · key
 *        …      4  valueLength (−1 null) · value; a set of messages when it is compressed
 */
export const baseOffsetAt = 0
export const batchLengthAt = 8
export const partitionLeaderEpochAt = 12
export const magicAt = 16
export const crcAt = 17
export const attributesAt = 21
export const lastOffsetDeltaAt = 23
export const baseTimestampAt = 27
export const maxTimestampAt = 35
export const producerIdAt = 43
export const producerEpochAt = 51
export const baseSequenceAt = 53
export const recordCountAt = 57
/** Where records start is how long the header is, and how long a batch without records. */
export const recordsAt = 61

/**
 * Offset and length, which stand before every batch and every old message and are not counted by that length.
 */
export const logOverheadBytes = 12

export const messageCrcAt = 12
export const messageAttributesAt = 17
export const messageBodyAt = 18
/** The smallest old message: magic 0, null key, null value. */
export const messageBytesMin = 26
/** The smallest record: no timestamp or offset delta above 63, null key, null value, no headers. */
export const recordBytesMin = 7

export const compressionMask = 0x07
export const logAppendTimeFlag = 0x08
export const transactionalFlag = 0x10
export const controlFlag = 0x20
export const deleteHorizonFlag = 0x40

/** Timestamp of records that have none (magic 0, or an empty batch). */
export const noTimestamp = -1
export const noProducerId = -1
export const noProducerEpoch = -1
export const noSequence = -1
export const noPartitionLeaderEpoch = -1
