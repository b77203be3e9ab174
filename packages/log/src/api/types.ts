// What goes into a partition's log and what comes out: options and results of its methods.

/** Who appends. Coordinators and replays may write control batches, clients may not. */
export type AppendOrigin = 'client' | 'coordinator'

/**
 * How safe: `written` is in the system's page cache, and outlives the process; `durable` is synced, and outlives a loss of power (with fsync
 * `never` the same as written).
 */
export type CommitLevel = 'written' | 'durable'

export interface AppendOptions {
  /** Default `client`. */
  readonly origin?: AppendOrigin
  /** Leader epoch stamped into the batches. Default: the partition's current one. */
  readonly leaderEpoch?: number
  /**
   * Of a marker: the feature level `transaction.version` of the transaction that it ends. From 2 on (KIP-890) a marker must carry a higher
   * epoch than the data, unless it comes again. Default 0.
   */
  readonly transactionVersion?: number
  /**
   * What lets a transactional batch begin a transaction here: `PartitionLog.startVerification` gave it, and the transaction coordinator has
   * said since that it knows of the transaction. `off`: whoever writes a transactional batch begins one
   * (`transaction.partition.verification.enable=false`). Default: none, and only an open transaction may be written to.
   */
  readonly verification?: TransactionVerification | 'off'
  /**
   * Taken on a full disk, too, out of the reserve if need be: for small batches without which no room can be made. Never through the
   * journal. Default false.
   */
  readonly makesRoom?: boolean
}

/** A transaction that is about to begin in a partition. Counts by being this object. */
export interface TransactionVerification {
  readonly producerId: number
}

/** What becomes of an append after it: it may be taken back as long as it is not written. */
export interface AppendFate {
  /** `takenBack`: its write failed, and the offsets that it was given are another's now or will be. */
  readonly state: 'pending' | 'written' | 'takenBack'
}

export interface AppendInfo {
  /** Offset of the first record; for a duplicate that of the batch that is already there. */
  readonly baseOffset: number
  readonly lastOffset: number
  /** What the produce response says: −1 unless the batch carries LogAppendTime. */
  readonly logAppendTimeMs: number
  readonly logStartOffset: number
  /** The batch is in the log already (same producer, epoch and sequence): nothing was appended. */
  readonly duplicate: boolean
  /** For `PartitionLog.holds`. */
  readonly fate: AppendFate
}

export interface ReadOptions {
  /** Nothing at or beyond this offset is returned. Default and upper bound: the high watermark. */
  readonly upperOffset?: number
  /** Return the first batch whole even if it is larger than `maxBytes` (KIP-74). Default true. */
  readonly minOneBatch?: boolean
  /** Says with the batches which transactions are to be left out of them. Default false. */
  readonly readCommitted?: boolean
}

/** Whole batches. The chunks must not be changed; they are valid until `release` is called, if there is one. */
export interface ReadResult {
  readonly chunks: readonly Buffer[]
  readonly sizeInBytes: number
  /** The offset after the last record returned. When none was the offset asked for, or `upperOffset` where compaction has left nothing in between. */
  readonly nextOffset: number
  /**
   * With `readCommitted`, and where there are batches: the aborted transactions between the offset asked for and `nextOffset`. Asked for later they
   * may not fit the batches any more: compaction takes out both.
   */
  readonly abortedTransactions?: readonly AbortedTransaction[]
  /** Gives pooled memory back. Call it once, when the chunks have been used. */
  readonly release?: () => void
}

/** A record found by time. */
export interface TimestampOffset {
  readonly timestamp: number
  readonly offset: number
  /** −1 when the batch has none. */
  readonly leaderEpoch: number
}

export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
}

/** State of a producer as DescribeProducers shows it. */
export interface ProducerView {
  readonly producerId: number
  readonly producerEpoch: number
  readonly lastSequence: number
  readonly lastTimestamp: number
  readonly coordinatorEpoch: number
  /** First offset of the open transaction, −1 for none. */
  readonly currentTxnStartOffset: number
}

export interface SegmentView {
  readonly baseOffset: number
  readonly sizeInBytes: number
  /** Of its records, in milliseconds of the epoch; when the file was last written if they have none. */
  readonly largestTimestamp: number
}
