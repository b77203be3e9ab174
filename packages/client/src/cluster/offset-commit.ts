// What is committed of a group's offsets, and by whom.
import type { TopicPartition } from './topic-partition.ts'

/** An offset to commit: Kafka's `OffsetAndMetadata` with its partition. */
export interface OffsetToCommit extends TopicPartition {
  /** The next offset to read: one past the last record that is done with. */
  readonly offset: number
  /** Leader epoch of the record before: lets a later owner notice a truncated log. Default: not known. */
  readonly leaderEpoch?: number
  /** Kept with the offset, up to `offset.metadata.max.bytes` of the broker (4,096). */
  readonly metadata?: string
}

/**
 * Who commits: Kafka's `ConsumerGroupMetadata`. A coordinator refuses what a member commits that the group has gone on without; outside of a
 * generation it has nothing to tell by.
 */
export interface ConsumerGroupMetadata {
  /** The group that offsets are committed for. */
  readonly groupId: string
  /** The coordinator's name for the member; empty outside of a generation. */
  readonly memberId: string
  /** Generation of the group, or the member's epoch (KIP-848); −1 outside of one. */
  readonly generation: number
  /** Name of a static member; null for others. */
  readonly groupInstanceId: string | null
}
