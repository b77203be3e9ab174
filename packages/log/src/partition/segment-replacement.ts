// Puts a cleaned segment in the place of those it was made from, so that a crash at any point leaves the old ones or the new one (Kafka's `LocalLog.replaceSegments`).
import { cleanedSuffix, type SegmentSuffix, segmentSuffixes, swapSuffix } from '../format/segment-name.ts'
import type { Segment } from '../segment/segment.ts'
import type { LocalLog } from './local-log.ts'
import { renameDeleted, renameReplaced } from './segment-removal.ts'

/*
 * Names, each step durable before the next one begins:
 *
 *   1  .log.cleaned .index.cleaned …   written and synced: a crash removes them
 *   2  .log.swap .index.swap …         one .cleaned among them: a crash removes them; else it goes on from here
 *   3  .log .index … .timeindex.swap   the old ones are .deleted; as long as the .timeindex.swap is there, a crash removes what has come back of those
 *   4  .log .index .timeindex
 *
 * The .txnindex is among them wherever an old segment has one: a name that was left out would keep what the old one says.
 * What the new segment reaches up to is known by its last batch alone, so that one is never left out.
 */

export interface Replacement {
  /** Its files have names that end in `.cleaned`, and are durable under them. */
  readonly segment: Segment
  readonly suffixes: readonly SegmentSuffix[]
  /** Neighbours, closed and durable; the first one has the same base offset. */
  readonly old: readonly Segment[]
}

/**
 * Returns the paths of the renamed old files, to be removed later; undefined when the segments have changed or gone meanwhile, and nothing was
 * done. Rejects with the disk's error, and then nothing was done either, or with KAFKA_STORAGE_ERROR: the storage has failed.
 */
export function replaceSegments(log: LocalLog, replacement: Replacement): Promise<string[] | undefined> {
  return log.segmentTurns.take(async () => {
    if (!stillThere(log, replacement.old)) return undefined
    await nameSwap(log, replacement)
    // Appends that began the next segment and are not written yet may be taken back, and the log then goes on in one of these.
    log.commits.writeNow()
    if (!stillThere(log, replacement.old)) {
      await dropReplacement(log, replacement)
      return undefined
    }
    const paths = exchange(log, replacement)
    await finish(log, replacement.segment)
    return paths
  })
}

function stillThere(log: LocalLog, old: readonly Segment[]): boolean {
  return !log.closed && old.every(segment => log.segments.has(segment) && segment !== log.segments.active)
}

async function nameSwap(log: LocalLog, replacement: Replacement): Promise<void> {
  const { disk } = log.storage
  const { segment, suffixes } = replacement
  try {
    for (const suffix of suffixes) {
      const path = segment.path(suffix)
      disk.rename(`${path}${cleanedSuffix}`, `${path}${swapSuffix}`)
    }
  } catch (error) {
    await dropReplacement(log, replacement)
    throw error
  }
  await disk.syncDirectory(log.directory)
}

/** Removes the files of a segment that is not to be swapped in. Rejects with the disk's error. */
export async function dropReplacement(
  log: LocalLog,
  { segment, suffixes }: Omit<Replacement, 'old'>,
): Promise<void> {
  const { disk } = log.storage
  if (log.closed) return
  const paths = suffixes.map(suffix => segment.path(suffix))
  const swaps = paths.filter(path => disk.stat(`${path}${swapSuffix}`))
  for (const path of swaps) disk.unlink(`${path}${swapSuffix}`)
  // None of these may be found alone: it would be taken for a swap that is whole.
  if (swaps.length > 0) await disk.syncDirectory(log.directory)
  for (const path of paths) disk.unlink(`${path}${cleanedSuffix}`)
}

/** The log goes on with the new segment, at once: nobody reads in between. */
function exchange(log: LocalLog, { segment, suffixes, old }: Replacement): string[] {
  const { disk } = log.storage
  const paths: string[] = []
  try {
    for (const gone of old) {
      // The snapshot at the beginning of the first one is that of the new one.
      if (gone.baseOffset === segment.baseOffset) paths.push(...renameReplaced(log, gone))
      else paths.push(...renameDeleted(log, gone))
    }
    for (const suffix of suffixes) {
      const path = segment.path(suffix)
      if (suffix !== segmentSuffixes.timeIndex) disk.rename(`${path}${swapSuffix}`, path)
    }
  } catch (error) {
    throw log.storage.fail(`putting ${segment.file.path} in its place`, error)
  }
  segment.complete()
  log.segments.replace(old, segment)
  // What is in memory is as it was, and the list of aborted transactions no longer fits it.
  log.tail.dropFiled(segment.nextOffset)
  log.cursors.clear()
  return paths
}

async function finish(log: LocalLog, segment: Segment): Promise<void> {
  const { disk } = log.storage
  const times = segment.path(segmentSuffixes.timeIndex)
  await disk.syncDirectory(log.directory)
  if (log.closed) return
  disk.rename(`${times}${swapSuffix}`, times)
  await disk.syncDirectory(log.directory)
  if (!log.closed) segment.settleIndexes()
}
