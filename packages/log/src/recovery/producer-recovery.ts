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
  // Each kill leaves the snapshot of the recovery point of then, which the next recovery point would have removed.
  const beginnings = new Set(log.segments.all.map(segment => segment.baseOffset))
  log.snapshots.remove(at => at !== from && !beginnings.has(at))
  for (const segment of log.segments.all) {
    const ended = completed.get(segment.baseOffset)
    if (!ended && !doubtful.includes(segment)) continue
    // What ended below the snapshot was durable before it was believed, and its entries are never written again.
    segment.cutAborted(from)
    for (const transaction of ended ?? []) segment.addAborted(transaction)
  }
}
