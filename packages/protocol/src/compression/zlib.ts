// The two codecs that Node's own zlib module has: gzip and zstd.
import { promisify } from 'node:util'
import {
  constants,
  gunzip,
  gunzipSync,
  gzip as gzipCallback,
  gzipSync,
  type ZstdOptions,
  zstdCompress,
  zstdCompressSync,
  zstdDecompress,
  zstdDecompressSync,
} from 'node:zlib'
import {
  type Codec,
  type CompressionName,
  DecompressionError,
  decompressedBytesMaxDefault,
  tooLarge,
} from './codec.ts'

const gzipAsync = promisify(gzipCallback)
const gunzipAsync = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)
const zstdCompressAsync = promisify<Uint8Array, ZstdOptions, Buffer>(zstdCompress)
const zstdDecompressAsync = promisify<Uint8Array, ZstdOptions, Buffer>(zstdDecompress)

/**
 * zlib's error as ours. zlib stops at its output limit, so a bomb costs no more memory than that. A zstd frame may ask for a window of up
 * to 128 MiB whatever it holds (Java's streams at level 22 do); it is address space until it is filled.
 */
function failure(codec: CompressionName, error: unknown, bytesMax: number): DecompressionError {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(codec, bytesMax, error)
  return new DecompressionError(codec, message, { cause: error })
}

const gzipLevels = { min: 1, max: 9, default: 6 }

export const gzip: Codec = {
  id: 1,
  name: 'gzip',
  levels: gzipLevels,
  compress: (input, level = gzipLevels.default) => gzipSync(input, { level }),
  compressAsync: (input, level = gzipLevels.default) => gzipAsync(input, { level }),
  decompress(input, bytesMax = decompressedBytesMaxDefault) {
    try {
      return gunzipSync(input, { maxOutputLength: bytesMax })
    } catch (error) {
      throw failure('gzip', error, bytesMax)
    }
  },
  async decompressAsync(input, bytesMax = decompressedBytesMaxDefault) {
    try {
      return await gunzipAsync(input, { maxOutputLength: bytesMax })
    } catch (error) {
      throw failure('gzip', error, bytesMax)
    }
  },
}

const zstdLevels = { min: -131_072, max: 22, default: 3 }

function zstdCompression(level: number): ZstdOptions {
  return { params: { [constants.ZSTD_c_compressionLevel]: level } }
}

export const zstd: Codec = {
  id: 4,
  name: 'zstd',
  levels: zstdLevels,
  compress: (input, level = zstdLevels.default) => zstdCompressSync(input, zstdCompression(level)),
  compressAsync: (input, level = zstdLevels.default) => zstdCompressAsync(input, zstdCompression(level)),
  decompress(input, bytesMax = decompressedBytesMaxDefault) {
    try {
      return zstdDecompressSync(input, { maxOutputLength: bytesMax })
    } catch (error) {
      throw failure('zstd', error, bytesMax)
    }
  },
  async decompressAsync(input, bytesMax = decompressedBytesMaxDefault) {
    try {
      return await zstdDecompressAsync(input, { maxOutputLength: bytesMax })
    } catch (error) {
      throw failure('zstd', error, bytesMax)
    }
  },
}
