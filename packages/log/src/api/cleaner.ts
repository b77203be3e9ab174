// How logs are compacted, and what has come of it: settings and figures of the cleaner.

/** Settings of the cleaner: Kafka's names (`log.cleaner.…`) and defaults (`defaultCleanerSettings`). They may change while it runs. */
export interface CleanerSettings {
  /**
   * Most memory of the map from keys to offsets, 24 bytes a key; taken while a log is cleaned only, and no more than its offsets can need. What
   * does not fit is cleaned in the next pass.
   */
  readonly dedupeBufferBytes: number
  /** Share of that memory that is filled, 0 … 1: searches take longer in a full map. */
  readonly loadFactor: number
  /** What is read in one piece, and written of it. Three are in memory at a time, and a larger batch takes as much as it needs. */
  readonly ioBufferBytes: number
  /** Most bytes read and written in a second. */
  readonly ioMaxBytesPerSecond: number
  /** Time between two looks at the logs while there is nothing to clean. */
  readonly backoffMs: number
}

export const defaultCleanerSettings: CleanerSettings = {
  dedupeBufferBytes: 128 * 1024 ** 2,
  loadFactor: 0.9,
  ioBufferBytes: 512 * 1024,
  ioMaxBytesPerSecond: Number.POSITIVE_INFINITY,
  backoffMs: 15_000,
}

/** What the cleaner has done since it was started, and how things stand: for metrics. */
export interface CleanerFigures {
  /** Logs that were cleaned to their end. */
  cleanings: number
  /** Bytes read to be cleaned, and written of them. */
  bytesRead: number
  bytesWritten: number
  recordsRead: number
  recordsKept: number
  /** Records without a key, which were dropped. */
  recordsInvalid: number
  /** Milliseconds of the epoch; −1 for never. */
  lastRunAtMs: number
  /** Of the last log that was cleaned, in milliseconds. */
  lastCleaningMs: number
  /** Of that, bytes written in percent of those read. */
  lastRecopyPercent: number
  /** Of that, how full the map of keys was, in percent. */
  lastMapPercent: number
  /** Of the dirtiest log at the last look, in percent. */
  maxDirtyPercent: number
  /** Longest time beyond `max.compaction.lag.ms` that a record waited at the last look, in milliseconds. */
  maxCompactionDelayMs: number
  /** Partitions that are left alone since cleaning them failed, and the bytes in them that could be cleaned. */
  uncleanablePartitions: number
  uncleanableBytes: number
}

export function noCleanings(): CleanerFigures {
  return {
    cleanings: 0,
    bytesRead: 0,
    bytesWritten: 0,
    recordsRead: 0,
    recordsKept: 0,
    recordsInvalid: 0,
    lastRunAtMs: -1,
    lastCleaningMs: 0,
    lastRecopyPercent: 0,
    lastMapPercent: 0,
    maxDirtyPercent: 0,
    maxCompactionDelayMs: 0,
    uncleanablePartitions: 0,
    uncleanableBytes: 0,
  }
}
