// What the memory test tells the process under load.
import type { Budgets } from './budget.ts'

export const recordBytes = 1_024
/** Partitions of each topic; those that are read have a mebibyte of the prefetch each, as with the default of `partitionFetchMaxBytes`. */
export const partitions = { live: 4, backlog: 64, compressed: 16 } as const
/** What each consumer's handler takes: far less than it could fetch. */
export const slowRecordsPerSecond = 500

export interface LoadOptions {
  readonly brokers: readonly string[]
  /** Client id of the producer, which has a quota. */
  readonly producerId: string
  readonly topics: {
    /** Is written to. */
    readonly live: string
    /** Has more records than its reader comes to, as they are. */
    readonly backlog: string
    /** The same, compressed. */
    readonly compressed: string
  }
  readonly budgets: Budgets
}
