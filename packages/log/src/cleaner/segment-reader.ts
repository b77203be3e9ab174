// Reads a segment that is being cleaned, piece by piece: whole batches whose checksums are right. The next pieces are read, and what is large
// in them is unpacked, while one is worked on.
import { BatchHeader, crc32c, readBatchHeader } from '@millrace/protocol'
import { type Clock, invariant } from '@millrace/runtime'
import { frameFault } from '../segment/batch-scan.ts'
import { batchHeaderBytes, batchUncheckedBytes, crcOf, sizeOf } from '../format/batch.ts'
import type { DiskFile } from '../disk/disk.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Segment } from '../segment/segment.ts'
import { CleaningAborted } from './pace.ts'
import { isUnpackedElsewhere, unpackAhead, type UnpackedAhead } from './unpack.ts'

/** Bytes that are summed up in one go: some 0.2 ms. */
const crcBytesMax = 1024 ** 2

/** The file does not hold what it should: cleaning it again would not go better. */
export class CorruptSegmentError extends Error {
  override readonly name = 'CorruptSegmentError'
}

/** Whole batches in `buffer[0, end)`, until it is released. */
export interface Piece {
  readonly buffer: Buffer
  readonly end: number
  /** Where the file goes on behind it. */
  readonly nextPosition: number
  /** Records of batches that are unpacked ahead, by where the batch begins. */
  readonly unpacked: ReadonlyMap<number, UnpackedAhead>
  /** Gives its memory to the pieces that follow. */
  release(): void
}

/** Memory for pieces: one that is worked on, one that is being written, and one or two that are on their way. */
export type ReadBuffers = readonly [Buffer, Buffer, Buffer]

const nothingUnpacked: Piece['unpacked'] = new Map()

interface SegmentReaderOptions {
  readonly file: DiskFile
  /** Where to begin: at a batch. */
  readonly position: number
  readonly sizeInBytes: number
  readonly buffers: ReadBuffers
  readonly clock: Clock
}

class SegmentReader {
  readonly #file: DiskFile
  readonly #clock: Clock
  readonly #sizeInBytes: number
  readonly #free: Buffer[]
  readonly #header = new BatchHeader()
  /** Pieces that are on their way, in their order. */
  readonly #coming: Promise<Piece | undefined>[] = []
  /**
   * The last two batches that are to be unpacked: the next one waits for the first of them. Two keep a thread busy; more would stand in the way of the
   * syncs that others wait for.
   */
  #firstLane: Promise<unknown> = Promise.resolve()
  #secondLane: Promise<unknown> = Promise.resolve()
  /** The piece before the next to be read: that one begins where it ends. */
  #last: Promise<unknown> = Promise.resolve()
  #position: number
  #ended = false
  /** Nobody asks for the pieces any more that are on their way. */
  #abandoned = false

  constructor({ file, position, sizeInBytes, buffers, clock }: SegmentReaderOptions) {
    this.#file = file
    this.#position = position
    this.#sizeInBytes = sizeInBytes
    this.#free = [...buffers]
    this.#clock = clock
  }

  /** The next batches; undefined at the end. No more than two pieces may be held. Rejects with CorruptSegmentError or the disk's error. */
  async next(): Promise<Piece | undefined> {
    this.#readAhead()
    const coming = this.#coming.shift()
    invariant(coming !== undefined, 'a piece of a segment is on its way while no more than two are held')
    return await coming
  }

