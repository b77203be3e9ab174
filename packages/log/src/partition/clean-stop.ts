// What a clean stop leaves of one partition: indexes, producer snapshot and epochs as of the end of its log.
import { syncAll } from './checkpoint.ts'
import type { LocalLog } from './local-log.ts'

/**
 * Writes it; the epochs are written by `syncClosed`. Everything is filed. Returns whether there is something to be made durable. Throws the
 * disk's error.
 */
export function writeClosed(log: LocalLog): boolean {
  const { segments, snapshots, syncs } = log
  const { active } = segments
  const changed = !syncs.durable || !syncs.nameSynced || log.epochs.changed
  // A partition that nothing was ever appended to needs no files.
  if (segments.count === 1 && active.baseOffset === 0 && active.sizeInBytes === 0 && !active.created)
    return changed
  const made = !active.created
  if (made) active.createFile()
  // The entry that closes a time index may be all that is new.
  active.close()
  for (const segment of segments.all) segment.storeIndexes()
  writeSnapshot(log)
  const indexed = segments.all.some(each => each.indexesWritten !== each.indexesDurable)
  return changed || made || snapshots.changed || indexed
}

function writeSnapshot({ snapshots, producers, offsets: { end } }: LocalLog): void {
  const found = snapshots.offsets()
  // Without any snapshot a clean directory has no producers; with an older one it has to be said that they are gone.
  if (found.at(-1) !== end && (producers.size > 0 || found.length > 0)) snapshots.write(end)
}

/** Leaves the producer snapshots that Kafka would leave. Not before the recovery point is durable at the end of the log: until then a start goes by another. */
export function removeOldSnapshots({ segments, snapshots, offsets: { end } }: LocalLog): void {
  snapshots.remove(at => at !== end && !segments.all.some(segment => segment.baseOffset === at))
}

/** Makes it durable. Rejects with the disk's error. */
export async function syncClosed(log: LocalLog): Promise<void> {
  const { snapshots } = log
  await log.epochs.store()
  await syncAll(
    log,
    snapshots.offsets().map(offset => snapshots.path(offset)),
  )
  snapshots.changed = false
}
