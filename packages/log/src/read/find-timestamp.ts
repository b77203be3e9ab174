// Finds records by timestamp: the time index narrows it down, the records decide.
import { type BatchHeader, batches, RecordBatchCursor } from '@millrace/protocol/base'
import type { ReadResult, TimestampOffset } from '../api/types.ts'
import type { Segment, TimestampWalk } from '../segment/segment.ts'
import { readBack } from './read-back.ts'
import type { ReadableLog } from './readable-log.ts'

const readBytes = 256 * 1024

/** First record with `timestamp >= target` in the log, from the log start offset to the high watermark. */
export async function findTimestamp(log: ReadableLog, target: number): Promise<TimestampOffset | undefined> {
  for (let index = 0; index < log.segments.count; index++) {
    const segment = log.segments.at(index)!
    segment.lookUpTimestamps()
    if (segment.maxTimestamp < target) continue
    const from = segment.indexes().times.lookup(target) + segment.baseOffset
    return firstRecord(
      log,
      Math.max(from, log.offsets.start),
      header => header.maxTimestamp >= target,
      target,
    )
  }
  return undefined
}

/** Where to look for the record. */
type Candidate = TimestampWalk['largest']

const none: Candidate = { timestamp: -1, offset: -1 }

/**
 * First record that has the largest timestamp of those from the log start offset to below `upperOffset`. What a segment remembers of its
 * largest timestamp may lie outside, deleted or not to be seen yet: then the part of the segment that is left is searched.
 */
export async function findMaxTimestamp(
  log: ReadableLog,
  upperOffset: number,
): Promise<TimestampOffset | undefined> {
  const segments = log.segments.all.filter(segment => segment.baseOffset < upperOffset)
  for (const segment of segments) segment.lookUpTimestamps()
  // The one with the largest first: mostly no other is looked at.
  segments.sort((a, b) => b.maxTimestamp - a.maxTimestamp || a.baseOffset - b.baseOffset)
  let largest: TimestampOffset | undefined
  for (const segment of segments) {
    // Compacted or deleted while others were read: what it says of itself is not to be looked up any more.
    if (!log.segments.has(segment)) return await findMaxTimestamp(log, upperOffset)
    if (segment.maxTimestamp <= (largest?.timestamp ?? -1)) break
    const { maxTimestamp: timestamp, maxTimestampOffset: offset } = segment
    let found = await recordAt(log, { timestamp, offset }, upperOffset)
    if (!found && log.segments.has(segment))
      found = await recordAt(log, await largestIndexed(log, segment, upperOffset), upperOffset)
    found ??= await recordAt(log, await largestWalked(log, segment, upperOffset), upperOffset)
    if (found && found.timestamp > (largest?.timestamp ?? -1)) largest = found
  }
  return largest
}

/** The first record of the candidate's batch that has its timestamp, unless it is deleted or not to be seen yet. */
async function recordAt(
  log: ReadableLog,
  { timestamp, offset }: Candidate,
  upperOffset: number,
): Promise<TimestampOffset | undefined> {
  if (offset < log.offsets.start || offset >= upperOffset || timestamp < 0) return undefined
  return firstRecord(log, offset, header => header.maxTimestamp >= timestamp, timestamp, offset + 1)
}

/**
 * The largest timestamp below `upperOffset` in a segment by its indexes, and by the few batches behind their last entries. It is of no use
 * where the record that has it is deleted: the indexes do not say what was the largest behind it.
 */
async function largestIndexed(log: ReadableLog, segment: Segment, upperOffset: number): Promise<Candidate> {
  const { baseOffset } = segment
  const { offsets, times } = segment.indexes()
  const entry = times.lastBelow(upperOffset - baseOffset)
  const seed = entry ? { timestamp: entry.timestamp, offset: entry.relativeOffset + baseOffset } : none
  if (entry && seed.offset < log.offsets.start) return none
  // Both indexes get their entries together: what is in front of the last one is in the seed.
  const from = offsets.floorOffset(upperOffset - 1 - baseOffset) + baseOffset
  return largestFrom(log, from, upperOffset, seed)
}

/**
 * The largest timestamp below `upperOffset` of what is left of a segment. What was walked over once is not walked over again, until more
 * records are deleted.
 */
async function largestWalked(log: ReadableLog, segment: Segment, upperOffset: number): Promise<Candidate> {
  const { start, highWatermark } = log.offsets
  const end = Math.min(upperOffset, highWatermark)
  const { timestampWalk: before } = segment
  const walk = before?.start === start && before.end <= end ? before : undefined
  const largest = await largestFrom(log, walk?.end ?? segment.baseOffset, end, walk?.largest ?? none)
  // It was cut, or others walked further: what is found is of then.
  if (segment.timestampWalk === before) segment.timestampWalk = { start, end, largest }
  return largest
}

/** The largest timestamp from `from` on in the segment that holds it, if it is beyond the seed's: found by a walk over the batches. */
async function largestFrom(
  log: ReadableLog,
  from: number,
  upperOffset: number,
  seed: Candidate,
): Promise<Candidate> {
  const start = Math.max(log.offsets.start, from)
  const next = log.segments.at(log.segments.indexOf(from) + 1)
  let largest = seed
  await eachBatch(log, start, Math.min(upperOffset, next?.baseOffset ?? upperOffset), header => {
    // One that compaction has emptied has the largest timestamp of what was in it.
    if (header.recordCount === 0) return true
    const timestamp =
      header.baseOffset < log.offsets.start ? largestLeft(header, log.offsets.start) : header.maxTimestamp
    if (timestamp > largest.timestamp) largest = { timestamp, offset: header.lastOffset }
    return true
  })
  return largest
}

/** The largest timestamp of the records from `start` on in a batch that begins before. */
function largestLeft(header: BatchHeader, start: number): number {
  let largest = -1
  const cursor = new RecordBatchCursor().open(header)
  while (cursor.next()) if (cursor.offset >= start) largest = Math.max(largest, cursor.timestamp)
  return largest
}

/** Visits the batches from that of `from` on that are wholly below `end`, until `visit` returns false. */
async function eachBatch(
  log: ReadableLog,
  from: number,
  end: number,
  visit: (header: BatchHeader) => boolean,
): Promise<void> {
  let offset = from
  while (offset < Math.min(end, log.offsets.highWatermark)) {
    const result: ReadResult = await readBack(log, offset, readBytes)
    try {
      for (const chunk of result.chunks)
        for (const header of batches(chunk)) if (header.baseOffset >= end || !visit(header)) return
    } finally {
      result.release?.()
    }
    if (result.nextOffset <= offset) return
    offset = result.nextOffset
  }
}

/** The first record with at least `timestamp` in those batches from `from` to `end` that `mayHave` it. */
async function firstRecord(
  log: ReadableLog,
  from: number,
  mayHave: (header: BatchHeader) => boolean,
  timestamp: number,
  end = Number.POSITIVE_INFINITY,
): Promise<TimestampOffset | undefined> {
  const cursor = new RecordBatchCursor()
  let found: TimestampOffset | undefined
  await eachBatch(log, from, end, header => {
    if (!mayHave(header)) return true
    cursor.open(header)
    while (cursor.next()) {
      if (cursor.timestamp < timestamp || cursor.offset < log.offsets.start) continue
      const leaderEpoch = header.partitionLeaderEpoch
      found = { timestamp: cursor.timestamp, offset: cursor.offset, leaderEpoch }
      return false
    }
    return true
  })
  return found
}
