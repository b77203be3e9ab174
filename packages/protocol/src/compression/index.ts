// The door of the compression folder.
export {
  type Codec,
  type CompressionId,
  type CompressionName,
  compressionNames,
  DecompressionError,
  decompressedBytesMaxDefault,
} from './codec.ts'
export { codecById, codecs } from './codecs.ts'
export { zstdFrameCount } from './zstd-frames.ts'
