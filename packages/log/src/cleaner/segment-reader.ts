// Reads a segment that is being cleaned, piece by piece: whole batches whose checksums are right.
import { crcMatches, frameFault } from '../segment/batch-scan.ts'
import { batchHeaderBytes, sizeOf } from '../format/batch.ts'
import type { DiskFile } from '../disk/disk.ts'

/** The file does not hold what it should: cleaning it again would not go better. */
export class CorruptSegmentError extends Error {
  override readonly name = 'CorruptSegmentError'
}

/** Whole batches in `buffer[0, end)`; the buffer is used for the next piece. */
export interface Piece {
  readonly buffer: Buffer
  readonly end: number
}

export class SegmentReader {
  readonly #file: DiskFile
  readonly #sizeInBytes: number
  #position: number
  #buffer: Buffer

  /** Reads from `position`, where a batch begins, to `sizeInBytes`. */
  constructor(file: DiskFile, position: number, sizeInBytes: number, buffer: Buffer) {
    this.#file = file
    this.#position = position
    this.#sizeInBytes = sizeInBytes
    this.#buffer = buffer
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
      const count = await this.#file.read(this.#buffer.subarray(0, length), this.#position)
      if (count < length) this.#refuse(count, `the file ends before its size of ${this.#sizeInBytes} bytes`)
      const end = this.#wholeBatches(length)
      if (end > 0) {
        this.#position += end
        return { buffer: this.#buffer, end }
      }
      this.#buffer = Buffer.allocUnsafeSlow(sizeOf(this.#buffer, 0))
    }
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
