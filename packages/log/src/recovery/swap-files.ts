// What a compaction or deletion that a crash cut short has left in a partition's directory (Kafka's `LogLoader`).
import type { Disk } from '../disk/disk.ts'
import { lastOffsetOf } from '../format/batch.ts'
import { epochCheckpointName } from '../format/checkpoint-file.ts'
import {
  cleanedSuffix,
  deletedSuffix,
  parseSegmentFileName,
  segmentSuffixes,
  swapSuffix,
  temporarySuffix,
} from '../format/segment-name.ts'
import { scanBatches } from '../segment/batch-scan.ts'

/**
 * Finishes or undoes it; returns the names that are left. `.deleted` and `.cleaned` files go. `.swap` files take the place of the segments
 * whose offsets they cover, unless a `.cleaned` file says that they were not complete.
 */
export function settleTemporaryFiles(disk: Disk, directory: string, names: readonly string[]): string[] {
  const path = (name: string) => `${directory}/${name}`
  const kept = new Set(names)
  let cleanedFrom = Number.POSITIVE_INFINITY
  for (const name of names) {
    const gone =
      name.endsWith(deletedSuffix) ||
      name.endsWith(cleanedSuffix) ||
      name === `${epochCheckpointName}${temporarySuffix}`
    if (!gone) continue
    if (name.endsWith(cleanedSuffix)) {
      const cleaned = parseSegmentFileName(name.slice(0, -cleanedSuffix.length))
      if (cleaned) cleanedFrom = Math.min(cleanedFrom, cleaned.offset)
    }
    disk.unlink(path(name))
    kept.delete(name)
  }
  const swaps = names.filter(name => name.endsWith(swapSuffix))
  for (const name of swaps) {
    const parsed = parseSegmentFileName(name.slice(0, -swapSuffix.length))
    if (!parsed || parsed.offset >= cleanedFrom) {
      disk.unlink(path(name))
      kept.delete(name)
    } else if (parsed.suffix === segmentSuffixes.log) {
      removeCovered(disk, directory, kept, parsed.offset, path(name))
    }
  }
  for (const name of swaps) {
    if (!kept.delete(name)) continue
    const final = name.slice(0, -swapSuffix.length)
    disk.rename(path(name), path(final))
    kept.add(final)
  }
  return [...kept]
}

/** Removes the segments whose records the swap file has taken over. */
function removeCovered(
  disk: Disk,
  directory: string,
  kept: Set<string>,
  baseOffset: number,
  swapPath: string,
): void {
  let nextOffset = baseOffset + 1
  const file = disk.open(swapPath, 'read')
  try {
    scanBatches(file, 0, file.sizeInBytes(), (buffer, at) => {
      nextOffset = lastOffsetOf(buffer, at) + 1
      return true
    })
  } finally {
    file.close()
  }
  for (const name of kept) {
    const segment = parseSegmentFileName(name)
    if (!segment || segment.suffix === segmentSuffixes.snapshot) continue
    if (segment.offset < baseOffset || segment.offset >= nextOffset) continue
    disk.unlink(`${directory}/${name}`)
    kept.delete(name)
  }
}
