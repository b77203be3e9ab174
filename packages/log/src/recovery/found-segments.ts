// The segments that stand in a partition's directory, and which of them no longer belong there.
import { lastOffsetOf } from '../format/batch.ts'
import { parseSegmentFileName, segmentSuffixes } from '../format/segment-name.ts'
import { scanBatches } from '../segment/batch-scan.ts'
import { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import { settleTemporaryFiles } from './swap-files.ts'

/** The segments of a directory in order, after leftovers of a crash are out of the way. */
export function listSegments(storage: Storage, directory: string): Segment[] {
  const { disk } = storage
  const names = settleTemporaryFiles(
    disk,
    directory,
    disk.readDirectory(directory).map(entry => entry.name),
  )
  const parsed = names.flatMap(name => parseSegmentFileName(name) ?? [])
  const bases = new Set(parsed.filter(file => file.suffix === segmentSuffixes.log).map(file => file.offset))
  for (const name of names) {
    const file = parseSegmentFileName(name)
    // An index without its log is of no use; a snapshot stands for itself.
    if (file && file.suffix !== segmentSuffixes.snapshot && !bases.has(file.offset)) {
      disk.unlink(`${directory}/${name}`)
    }
  }
  return [...bases]
    .sort((a, b) => a - b)
    .map(baseOffset => {
      const probe = new Segment(storage, directory, baseOffset, 0)
      const stat = disk.stat(probe.file.path)
      return Segment.existing(
        storage,
        directory,
        baseOffset,
        stat?.sizeInBytes ?? 0,
        stat?.modifiedAtMs ?? storage.clock.now(),
      )
    })
}

/**
 * Takes out segments that lie wholly below the log start and the recovery point: of what retention has taken away a loss of power brings
 * files back one by one. Between the two they are still read for the state of the producers.
 */
export function dropDeleted(storage: Storage, segments: Segment[], below: number): void {
  const kept = segments.findLastIndex(segment => segment.baseOffset <= below)
  for (const segment of segments.splice(0, Math.max(kept, 0))) removeSegment(storage, segment)
}

/**
 * Takes out what ends in front of both the log start and the recovery point. What stood there was durable once: it has been deleted, a
 * loss of power has brought a part of it back, and the batches that follow may be in a journal only.
 */
export function dropOverrun(storage: Storage, segments: Segment[], below: number): void {
  const last = segments.at(-1)
  if (!last || last.nextOffset >= below) return
  for (const segment of segments.splice(0)) removeSegment(storage, segment)
}

/**
 * Takes out a lone segment without records behind the log start (`known`, 0 for none). Of segments that a loss of power took
 * before anything of theirs was acknowledged its name alone is left: the log goes on where it is known to have been, with what a snapshot there says of producers.
 */
export function dropName(storage: Storage, segments: Segment[], known: number): void {
  const [only] = segments
  if (known === 0 || segments.length !== 1 || only!.sizeInBytes > 0 || only!.baseOffset <= known) return
  removeSegment(storage, segments.pop()!)
}

/**
 * Takes out all segments of a directory that does not say which topic it is of, where only a journal does. Its identity is durable before
 * anything else of it counts without the journal; so what stands there may be of an older topic of that name, whose deletion a loss of power
 * has undone, and what is this topic's the journal has from the first batch on.
 */
export function dropNameless(storage: Storage, segments: Segment[], name: string): void {
  if (segments.length === 0) return
  storage.logger.warn(`${name} does not say which topic it is of: what a journal has of it counts alone`)
  for (const segment of segments.splice(0)) removeSegment(storage, segment)
}

/** Finds the end offset of the last segment. False when its end is not what a clean stop leaves. */
export function measureLast(storage: Storage, segments: readonly Segment[]): boolean {
  const last = segments.at(-1)
  if (!last || last.sizeInBytes === 0) return true
  const from = last.indexes().offsets.lastPosition()
  const end = scanBatches(storage.files.use(last.file), from, last.sizeInBytes, (buffer, at, size) => {
    last.nextOffset = lastOffsetOf(buffer, at) + 1
    last.bytesSinceIndexEntry += size
    return true
  })
  if (end.fault === undefined) return true
  storage.logger.warn(`${last.file.path} was closed cleanly and ends with ${end.fault}: it is verified`)
  return false
}

/** Removes the files of a segment, snapshots too. */
export function removeSegment(storage: Storage, segment: Segment): void {
  storage.files.release(segment.file)
  for (const suffix of Object.values(segmentSuffixes)) storage.disk.unlink(segment.path(suffix))
}

/** Whether a partition's directory holds records. */
export function holdsRecords(storage: Storage, name: string): boolean {
  const directory = `${storage.directory}/${name}`
  return storage.disk
    .readDirectory(directory)
    .some(
      entry =>
        entry.name.endsWith(segmentSuffixes.log) &&
        (storage.disk.stat(`${directory}/${entry.name}`)?.sizeInBytes ?? 0) > 0,
    )
}
