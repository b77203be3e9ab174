// Zstandard data frame by frame, for a decoder that stops behind the first one.
import { asBuffer, DecompressionError, tooLarge } from './codec.ts'

/*
 * Zstandard data is any number of frames, one behind the other (RFC 8878, 3.1). Parallel compressors make many; skippable frames carry
 * what is not data. zlib stops behind the first frame and says nothing of what follows.
 *
 *     Zstandard frame  28 B5 2F FD  …
 *     skippable frame  5x 2A 4D 18  size (4, little-endian)  as many bytes
 */
const skippableMagic = 0x184d2a50
const skippableMask = 0xfffffff0
const skippableHeaderBytes = 8

/** Each frame costs some 25 µs whatever it holds: so many are taken, and one more for so many bytes. */
const framesMin = 16
const bytesPerFrame = 256

/** What a frame says of its content is memory that is asked for: larger ones grow as they come. */
const trustedContentBytes = 32 << 20

/**
 * The size of its content that a frame says in its header (RFC 8878, 3.1.1.1); undefined where it does not.
 *
 *     magic (4)  descriptor (1)  window (0 or 1)  dictionary id (0, 1, 2 or 4)  content size (0, 1, 2, 4 or 8, little-endian)
 */
export function zstdContentBytes(frame: Buffer): number | undefined {
  if (frame.length < 5 || frame.readUInt32LE(0) !== frameMagicNumber) return undefined
  const descriptor = frame[4]!
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!
  const at = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes
  if (sizeBytes === 0 || frame.length < at + sizeBytes) return undefined
  if (sizeBytes === 8) return Number(frame.readBigUInt64LE(at))
  // Two bytes begin where one byte ends.
  return frame.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
}

const frameMagicNumber = 0xfd2fb528
const frameMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** How many frames the data may have: its magic numbers are counted, of which chance makes one in 4 GiB. */
export function zstdFrameCount(input: Buffer): number {
  let count = 0
  for (let at = input.indexOf(frameMagic); at >= 0; at = input.indexOf(frameMagic, at + frameMagic.length))
    count++
  return count
}

/** What zlib gives with `info`: the output, and how much of the input it was made from. */
export interface InformedOutput {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

/** Goes from frame to frame: `next` is the input of the decoder, or undefined at the end. */
export class ZstdFrames {
  readonly #input: Buffer
  readonly #bytesMax: number
  readonly #framesMax: number
  readonly #parts: Buffer[] = []
  #at = 0
  #outputBytes = 0

  constructor(input: Uint8Array, bytesMax: number) {
    this.#input = asBuffer(input)
    this.#bytesMax = bytesMax
    this.#framesMax = framesMin + Math.floor(input.length / bytesPerFrame)
  }

  /** What the next frame may become. */
  get roomBytes(): number {
    // zlib wants at least one byte of room, also where a frame without content is all that may follow.
    return Math.max(this.#bytesMax - this.#outputBytes, 1)
  }

  /** What it probably becomes: what it says itself, within reason, or where there are many, about as much as the one before. */
  expectedBytes(ratio: number): number {
    const says = zstdContentBytes(this.#input.subarray(this.#at))
    // Full to its last byte, a piece of output would be followed by another one as large.
    if (says !== undefined && says <= trustedContentBytes) return says + 1
    return this.#parts.at(-1)?.length ?? this.#input.length * ratio
  }

  next(): Buffer | undefined {
    const input = this.#input
    while (
      this.#at + 4 <= input.length &&
      (input.readUInt32LE(this.#at) & skippableMask) === skippableMagic
    ) {
      const end = this.#at + skippableHeaderBytes
      const size = end <= input.length ? input.readUInt32LE(end - 4) : 0
      if (end + size > input.length) throw new DecompressionError('zstd', 'a skippable frame is cut off')
      this.#at = end + size
    }
    // No bytes at all are no data: the decoder says so.
    if (this.#at === input.length && this.#at > 0) return undefined
    return input.subarray(this.#at)
  }

  take({ buffer, engine }: InformedOutput): void {
    this.#at += engine.bytesWritten
    this.#outputBytes += buffer.length
    if (this.#outputBytes > this.#bytesMax) throw tooLarge('zstd', this.#bytesMax)
    this.#parts.push(buffer)
    if (this.#parts.length > this.#framesMax)
      throw new DecompressionError(
        'zstd',
        `more than ${this.#framesMax} frames in ${this.#input.length} bytes`,
      )
  }

  output(): Buffer {
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts, this.#outputBytes)
  }
}
