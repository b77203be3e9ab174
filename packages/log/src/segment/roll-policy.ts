// When a segment is closed and the next one begun (Kafka's `LogSegment.shouldRoll`).
import type { LogConfig } from '../api/config.ts'
import { offsetEntryBytes, type OffsetIndex, relativeOffsetMax } from './offset-index.ts'
import type { TimeIndex } from './time-index.ts'

/** The active segment, as far as this is concerned. */
export interface RollSegment {
  readonly baseOffset: number
  readonly sizeInBytes: number
  readonly createdAtMs: number
  readonly rollTimestamp: number
  readonly rollJitterMs: number
  lookUpTimestamps(): void
  indexes(): { readonly offsets: OffsetIndex; readonly times: TimeIndex }
}

/** What is about to be appended. */
export interface RollCandidate {
  readonly sizeInBytes: number
  readonly maxTimestamp: number
  readonly lastOffset: number
}

/** Whether the active segment has to be closed before it is appended. */
export function mustRoll(
  segment: RollSegment,
  config: LogConfig,
  next: RollCandidate,
  now: () => number,
): boolean {
  if (segment.sizeInBytes === 0) return false
  const { segmentBytes, segmentIndexBytes, cleanupCompact, maxCompactionLagMs } = config
  // Only what is in a closed segment can be cleaned in time.
  const segmentMs = cleanupCompact ? Math.min(config.segmentMs, maxCompactionLagMs) : config.segmentMs
  segment.lookUpTimestamps()
  const age =
    segment.rollTimestamp >= 0 ? next.maxTimestamp - segment.rollTimestamp : now() - segment.createdAtMs
  const { offsets, times } = segment.indexes()
  return (
    segment.sizeInBytes > segmentBytes - next.sizeInBytes ||
    age > segmentMs - segment.rollJitterMs ||
    offsets.full ||
    times.full ||
    (offsets.count + 1) * offsetEntryBytes > segmentIndexBytes ||
    next.lastOffset - segment.baseOffset > relativeOffsetMax
  )
}
