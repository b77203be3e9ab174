// What an append does: looked over first, then taken in at the end of the log, where nothing can fail any more.
import { LogError } from '../api/errors.ts'
import type { AppendFate, AppendInfo, AppendOptions } from '../api/types.ts'
import {
  attributesOf,
  isLogAppendTime,
  lastOffsetDeltaOf,
  maxTimestampOf,
  producerIdOf,
  sizeOf,
  stampBatch,
} from '../format/batch.ts'
import { mustRoll } from '../segment/roll-policy.ts'
import { TailEntry } from '../tail/partition-tail.ts'
import { duplicateInfo, inspectBatches } from './append-inspection.ts'
import type { LocalLog, PendingAppends } from './local-log.ts'
import { rollLog } from './roll.ts'

/** Of what is in a file. */
const writtenFate: AppendFate = { state: 'written' }

/** See `PartitionLog.append`. */
export function appendBatches(log: LocalLog, batches: Buffer, options: AppendOptions): AppendInfo {
  const { makesRoom = false } = options
  if (makesRoom) log.assertSound()
  else log.assertWritable()
  const client = options.origin !== 'coordinator'
  const { transactionVersion = 0, verification } = options
  const rules = { client, transactionVersion, verification }
  const { duplicate, maxTimestamp, offsetCount } = inspectBatches(batches, log.producers, rules)
  if (duplicate) {
    const { pending } = log
    const isPending = pending !== undefined && duplicate.lastOffset >= pending.logEndOffset
    return duplicateInfo(duplicate, batches, log.offsets.start, isPending ? pending : writtenFate)
  }
  const { segmentBytes } = log.config
  if (batches.length > segmentBytes) {
    throw new LogError(
      'RECORD_LIST_TOO_LARGE',
      `${batches.length} bytes do not fit into a segment of ${segmentBytes} bytes`,
    )
  }
  const baseOffset = log.offsets.end
  const fate = enlist(log, makesRoom)
  rollIfDue(log, batches.length, maxTimestamp, baseOffset + offsetCount - 1, makesRoom)
  const epoch = options.leaderEpoch ?? log.leaderEpoch
  log.epochs.assign(epoch, baseOffset)
  for (let at = 0; at < batches.length; ) {
    const size = sizeOf(batches, at)
    const batch = size === batches.length ? batches : batches.subarray(at, at + size)
    log.commits.put(takeIn(log, batch, epoch))
    at += size
  }
  const info = {
    baseOffset,
    lastOffset: log.offsets.end - 1,
    logAppendTimeMs: isLogAppendTime(attributesOf(batches, 0)) ? maxTimestamp : -1,
    logStartOffset: log.offsets.start,
    duplicate: false,
    fate,
  }
  log.commits.appended(batches.length)
  return info
}

function enlist(log: LocalLog, makesRoom: boolean): PendingAppends {
  if (makesRoom) log.commits.enlistMakingRoom()
  if (log.pending) {
    if (makesRoom) log.pending.makesRoom = true
    return log.pending
  }
  const segment = log.segments.active
  const logEndOffset = log.offsets.end
  const pending: PendingAppends = {
    segment,
    segmentMark: segment.mark(),
    logEndOffset,
    makesRoom,
    state: 'pending',
  }
  log.pending = pending
  log.commits.enlist(log)
  return pending
}

function rollIfDue(
  log: LocalLog,
  sizeInBytes: number,
  maxTimestamp: number,
  lastOffset: number,
  makesRoom: boolean,
): void {
  const { clock, room } = log.storage
  const next = { sizeInBytes, maxTimestamp, lastOffset }
  if (!mustRoll(log.segments.active, log.config, next, () => clock.now())) return
  if (makesRoom) room.makingNow(() => rollLog(log))
  else rollLog(log)
}

/** Takes one batch in at the end of the log. Must not fail: what can is checked before. */
export function takeIn(log: LocalLog, bytes: Buffer, epoch: number): TailEntry<LocalLog> {
  const { storage, offsets, producers } = log
  const segment = log.segments.active
  const baseOffset = offsets.end
  const place = storage.arena.store(bytes)
  const batch = place.bytes
  stampBatch(batch, 0, baseOffset, epoch)
  const lastOffset = baseOffset + lastOffsetDeltaOf(batch, 0)
  const position = segment.sizeInBytes
  const maxTimestamp = maxTimestampOf(batch, 0)
  segment.note(batch.length, lastOffset, maxTimestamp, log.config.indexIntervalBytes)
  if (maxTimestamp < 0) segment.modifiedAtMs = storage.clock.now()
  offsets.endAt(lastOffset + 1)
  if (producerIdOf(batch, 0) >= 0) {
    const completed = producers.append(batch, 0)
    if (completed?.aborted) segment.addAborted(completed)
  }
  const entry = new TailEntry(log, segment, position, baseOffset, lastOffset + 1, place)
  storage.hotTail.push(entry)
  return entry
}
