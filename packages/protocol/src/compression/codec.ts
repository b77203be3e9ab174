// What a compression codec is, and how it says that bytes cannot be decompressed.

/**
 * Kafka's names of compression types, in the order of their ids (the three lowest attribute bits of a batch).
 */
export const compressionNames = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

/** A codec of Kafka by its name. */
export type CompressionName = (typeof compressionNames)[number]

/** 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
export type CompressionId = 0 | 1 | 2 | 3 | 4

/**
 * How much one batch may become when it is decompressed, in bytes, unless the caller says otherwise. A batch
 * is about 1 MiB on the wire by default; only data made to harm grows more than a hundred times.
 */
export const decompressedBytesMaxDefault = 128 * 1024 * 1024

/**
 * One compression format. The asynchronous forms do the same on the thread pool and pay from some 10 KiB on;
 * `input` must not change before they are done. `decompress` throws DecompressionError and never makes more
 * than `bytesMax` bytes.
 */
export interface Codec {
  readonly id: CompressionId
  readonly name: CompressionName
  /** Levels that `compress` takes, or undefined when the format has a single one. */
  readonly levels?: { readonly min: number; readonly max: number; readonly default: number }
  compress(input: Uint8Array, level?: number): Buffer
  compressAsync(input: Uint8Array, level?: number): Promise<Buffer>
  decompress(input: Uint8Array, bytesMax?: number): Buffer
  decompressAsync(input: Uint8Array, bytesMax?: number): Promise<Buffer>
}

/** Compressed bytes that are malformed, or that would become more than the caller allows (`tooLarge`). */
export class DecompressionError extends Error {
  override readonly name = 'DecompressionError'
  readonly codec: CompressionName
  readonly tooLarge: boolean

  constructor(
    codec: CompressionName,
    message: string,
    options: { tooLarge?: boolean; cause?: unknown } = {},
  ) {
    super(`${codec}: ${message}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.codec = codec
    this.tooLarge = options.tooLarge ?? false
  }
}

export function tooLarge(codec: CompressionName, bytesMax: number, cause?: unknown): DecompressionError {
  return new DecompressionError(codec, `more than the ${bytesMax} bytes allowed when decompressed`, {
    tooLarge: true,
    cause,
  })
}

/** A view of the same memory as a Buffer, which is what the native codecs take. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
