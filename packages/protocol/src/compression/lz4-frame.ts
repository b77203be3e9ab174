// Walks an LZ4 frame without decompressing it: is it whole, and how many bytes will come out?
import { DecompressionError, tooLarge } from './codec.ts'

/*
 * offset  bytes
 *      0      4  magic 04 22 4D 18
 *      4      1  FLG: version 01 (bits 7-6), independent blocks (5), block checksums (4), content size (3),
 *                content checksum (2), dictionary id (0)
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
const blockChecksumFlag = 0x10
const contentSizeFlag = 0x08
const contentChecksumFlag = 0x04
const dictionaryFlag = 0x01
const storedFlag = 0x80000000

export interface Lz4Frame {
  /** Bytes from the magic to the end of the frame; what follows is not part of it. */
  readonly frameBytes: number
  /** Where the header checksum stands. */
  readonly headerChecksumAt: number
}

function malformed(message: string): DecompressionError {
  return new DecompressionError('lz4', message)
}

/**
 * Checks the structure of the frame at the start of `input` and that it decompresses to no more than
 * `bytesMax` bytes. That is decided by the block sizes alone where they suffice, else by counting through the
 * sequences of each block.
 */
export function walkLz4Frame(input: Buffer, bytesMax: number): Lz4Frame {
  if (input.length < 7 || input.readUInt32LE(0) !== magic) throw malformed('no LZ4 frame')
  const flags = input[4]!
  if ((flags & versionMask) !== version) throw malformed(`frame version ${flags >>> 6}`)
  if ((flags & dictionaryFlag) !== 0) throw malformed('a frame that needs a dictionary')
  const sizeId = (input[5]! >>> 4) & 7
  if (sizeId < 4) throw malformed(`block size id ${sizeId}`)
  const blockBytesMax = 1 << (8 + 2 * sizeId)
  const headerChecksumAt = 6 + ((flags & contentSizeFlag) !== 0 ? 8 : 0)
  const checksumBytes = (flags & blockChecksumFlag) !== 0 ? 4 : 0

  let upperBound = 0
  let at = headerChecksumAt + 1
  const starts: number[] = []
  for (;;) {
    if (at + 4 > input.length) throw malformed('the frame is cut off')
    const word = input.readUInt32LE(at)
    if (word === 0) break
    const size = word & ~storedFlag
    if (size > blockBytesMax) throw malformed(`a block of ${size} bytes, ${blockBytesMax} are the most`)
    upperBound += word >= storedFlag ? size : blockBytesMax
    starts.push(at)
    at += 4 + size + checksumBytes
  }
  at += 4 + ((flags & contentChecksumFlag) !== 0 ? 4 : 0)
  if (at > input.length) throw malformed('the frame is cut off')
  if (upperBound > bytesMax) checkExactly(input, starts, bytesMax)
  return { frameBytes: at, headerChecksumAt }
}

function checkExactly(input: Buffer, starts: readonly number[], bytesMax: number): void {
  let total = 0
  for (const start of starts) {
    const word = input.readUInt32LE(start)
    const size = word & ~storedFlag
    total += word >= storedFlag ? size : blockLength(input, start + 4, start + 4 + size)
    if (total > bytesMax) throw tooLarge('lz4', bytesMax)
  }
}

/** Uncompressed length of one block: the literal and match lengths of its sequences, added up. */
function blockLength(input: Buffer, start: number, end: number): number {
  let length = 0
  let at = start
  while (at < end) {
    const token = input[at++]!
    let literals = token >>> 4
    if (literals === 15) {
      let byte = 255
      while (byte === 255 && at < end) literals += byte = input[at++]!
    }
    at += literals
    length += literals
    // The last sequence has literals only.
    if (at >= end) break
    at += 2
    let match = token & 15
    if (match === 15) {
      let byte = 255
      while (byte === 255 && at < end) match += byte = input[at++]!
    }
    length += match + 4
  }
  if (at !== end) throw malformed('a block runs over its end')
  return length
}
