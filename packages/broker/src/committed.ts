// Waits for one batch where a commit is shared by all that was appended in a turn.
import type { LogManager, PartitionLog } from '@millrace/log'
import type { Clock } from '@millrace/runtime'

/**
 * Resolves when the batch that ends at `lastOffset` is durable; rejects when it is out of the log. A commit may fail for another partition's
 * sake while this batch is written: what is in the log and was called a failure would be done a second time.
 */
export async function committed(
  { logs, clock }: { readonly logs: LogManager; readonly clock: Clock },
  log: PartitionLog,
  lastOffset: number,
): Promise<void> {
  for (;;) {
    let failure: unknown
    try {
      await logs.commit('durable')
    } catch (error) {
      failure = error
    }
    if (log.highWatermark > lastOffset) return
    if (failure === undefined) throw new Error('what was appended was taken back')
    if (log.logEndOffset <= lastOffset || logs.failure) throw failure
    await new Promise<void>(resolve => clock.defer(resolve))
  }
}
