// Snappy in the framing of Java's snappy-java ("xerial"), which Kafka's clients write; raw snappy is read too.
import { createRequire } from 'node:module'
import { asBuffer, type Codec, DecompressionError, decompressedBytesMaxDefault, tooLarge } from './codec.ts'

/*
 * offset  bytes
 *      0      8  magic: 82 'S' 'N' 'A' 'P' 'P' 'Y' 00
 *      8      4  version, big-endian, 1
 *     12      4  lowest version that can read it, 1
 *     16      …  blocks: length (4, big-endian), raw snappy; concatenated streams repeat the header
 *
 * A raw snappy block starts with its uncompressed length as a varint.
 */
const magic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])
const headerBytes = 16
const header = Buffer.concat([magic, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])])
/** The magic's first four bytes read as a block length. */
const magicAsLength = magic.readInt32BE(0)
/**
 * Uncompressed bytes of a block that we write. snappy-java cuts at 32 KiB and reads any size; a call into
 * native code costs some microseconds, so fewer and larger blocks are three times as fast (measured: 128 KiB
 * in 4 blocks 26 µs, in one 9 µs).
 */
const blockBytes = 128 * 1024

/**
 * No snappy element yields more bytes for its own: three bytes copy 64. A block that claims more lies, and is
 * refused before memory is set aside for it.
 */
const expansionMax = 64 / 3

interface Native {
  compressSync(input: Uint8Array, options: { copyOutputData: boolean }): Buffer
  compress(input: Uint8Array, options: { copyOutputData: boolean }): Promise<Buffer>
  uncompressSync(input: Uint8Array, options: { copyOutputData: boolean }): Buffer
  uncompress(input: Uint8Array, options: { copyOutputData: boolean }): Promise<Buffer>
}

/**
 * Output that is not copied into V8's memory is freed by a finalizer when the event loop next turns: a loop
 * over many batches would hold all of it, and was measured 10 to 50 times slower for it. The copy costs a
 * microsecond per 10 KiB.
 */
const output = { copyOutputData: true }

let loaded: Native | undefined

/** Loads the add-on at first use: it costs some 15 ms and 3 MB. */
function native(): Native {
  loaded ??= createRequire(import.meta.url)('snappy') as Native
  return loaded
}

function frame(blocks: readonly Buffer[]): Buffer {
  let length = headerBytes
  for (const block of blocks) length += 4 + block.length
  const framed = Buffer.allocUnsafe(length)
  framed.set(header)
  let at = headerBytes
  for (const block of blocks) {
    framed.writeInt32BE(block.length, at)
    framed.set(block, at + 4)
    at += 4 + block.length
  }
  return framed
}

function cut(input: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let at = 0; at < input.length; at += blockBytes) parts.push(input.subarray(at, at + blockBytes))
  return parts
}

/** The uncompressed length that a raw block states, checked against its size. */
function statedLength(block: Uint8Array): number {
  let length = 0
  for (let index = 0, factor = 1; index < 5; index++, factor *= 128) {
    const byte = block[index]
    if (byte === undefined) break
    length += (byte & 0x7f) * factor
    if (byte < 0x80) {
      if (length > block.length * expansionMax) break
      return length
    }
  }
  throw new DecompressionError('snappy', `a block of ${block.length} bytes with an impossible length`)
}

/** The raw blocks of a stream, framed or not, after checking that together they stay within `bytesMax`. */
function blocksOf(input: Buffer, bytesMax: number): Buffer[] {
  const blocks: Buffer[] = []
  let total = 0
  const add = (block: Buffer): void => {
    total += statedLength(block)
    if (total > bytesMax) throw tooLarge('snappy', bytesMax)
    blocks.push(block)
  }
  if (input.length < headerBytes || input.compare(magic, 0, magic.length, 0, magic.length) !== 0) {
    add(input)
    return blocks
  }
  let at = headerBytes
  while (at < input.length) {
    if (at + 4 > input.length) throw new DecompressionError('snappy', 'a block length is cut off')
    const length = input.readInt32BE(at)
    if (length === magicAsLength && at + headerBytes <= input.length) {
      at += headerBytes
      continue
    }
    at += 4
    if (length <= 0 || length > input.length - at)
      throw new DecompressionError('snappy', `a block of ${length} bytes, ${input.length - at} left`)
    add(input.subarray(at, at + length))
    at += length
  }
  return blocks
}

function failure(error: unknown): DecompressionError {
  return new DecompressionError('snappy', (error as Error).message, { cause: error })
}

function join(parts: readonly Buffer[]): Buffer {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

export const snappy: Codec = {
  id: 2,
  name: 'snappy',
  compress: input => frame(cut(input).map(part => native().compressSync(part, output))),
  compressAsync: async input =>
    frame(await Promise.all(cut(input).map(part => native().compress(part, output)))),
  decompress(input, bytesMax = decompressedBytesMaxDefault) {
    const blocks = blocksOf(asBuffer(input), bytesMax)
    try {
      return join(blocks.map(block => native().uncompressSync(block, output)))
    } catch (error) {
      throw failure(error)
    }
  },
  async decompressAsync(input, bytesMax = decompressedBytesMaxDefault) {
    const blocks = blocksOf(asBuffer(input), bytesMax)
    try {
      return join(await Promise.all(blocks.map(block => native().uncompress(block, output))))
    } catch (error) {
      throw failure(error)
    }
  },
}
