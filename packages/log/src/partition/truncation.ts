// Takes the end of a log away, for repair.
import { LogError } from '../api/errors.ts'
import { lastOffsetOf } from '../format/batch.ts'
import { scanBatches } from '../segment/batch-scan.ts'
import type { LocalLog } from './local-log.ts'
import { discardSegment } from './segment-removal.ts'

/** See `PartitionLog.truncateTo`. */
export async function truncateLog(log: LocalLog, offset: number): Promise<void> {
  const { offsets, commits, tail } = log
  log.assertWritable()
  if (offset >= offsets.end) return
  if (offset < offsets.start)
    throw new LogError('OFFSET_OUT_OF_RANGE', `${offset} is below the log start offset`)
  await log.segmentTurns.take(async () => {
    log.assertSound()
    // What comes while it settles has to settle too: a group under way would move the high watermark to where nothing is any more.
    while (log.pending || offsets.highWatermark < offsets.end || tail.hasUnfiled) {
      await commits.settle(log)
      log.assertSound()
    }
    cutFiles(log, offset)
    log.cutAt(log.segments.active.nextOffset)
    log.storage.checkpoints.limitCleaned(log.name, log.offsets.end)
    await log.syncs.sync()
    await log.recoveryPoint.settle()
  })
}

/** Cuts the files so that the batch with `offset` and what follows is gone. Everything is filed, and the tail is given up. */
function cutFiles(log: LocalLog, offset: number): void {
  const { segments, tail, storage } = log
  tail.clear()
  const keep = segments.at(Math.max(0, segments.indexOf(offset)))!
  for (const segment of segments.removeAfter(keep)) discardSegment(log, segment)
  log.writer.reopen(keep)
  let position = 0
  let nextOffset = keep.baseOffset
  if (keep.filedBytes > 0) {
    scanBatches(storage.files.use(keep.file), 0, keep.filedBytes, (buffer, at, size) => {
      if (lastOffsetOf(buffer, at) >= offset) return false
      position += size
      nextOffset = lastOffsetOf(buffer, at) + 1
      return true
    })
  }
  keep.cut(position, nextOffset)
  if (keep.created) log.syncs.add(keep)
}
