// Where what comes of records is written down: outputs, parked records, dead letters, and how far a group has come.
import type { Tracked } from '../concurrency/completion-tracker.ts'
import type { Output } from '../handling/context.ts'
import type { InContext } from '../handling/in-context.ts'
import type { PartitionWork } from './partition-work.ts'

export interface Ledger {
  /** Ends what a member of the same name has left open when it died, until the signal aborts; undefined where there can be nothing of the kind. Does not reject: what cannot be ended is told. */
  open(signal: AbortSignal): Promise<void> | undefined
  /**
   * Writes records because of a record of `work`. Nothing, or a promise that resolves when they are safe: then that record may count as done. Rejects where no other attempt
   * would help: with what makes a record of it that cannot be written, or ends the producer. Rejects with the signal's reason once the work is abandoned.
   */
  write(work: PartitionWork, records: readonly Output[], cause: Cause): Promise<void> | undefined
  /** Commits how far these partitions have come. Does not reject: what could not be committed is told, and comes again. */
  commit(works: Iterable<PartitionWork>): Promise<void>
  /** Whether enough was written to commit it now. */
  readonly isDue: boolean
  /** Where what is written counts only later, with what is committed: hears whether it does. Undefined where `write` says so. */
  readonly onCommitted?: (work: PartitionWork, aftermath: Aftermath) => void
  close(): Promise<void>
}

/** What records are written for. */
export interface Cause {
  /** The record: what is written counts with a commit that knows of it as done. Undefined where nothing is done by it. */
  readonly of: Pick<Tracked, 'isDone'> | undefined
  /** That of the handler, where one was kept. */
  readonly inContext: InContext | undefined
}

/** What is done once a record is committed, or goes back. */
export interface Aftermath {
  committed(): void
  dropped(): void
}
