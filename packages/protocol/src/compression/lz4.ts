// LZ4 in its frame format. Messages of magic 0 have a wrong header checksum in it, which is mended here.
import { pageBytes } from '../webassembly/assemble.ts'
import {
  asBuffer,
  type Codec,
  type DecompressionError,
  decompressedBytesMaxDefault,
  tooLarge,
} from './codec.ts'
import { slackBytes } from './lz4-block-format.ts'
import { outgrown } from './lz4-block-reader.ts'
import { compressedBytesMax, tableBytes, writtenBlockBytes } from './lz4-block-writer.ts'
import { type Lz4Blocks, makeLz4Blocks } from './lz4-blocks.ts'
import { headerChecksum, type Lz4Frame, malformedLz4, readLz4Frame } from './lz4-frame.ts'
import { turn } from './node-turn.ts'
import { xxHash32 } from './xx-hash32.ts'

/** What is worked on in one go: about a millisecond. The asynchronous forms let the event loop turn after each. */
const spanBytes = 1024 * 1024
const blocksOfSpan = spanBytes / writtenBlockBytes
/** How far back a match may begin, in the blocks before where those are not independent. */
const historyBytes = 65_536
const endMark = Buffer.alloc(4)
/** Independent blocks of 64 KiB without checksums, as Java's writer makes them: its reader takes nothing but independent blocks. */
const header = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82])
const storedFlag = 0x80000000

// The memory of the writer:  | table | input | slack | output: sizes and blocks | slack |
const inputAt = tableBytes
const outputAt = inputAt + spanBytes + slackBytes
const writtenBytesMax = outputAt + blocksOfSpan * (4 + compressedBytesMax(writtenBlockBytes)) + slackBytes

// The memory of the reader:  | history | output: a span, and a block that begins in it | slack | input: a block | slack |
const readAt = historyBytes
const readInputAt = (blockBytesMax: number): number => readAt + spanBytes + blockBytesMax + slackBytes
const readBytesMax = (blockBytesMax: number): number =>
  readInputAt(blockBytesMax) + blockBytesMax + slackBytes

let made: Lz4Blocks | undefined
let heap = new Uint8Array(0)

/** The functions, made at first use, with so much memory: it stays, up to 9.3 MB for frames with blocks of 4 MiB. */
function blocksWith(bytes: number): Lz4Blocks {
  made ??= makeLz4Blocks(bytes)
  const missing = bytes - made.memory.buffer.byteLength
  if (missing > 0) made.memory.grow(Math.ceil(missing / pageBytes))
  if (heap.buffer !== made.memory.buffer) heap = new Uint8Array(made.memory.buffer)
  return made
}

/** The blocks of at most a span, with their sizes. */
function writeSpan(input: Uint8Array): Buffer {
  const blocks = blocksWith(writtenBytesMax)
  const view = new DataView(heap.buffer)
  heap.set(input, inputAt)
  let to = outputAt
  for (let from = 0; from < input.length; from += writtenBlockBytes) {
    const size = Math.min(writtenBlockBytes, input.length - from)
    const start = inputAt + from
    const end = blocks.write(start, start + size, to + 4, 0)
    const isSmaller = end - to - 4 < size
    if (!isSmaller) heap.copyWithin(to + 4, start, start + size)
    const written = isSmaller ? end - to - 4 : size
    view.setUint32(to, isSmaller ? written : written + storedFlag, true)
    to += 4 + written
  }
  return Buffer.from(heap.subarray(outputAt, to))
}

function* compressing(input: Uint8Array): Generator<undefined, Buffer> {
  const pieces: Buffer[] = [header]
  for (let at = 0; at < input.length; at += spanBytes) {
    if (at > 0) yield
    pieces.push(writeSpan(input.subarray(at, at + spanBytes)))
  }
  pieces.push(endMark)
  return Buffer.concat(pieces)
}

