// Walks the batches of a segment file front to back without holding more than a window of it.
import { crc32c } from '@millrace/protocol/base'
import type { DiskFile } from '../disk/disk.ts'
import { batchHeaderBytes, batchMagic, batchUncheckedBytes, crcOf, magicOf, sizeOf } from '../format/batch.ts'

const windowBytes = 1024 * 1024
/** No batch is larger: Kafka's sizes are 31 bits, and a damaged length must not ask for gigabytes. */
const batchMaxBytes = 512 * 1024 * 1024

/** Sees the batch at `buffer[at, at + size)` that stands at `position` of the file. Returns false to stop before it. */
export type BatchVisitor = (buffer: Buffer, at: number, size: number, position: number) => boolean | undefined

/** Where a walk ended, and why if that was not at the end asked for. */
export interface ScanEnd {
  /** First byte that was not walked: the end of the last batch that was. */
  readonly position: number
  readonly fault?: string
}

/** What is wrong with the batch that `buffer[at, end)` begins with, apart from its content; undefined if nothing. */
export function frameFault(buffer: Buffer, at: number, available: number): string | undefined {
  if (available < batchHeaderBytes) return `${available} bytes are less than a batch header`
  const size = sizeOf(buffer, at)
  if (size < batchHeaderBytes || size > batchMaxBytes) return `a batch of ${size} bytes`
  if (magicOf(buffer, at) !== batchMagic) return `magic ${magicOf(buffer, at)}`
  return undefined
}

export function crcMatches(buffer: Buffer, at: number, size: number): boolean {
  return crc32c(buffer.subarray(at + batchUncheckedBytes, at + size)) === crcOf(buffer, at)
}

/** Visits the batches in bytes `[from, to)` of a file, where `from` is the start of one. Blocks; for start-up and repair. */
export function scanBatches(file: DiskFile, from: number, to: number, visit: BatchVisitor): ScanEnd {
  let window = Buffer.allocUnsafe(Math.min(windowBytes, Math.max(to - from, 0)))
  let start = from
  while (start < to) {
    const wanted = Math.min(window.length, to - start)
    const length = file.readNow(window.subarray(0, wanted), start)
    let at = 0
    while (at < length) {
      if (length - at < batchHeaderBytes && start + length < to) break
      const fault = frameFault(window, at, length - at)
      if (fault) return { position: start + at, fault }
      const size = sizeOf(window, at)
      if (start + at + size > to)
        return { position: start + at, fault: `a batch of ${size} bytes is cut off` }
      if (at + size > length) break
      if (visit(window, at, size, start + at) === false) return { position: start + at }
      at += size
    }
    if (at === 0) {
      // The window does not hold one batch: `sizeOf` is there to say how much is needed.
      if (length < wanted) return { position: start, fault: 'the file ends before its size' }
      window = Buffer.allocUnsafe(sizeOf(window, 0))
    }
    start += at
  }
  return { position: start }
}
