// LZ4 in its frame format. Messages of magic 0 have a wrong header checksum in it, which is mended here.
import { createRequire } from 'node:module'
import { asBuffer, type Codec, DecompressionError, decompressedBytesMaxDefault } from './codec.ts'
import { walkLz4Frame } from './lz4-frame.ts'
import { xxHash32OfShort } from './xx-hash32.ts'

interface Native {
  compressFrameSync(input: Buffer): Buffer
  compressFrame(input: Buffer): Promise<Buffer>
  decompressFrameSync(input: Buffer): Buffer
  decompressFrame(input: Buffer): Promise<Buffer>
}

let loaded: Native | undefined

/** Loads the add-on at first use: it costs some 15 ms and 3 MB. */
function native(): Native {
  loaded ??= createRequire(import.meta.url)('lz4-napi') as Native
  return loaded
}

/**
 * The frame alone, known to be whole and within the limit. The native decoder would take a cut frame and any
 * size.
 */
function checked(input: Uint8Array, bytesMax: number): Buffer {
  const buffer = asBuffer(input)
  return buffer.subarray(0, walkLz4Frame(buffer, bytesMax).frameBytes)
}

function failure(error: unknown): DecompressionError {
  return new DecompressionError('lz4', (error as Error).message, { cause: error })
}

/**
 * Writes independent blocks without checksums, which Java's reader requires and allows. The add-on knows no
 * levels. It frees output when the event loop turns: who works through many batches in one go lets it turn
 * now and then.
 */
export const lz4: Codec = {
  id: 3,
  name: 'lz4',
  compress: input => native().compressFrameSync(asBuffer(input)),
  compressAsync: input => native().compressFrame(asBuffer(input)),
  decompress(input, bytesMax = decompressedBytesMaxDefault) {
    const frame = checked(input, bytesMax)
    try {
      return native().decompressFrameSync(frame)
    } catch (error) {
      throw failure(error)
    }
  },
  async decompressAsync(input, bytesMax = decompressedBytesMaxDefault) {
    const frame = checked(input, bytesMax)
    try {
      return await native().decompressFrame(frame)
    } catch (error) {
      throw failure(error)
    }
  },
}

/**
 * A copy of a frame with the header checksum that the LZ4 format asks for. Messages of magic 0 carry one that
 * was computed over the frame's magic as well, and readers of that age expect it.
 */
export function mendLz4Header(input: Uint8Array): Buffer {
  const copy = Buffer.from(input)
  const { headerChecksumAt } = walkLz4Frame(copy, Number.MAX_SAFE_INTEGER)
  copy[headerChecksumAt] = xxHash32OfShort(copy, 4, headerChecksumAt) >>> 8
  return copy
}
