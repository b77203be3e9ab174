// Moves the recovery point of a log: to its end, or to where it is about to begin.
import { syncFile } from '../disk/sync-file.ts'
import type { LocalLog } from './local-log.ts'

/**
 * Moves the recovery point to the end of the log: everything below becomes durable with its indexes and the producer state, so that
 * a start after a crash verifies only what came later. Rejects with KAFKA_STORAGE_ERROR or the disk's error.
 */
export async function moveRecoveryPoint(log: LocalLog): Promise<void> {
  const { recoveryPoint, segments, offsets } = log
  if (recoveryPoint.moving) return
  recoveryPoint.begin(log.writer.writtenBytes)
  try {
    // The producer state includes what is pending: it has to be in the files too.
    log.commits.writeNow()
    log.file()
    const point = offsets.end
    const snapshot = log.snapshots.write(point)
    for (const segment of segments.all) if (!segment.indexesStored) segment.storeIndexes()
    await log.epochs.store()
    await syncAll(log, [snapshot])
    if (log.closed || offsets.end < point || recoveryPoint.offset >= point) return
    await recoveryPoint.set(point)
    log.snapshots.deleted = undefined
  } finally {
    recoveryPoint.moving = false
  }
}

/**
 * Moves the recovery point up to where the log is about to begin, so that what is known there of the producers outlives the batches that say
 * it. That is all that is synced: everything in front of `offset` is going. Rejects with KAFKA_STORAGE_ERROR or the disk's error.
 */
export async function keepProducers(log: LocalLog, offset: number): Promise<void> {
  const { disk } = log.storage
  await syncFile(disk, log.snapshots.writePast(offset))
  await disk.syncDirectory(log.directory)
  if (log.closed || log.recoveryPoint.offset >= offset) return
  await log.recoveryPoint.set(offset)
}

/** Makes the log durable, then its indexes and these files beside it, then the names of them. */
export async function syncAll(log: LocalLog, paths: readonly string[]): Promise<void> {
  const { disk } = log.storage
  const written = log.segments.all
    .filter(segment => segment.indexesWritten !== segment.indexesDurable)
    .map(segment => [segment, segment.indexesWritten] as const)
  await log.syncs.sync()
  for (const path of [...paths, ...written.flatMap(([segment]) => segment.indexPaths())]) {
    if (disk.stat(path)) await syncFile(disk, path)
  }
  await disk.syncDirectory(log.directory)
  for (const [segment, version] of written) segment.indexesDurable = version
}
