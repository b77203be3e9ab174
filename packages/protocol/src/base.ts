// The protocol without its messages: primitives, errors, record batches, compression. What must start fast enters here and at `messages/*`.
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
export { apiVersions } from './generated/api-versions.ts'
export * from './messages/index.ts'
export { crc32c } from './checksum/crc32c.ts'
export * from './compression/index.ts'
export * from './records/index.ts'
