// Start-up after a crash, as far as it concerns the directory as a whole: the journals, brought home and removed.
import { findJournals, replayJournals, surveyJournals } from './journal-replay.ts'
import type { PartitionLog } from './partition-log.ts'
import type { Storage } from './storage.ts'

/**
 * Replays the journals among `names` into the partitions that `find` gives (by directory name; the topic id is for one whose own file
 * does not say), makes that durable, and removes them.
 */
export async function recover(
  storage: Storage,
  names: readonly string[],
  clean: boolean,
  find: (name: string, topicId: string) => PartitionLog | undefined,
): Promise<void> {
  const { disk, directory, logger, committer, syncs } = storage
  const journals = findJournals(directory, names)
  const last = journals.at(-1)
  if (!last) return
  committer.journals.startAfter(last.number)
  if (!clean) {
    const findings = surveyJournals(disk, journals)
    const count = replayJournals(
      disk,
      journals,
      findings,
      name => find(name, findings.topicIds.get(name)!),
      message => logger.error(message),
    )
    await committer.drain()
    if (!storage.failure) await committer.journals.drain()
    // What was replayed and taken back, for want of room, stands in these journals alone: they have to stay.
    const failure = storage.failure ?? committer.refusal
    if (failure) throw failure
    if (count > 0) logger.info(`${count} batches were brought back from ${journals.length} journals`)
  }
  for (const { path } of journals) disk.unlink(path)
  if (syncs) await disk.syncDirectory(directory)
}
