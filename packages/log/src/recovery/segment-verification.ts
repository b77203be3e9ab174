// Finds the first byte of a log that is not right, and cuts the log there.
import type { EpochCache } from '../epochs/epoch-cache.ts'
import { baseOffsetOf, lastOffsetOf, leaderEpochOf, maxTimestampOf } from '../format/batch.ts'
import { crcMatches, scanBatches } from '../segment/batch-scan.ts'
import { relativeOffsetMax } from '../segment/offset-index.ts'
import type { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import { removeSegment } from './found-segments.ts'

/**
 * Verifies everything from the recovery point on, rebuilds the indexes of it, and cuts the log at the first byte that is not right: in front of
 * the log start where the rest is `journaled` (the journals' end), since it still tells of the producers, else behind it. Between segments in front of the recovery point, or of what has been `cleaned`, offsets may be missing.
 * Returns the segments it looked at; `segments` loses those behind the cut.
 */
export function verifySegments(
  storage: Storage,
  segments: Segment[],
  recoveryPoint: number,
  epochs: EpochCache,
  limits: { readonly logStart: number; readonly cleaned: number; readonly journaled: number },
): Segment[] {
  const { logStart, cleaned, journaled } = limits
  let index = segments.findLastIndex(segment => segment.baseOffset <= recoveryPoint)
  if (index < 0) index = 0
  const looked: Segment[] = []
  const before = segments[index - 1]
  if (before && segments[index]!.baseOffset === recoveryPoint) {
    noteEnd(storage, before, recoveryPoint)
    looked.push(before)
  }
  for (; index < segments.length; index++) {
    const segment = segments[index]!
    looked.push(segment)
    const fault = verifySegment(storage, segment, Math.max(recoveryPoint, segment.baseOffset), epochs)
    const next = segments[index + 1]
    // What was appended in one group is durable together or not at all: behind a gap nothing was ever acknowledged.
    const gap = next !== undefined && !follows(segment, next, Math.max(recoveryPoint, cleaned))
    if (fault === undefined && !gap) {
      if (next) segment.close()
      continue
    }
    if (next !== undefined && next.baseOffset <= logStart && journaled <= segment.nextOffset) {
      // Deleted, and a loss of power has brought back the names of some: what is missing among them says nothing of what is behind.
      for (const gone of segments.splice(0, index + 1)) removeSegment(storage, gone)
      looked.length = 0
      index = -1
      continue
    }
    const lost = segments.splice(index + 1)
    storage.logger.warn(
      `${segment.file.path} ends at offset ${segment.nextOffset} (${segment.sizeInBytes} bytes): ` +
        `${fault ?? `the next segment begins at ${next?.baseOffset}`}; ${lost.length} later segments are removed`,
    )
    for (const later of lost) removeSegment(storage, later)
  }
  return looked
}

/** Whether a segment goes on where the one before it ends, or behind a gap that compaction has left: only what is durable is compacted. */
function follows(before: Segment, next: Segment, compactable: number): boolean {
  const { nextOffset } = before
  return next.baseOffset === nextOffset || (next.baseOffset > nextOffset && next.baseOffset <= compactable)
}

/**
 * Makes the last index entries anew of a segment that ends at the recovery point. What it holds is durable, but its indexes may have been
 * written to since that point was noted: the entry that closed it, or entries of batches that were lost. Nobody else looks for those.
 */
function noteEnd(storage: Storage, segment: Segment, endOffset: number): void {
  const size = segment.filedBytes
  if (size === 0) return
  const file = storage.files.use(segment.file)
  const scan = (from: number) =>
    scanBatches(file, from, size, (buffer, at, batchBytes) => {
      segment.note(
        batchBytes,
        lastOffsetOf(buffer, at),
        maxTimestampOf(buffer, at),
        storage.indexIntervalBytes,
      )
      return true
    })
  const from = segment.rewind(endOffset)
  let end = scan(from)
  if (end.fault !== undefined && from > 0) {
    // The index may name a batch that was lost: without one, the walk begins at the first byte.
    forget(segment)
    end = scan(0)
  }
  if (end.fault !== undefined && segment.nextOffset === endOffset) {
    // Cut off by an earlier recovery, and a loss of power has taken that back: readers would run into it.
    file.truncate(end.position)
    segment.filedBytes = end.position
  } else if (end.fault !== undefined) {
    // Bits that have rotted below the recovery point are for readers to meet: nothing is cut for them.
    segment.sizeInBytes = size
    segment.nextOffset = endOffset
  }
  segment.close()
}

function verifySegment(
  storage: Storage,
  segment: Segment,
  recoveryPoint: number,
  epochs: EpochCache,
): string | undefined {
  const size = segment.filedBytes
  segment.nextOffset = segment.baseOffset
  if (size === 0) {
    segment.resetIndexes()
    return undefined
  }
  const from = segment.rewind(recoveryPoint)
  let end = scanVerified(storage, segment, from, size, epochs)
  if (end.fault !== undefined && from > 0) {
    // Nothing is cut on the word of an index: without one, the walk begins at the first byte.
    forget(segment)
    end = scanVerified(storage, segment, 0, size, epochs)
  }
  if (end.fault !== undefined) storage.files.use(segment.file).truncate(end.position)
  segment.filedBytes = end.position
  return end.fault
}

/** As if nothing was known of its batches. */
function forget(segment: Segment): void {
  segment.resetIndexes()
  segment.sizeInBytes = 0
  segment.nextOffset = segment.baseOffset
}

/** Walks and notes batches whose checksums and offsets are right. */
function scanVerified(
  storage: Storage,
  segment: Segment,
  from: number,
  size: number,
  epochs: EpochCache,
): { position: number; fault?: string } {
  const file = storage.files.use(segment.file)
  let fault: string | undefined
  const end = scanBatches(file, from, size, (buffer, at, batchBytes) => {
    const baseOffset = baseOffsetOf(buffer, at)
    const lastOffset = lastOffsetOf(buffer, at)
    // The checksum does not cover the base offset: it has to fit what stands before it, and the segment.
    const misfit = lastOffset < baseOffset || lastOffset - segment.baseOffset > relativeOffsetMax
    if (baseOffset < segment.nextOffset || misfit) {
      fault = `offsets ${baseOffset} … ${lastOffset} where ${segment.nextOffset} is next`
    } else if (!crcMatches(buffer, at, batchBytes)) {
      fault = `a batch at offset ${baseOffset} whose checksum is wrong`
    }
    if (fault !== undefined) return false
    segment.note(batchBytes, lastOffset, maxTimestampOf(buffer, at), storage.indexIntervalBytes)
    epochs.assign(leaderEpochOf(buffer, at), baseOffset)
    return true
  })
  fault ??= end.fault
  return fault === undefined ? { position: end.position } : { position: end.position, fault }
}
