// How a segment leaves a log: at once, or under another name.
import { deletedSuffix, segmentSuffixes } from '../format/segment-name.ts'
import type { Segment } from '../segment/segment.ts'
import type { LocalLog } from './local-log.ts'

/** Removes a segment that never became part of the log. Snapshots stay. */
export function discardSegment(log: LocalLog, segment: Segment): void {
  forget(log, segment)
  for (const suffix of Object.values(segmentSuffixes)) {
    if (suffix !== segmentSuffixes.snapshot) log.storage.disk.unlink(segment.path(suffix))
  }
}

/** Renames a segment's files out of the log; returns their new paths, to be removed later. Throws the disk's error. */
export function renameDeleted(log: LocalLog, segment: Segment): string[] {
  const { disk } = log.storage
  forget(log, segment)
  const paths: string[] = []
  for (const suffix of Object.values(segmentSuffixes)) {
    const path = segment.path(suffix)
    if (!disk.stat(path)) continue
    disk.rename(path, `${path}${deletedSuffix}`)
    paths.push(`${path}${deletedSuffix}`)
  }
  log.snapshots.forget(segment.baseOffset)
  return paths
}

function forget(log: LocalLog, segment: Segment): void {
  const { files, indexCache } = log.storage
  log.syncs.forget(segment)
  log.writer.forget(segment)
  indexCache.remove(segment)
  files.release(segment.file)
}
