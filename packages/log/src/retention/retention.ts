// Which segments may go, and their going: by time, by size, and below the log start offset (Kafka's `UnifiedLog.deleteOldSegments`).
import type { LogConfig } from '../api/config.ts'
import { messageOf } from '../api/errors.ts'
import { isPassing } from '../disk/disk-errors.ts'
import type { Journals } from '../journal/journals.ts'
import { keepProducers } from '../partition/checkpoint.ts'
import type { LocalLog } from '../partition/local-log.ts'
import { rollLog } from '../partition/roll.ts'
import { renameDeleted } from '../partition/segment-removal.ts'

/** What the choice looks at in a segment. */
export interface RetentionSegment {
  readonly baseOffset: number
  readonly sizeInBytes: number
  largestTimestamp(): number
}

export interface RetentionView {
  readonly segments: readonly RetentionSegment[]
  readonly logStartOffset: number
  readonly logEndOffset: number
  readonly highWatermark: number
}

/** How many of the oldest segments may go now. Pure. */
export function expiredCount(view: RetentionView, config: LogConfig, now: number): number {
  const { segments, highWatermark, logEndOffset } = view
  const endOf = (index: number) => segments[index + 1]?.baseOffset ?? logEndOffset
  /** The oldest segments that are wholly below the high watermark and that `goes` is true for, without a gap. */
  const count = (from: number, goes: (segment: RetentionSegment, index: number) => boolean): number => {
    let index = from
    while (index < segments.length) {
      const segment = segments[index]!
      const lastAndEmpty = index === segments.length - 1 && segment.sizeInBytes === 0
      if (lastAndEmpty || endOf(index) > highWatermark || !goes(segment, index)) break
      index++
    }
    return index
  }
  let gone = count(0, (_segment, index) => index < segments.length - 1 && endOf(index) <= view.logStartOffset)
  if (!config.cleanupDelete) return gone
  if (config.retentionBytes >= 0) {
    let surplus = -config.retentionBytes
    for (let index = gone; index < segments.length; index++) surplus += segments[index]!.sizeInBytes
    gone = count(gone, segment => {
      if (surplus < segment.sizeInBytes) return false
      surplus -= segment.sizeInBytes
      return true
    })
  }
  if (config.retentionMs >= 0) {
    gone = count(gone, segment => now - segment.largestTimestamp() > config.retentionMs)
  }
  return gone
}

/**
 * Takes expired segments out of the log; returns the paths of their renamed files. On a full disk as well, out of the reserve: nothing has to
 * be filed first, since what is going need not go to the files any more, and what stays is safe in its journal. Rejects with the disk's
 * error where what must outlive the segments cannot be written; then they stay.
 */
export async function retain(log: LocalLog, journals: Journals, now: number): Promise<string[]> {
  if (countExpired(log, now) === 0) return []
  return await log.segmentTurns.take(() => removeExpired(log, journals, now))
}

function countExpired({ segments, offsets, config }: LocalLog, now: number): number {
  const view = {
    segments: segments.all,
    logStartOffset: offsets.start,
    logEndOffset: offsets.end,
    highWatermark: offsets.highWatermark,
  }
  return expiredCount(view, config, now)
}

async function removeExpired(log: LocalLog, journals: Journals, now: number): Promise<string[]> {
  const { storage } = log
  const count = log.closed ? 0 : countExpired(log, now)
  if (count === 0) return []
  if (count === log.segments.count) storage.room.makingNow(() => rollLog(log))
  const { active } = log.segments
  // A restart must find where the log goes on.
  if (!active.created) {
    storage.room.makingNow(() => active.createFile())
    await storage.disk.syncDirectory(log.directory)
    if (log.closed) return []
    active.nameSynced = true
  }
  const start = log.segments.at(count)!.baseOffset
  log.startAt(start)
  // In this order: in front of a recovery point nothing is verified, and nothing of that may belong to the log any more.
  const stored = (await storeStart(log, journals)) && !log.closed && (await storeProducers(log, start))
  if (log.closed) return []
  // Appends that began a segment and are not written yet may be taken back, and the log then goes on in the segment before.
  log.commits.writeNow()
  if (log.segments.count <= count) return []
  const removed = log.segments.removeFirst(count)
  log.tail.giveUp(start)
  log.cursors.clear()
  const paths: string[] = []
  for (const segment of removed) {
    paths.push(...renameDeleted(log, segment))
    // Else one that comes back with a loss of power would stand in front of a gap, and what is behind a gap is cut off.
    if (!stored && storage.syncs) await storage.disk.syncDirectory(log.directory)
    // Deleted meanwhile: its files went with it, and its name may be another partition's.
    if (log.closed) return []
  }
  storage.checkpoints.noteLogStart(log.name, log.offsets.start)
  return paths
}

/**
 * Makes durable where the log begins, before what was in front of it is gone: recovery tells by it what was deleted from what a loss of
 * power took, and from what only a journal has. In front of the recovery point, which is moved to it, nothing is verified. False where that is not
 * needed, or there is no room to write it down: what makes room goes on without it, and without the recovery point, unless a journal or the state of
 * producers needs them.
 */
async function storeStart(log: LocalLog, journals: Journals): Promise<boolean> {
  const { room, syncs, logger } = log.storage
  const movesPoint = log.recoveryPoint.offset < log.offsets.start
  if (!syncs && !log.tail.hasUnfiled && !movesPoint) return false
  try {
    await room.making(() => log.storeStart())
    return true
  } catch (error) {
    if (log.closed) return false
    const isNeeded = journals.any || (movesPoint && log.producers.size > 0)
    if (!isPassing(error) || isNeeded) throw error
    logger.warn(`the log start of ${log.name} is not stored: ${messageOf(error)}`)
    return false
  }
}

/**
 * A start after a crash knows the producers by the snapshot at the recovery point and the batches behind it: none of those may be missing.
 * False where there are none, and no room to write it down.
 */
async function storeProducers(log: LocalLog, start: number): Promise<boolean> {
  if (log.recoveryPoint.offset >= start) return true
  try {
    await log.storage.room.making(() => keepProducers(log, start))
    return true
  } catch (error) {
    if (!isPassing(error) || log.producers.size > 0) throw error
    return false
  }
}
