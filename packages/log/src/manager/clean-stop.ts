// The clean stop of a data directory: everything in Kafka's layout, durable, and then the mark that says so.
import { forEachAtOnce, syncsAtOnce } from '../disk/many-syncs.ts'
import { removeOldSnapshots, syncClosed, writeClosed } from '../partition/clean-stop.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import { markClean } from './directory-identity.ts'
import type { PartitionTable } from './partition-table.ts'

/** Everything is written and synced, and no journal is left. Rejects with the disk's error; then there is no mark. */
export async function stopCleanly(storage: Storage, table: PartitionTable): Promise<void> {
  const { disk, directory, checkpoints, clock } = storage
  const changed: LocalLog[] = []
  await table.each(clock, ({ loaded }) => {
    if (!loaded) return
    const log = loaded.local
    log.file()
    if (writeClosed(log)) changed.push(log)
    checkpoints.noteLogStart(log.name, log.offsets.start)
    checkpoints.note(log.name, log.offsets.end, log.offsets.highWatermark)
  })
  // What the mark vouches for is believed unseen: it is durable before the mark is made, with `never` too.
  await forEachAtOnce(changed, syncsAtOnce(changed.length), log => syncClosed(log))
  await checkpoints.storeAll()
  await table.each(clock, ({ loaded }) => {
    if (loaded) removeOldSnapshots(loaded.local)
  })
  await markClean(disk, directory, storage.syncs)
}
