// What the parts of a simulation have in common that read by the product's clients until all faults are over, and then have to have read everything.
import type { FoundRecord, PartitionName } from '../history.ts'

/** What is in the log when producers have finished, by partition. */
export interface FinalContents {
  /** What readers of committed data find. */
  readonly committed: ReadonlyMap<PartitionName, readonly FoundRecord[]>
  /** What there is. */
  readonly contents: ReadonlyMap<PartitionName, readonly FoundRecord[]>
}

export interface ReadingClients {
  /** Resolves when no fault will strike them any more. */
  start(): Promise<void>
  /** Throws a `Violation` for what is not read, or was not read as it should. */
  finish(final: FinalContents): Promise<void>
}
