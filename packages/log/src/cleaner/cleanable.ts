// How dirty a log is, and what of it may be cleaned now (Kafka's `LogCleanerManager.cleanableOffsets`, `LogToClean`). Pure.
import type { LogConfig } from '../api/config.ts'

/** What is looked at in a segment. */
export interface CleanableSegment {
  readonly baseOffset: number
  readonly sizeInBytes: number
  /** Of its first batch, −1 for none. */
  firstTimestamp(): number
  largestTimestamp(): number
}

export interface CleanableView {
  /** The last one is the active one. */
  readonly segments: readonly CleanableSegment[]
  readonly logStartOffset: number
  readonly logEndOffset: number
  readonly lastStableOffset: number
  /** Up to where the log was cleaned the last time, if it was. */
  readonly cleanedOffset: number | undefined
}

export interface Cleanable {
  /** What is in front has been cleaned before: there is one record of each key in it. */
  readonly firstDirtyOffset: number
  /** Nothing from here on is looked at or changed. A segment begins here. */
  readonly endOffset: number
  /** Of what has not been cleaned yet and can be. */
  readonly dirtyBytes: number
  /** Share of those in all that can be cleaned, 0 … 1. */
  readonly dirtyRatio: number
  /** A record waits for longer than `max.compaction.lag.ms`. */
  readonly overdue: boolean
  /** The ratio or the wait is such that the log is to be cleaned now. */
  readonly due: boolean
  /** Longest time beyond `max.compaction.lag.ms` that a record waits, in milliseconds; 0 for none. */
  readonly overdueMs: number
}

/** What can be cleaned of a log; undefined when there is nothing. */
export function cleanable(view: CleanableView, config: LogConfig, now: number): Cleanable | undefined {
  const firstDirtyOffset = firstDirty(view)
  const closed = view.segments.slice(0, -1)
  const uncleanable = firstUncleanable(view, closed, firstDirtyOffset, config, now)
  // A segment is cleaned whole or not at all.
  const end = closed.findIndex((_, index) => view.segments[index + 1]!.baseOffset > uncleanable)
  const segments = end < 0 ? closed : closed.slice(0, end)
  if (segments.length === 0) return undefined
  const endOffset = view.segments[segments.length]!.baseOffset
  const cleanBytes = bytesOf(segments.filter(segment => segment.baseOffset < firstDirtyOffset))
  const dirtyBytes = firstDirtyOffset < endOffset ? bytesOf(dirtySegments(segments, firstDirtyOffset)) : 0
  // A segment that is clean at its beginning only counts as both.
  const totalBytes = cleanBytes + dirtyBytes
  if (totalBytes === 0) return undefined
  const overdueMs = longestOverdue(closed, firstDirtyOffset, config, now)
  const dirtyRatio = dirtyBytes / totalBytes
  const overdue = overdueMs > 0
  const due = (overdue && dirtyBytes > 0) || dirtyRatio > config.minCleanableDirtyRatio
  return { firstDirtyOffset, endOffset, dirtyBytes, dirtyRatio, overdue, due, overdueMs }
}

function bytesOf(segments: readonly CleanableSegment[]): number {
  let bytes = 0
  for (const segment of segments) bytes += segment.sizeInBytes
  return bytes
}

/** What was noted of an earlier log, or of one that was longer, says nothing of this one. */
function firstDirty({ cleanedOffset, logStartOffset, logEndOffset }: CleanableView): number {
  const isOfThisLog =
    cleanedOffset !== undefined && cleanedOffset >= logStartOffset && cleanedOffset <= logEndOffset
  return isOfThisLog ? cleanedOffset : logStartOffset
}

function firstUncleanable(
  { segments, lastStableOffset }: CleanableView,
  closed: readonly CleanableSegment[],
  firstDirtyOffset: number,
  { minCompactionLagMs }: LogConfig,
  now: number,
): number {
  let offset = Math.min(lastStableOffset, segments.at(-1)!.baseOffset)
  if (minCompactionLagMs > 0) {
    const young = dirtySegments(closed, firstDirtyOffset).find(
      segment => segment.largestTimestamp() > now - minCompactionLagMs,
    )
    if (young) offset = Math.min(offset, young.baseOffset)
  }
  return Math.max(offset, firstDirtyOffset)
}

function longestOverdue(
  closed: readonly CleanableSegment[],
  firstDirtyOffset: number,
  { maxCompactionLagMs }: LogConfig,
  now: number,
): number {
  const until = now - maxCompactionLagMs
  // Without a limit no timestamp needs to be looked up.
  if (until < 0) return 0
  let earliest = Number.POSITIVE_INFINITY
  for (const segment of dirtySegments(closed, firstDirtyOffset)) {
    const timestamp = segment.firstTimestamp()
    if (timestamp > 0) earliest = Math.min(earliest, timestamp)
  }
  return Math.max(0, until - earliest)
}

/** From the one that holds `firstDirtyOffset` on. */
function dirtySegments(
  closed: readonly CleanableSegment[],
  firstDirtyOffset: number,
): readonly CleanableSegment[] {
  const first = closed.findLastIndex(segment => segment.baseOffset <= firstDirtyOffset)
  return closed.slice(Math.max(0, first))
}
