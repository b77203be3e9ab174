// Which segments are cleaned into one (Kafka's `Cleaner.groupSegmentsBySize`).
import { relativeOffsetMax } from '../segment/offset-index.ts'

/** What of a segment decides. Sizes in bytes, those of the indexes as their files are. */
export interface GroupedSegment {
  readonly baseOffset: number
  readonly sizeInBytes: number
  readonly offsetIndexBytes: number
  readonly timeIndexBytes: number
}

export interface GroupBounds {
  readonly segmentBytes: number
  readonly segmentIndexBytes: number
  /** Where the segment behind the last one begins. */
  readonly endOffset: number
}

/**
 * Groups neighbours, so that cleaning again and again does not leave many small segments. A group's segments together are within the
 * bounds of one, whatever cleaning makes of them; one that is beyond them by itself stays alone.
 */
export function groupSegments<Item extends GroupedSegment>(
  segments: readonly Item[],
  { segmentBytes, segmentIndexBytes, endOffset }: GroupBounds,
): Item[][] {
  const groups: Item[][] = []
  let sums = { log: 0, offsets: 0, times: 0 }
  segments.forEach((segment, index) => {
    const group = groups.at(-1)
    const log = sums.log + segment.sizeInBytes
    const offsets = sums.offsets + segment.offsetIndexBytes
    const times = sums.times + segment.timeIndexBytes
    const nextBase = segments[index + 1]?.baseOffset ?? endOffset
    const fits =
      group !== undefined &&
      log <= segmentBytes &&
      offsets <= segmentIndexBytes &&
      times <= segmentIndexBytes &&
      // An empty segment holds no offset that would have to be told.
      (segment.sizeInBytes === 0 || nextBase - 1 - group[0]!.baseOffset <= relativeOffsetMax)
    if (fits) {
      group.push(segment)
      sums = { log, offsets, times }
    } else {
      groups.push([segment])
      sums = {
        log: segment.sizeInBytes,
        offsets: segment.offsetIndexBytes,
        times: segment.timeIndexBytes,
      }
    }
  })
  return groups
}
