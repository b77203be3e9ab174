// What the calls of a Consumer take and return beside records: partitions with offsets, and how long to wait.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { StartingPoint } from './partition-state.ts'

/** A partition to read, and where to start: an offset, an end of the log, a time, or where the group left off (the default). */
export interface PartitionStart extends TopicPartition {
  readonly offset?: number | StartingPoint
}

/** A partition with an offset in it. */
export interface PartitionOffset extends TopicPartition {
  /** From 0 on; −1 where a look-up found none. */
  readonly offset: number
}

/** What ends a wait before its time. */
export interface LoopOptions {
  /** Ends the loop after the item in hand, or the wait at once: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** How patient closing is. */
export interface CloseOptions {
  /** How long to wait for handlers and hooks, in ms. Default 30,000. Brokers that say nothing are waited for at most 5,000 besides. */
  readonly timeoutMs?: number
}
