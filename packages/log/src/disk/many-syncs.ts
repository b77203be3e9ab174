// Syncs of many files: some at a time, so that neither handles nor the system's threads run out.

const atOnceMin = 16
const turnsMax = 64

/**
 * Partitions synced at the same time, of so many: at least a 64th of all. That a sync is done is heard of only when the event loop turns, which
 * takes long while it is busy: to sync them all must not need a turn for each. More at once would let commits wait longer behind them.
 */
export function syncsAtOnce(count: number): number {
  return Math.max(atOnceMin, Math.ceil(count / turnsMax))
}

/** Works on all items, on at most `atOnce` of them at the same time. Rejects with the first error, when nothing is under way any more. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const run = async () => {
    while (next < items.length) await work(items[next++]!)
  }
  const runs = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, run))
  for (const result of runs) if (result.status === 'rejected') throw result.reason
}
