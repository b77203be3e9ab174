// Finds records by timestamp: the time index narrows it down, the records decide.
import { type BatchHeader, batches, RecordBatchCursor } from '@millrace/protocol'
import type { PartitionLog } from './partition-log.ts'
import type { ReadResult, TimestampOffset } from './types.ts'

const readBytes = 256 * 1024

/** First record with `timestamp >= target` in the log, from the log start offset to the high watermark. */
export async function findTimestamp(log: PartitionLog, target: number): Promise<TimestampOffset | undefined> {
  for (let index = 0; index < log.segments.count; index++) {
    const segment = log.segments.at(index)!
    segment.lookUpTimestamps()
    if (segment.maxTimestamp < target) continue
    const from = segment.indexes().times.lookup(target) + segment.baseOffset
    return firstRecord(
      log,
      Math.max(from, log.logStartOffset),
      header => header.maxTimestamp >= target,
      target,
    )
  }
  return undefined
}

/** First record that has the largest timestamp of all below the high watermark. */
export async function findMaxTimestamp(log: PartitionLog): Promise<TimestampOffset | undefined> {
  let largest = -1
  let lastOffset = -1
  for (const segment of log.segments.all) {
    segment.lookUpTimestamps()
    if (segment.maxTimestamp > largest && segment.maxTimestampOffset >= log.logStartOffset) {
      largest = segment.maxTimestamp
      lastOffset = segment.maxTimestampOffset
    }
  }
  if (lastOffset < 0) return undefined
  // `lastOffset` is that of the batch which has the timestamp: a read of it returns just this batch first.
  return firstRecord(log, lastOffset, header => header.maxTimestamp >= largest, largest)
}

/** Walks the batches from `from` on; in those that `mayHave` it, looks for the first record with at least `timestamp`. */
async function firstRecord(
  log: PartitionLog,
  from: number,
  mayHave: (header: BatchHeader) => boolean,
  timestamp: number,
): Promise<TimestampOffset | undefined> {
  const cursor = new RecordBatchCursor()
  let offset = from
  while (offset < log.highWatermark) {
    const result: ReadResult = await log.read(offset, readBytes)
    try {
      for (const chunk of result.chunks) {
        for (const header of batches(chunk)) {
          if (!mayHave(header)) continue
          cursor.open(header)
          while (cursor.next()) {
            if (cursor.timestamp < timestamp || cursor.offset < log.logStartOffset) continue
            const leaderEpoch = header.partitionLeaderEpoch
            return { timestamp: cursor.timestamp, offset: cursor.offset, leaderEpoch }
          }
        }
      }
    } finally {
      result.release?.()
    }
    if (result.nextOffset <= offset) return undefined
    offset = result.nextOffset
  }
  return undefined
}
