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

/** A raw block, and where what it becomes stands in the whole. */
interface Block {
  readonly raw: Buffer
  readonly start: number
  readonly end: number
}

/** The raw blocks of a stream, framed or not, after checking that together they stay within `bytesMax`. */
function blocksOf(input: Buffer, bytesMax: number): Block[] {
  const blocks: Block[] = []
  const add = (raw: Buffer): void => {
    const start = blocks.at(-1)?.end ?? 0
    const end = start + statedLength(raw)
    if (end > bytesMax) throw tooLarge('snappy', bytesMax)
    blocks.push({ raw, start, end })
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

/** Blocks are unpacked one after the other in so many places at a time: a large stream has thousands, and others need the thread pool, too. */
const unpackedTogether = 4

async function unpackEach(blocks: readonly Block[]): Promise<Buffer> {
  const whole = Buffer.allocUnsafeSlow(blocks.at(-1)?.end ?? 0)
  const left = blocks.values()
  const unpackNext = async () => {
    for (const { raw, start, end } of left) {
      const part = await native().uncompress(raw, output)
      if (part.length !== end - start)
        throw new Error(`a block became ${part.length} bytes, not ${end - start}`)
      whole.set(part, start)
    }
  }
  await Promise.all(Array.from({ length: unpackedTogether }, unpackNext))
  return whole
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
      const parts = blocks.map(({ raw }) => native().uncompressSync(raw, output))
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    } catch (error) {
      throw failure(error)
    }
  },
  async decompressAsync(input, bytesMax = decompressedBytesMaxDefault) {
    const blocks = blocksOf(asBuffer(input), bytesMax)
    try {
      return blocks.length === 1
        ? await native().uncompress(blocks[0]!.raw, output)
        : await unpackEach(blocks)
    } catch (error) {
      throw failure(error)
    }
  },
}
