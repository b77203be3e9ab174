// Chooses a partition for a record that does not name one: what a partitioner is given, and what it may answer.
import type { RecordHeaderInit } from '@millrace/protocol'

/** The record as a partitioner sees it: serialized. Text stands for its UTF-8 bytes. */
export interface PartitionerInput {
  /** Name of the topic. */
  readonly topic: string
  /** As it is written; null without one. */
  readonly key: string | Uint8Array | null
  /** As it is written; null for a tombstone. */
  readonly value: string | Uint8Array | null
  /** In the record's order, names may repeat. */
  readonly headers: readonly RecordHeaderInit[]
}

/** Returned by a partitioner that leaves the choice to the producer: the partition that batches best. */
export const anyPartition = -1

/**
 * Returns a partition from 0 to `partitionCount − 1`, or {@link anyPartition}. Called for every record: keep it cheap. The input object
 * is used again for the next record.
 */
export type Partitioner = (input: PartitionerInput, partitionCount: number) => number
