// The end of one segment of a log, and the beginning of the next.
import { Segment } from '../segment/segment.ts'
import type { LocalLog } from './local-log.ts'

/** Closes the active segment and begins the next, unless it is empty. Throws KAFKA_STORAGE_ERROR. */
export function rollLog(log: LocalLog): void {
  if (log.segments.active.sizeInBytes === 0) return
  log.assertSound()
  // A snapshot at the start of each segment: recovery of a segment begins with it.
  log.snapshots.write(log.offsets.end)
  beginSegment(log, log.offsets.end)
}

/** Closes the active segment, and begins one from which the log goes on. */
export function beginSegment(log: LocalLog, baseOffset: number): void {
  log.writer.close(log.segments.active)
  log.segments.push(newSegment(log, baseOffset))
  log.offsets.endAt(baseOffset)
}

export function newSegment(log: LocalLog, baseOffset: number): Segment {
  const { clock, random } = log.storage
  const segment = Segment.fresh(log.storage, log.directory, baseOffset, clock.now())
  const { segmentJitterMs, segmentMs } = log.config
  segment.rollJitterMs = Math.floor(random.float() * Math.min(segmentJitterMs, segmentMs))
  return segment
}
