// CRC-32 (IEEE 802.3): the hash by which librdkafka places keys on partitions. Batches have CRC-32C, another polynomial.

let loaded: typeof import('node:zlib').crc32 | undefined

/** Loaded at first use: brokers have none, and an idle one has half a megabyte less without that module. */
function zlibCrc32(): typeof import('node:zlib').crc32 {
  loaded ??= process.getBuiltinModule('node:zlib').crc32
  return loaded
}

/** CRC-32 of `bytes`, unsigned. */
export const crc32 = (bytes: Uint8Array): number => zlibCrc32()(bytes)

/** CRC-32 of the UTF-8 form of a string, unsigned. */
export const crc32String = (text: string): number => zlibCrc32()(text)
