// The Kafka protocol without I/O: primitives, messages, record batches, compression, errors.
export { DecodeError, EncodeError } from './bytes/errors.ts'
export {
  FrameError,
  FrameMemory,
  type FramePool,
  FrameReceiver,
  type FrameReceiverOptions,
} from './bytes/frame-receiver.ts'
export { Reader } from './bytes/reader.ts'
export { Writer } from './bytes/writer.ts'
export * from './errors/index.ts'
export * from './generated/index.ts'
export * from './messages/index.ts'
export { crc32c } from './checksum/crc32c.ts'
export { murmur2, murmur2String } from './checksum/murmur2.ts'
export * from './compression/index.ts'
export * from './records/index.ts'
