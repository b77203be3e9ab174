// The start of a data directory: what stands in it is found, and after a crash made whole.
import { mayBeTriedAgain } from '../disk/disk-errors.ts'
import { forEachAtOnce, syncsAtOnce } from '../disk/many-syncs.ts'
import { cleanShutdownName } from '../format/meta-properties.ts'
import { partitionDirectoryName } from '../format/segment-name.ts'
import type { Journals } from '../journal/journals.ts'
import { endRecovery } from '../partition/replay.ts'
import { settleSwaps } from '../recovery/swap-files.ts'
import { recover } from '../recovery/journal-recovery.ts'
import { isLeftover } from '../storage/checkpoints.ts'
import type { Storage } from '../storage/storage.ts'
import type { PartitionDirectories } from './partition-directories.ts'

/** Finds the partitions, and after a crash recovers all of them. Rejects with DirectoryFormatError or the disk's error. */
export async function startDirectory(
  storage: Storage,
  journals: Journals,
  partitions: PartitionDirectories,
): Promise<void> {
  const { disk, directory, checkpoints } = storage
  const { table } = partitions
  const entries = disk.readDirectory(directory)
  const names = entries.map(entry => entry.name)
  for (const { name, directory: isDirectory } of entries) {
    if (isDirectory) partitions.discover(name)
    else if (isLeftover(name)) disk.unlink(`${directory}/${name}`)
  }
  checkpoints.keepOnly(name => table.named(name) !== undefined)
  partitions.clean = names.includes(cleanShutdownName)
  if (partitions.clean) {
    disk.unlink(`${directory}/${cleanShutdownName}`)
    // A crash from here on must be seen as one, a loss of power where nothing is synced too.
    await disk.syncDirectory(directory)
  }
  if (!partitions.clean) await settleReplacements(storage, partitions)
  await recover(storage, journals, names, {
    find: (name, journaled) => {
      const slot = table.named(name)
      return slot && partitions.load(slot, journaled).local
    },
    remove: (name, topicId) => partitions.finishDeletion(name, topicId),
  })
  if (!partitions.clean) await recoverAll(storage, partitions)
}

/** Finishes or undoes what compaction was about to put in place of other segments, before anybody looks at those. */
async function settleReplacements(
  { disk, directory, clock }: Storage,
  { table }: PartitionDirectories,
): Promise<void> {
  await table.each(clock, ({ topic, partition }) =>
    settleSwaps(disk, `${directory}/${partitionDirectoryName(topic, partition)}`),
  )
}

/** Loads every partition, which recovers it, and makes durable what recovery believed. */
async function recoverAll(storage: Storage, partitions: PartitionDirectories): Promise<void> {
  const { table } = partitions
  await table.each(storage.clock, slot => {
    if (!slot.loaded && !partitions.setAsideNameless(slot)) partitions.load(slot)
  })
  for (const log of table.loaded()) endRecovery(log)
  if (!storage.syncs) return
  // Names only: that deleted partitions are out of the checkpoints is written when it matters, since a full disk is to be read too.
  await storage.disk.syncDirectory(storage.directory)
  const logs = table.loaded().filter(log => log.syncs.hasUnsynced)
  await forEachAtOnce(logs, syncsAtOnce(logs.length), async log => {
    try {
      await log.syncs.sync()
    } catch (error) {
      // Who the partition is cannot be written down: the journal that says so stays until it can.
      if (!mayBeTriedAgain(error)) throw error
    }
  })
}
