// What a coordinator must say so that its state can live in the partitions of an internal topic.
import type { BatchHeader } from '@millrace/protocol'

/** The state that belongs to one partition, in memory. */
export interface Shard {
  /** The partition. */
  readonly index: number
}

/** Takes the records of one partition, from its first to its last, and makes the shard of them. */
export interface ShardLoader<S extends Shard> {
  /**
   * One record. `key` and `value` are views that end with the call. Says false for a record that it does not know: it stays in the
   * log as it is.
   */
  record(key: Buffer, value: Buffer | null, batch: BatchHeader, offset: number): boolean
  /** The end of a producer's transaction in this partition, at `offset`. */
  marker(producerId: number, committed: boolean, offset: number): void
  /** There are no more records. */
  finish(): S
}

/** One kind of coordinator: groups, transactions, share-group state. */
export interface ShardKind<S extends Shard> {
  /** The internal topic, which `internalTopicLayout` must know. */
  readonly topic: string
  /** Begins with an empty partition. */
  load(index: number): ShardLoader<S>
  /** The shard is in service: its deadlines begin. Called before anybody gets it. */
  loaded(shard: S): void
  /** The topic is gone, or the broker closes: who waits is sent away, and deadlines end. Nothing is written for the shard any more. */
  unloaded(shard: S): void
}

/** What is seen in memory of a write. */
export interface Change {
  /** The records have their place in the log. Followed by exactly one `settle`. */
  begin(): void
  /**
   * They are durable and count from now on, or writing has failed (they may be in the log all the same). The first of them has
   * `baseOffset`, -1 where it has failed.
   */
  settle(durable: boolean, baseOffset: number): void
}
