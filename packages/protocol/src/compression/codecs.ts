// The codecs by name and by id.
import { type Codec, type CompressionName, compressionNames } from './codec.ts'
import { lz4 } from './lz4.ts'
import { none } from './none.ts'
import { snappy } from './snappy.ts'
import { gzip, zstd } from './zlib.ts'

export const codecs: Readonly<Record<CompressionName, Codec>> = { none, gzip, snappy, lz4, zstd }

const byId: readonly Codec[] = compressionNames.map(name => codecs[name])

/** The codec of a batch's three compression bits; undefined for the ids 5 to 7, which mean nothing yet. */
export function codecById(id: number): Codec | undefined {
  return byId[id]
}