/** Decompresses blocks from the `first` on to a span or a little more, behind `history`. */
function readSpan(
  input: Buffer,
  frame: Lz4Frame,
  first: number,
  history: Buffer,
  left: number,
): { bytes: Buffer; next: number } {
  const { blockBytesMax, isIndependent, blocks } = frame
  const functions = blocksWith(readBytesMax(blockBytesMax))
  const from = readInputAt(blockBytesMax)
  heap.set(history, readAt - history.length)
  let to = readAt
  let next = first
  for (; next < blocks.length && to - readAt < spanBytes; next++) {
    const block = blocks[next]!
    const room = Math.min(blockBytesMax, left - (to - readAt))
    const size = block.end - block.start
    if (block.isStored) {
      if (size > room) throw tooLarge('lz4', left)
      input.copy(heap, to, block.start, block.end)
      to += size
      continue
    }
    input.copy(heap, from, block.start, block.end)
    const base = isIndependent ? to : readAt - history.length
    const end = functions.read(from, from + size, to, to + room, base)
    if (end < 0) throw failure(end, room === blockBytesMax, left)
    to = end
  }
  return { bytes: Buffer.from(heap.subarray(readAt, to)), next }
}

function failure(code: number, isWholeBlock: boolean, left: number): DecompressionError {
  if (code !== outgrown) return malformedLz4('a block that is no LZ4')
  return isWholeBlock
    ? malformedLz4('a block that becomes larger than the frame allows')
    : tooLarge('lz4', left)
}

function* decompressing(given: Uint8Array, bytesMax: number): Generator<undefined, Buffer> {
  const input = asBuffer(given)
  const frame = readLz4Frame(input)
  const { headerChecksumAt, isIndependent, contentBytes, contentChecksum } = frame
  if (headerChecksum(input, headerChecksumAt) !== input[headerChecksumAt])
    throw malformedLz4('the checksum of the header does not hold')
  const pieces: Buffer[] = []
  let total = 0
  let history: Buffer = Buffer.alloc(0)
  for (let at = 0; at < frame.blocks.length; ) {
    if (at > 0) yield
    const { bytes, next } = readSpan(input, frame, at, history, bytesMax - total)
    pieces.push(bytes)
    total += bytes.length
    at = next
    if (!isIndependent) history = bytes.subarray(Math.max(0, bytes.length - historyBytes))
  }
  const output = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, total)
  if (contentBytes !== undefined && contentBytes !== BigInt(total))
    throw malformedLz4(`${total} bytes where the frame says ${contentBytes}`)
  if (contentChecksum !== undefined && contentChecksum !== xxHash32(output))
    throw malformedLz4('the checksum of the content does not hold')
  return output
}

function atOnce(work: Generator<undefined, Buffer>): Buffer {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

async function inSpans(work: Generator<undefined, Buffer>): Promise<Buffer> {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    await turn()
  }
}

/**
 * In WebAssembly, one to three times as fast as an add-on, so that the asynchronous forms need no thread: they do a millisecond's work at a time. There are
 * no levels.
 */
export const lz4: Codec = {
  id: 3,
  name: 'lz4',
  compress: input => atOnce(compressing(input)),
  compressAsync: input => inSpans(compressing(input)),
  decompress: (input, bytesMax = decompressedBytesMaxDefault) => atOnce(decompressing(input, bytesMax)),
  decompressAsync: (input, bytesMax = decompressedBytesMaxDefault) => inSpans(decompressing(input, bytesMax)),
}

/**
 * A copy of a frame with the header checksum that the LZ4 format asks for. Messages of magic 0 carry one that
 * was computed over the frame's magic as well, and readers of that age expect it.
 */
export function mendLz4Header(input: Uint8Array): Buffer {
  const copy = Buffer.from(input)
  const { headerChecksumAt } = readLz4Frame(copy)
  copy[headerChecksumAt] = headerChecksum(copy, headerChecksumAt)
  return copy
}
