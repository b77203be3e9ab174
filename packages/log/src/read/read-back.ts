// Reads batches back: from memory where the hot tail has them, else from the segment files into pooled buffers.
import { LogError, messageOf, storageError } from '../api/errors.ts'
import type { ReadOptions, ReadResult } from '../api/types.ts'
import { baseOffsetOf, batchHeaderBytes, lastOffsetOf, sizeOf } from '../format/batch.ts'
import { frameFault } from '../segment/batch-scan.ts'
import type { Segment } from '../segment/segment.ts'
import type { Slab } from '../tail/arena.ts'
import type { ReadableLog } from './readable-log.ts'

/** Batches smaller than this on average are copied together: a socket is slow with thousands of tiny chunks. */
const gatherBytesMax = 4096
const gatherCountMin = 8
/** Read in front of the wanted batch when only the sparse index tells where it is. */
const searchBytes = 16 * 1024
/** Of one read from disk, whatever the caller allows. */
const readMaxBytes = 8 * 1024 * 1024

function emptyRead(offset: number): ReadResult {
  return { chunks: [], sizeInBytes: 0, nextOffset: offset }
}

/** See `PartitionLog.read`. */
export function readBack(
  log: ReadableLog,
  offset: number,
  maxBytes: number,
  options: ReadOptions = {},
): ReadResult | Promise<ReadResult> {
  const { start, end, highWatermark } = log.offsets
  if (offset < start || offset > end) {
    throw new LogError('OFFSET_OUT_OF_RANGE', `offset ${offset} is not in ${start} … ${end} of ${log.name}`)
  }
  log.assertOpen()
  const upperOffset = Math.min(options.upperOffset ?? highWatermark, highWatermark)
  const minOneBatch = options.minOneBatch ?? true
  if (offset >= upperOffset) return emptyRead(offset)
  const readCommitted = options.readCommitted ?? false
  const read: Read = { offset, maxBytes, upperOffset, minOneBatch, readCommitted }
  const index = log.tail.find(offset)
  return index >= 0 ? withAborted(log, readTail(log, index, read), read) : readFiles(log, read)
}

/** One call of `readBack`, with what was left out of its options. */
interface Read extends Required<ReadOptions> {
  readonly offset: number
  readonly maxBytes: number
}

/** Adds what has to be left out of a result, as the log says it of the segments that the result was read from. */
function withAborted(log: ReadableLog, result: ReadResult, read: Read): ReadResult {
  if (!read.readCommitted || result.sizeInBytes === 0) return result
  return { ...result, abortedTransactions: log.segments.aborted(read.offset, result.nextOffset) }
}

function readTail(
  log: ReadableLog,
  index: number,
  { offset, maxBytes, upperOffset, minOneBatch }: Read,
): ReadResult {
  const { arena } = log.storage
  const chunks: Buffer[] = []
  const slabs: Slab[] = []
  let sizeInBytes = 0
  let nextOffset = offset
  for (let at = index; ; at++) {
    const entry = log.tail.entryAt(at)
    if (!entry || entry.nextOffset > upperOffset) break
    const { bytes, slab } = entry.place
    if (sizeInBytes + bytes.length > maxBytes && !(minOneBatch && sizeInBytes === 0)) break
    chunks.push(bytes)
    if (slabs.at(-1) !== slab) slabs.push(slab)
    sizeInBytes += bytes.length
    nextOffset = entry.nextOffset
  }
  const gather = chunks.length >= gatherCountMin && sizeInBytes / chunks.length < gatherBytesMax
  if (gather) return { chunks: [Buffer.concat(chunks, sizeInBytes)], sizeInBytes, nextOffset }
  for (const slab of slabs) slab.holds++
  const release = () => {
    for (const slab of slabs) arena.release(slab)
  }
  return { chunks, sizeInBytes, nextOffset, release }
}

