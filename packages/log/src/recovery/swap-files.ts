// What a compaction or deletion that a crash cut short has left in a partition's directory (Kafka's `LogLoader`).
import type { Disk } from '../disk/disk.ts'
import { lastOffsetOf } from '../format/batch.ts'
import { epochCheckpointName } from '../format/checkpoint-file.ts'
import {
  cleanedSuffix,
  deletedSuffix,
  parseSegmentFileName,
  type SegmentSuffix,
  segmentFileName,
  segmentSuffixes,
  swapSuffix,
  temporarySuffix,
} from '../format/segment-name.ts'
import { scanBatches } from '../segment/batch-scan.ts'

interface SwapFile {
  readonly name: string
  readonly offset: number
  readonly suffix: SegmentSuffix
}

/**
 * Finishes or undoes it; returns the names that are left. `.deleted` and `.cleaned` files go. `.swap` files take the place of the segments
 * whose offsets they cover, unless a `.cleaned` file says that they were not complete. Nothing is made durable: where `.swap` files may be
 * there and a loss of power come, `settleSwaps` goes before it.
 */
export function settleTemporaryFiles(disk: Disk, directory: string, names: readonly string[]): string[] {
  const kept = new Set(names)
  const { valid, invalid } = sortSwaps(names)
  for (const name of invalid) remove(disk, directory, kept, name)
  for (const name of names) {
    const gone =
      name.endsWith(deletedSuffix) ||
      name.endsWith(cleanedSuffix) ||
      name === `${epochCheckpointName}${temporarySuffix}`
    if (gone) remove(disk, directory, kept, name)
  }
  takeOver(disk, directory, kept, valid)
  for (const swap of valid) if (kept.has(swap.name)) rename(disk, directory, kept, swap)
  return [...kept]
}

/**
 * The same for `.swap` files alone, durably, in an order that every crash in between leaves for the next start to finish or undo: what makes
 * swap files invalid goes after them, and the sign of a swap that is not finished (see `partition/segment-replacement.ts`) after the segments
 * that it has replaced. Rejects with the disk's error.
 */
export async function settleSwaps(disk: Disk, directory: string): Promise<void> {
  const names = disk.readDirectory(directory).map(entry => entry.name)
  const { valid, invalid } = sortSwaps(names)
  if (valid.length === 0 && invalid.length === 0) return
  const kept = new Set(names)
  for (const name of invalid) remove(disk, directory, kept, name)
  takeOver(disk, directory, kept, valid)
  await disk.syncDirectory(directory)
  const left = valid.filter(swap => kept.has(swap.name))
  for (const swap of left) rename(disk, directory, kept, swap)
  if (left.length > 0) await disk.syncDirectory(directory)
}

/** A swap file is invalid where a `.cleaned` file of its offset or a smaller one is there: the crash came before all of them had been renamed. */
function sortSwaps(names: readonly string[]): { valid: SwapFile[]; invalid: string[] } {
  let cleanedFrom = Number.POSITIVE_INFINITY
  for (const name of names) {
    if (!name.endsWith(cleanedSuffix)) continue
    const cleaned = parseSegmentFileName(name.slice(0, -cleanedSuffix.length))
    if (cleaned) cleanedFrom = Math.min(cleanedFrom, cleaned.offset)
  }
  const valid: SwapFile[] = []
  const invalid: string[] = []
  for (const name of names) {
    if (!name.endsWith(swapSuffix)) continue
    const parsed = parseSegmentFileName(name.slice(0, -swapSuffix.length))
    if (parsed && parsed.offset < cleanedFrom) valid.push({ name, ...parsed })
    else invalid.push(name)
  }
  return { valid, invalid }
}

/** Gives the swap files the names of those they replace, but for time indexes, and removes the other segments that they cover. */
function takeOver(disk: Disk, directory: string, kept: Set<string>, swaps: readonly SwapFile[]): void {
  for (const swap of swaps) if (swap.suffix !== segmentSuffixes.timeIndex) rename(disk, directory, kept, swap)
  for (const offset of new Set(swaps.map(swap => swap.offset))) {
    const log = segmentFileName(offset, segmentSuffixes.log)
    if (kept.has(log)) removeCovered(disk, directory, kept, offset, `${directory}/${log}`)
  }
}

function remove(disk: Disk, directory: string, kept: Set<string>, name: string): void {
  disk.unlink(`${directory}/${name}`)
  kept.delete(name)
}

function rename(disk: Disk, directory: string, kept: Set<string>, { name, offset, suffix }: SwapFile): void {
  const final = segmentFileName(offset, suffix)
  disk.rename(`${directory}/${name}`, `${directory}/${final}`)
  kept.delete(name)
  kept.add(final)
}

/** Removes the segments whose offsets this one has taken over: up to the end of its last batch, which is never left out. */
function removeCovered(
  disk: Disk,
  directory: string,
  kept: Set<string>,
  baseOffset: number,
  logPath: string,
): void {
  let nextOffset = baseOffset
  const file = disk.open(logPath, 'read')
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
    if (segment.offset > baseOffset && segment.offset < nextOffset) remove(disk, directory, kept, name)
  }
}
