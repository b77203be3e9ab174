// Signals of the process: the first one is a wish, the second one an order.

/** Has `onFirst` called at the first of these signals; the same signal again ends the process as if nobody listened. Returns what stops listening. */
export function onProcessSignals(signals: readonly NodeJS.Signals[], onFirst: () => void): () => void {
  const listener = () => {
    unlisten()
    onFirst()
  }
  const unlisten = () => {
    for (const signal of signals) process.off(signal, listener)
  }
  for (const signal of signals) process.on(signal, listener)
  return unlisten
}
