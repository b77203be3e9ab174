// Committed offsets of groups as programs name them.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { Outcome } from '../outcome.ts'

/** The committed offset of one partition. */
export interface GroupOffset extends TopicPartition {
  /** The next offset that the group will read. */
  readonly offset: number
  /** −1 where it is not known. */
  readonly leaderEpoch?: number
  /** What the committer wrote beside it. Default: nothing. */
  readonly metadata?: string | null
}

/** A committed offset as the coordinator tells it; −1 where it refuses to. */
export interface FoundGroupOffset extends GroupOffset, Outcome {}

/** What became of one partition’s offset. */
export interface GroupOffsetOutcome extends TopicPartition, Outcome {}

/** The last version of OffsetFetch and OffsetCommit that names topics; later ones go by topic id, which administration has no use for. */
export const namedTopicsMax = 9
