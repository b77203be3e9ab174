// Start-up after a crash, as far as it concerns the directory as a whole: the journals, read and taken over.
import { messageOf } from '../api/errors.ts'
import { syncFile } from '../disk/sync-file.ts'
import {
  findJournals,
  type FoundJournal,
  type JournaledBatches,
  replayJournal,
  surveyJournals,
} from '../journal/journal-replay.ts'
import type { Journals, RetiredJournal } from '../journal/journals.ts'
import { moveRecoveryPoint } from '../partition/checkpoint.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { Journaled } from './partition-loader.ts'

const noBatches: JournaledBatches = { endOffset: 0, deleted: undefined }

/** The partitions of the directory, by the names of theirs. */
export interface RecoveryPartitions {
  /** Undefined when there is none. */
  find(name: string, journaled: Journaled): LocalLog | undefined
  /** Finishes a deletion, unless it is another topic's by now. */
  remove(name: string, topicId: string): void
}

/**
 * Reads the journals among `names` into the partitions. What the partitions lacked is then in memory, as it was before the crash, and on its way into their files; the journals
 * are removed when it is there.
 */
export async function recover(
  storage: Storage,
  journals: Journals,
  names: readonly string[],
  partitions: RecoveryPartitions,
): Promise<void> {
  const { disk, directory, logger } = storage
  const found = findJournals(directory, names)
  const last = found.at(-1)
  if (!last) return
  const findings = surveyJournals(storage, found)
  for (const [name, topicId] of findings.deleted) partitions.remove(name, topicId)
  const replayed = new Set<LocalLog>()
  const adopted: RetiredJournal[] = []
  let count = 0
  for (const journal of found) {
    const logs = new Set<LocalLog>()
    count += replayJournal(disk, journal, findings, {
      find: name => {
        const log = partitions.find(name, {
          topicId: findings.topicIds.get(name)!,
          ...(findings.batches.get(name) ?? noBatches),
        })
        if (log) logs.add(log)
        return log
      },
      warn: message => logger.error(message),
      onReplayed: () => journals.filing.trim(),
    })
    for (const log of logs) replayed.add(log)
    adopted.push(adopt(storage, journal.path, [...logs]))
  }
  // A process that was killed may have left them to the system to write; what readers see next must not be lost any more.
  if (storage.syncs) await syncJournals(storage, found)
  for (const log of replayed) log.offsets.showAll()
  for (const log of replayed) await keepProducers(log)
  journals.adopt(adopted, last.number)
  logger.info(`${count} batches were brought back from ${found.length} journals`)
}

/** Before the journal goes that alone tells of some of them. On a full disk that is tried once more then. */
async function keepProducers(log: LocalLog): Promise<void> {
  const { snapshots, storage, name } = log
  if (!snapshots.deleted || log.closed) return
  try {
    await moveRecoveryPoint(log)
  } catch (error) {
    storage.logger.warn(
      `the producers of ${name} whose batches were deleted are not stored: ${messageOf(error)}`,
    )
  }
}

async function syncJournals(storage: Storage, journals: readonly FoundJournal[]): Promise<void> {
  for (const { path } of journals) await syncFile(storage.disk, path)
  await storage.disk.syncDirectory(storage.directory)
}

function adopt(storage: Storage, path: string, logs: readonly LocalLog[]): RetiredJournal {
  return {
    logs,
    ends: logs.map(log => log.offsets.end),
    async remove() {
      for (const log of logs) await keepProducers(log)
      // A restart reads it again.
      if (!storage.failure) storage.disk.unlink(path)
    },
    close() {},
  }
}
