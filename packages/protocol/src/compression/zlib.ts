// The two codecs that Node's own zlib module has: gzip and zstd.
import type { ZlibOptions, ZstdOptions } from 'node:zlib'
import {
  type Codec,
  type CompressionName,
  DecompressionError,
  decompressedBytesMaxDefault,
  tooLarge,
} from './codec.ts'
import { type InformedOutput, ZstdFrames } from './zstd-frames.ts'

let loaded: typeof import('node:zlib') | undefined

/** Loaded at first use: a start is 2 ms longer with it. */
function zlib(): typeof import('node:zlib') {
  loaded ??= process.getBuiltinModule('node:zlib')
  return loaded
}

/** An `import` of it would load all that `node:util` has and nobody here uses, which takes 2 ms more. */
const { promisify } = process.getBuiltinModule('node:util')

type Pooled<Options> = (input: Uint8Array, options: Options) => Promise<Buffer>

/**
 * zlib's error as ours. zlib stops at its output limit, so a bomb costs no more memory than that. A zstd
 * frame may ask for a window of up to 128 MiB whatever it holds (Java's streams at level 22 do); it is
 * address space until it is filled.
 */
function failure(codec: CompressionName, error: unknown, bytesMax: number): DecompressionError {
  if (error instanceof DecompressionError) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(codec, bytesMax, error)
  return new DecompressionError(codec, message, { cause: error })
}

/** Node's own size of the pieces in which output is made, and the smallest here. */
const chunkBytesMin = 16 * 1024
/** Records are seldom compressed better than this. */
const usualRatio = 4

/**
 * In pieces of what size output is made: mostly in one. Each takes a way to the thread pool and back, and more than one are copied together. Memory
 * that is not written to takes no room.
 */
function chunkBytesFor(expectedBytes: number, bytesMax = Number.POSITIVE_INFINITY): number {
  return Math.max(Math.min(expectedBytes, bytesMax), chunkBytesMin)
}

const gzipLevels = { min: 1, max: 9, default: 6 }

function gzipCompression(input: Uint8Array, level: number): ZlibOptions {
  return { level, chunkSize: chunkBytesFor(input.length) }
}

function decompression(input: Uint8Array, bytesMax: number): { maxOutputLength: number; chunkSize: number } {
  return { maxOutputLength: bytesMax, chunkSize: chunkBytesFor(input.length * usualRatio, bytesMax) }
}

export const gzip: Codec = {
  id: 1,
  name: 'gzip',
  levels: gzipLevels,
  compress: (input, level = gzipLevels.default) => zlib().gzipSync(input, gzipCompression(input, level)),
  compressAsync: (input, level = gzipLevels.default) =>
    (promisify(zlib().gzip) as Pooled<ZlibOptions>)(input, gzipCompression(input, level)),
  decompress(input, bytesMax = decompressedBytesMaxDefault) {
    try {
      return zlib().gunzipSync(input, decompression(input, bytesMax))
    } catch (error) {
      throw failure('gzip', error, bytesMax)
    }
  },
  async decompressAsync(input, bytesMax = decompressedBytesMaxDefault) {
    try {
      return await (promisify(zlib().gunzip) as Pooled<ZlibOptions>)(input, decompression(input, bytesMax))
    } catch (error) {
      throw failure('gzip', error, bytesMax)
    }
  },
}

const zstdLevels = { min: -131_072, max: 22, default: 3 }

function zstdCompression(input: Uint8Array, level: number): ZstdOptions {
  return {
    params: { [zlib().constants.ZSTD_c_compressionLevel]: level },
    chunkSize: chunkBytesFor(input.length),
  }
}

function frameOptions(frames: ZstdFrames): ZstdOptions {
  const { roomBytes } = frames
  const chunkSize = chunkBytesFor(frames.expectedBytes(usualRatio), roomBytes)
  return { maxOutputLength: roomBytes, chunkSize, info: true }
}

/**
 * Reached for at first use and not imported by name: runtimes without it can then still load everything else.
 */
export const zstd: Codec = {
  id: 4,
  name: 'zstd',
  levels: zstdLevels,
  compress: (input, level = zstdLevels.default) =>
    zlib().zstdCompressSync(input, zstdCompression(input, level)),
  compressAsync: (input, level = zstdLevels.default) =>
    (promisify(zlib().zstdCompress) as Pooled<ZstdOptions>)(input, zstdCompression(input, level)),
  decompress(input, bytesMax = decompressedBytesMaxDefault) {
    const frames = new ZstdFrames(input, bytesMax)
    try {
      for (let frame = frames.next(); frame; frame = frames.next())
        frames.take(zlib().zstdDecompressSync(frame, frameOptions(frames)) as unknown as InformedOutput)
      return frames.output()
    } catch (error) {
      throw failure('zstd', error, bytesMax)
    }
  },
  async decompressAsync(input, bytesMax = decompressedBytesMaxDefault) {
    const frames = new ZstdFrames(input, bytesMax)
    const decompress = promisify(zlib().zstdDecompress) as Pooled<ZstdOptions>
    try {
      for (let frame = frames.next(); frame; frame = frames.next())
        frames.take((await decompress(frame, frameOptions(frames))) as unknown as InformedOutput)
      return frames.output()
    } catch (error) {
      throw failure('zstd', error, bytesMax)
    }
  },
}
