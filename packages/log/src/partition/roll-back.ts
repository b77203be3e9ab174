// Takes back appends that could not be written: the log is as it was before them.
import type { LocalLog } from './local-log.ts'
import { discardSegment } from './segment-removal.ts'

/** The appends of the current group are no more. Throws KAFKA_STORAGE_ERROR when the files could not be cut back: the storage has failed then. */
export function rollBack(log: LocalLog): void {
  const { pending, writer, segments, offsets } = log
  if (!pending) return
  log.pending = undefined
  pending.state = 'takenBack'
  const dropped = log.tail.dropPending()
  for (const segment of segments.removeAfter(pending.segment)) discardSegment(log, segment)
  writer.reopen(pending.segment)
  pending.segment.restore(pending.segmentMark)
  offsets.endAt(pending.logEndOffset)
  log.epochs.truncateFromEnd(pending.logEndOffset)
  writer.cutBack(pending.segment)
  log.cursors.clear()
  log.snapshots.rebuild(pending.logEndOffset)
  const nowMs = log.storage.clock.now()
  for (const { bytes } of dropped) log.producers.takeBack(bytes, nowMs)
}
