// Reads a segment that is being cleaned, piece by piece: whole batches whose checksums are right.
import { crcMatches, frameFault } from '../segment/batch-scan.ts'
import { batchHeaderBytes, sizeOf } from '../format/batch.ts'
import type { DiskFile } from '../disk/disk.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Segment } from '../segment/segment.ts'
import { CleaningAborted } from './pace.ts'

/** The file does not hold what it should: cleaning it again would not go better. */
export class CorruptSegmentError extends Error {
  override readonly name = 'CorruptSegmentError'
}

/** Whole batches in `buffer[0, end)`, until the next piece is asked for. */
export interface Piece {
  readonly buffer: Buffer
  readonly end: number
}

/** Two of a size: one is filled while the other is worked on. */
export type ReadBuffers = readonly [Buffer, Buffer]

export class SegmentReader {
  readonly #file: DiskFile
  readonly #sizeInBytes: number
  #position: number
  #buffer: Buffer
  #other: Buffer
  /** The bytes from `#position` on, on their way into `#buffer`. */
  #reading: Promise<number> | undefined

  /** Reads from `position`, where a batch begins, to `sizeInBytes`. */
  constructor(file: DiskFile, position: number, sizeInBytes: number, [buffer, other]: ReadBuffers) {
    this.#file = file
    this.#position = position
    this.#sizeInBytes = sizeInBytes
    this.#buffer = buffer
    this.#other = other
  }

  /** Where the next piece begins in the file. */
  get position(): number {
    return this.#position
  }

  /** The next batches; undefined at the end. Rejects with CorruptSegmentError or the disk's error. */
  async next(): Promise<Piece | undefined> {
    for (;;) {
      const length = Math.min(this.#buffer.length, this.#sizeInBytes - this.#position)
      if (length === 0) return undefined
      const count = await (this.#reading ?? this.#read(length))
      this.#reading = undefined
      if (count < length) this.#refuse(count, `the file ends before its size of ${this.#sizeInBytes} bytes`)
      const end = this.#wholeBatches(length)
      if (end > 0) {
        const piece = { buffer: this.#buffer, end }
        this.#position += end
        this.#readAhead()
        return piece
      }
      this.#buffer = Buffer.allocUnsafeSlow(sizeOf(this.#buffer, 0))
    }
  }

  #read(length: number): Promise<number> {
    return this.#file.read(this.#buffer.subarray(0, length), this.#position)
  }

  #readAhead(): void {
    const worked = this.#buffer
    this.#buffer = this.#other
    this.#other = worked
    const length = Math.min(this.#buffer.length, this.#sizeInBytes - this.#position)
    if (length === 0) return
    this.#reading = this.#read(length)
    // Whoever asks for the next piece hears of it, if anybody does.
    this.#reading.catch(() => {})
  }

  /** Resolves when nothing is read any more: the file may be closed. */
  async settled(): Promise<void> {
    await this.#reading?.catch(() => {})
  }

  /** Bytes of the whole batches in the buffer; 0 when it is too small for one. */
  #wholeBatches(length: number): number {
    const left = this.#sizeInBytes - this.#position
    let at = 0
    while (at < length) {
      if (length - at < batchHeaderBytes && at > 0) break
      const fault = frameFault(this.#buffer, at, length - at)
      if (fault !== undefined) this.#refuse(at, fault)
      const size = sizeOf(this.#buffer, at)
      if (size > left - at) this.#refuse(at, `a batch of ${size} bytes is cut off`)
      if (at + size > length) break
      at += size
    }
    return at
  }

  #refuse(at: number, fault: string): never {
    throw new CorruptSegmentError(`${this.#file.path} at ${this.#position + at}: ${fault}`)
  }

  /** Throws CorruptSegmentError unless the checksum of a batch of the last piece, which ended at `position`, is right. */
  assertSound(buffer: Buffer, at: number, pieceEnd: number): void {
    const size = sizeOf(buffer, at)
    if (crcMatches(buffer, at, size)) return
    throw new CorruptSegmentError(
      `${this.#file.path} at ${this.#position - pieceEnd + at}: a batch whose checksum is wrong`,
    )
  }
}

export interface PieceSource {
  readonly log: LocalLog
  readonly segment: Segment
  /** Where in its file to begin: at a batch. */
  readonly position: number
  readonly buffers: ReadBuffers
}

/**
 * Visits a closed segment piece by piece, until `visit` resolves with false. Rejects with CleaningAborted when the segment has left the log, with
 * CorruptSegmentError, the disk's error, or what `visit` rejects with.
 */
export async function eachPiece(
  { log, segment, position, buffers }: PieceSource,
  visit: (reader: SegmentReader, piece: Piece) => Promise<boolean>,
): Promise<void> {
  // Retention may have taken it while others were cleaned.
  if (!log.segments.has(segment)) throw new CleaningAborted('its segments have changed')
  if (segment.filedBytes === 0) return
  const { files } = log.storage
  const reader = new SegmentReader(files.pin(segment.file), position, segment.filedBytes, buffers)
  try {
    for (let piece = await reader.next(); piece; piece = await reader.next())
      if (!(await visit(reader, piece))) return
  } finally {
    await reader.settled()
    files.unpin(segment.file)
  }
}
