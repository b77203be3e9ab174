// Codecs by KafkaJS's names. All of them are built in; the table is there for applications that write to it.
import { type CompressionName, codecs } from '@millrace/protocol'
import { KafkaJSNotImplemented } from './errors.ts'
import type { Untyped } from './types/untyped.ts'

/** The codecs that there are. */
export const CompressionTypes = { None: 0, GZIP: 1, Snappy: 2, LZ4: 3, ZSTD: 4 } as const
/** One of {@link CompressionTypes}. */
export type CompressionTypes = (typeof CompressionTypes)[keyof typeof CompressionTypes]

const names: Readonly<Record<number, CompressionName>> = {
  0: 'none',
  1: 'gzip',
  2: 'snappy',
  3: 'lz4',
  4: 'zstd',
}

/** A codec as KafkaJS calls it. */
interface CompressionCodec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>
  decompress(buffer: Buffer): Promise<Buffer>
}

/** No batch becomes larger than what a consumer takes by default. */
const decompressedMaxBytes = 134_217_728

function builtIn(name: CompressionName): () => CompressionCodec {
  const codec = codecs[name]
  return () => ({
    compress: async ({ buffer }) => codec.compress(buffer),
    decompress: async buffer => codec.decompress(buffer, decompressedMaxBytes),
  })
}

/**
 * The codecs by type. KafkaJS has only gzip, and applications write theirs here (`CompressionCodecs[CompressionTypes.Snappy] = SnappyCodec`): that goes
 * on working, and the client uses its own, which read and write the same bytes.
 */
export const CompressionCodecs: {
  [CompressionTypes.GZIP]: () => Untyped
  [CompressionTypes.Snappy]: () => Untyped
  [CompressionTypes.LZ4]: () => Untyped
  [CompressionTypes.ZSTD]: () => Untyped
} = { 1: builtIn('gzip'), 2: builtIn('snappy'), 3: builtIn('lz4'), 4: builtIn('zstd') }

/** The client's name of a codec. Throws KafkaJSNotImplemented for one that there is not. */
export function compressionName(type: number | undefined): CompressionName {
  const name = names[type ?? 0]
  if (name) return name
  throw new KafkaJSNotImplemented(`There is no compression codec ${type}; see CompressionTypes`)
}
