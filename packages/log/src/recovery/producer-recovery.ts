// The producers of a log after a crash, and the transactions that they aborted.
import type { LocalLog } from '../partition/local-log.ts'
import type { CompletedTransaction } from '../producers/producer-states.ts'
import type { Segment } from '../segment/segment.ts'

/** Reads the batches behind the last snapshot that can be believed, for the producers and for the transactions they aborted. */
export function recoverProducers(log: LocalLog, doubtful: readonly Segment[]): void {
  const completed = new Map<number, CompletedTransaction[]>()
  const from = log.snapshots.rebuild(
    log.offsets.end,
    log.recoveryPoint.offset,
    (transaction, segmentBase) => {
      if (!transaction.aborted) return
      const list = completed.get(segmentBase) ?? []
      list.push(transaction)
      completed.set(segmentBase, list)
    },
  )
  for (const segment of log.segments.all) {
    const ended = completed.get(segment.baseOffset)
    if (!ended && !doubtful.includes(segment)) continue
    const before = segment.aborted().filter(entry => entry.lastOffset < from)
    segment.resetAborted()
    for (const entry of before) segment.addAborted(entry)
    for (const transaction of ended ?? []) segment.addAborted(transaction)
  }
}
