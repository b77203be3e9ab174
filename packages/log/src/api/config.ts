// Settings of one partition's log, and the limits of the storage as a whole.

/** Topic settings that storage obeys: Kafka's names in camelCase, Kafka's defaults (`defaultLogConfig`). */
export interface LogConfig {
  /** A segment is closed before it grows over this size. */
  readonly segmentBytes: number
  /** A segment is closed when its first record is older than this. */
  readonly segmentMs: number
  /** Up to this much is taken off `segmentMs`, by chance, so that not all partitions roll together. */
  readonly segmentJitterMs: number
  /** Most bytes of an index file; a full index closes the segment. */
  readonly segmentIndexBytes: number
  /** An index entry is made after this many bytes of batches. */
  readonly indexIntervalBytes: number
  /** Segments whose newest record is older are deleted; −1 keeps them. Only with `cleanupDelete`. */
  readonly retentionMs: number
  /** Oldest segments are deleted while the others still hold this many bytes; −1 keeps them. Only with `cleanupDelete`. */
  readonly retentionBytes: number
  /** `cleanup.policy` contains `delete`. Without it only what lies below the log start offset is deleted. */
  readonly cleanupDelete: boolean
  /** `cleanup.policy` contains `compact`: of records with one key the last one is kept. */
  readonly cleanupCompact: boolean
  /** A log is cleaned when more than this share of it, 0 … 1, has not been cleaned yet. */
  readonly minCleanableDirtyRatio: number
  /** Segments with younger records are not cleaned. */
  readonly minCompactionLagMs: number
  /** A log is cleaned whatever its ratio when a record has waited for so long; the segment it is in is closed by then. */
  readonly maxCompactionLagMs: number
  /** Tombstones and the markers of transactions stay for this long after nothing else is left of what they end. */
  readonly deleteRetentionMs: number
  /** With `fsync: 'never'`: a group that brings a partition to this many records without a sync is synced before it counts as done. */
  readonly flushMessages: number
  /** Deleted files keep their bytes for this long under another name, for readers and for regret. */
  readonly fileDeleteDelayMs: number
}

export const defaultLogConfig: LogConfig = {
  segmentBytes: 1024 ** 3,
  segmentMs: 7 * 24 * 3600_000,
  segmentJitterMs: 0,
  segmentIndexBytes: 10 * 1024 ** 2,
  indexIntervalBytes: 4096,
  retentionMs: 7 * 24 * 3600_000,
  retentionBytes: -1,
  cleanupDelete: true,
  cleanupCompact: false,
  minCleanableDirtyRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.POSITIVE_INFINITY,
  deleteRetentionMs: 24 * 3600_000,
  flushMessages: Number.POSITIVE_INFINITY,
  fileDeleteDelayMs: 60_000,
}

/** Bounds of one `LogManager`: what it may hold in memory and open. */
export interface StorageLimits {
  /**
   * Newest batches of all partitions kept in memory, so that readers at the end cause no disk read. Batches that stand in the
   * journal only are among them. Four times the default makes the process 50 to 80 MB larger and nothing faster: what a reader does not
   * find here is in the system's page cache.
   */
  readonly tailMaxBytes: number
  /** Appended in one tick and not yet written; beyond it `append` writes at once. */
  readonly pendingMaxBytes: number
  /** A journal is retired and a new one begun at this size, or up to four times this size while the one before is being emptied. */
  readonly journalMaxBytes: number
  /** A journal that nothing was added to for this long is retired. */
  readonly journalIdleMs: number
  /** Groups that touch at most this many files are written and synced file by file, others go through the journal. */
  readonly directFilesMax: number
  /** The same where nothing is synced: only the number of writes counts then. */
  readonly directFilesUnsyncedMax: number
  /** Groups with more bytes a file than this are synced file by file too: writing them twice would cost more. */
  readonly journalBytesPerFileMax: number
  /** A partition's recovery point moves on after this many bytes: the most that a start after a crash has to verify of it. */
  readonly recoveryBytesMax: number
  /** Open files of partitions at one time. */
  readonly openFilesMax: number
  /** Index files of closed segments kept in memory. */
  readonly indexCacheMaxBytes: number
  /** Room on the disk that is held back for what makes room when there is none; 0 for no reserve. */
  readonly reserveBytes: number
  /** Producer state without an open transaction is forgotten after this long (`producer.id.expiration.ms`). */
  readonly producerIdExpirationMs: number
}

export const defaultStorageLimits: StorageLimits = {
  tailMaxBytes: 16 * 1024 ** 2,
  pendingMaxBytes: 32 * 1024 ** 2,
  journalMaxBytes: 64 * 1024 ** 2,
  journalIdleMs: 1000,
  directFilesMax: 2,
  directFilesUnsyncedMax: 128,
  journalBytesPerFileMax: 64 * 1024,
  recoveryBytesMax: 32 * 1024 ** 2,
  openFilesMax: 4000,
  indexCacheMaxBytes: 16 * 1024 ** 2,
  reserveBytes: 1024 ** 2,
  producerIdExpirationMs: 24 * 3600_000,
}
