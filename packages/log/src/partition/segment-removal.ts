// How a segment leaves a log: at once, or under another name.
import { deletedSuffix, type SegmentSuffix, segmentSuffixes } from '../format/segment-name.ts'
import type { Segment } from '../segment/segment.ts'
import type { LocalLog } from './local-log.ts'

/** Removes a segment that never became part of the log. Snapshots stay. */
export function discardSegment(log: LocalLog, segment: Segment): void {
  forget(log, segment)
  log.syncs.discard(segment)
  for (const suffix of Object.values(segmentSuffixes)) {
    if (suffix !== segmentSuffixes.snapshot) log.storage.disk.unlink(segment.path(suffix))
  }
}

/** Renames a segment's files out of the log; returns their new paths, to be removed later. Throws the disk's error. */
export function renameDeleted(log: LocalLog, segment: Segment): string[] {
  const paths = renameFiles(log, segment, Object.values(segmentSuffixes))
  log.snapshots.forget(segment.baseOffset)
  return paths
}

/** The same where another segment with its base offset goes on: the snapshot there stays. */
export function renameReplaced(log: LocalLog, segment: Segment): string[] {
  const suffixes = Object.values(segmentSuffixes).filter(suffix => suffix !== segmentSuffixes.snapshot)
  return renameFiles(log, segment, suffixes)
}

function renameFiles(log: LocalLog, segment: Segment, suffixes: readonly SegmentSuffix[]): string[] {
  const { disk } = log.storage
  forget(log, segment)
  const paths: string[] = []
  for (const suffix of suffixes) {
    const path = segment.path(suffix)
    if (!disk.stat(path)) continue
    disk.rename(path, `${path}${deletedSuffix}`)
    paths.push(`${path}${deletedSuffix}`)
  }
  return paths
}

function forget(log: LocalLog, segment: Segment): void {
  const { files, indexCache } = log.storage
  log.syncs.forget(segment)
  log.writer.forget(segment)
  indexCache.remove(segment)
  files.release(segment.file)
}