/** Finds the batch in the segment that should have it, or the first one behind it. */
async function readFiles(log: ReadableLog, read: Read): Promise<ReadResult> {
  const { offset, maxBytes, upperOffset } = read
  let segment = log.segments.at(Math.max(0, log.segments.indexOf(offset)))
  while (segment && segment.baseOffset < upperOffset) {
    if (segment.filedBytes > 0) {
      const found = await readSegment(log, segment, read)
      if (!log.segments.has(segment)) {
        // Compacted or deleted meanwhile: what was read is whole, but the log speaks of other batches now.
        found?.release?.()
        return readBack(log, offset, maxBytes, read)
      }
      if (found) return withAborted(log, found, read)
    }
    // Offsets may be missing at the end of a segment, and what follows may be in memory by now.
    segment = log.segments.at(log.segments.indexOf(segment.baseOffset) + 1)
    const tailIndex = segment ? log.tail.find(Math.max(segment.baseOffset, offset)) : -1
    if (tailIndex >= 0) return withAborted(log, readTail(log, tailIndex, read), read)
  }
  // Compaction has left nothing from here on: who reads on would come back for ever.
  return emptyRead(upperOffset)
}

/** Reads from one segment; undefined when it has no batch at or behind `offset`. */
async function readSegment(log: ReadableLog, segment: Segment, read: Read): Promise<ReadResult | undefined> {
  const { offset, maxBytes } = read
  const { files, buffers } = log.storage
  const known = log.cursors.take(offset, segment)
  let position = known ?? segment.indexes().offsets.lookup(offset - segment.baseOffset)
  let wanted = Math.min(maxBytes, readMaxBytes) + (known === undefined ? searchBytes : 0)
  const file = files.pin(segment.file)
  try {
    for (;;) {
      const length = Math.min(Math.max(wanted, batchHeaderBytes), segment.filedBytes - position)
      if (length < batchHeaderBytes) return undefined
      const buffer = buffers.acquire(length)
      const count = await file.read(buffer.subarray(0, length), position).catch((error: unknown) => {
        buffers.release(buffer)
        throw storageError(`reading ${segment.file.path} at ${position}: ${messageOf(error)}`, error)
      })
      const walk = walkBatches(buffer, count, read)
      if (walk.fault !== undefined) {
        buffers.release(buffer)
        throw storageError(`${segment.file.path} at ${position + walk.end}: ${walk.fault}`)
      }
      if (walk.end > walk.start) {
        log.cursors.put({ offset: walk.nextOffset, segment, position: position + walk.end })
        const chunk = buffer.subarray(walk.start, walk.end)
        const { nextOffset } = walk
        return {
          chunks: [chunk],
          sizeInBytes: chunk.length,
          nextOffset,
          release: () => buffers.release(buffer),
        }
      }
      buffers.release(buffer)
      if (walk.done) return emptyRead(offset)
      position += walk.start
      // The batch is larger than what was read: its header says how large.
      wanted = Math.max(walk.wanted, Math.min(maxBytes, readMaxBytes))
    }
  } finally {
    files.unpin(segment.file)
  }
}

interface Walk {
  /** Where the wanted batches begin and end in the buffer; equal when none was found. */
  readonly start: number
  readonly end: number
  readonly nextOffset: number
  /** Nothing may be returned, whatever else is read. */
  readonly done: boolean
  /** Bytes to read from `start` on to get further. */
  readonly wanted: number
  readonly fault?: string
}

function walkBatches(
  buffer: Buffer,
  length: number,
  { offset, maxBytes, upperOffset, minOneBatch }: Read,
): Walk {
  let start = -1
  let at = 0
  let nextOffset = offset
  let done = false
  let wanted = 0
  while (at < length) {
    if (length - at < batchHeaderBytes) {
      wanted = batchHeaderBytes
      break
    }
    const fault = frameFault(buffer, at, length - at)
    if (fault !== undefined) return { start: at, end: at, nextOffset, done: false, wanted: 0, fault }
    const size = sizeOf(buffer, at)
    const lastOffset = lastOffsetOf(buffer, at)
    if (lastOffset < offset) {
      at += size
      continue
    }
    if (lastOffset >= upperOffset || baseOffsetOf(buffer, at) >= upperOffset) {
      done = true
      break
    }
    const taken = start < 0 ? 0 : at - start
    if (taken + size > maxBytes && !(minOneBatch && taken === 0)) {
      done = true
      break
    }
    if (at + size > length) {
      wanted = size
      break
    }
    if (start < 0) start = at
    at += size
    nextOffset = lastOffset + 1
  }
  if (start < 0) return { start: at, end: at, nextOffset, done, wanted }
  return { start, end: at, nextOffset, done, wanted }
}
