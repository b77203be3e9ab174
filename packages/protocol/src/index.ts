// The Kafka protocol without I/O: primitives, messages, record batches, compression, errors.
export { DecodeError, EncodeError } from './bytes/errors.ts'
export { Reader } from './bytes/reader.ts'
export { Writer } from './bytes/writer.ts'
export * from './generated/index.ts'
export * from './messages/index.ts'
