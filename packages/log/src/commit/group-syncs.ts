// The syncs that make commit groups durable: one a file or directory. What was refused for want of room is made durable as well: were the
// bytes that were cut off there again after a loss of power, a batch would come back of which everybody was told that it is not written.
import { forEachAtOnce, syncsAtOnce } from '../disk/many-syncs.ts'
import type { Journal } from '../journal/journal.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { CommitGroup } from './commit-group.ts'

/** Begins them. Those of a partition that is deleted meanwhile do not count. */
export function startSyncs(storage: Storage, groups: readonly CommitGroup[]): Promise<void>[] {
  const journals = new Set<Journal>()
  const direct = new Set<LocalLog>()
  const cut = new Set<LocalLog>()
  const unnamed = new Set<LocalLog>()
  for (const { logs, ends, journal, cutJournal, flushing } of groups) {
    if (journal) journals.add(journal)
    if (cutJournal) journals.add(cutJournal)
    for (let index = 0; index < logs.length; index++) {
      const log = logs[index]!
      if (log.closed || flushing?.has(log) === false) continue
      if (ends[index]! < 0) {
        cut.add(log)
        continue
      }
      if (!journal) direct.add(log)
      if (!log.syncs.nameSynced) unnamed.add(log)
    }
  }
  const syncs: Promise<void>[] = []
  for (const journal of journals) syncs.push(journal.sync())
  if (direct.size > 0) syncs.push(syncFiles([...direct], log => log.syncs.start()))
  const cutOnly = [...cut].filter(log => !direct.has(log) && log.syncs.hasCut)
  if (cutOnly.length > 0) syncs.push(syncFiles(cutOnly, log => log.syncs.startCut()))
  if (unnamed.size > 0) syncs.push(syncDirectoryNames(storage, unnamed))
  return syncs
}

function syncFiles(logs: readonly LocalLog[], start: (log: LocalLog) => Promise<void>[]): Promise<void> {
  return forEachAtOnce(logs, syncsAtOnce(logs.length), async log => {
    if (log.closed) return
    try {
      await Promise.all(start(log))
    } catch (error) {
      // A partition that was deleted meanwhile took its directory away under the sync, and has nothing left to lose.
      if (!log.closed) throw error
    }
  })
}

async function syncDirectoryNames(storage: Storage, logs: ReadonlySet<LocalLog>): Promise<void> {
  await storage.syncRoot()
  for (const log of logs) log.syncs.nameSynced = true
}
