// What a reader sees of transactions, as requests say it.

/** Kafka's `IsolationLevel`. */
const isolationLevels = { READ_UNCOMMITTED: 0, READ_COMMITTED: 1 } as const

/**
 * Whether only committed data is to be read; undefined for a level that means nothing: who might not want uncommitted data must not get it for a
 * typing error.
 */
export function isReadCommitted(isolationLevel: number): boolean | undefined {
  switch (isolationLevel) {
    case isolationLevels.READ_UNCOMMITTED:
      return false
    case isolationLevels.READ_COMMITTED:
      return true
    default:
      return undefined
  }
}
