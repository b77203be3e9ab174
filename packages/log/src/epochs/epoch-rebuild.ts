// Reads from the batches which leader epoch began where, for a partition whose `leader-epoch-checkpoint` is damaged or missing.
import type { FileCache } from '../disk/file-cache.ts'
import { baseOffsetOf, leaderEpochOf } from '../format/batch.ts'
import { scanBatches } from '../segment/batch-scan.ts'
import type { Segment } from '../segment/segment.ts'
import { EpochCache } from './epoch-cache.ts'

/**
 * The epochs of these segments, oldest first, whose batches are believed. Epochs only rise along a log: a segment is walked only when it does
 * not end in the epoch that it begins with, so that most cost one read. Blocks. Throws the disk's error.
 */
export function rebuildEpochs(files: FileCache, segments: readonly Segment[]): EpochCache {
  const epochs = new EpochCache()
  const filled = segments.filter(segment => segment.filedBytes > 0)
  for (const [index, segment] of filled.entries()) {
    const first = epochNear(files, segment, 0, true)
    const next = filled[index + 1]
    const end = next
      ? epochNear(files, next, 0, true)
      : epochNear(files, segment, segment.indexes().offsets.lastPosition(), false)
    if (first === end) epochs.assign(first, segment.baseOffset)
    else walk(files, segment, epochs)
  }
  return epochs
}

/** The epoch of the batch at `position` of a segment, or of the last one from there on. */
function epochNear(files: FileCache, segment: Segment, position: number, firstOnly: boolean): number {
  let epoch = -1
  scanBatches(files.use(segment.file), position, segment.filedBytes, (buffer, at) => {
    epoch = leaderEpochOf(buffer, at)
    return !firstOnly
  })
  return epoch
}

function walk(files: FileCache, segment: Segment, epochs: EpochCache): void {
  scanBatches(files.use(segment.file), 0, segment.filedBytes, (buffer, at) => {
    epochs.assign(leaderEpochOf(buffer, at), baseOffsetOf(buffer, at))
    return true
  })
}