  #readAhead(): void {
    for (let buffer = this.#ended ? undefined : this.#free.pop(); buffer; buffer = this.#free.pop()) {
      const memory = buffer
      const piece = this.#last.then(() => this.#read(memory))
      this.#last = piece
      this.#coming.push(piece)
      // Whoever asks for it hears of it, if anybody does.
      piece.catch(() => {})
    }
  }

  /** Resolves when nothing is read or unpacked any more: the file may be closed, and the memory used anew. */
  async settled(): Promise<void> {
    this.#ended = true
    this.#abandoned = true
    await this.#last.catch(() => {})
    await Promise.all([this.#firstLane, this.#secondLane])
  }

  async #read(memory: Buffer): Promise<Piece | undefined> {
    const position = this.#position
    let buffer = memory
    for (;;) {
      const length = this.#ended ? 0 : Math.min(buffer.length, this.#sizeInBytes - position)
      if (length === 0) {
        this.#ended = true
        return undefined
      }
      const count = await this.#file.read(buffer.subarray(0, length), position)
      if (count < length) this.#refuse(count, `the file ends before its size of ${this.#sizeInBytes} bytes`)
      const end = this.#wholeBatches(buffer, length)
      if (end > 0) {
        const unpacked = await this.#look(buffer, end)
        this.#position = position + end
        return { buffer, end, nextPosition: this.#position, unpacked, release: () => this.#release(buffer) }
      }
      buffer = Buffer.allocUnsafeSlow(sizeOf(buffer, 0))
    }
  }

  #release(buffer: Buffer): void {
    this.#free.push(buffer)
    this.#readAhead()
  }

  /** Bytes of the whole batches in the buffer; 0 when it is too small for one. */
  #wholeBatches(buffer: Buffer, length: number): number {
    const left = this.#sizeInBytes - this.#position
    let at = 0
    while (at < length) {
      if (length - at < batchHeaderBytes && at > 0) break
      const fault = frameFault(buffer, at, length - at)
      if (fault !== undefined) this.#refuse(at, fault)
      const size = sizeOf(buffer, at)
      if (size > left - at) this.#refuse(at, `a batch of ${size} bytes is cut off`)
      if (at + size > length) break
      at += size
    }
    return at
  }

  /** Compares the checksums of the batches in `buffer[0, end)`, and begins to unpack those that are large. */
  async #look(buffer: Buffer, end: number): Promise<Piece['unpacked']> {
    let unpacked: Map<number, UnpackedAhead> | undefined
    for (let at = 0; at < end; at += sizeOf(buffer, at)) {
      const crc = this.#crc(buffer, at)
      if ((typeof crc === 'number' ? crc : await crc) !== crcOf(buffer, at))
        this.#refuse(at, 'a batch whose checksum is wrong')
      const header = readBatchHeader(buffer, at, this.#header)
      if (!isUnpackedElsewhere(header)) continue
      unpacked ??= new Map()
      // The lane may reach it when the header of another one has been read.
      this.#unpack(readBatchHeader(buffer, at), unpacked)
    }
    return unpacked ?? nothingUnpacked
  }

  #unpack(header: BatchHeader, unpacked: Map<number, UnpackedAhead>): void {
    const records = this.#firstLane.then(() => (this.#abandoned ? undefined : unpackAhead(header)))
    unpacked.set(header.start, records)
    this.#firstLane = this.#secondLane
    this.#secondLane = records.then(
      plain => void unpacked.set(header.start, plain),
      () => {
        // Whoever has the batch in hand hears of it, if anybody does.
      },
    )
  }

  #crc(buffer: Buffer, at: number): number | Promise<number> {
    const size = sizeOf(buffer, at)
    const bytes = buffer.subarray(at + batchUncheckedBytes, at + size)
    return size <= crcBytesMax ? crc32c(bytes) : this.#crcInSlices(bytes)
  }

  async #crcInSlices(bytes: Buffer): Promise<number> {
    let crc = 0
    for (let at = 0; at < bytes.length; at += crcBytesMax) {
      crc = crc32c(bytes.subarray(at, at + crcBytesMax), crc)
      await new Promise<void>(resolve => this.#clock.defer(resolve))
    }
    return crc
  }

  #refuse(at: number, fault: string): never {
    throw new CorruptSegmentError(`${this.#file.path} at ${this.#position + at}: ${fault}`)
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
 * Visits a closed segment piece by piece, until `visit` resolves with false; every piece is to be released. Rejects with CleaningAborted when the
 * segment has left the log, with CorruptSegmentError, the disk's error, or what `visit` rejects with.
 */
export async function eachPiece(
  { log, segment, position, buffers }: PieceSource,
  visit: (piece: Piece) => Promise<boolean>,
): Promise<void> {
  // Retention may have taken it while others were cleaned.
  if (!log.segments.has(segment)) throw new CleaningAborted('its segments have changed')
  if (segment.filedBytes === 0) return
  const { files, clock } = log.storage
  const file = files.pin(segment.file)
  const reader = new SegmentReader({ file, position, sizeInBytes: segment.filedBytes, buffers, clock })
  try {
    for (let piece = await reader.next(); piece; piece = await reader.next())
      if (!(await visit(piece))) return
  } finally {
    await reader.settled()
    files.unpin(segment.file)
  }
}
