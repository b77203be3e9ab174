// A log that is made whole after a crash: batches that only a journal has, and where it goes on.
import { leaderEpochOf } from '../format/batch.ts'
import { takeIn } from './append.ts'
import type { LocalLog } from './local-log.ts'
import { beginSegment, newSegment } from './roll.ts'
import { discardSegment } from './segment-removal.ts'

/**
 * Takes a batch in that a journal has and the files have not. It has its offset and epoch, and its segment is stated, not
 * chosen. Visible after `LogOffsets.showAll`.
 */
export function replayBatch(log: LocalLog, batch: Buffer, baseOffset: number, segmentBase: number): void {
  const { segments, offsets } = log
  const { active } = segments
  if (active.sizeInBytes === 0 && segments.count === 1) emptyLog(log, segmentBase)
  else if (segmentBase > active.baseOffset) {
    log.snapshots.writeIfRoom(offsets.end)
    beginSegment(log, segmentBase)
  }
  offsets.endAt(baseOffset)
  const epoch = leaderEpochOf(batch, 0)
  log.epochs.assign(epoch, baseOffset)
  takeIn(log, batch, epoch)
  log.tail.markWritten()
}

/** Gives up what the files hold and goes on at `baseOffset`. */
export function restartLog(log: LocalLog, baseOffset: number): void {
  const start = Math.max(log.storage.checkpoints.logStart(log.name), baseOffset)
  emptyLog(log, baseOffset, start)
  log.epochs.truncateFromEnd(baseOffset)
  log.snapshots.beginAt(baseOffset)
}

/** Everything that there is has been found. What was deleted up to beyond it goes on where the deletion said. */
export function endRecovery(log: LocalLog): void {
  const { offsets } = log
  // What is known of the producers stays.
  if (offsets.end < offsets.start) emptyLog(log, offsets.start)
  // Batches in front of it may have been replayed.
  log.epochs.truncateFromStart(offsets.start)
  offsets.assertOrdered()
}

/** Begins anew at an offset, with nothing in the log. */
function emptyLog(log: LocalLog, baseOffset: number, start = Math.max(log.offsets.start, baseOffset)): void {
  const { segments, tail, offsets } = log
  const isEmpty = segments.count === 1 && segments.active.sizeInBytes === 0
  if (!isEmpty || segments.active.baseOffset !== baseOffset) {
    tail.clear()
    for (const segment of segments.clear()) discardSegment(log, segment)
    segments.push(newSegment(log, baseOffset))
  }
  offsets.beginAgain(baseOffset, start)
}
