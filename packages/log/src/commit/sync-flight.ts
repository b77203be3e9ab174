// A sync under way, and what may be synced beside it.
import type { Journal } from '../journal/journal.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { CommitGroup } from './commit-group.ts'

/** Groups that one sync makes durable. */
export interface Flight {
  readonly groups: readonly CommitGroup[]
  /** Batches in them: who is answered by it is likely to send more at once. */
  readonly count: number
}

/**
 * Whether groups are synced by other files than those of a sync under way. Only then may they be synced beside it: of two syncs of one file the
 * system tells one alone that data was lost, and it may be the other one's.
 */
export function isApart(groups: readonly CommitGroup[], flight: Flight): boolean {
  return !groups.some(group =>
    flight.groups.some(
      other =>
        syncedJournals(group).some(journal => syncedJournals(other).includes(journal)) ||
        group.logs.some(log => other.logs.includes(log)),
    ),
  )
}

function syncedJournals({ journal, cutJournal }: CommitGroup): readonly Journal[] {
  return [journal, cutJournal].filter(each => each !== undefined)
}

/**
 * Whether a small group had better be synced beside a sync under way than wait for it: the record of one partition beside that of another, such
 * as an offset commit beside the records that come after it. Where more partitions are written to, they share syncs.
 */
export function isBeside(group: CommitGroup, flight: Flight): boolean {
  const log = onlyLog([group])
  const other = onlyLog(flight.groups)
  return log !== undefined && other !== undefined && log !== other && log.syncs.nameSynced
}

function onlyLog(groups: readonly CommitGroup[]): LocalLog | undefined {
  const log = groups[0]?.logs[0]
  return groups.every(({ logs }) => logs.length === 1 && logs[0] === log) ? log : undefined
}
