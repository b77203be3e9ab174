// What transactions make of the batches of one partition, by the simplest means: a walk over all of them.
import type { ModelBatch } from './partition-model.ts'

interface EndedTransaction {
  readonly producerId: number
  readonly firstOffset: number
  /** Of the marker. */
  readonly lastOffset: number
  readonly committed: boolean
}

export interface Transactions {
  /** First offset of the open transaction, by producer. */
  readonly open: ReadonlyMap<number, number>
  /** In the order of their markers. */
  readonly ended: readonly EndedTransaction[]
}

export function transactionsOf(batches: readonly ModelBatch[]): Transactions {
  const open = new Map<number, number>()
  const ended: EndedTransaction[] = []
  for (const { producerId, baseOffset, transactional, marker } of batches) {
    const firstOffset = open.get(producerId)
    if (marker) {
      open.delete(producerId)
      if (firstOffset === undefined) continue
      ended.push({ producerId, firstOffset, lastOffset: baseOffset, committed: marker.committed })
    } else if (transactional && firstOffset === undefined) open.set(producerId, baseOffset)
  }
  return { open, ended }
}

/** Up to where readers of committed data may read: to the first transaction that is open, or whose marker is not visible yet. */
export function lastStableOffset(
  { open, ended }: Transactions,
  logStartOffset: number,
  highWatermark: number,
): number {
  let first = highWatermark
  for (const firstOffset of open.values()) first = Math.min(first, firstOffset)
  for (const { firstOffset, lastOffset } of ended) {
    if (lastOffset >= highWatermark) first = Math.min(first, firstOffset)
  }
  return Math.max(first, logStartOffset)
}

/** What a reader of `[fromOffset, upperOffset)` has to be told, as text. */
export function abortedIn({ ended }: Transactions, fromOffset: number, upperOffset: number): string[] {
  return ended
    .filter(
      ({ committed, firstOffset, lastOffset }) =>
        !committed && lastOffset >= fromOffset && firstOffset < upperOffset,
    )
    .map(({ producerId, firstOffset }) => `${producerId} from ${firstOffset}`)
}

/** What became of the batch: undefined for one whose transaction is open. */
export function isCommitted({ ended }: Transactions, batch: ModelBatch): boolean | undefined {
  if (!batch.transactional) return true
  const { producerId, baseOffset } = batch
  return ended.find(
    transaction =>
      transaction.producerId === producerId &&
      transaction.firstOffset <= baseOffset &&
      transaction.lastOffset >= baseOffset,
  )?.committed
}
