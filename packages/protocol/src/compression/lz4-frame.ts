// The frame around LZ4 blocks: what its header says, and where its blocks are.
import { DecompressionError } from './codec.ts'
import { xxHash32 } from './xx-hash32.ts'

/*
 * offset  bytes
 *      0      4  magic 04 22 4D 18
 *      4      1  FLG: version 01 (bits 7-6), independent blocks (5), block checksums (4), content size (3),
 *                content checksum (2), reserved (1), dictionary id (0)
 *      5      1  BD: largest block (bits 6-4): 4 = 64 KiB, 5 = 256 KiB, 6 = 1 MiB, 7 = 4 MiB
 *      6    0|8  content size, little-endian
 *      …      1  header checksum: second byte of xxHash32 of FLG … content size
 *      …      …  blocks: size (4, little-endian; top bit = stored uncompressed), data, block checksum (0|4)
 *      …      4  end mark: 0
 *      …    0|4  content checksum
 */
const magic = 0x184d2204
const versionMask = 0xc0
const version = 0x40
const independentFlag = 0x20
const blockChecksumFlag = 0x10
const contentSizeFlag = 0x08
const contentChecksumFlag = 0x04
const reservedFlag = 0x02
const dictionaryFlag = 0x01
const storedFlag = 0x80000000
const flagsAt = 4

export interface Lz4Block {
  readonly start: number
  readonly end: number
  /** As it is, not compressed. */
  readonly isStored: boolean
}

export interface Lz4Frame {
  /** Where the header checksum stands. */
  readonly headerChecksumAt: number
  readonly blockBytesMax: number
  /** Whether blocks are read without those before them. */
  readonly isIndependent: boolean
  readonly contentBytes: bigint | undefined
  readonly contentChecksum: number | undefined
  readonly blocks: readonly Lz4Block[]
}

export function malformedLz4(message: string): DecompressionError {
  return new DecompressionError('lz4', message)
}

export const headerChecksum = (input: Buffer, at: number): number =>
  (xxHash32(input, flagsAt, at) >>> 8) & 0xff

/** Reads the structure of the frame at the start of `input`, which must be whole; what follows it is not part of it. Checks checksums of blocks. */
export function readLz4Frame(input: Buffer): Lz4Frame {
  if (input.length < 7 || input.readUInt32LE(0) !== magic) throw malformedLz4('no LZ4 frame')
  const flags = input[flagsAt]!
  const has = (flag: number) => (flags & flag) !== 0
  if ((flags & versionMask) !== version || has(reservedFlag))
    throw malformedLz4(`frame version ${flags >>> 6}, flags ${flags & 0x3f}`)
  if (has(dictionaryFlag)) throw malformedLz4('a frame that needs a dictionary')
  const sizeId = (input[5]! >>> 4) & 7
  if (sizeId < 4) throw malformedLz4(`block size id ${sizeId}`)
  const blockBytesMax = 1 << (8 + 2 * sizeId)
  const headerChecksumAt = has(contentSizeFlag) ? 14 : 6
  const { blocks, end } = readBlocks(input, headerChecksumAt + 1, blockBytesMax, has(blockChecksumFlag))
  if (has(contentChecksumFlag) && end + 4 > input.length) throw cutOff()
  return {
    headerChecksumAt,
    blockBytesMax,
    isIndependent: has(independentFlag),
    contentBytes: has(contentSizeFlag) ? input.readBigUInt64LE(6) : undefined,
    contentChecksum: has(contentChecksumFlag) ? input.readUInt32LE(end) : undefined,
    blocks,
  }
}

function readBlocks(
  input: Buffer,
  from: number,
  blockBytesMax: number,
  haveChecksums: boolean,
): { blocks: Lz4Block[]; end: number } {
  const blocks: Lz4Block[] = []
  for (let at = from; ; ) {
    if (at + 4 > input.length) throw cutOff()
    const word = input.readUInt32LE(at)
    at += 4
    if (word === 0) return { blocks, end: at }
    const size = word & ~storedFlag
    if (size > blockBytesMax) throw malformedLz4(`a block of ${size} bytes, ${blockBytesMax} are the most`)
    const end = at + size
    if (end + (haveChecksums ? 4 : 0) > input.length) throw cutOff()
    if (haveChecksums && input.readUInt32LE(end) !== xxHash32(input, at, end))
      throw malformedLz4('the checksum of a block does not hold')
    blocks.push({ start: at, end, isStored: word >= storedFlag })
    at = end + (haveChecksums ? 4 : 0)
  }
}

const cutOff = (): DecompressionError => malformedLz4('the frame is cut off')
