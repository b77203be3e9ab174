// Waits for one batch where a commit is shared by all that was appended in a turn.
import type { AppendInfo, CommitLevel, LogManager, PartitionLog } from '@millrace/log'
import type { Clock } from '@millrace/runtime'

/**
 * Resolves when what was appended is as safe as `level` asks for; rejects when it is out of the log. A commit may fail for another partition's
 * sake while this batch is written: what is in the log and was called a failure would be done a second time.
 */
export async function committed(
  { logs, clock }: { readonly logs: LogManager; readonly clock: Clock },
  log: PartitionLog,
  appended: Pick<AppendInfo, 'fate' | 'lastOffset'>,
  level: CommitLevel = 'durable',
): Promise<void> {
  for (;;) {
    let failure: unknown
    try {
      await logs.commit(level)
    } catch (error) {
      failure = error
    }
    if (log.holds(appended, level)) return
    if (failure === undefined) throw new Error('what was appended was taken back')
    if (appended.fate.state === 'takenBack' || logs.failure) throw failure
    await new Promise<void>(resolve => clock.defer(resolve))
  }
}
