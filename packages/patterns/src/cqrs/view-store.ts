// Where a projection keeps what it made of events, and how far it has come: both are changed together, or not at all.
import type { MaybeLater } from '../event-store/stream-index.ts'

/** How far a projection has come in one partition. */
export interface ProjectionMove {
  /** Name of the projection. */
  readonly projection: string
  /** Number of the partition. */
  readonly partition: number
  /** The offset where it stands: what the store has, or somebody else has moved it. */
  readonly from: number
  /** The offset where it stands behind the events. */
  readonly to: number
}

/** A store of what projections make of events. `View`: what handlers change and queries read. */
export interface ViewStore<View> {
  /** How far a projection has come, by partition; partitions that are left out are at 0. */
  positions(projection: string): MaybeLater<ReadonlyMap<number, number>>
  /**
   * Runs `work` and moves the position, both or neither; rejects with what `work` throws. Returns false, and does neither, where the projection does not stand at `from`: another instance is at it.
   */
  advance(move: ProjectionMove, work: (view: View) => MaybeLater<void>): MaybeLater<boolean>
  /** Has a projection begin anew: runs `clear`, which takes away what it made, and forgets its positions, both or neither. */
  reset(projection: string, clear: (view: View) => MaybeLater<void>): MaybeLater<void>
  /** What queries read. */
  readonly view: View
}
