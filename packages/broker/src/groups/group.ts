// A group of any kind, as offsets, admin clients and the deadlines see it.
import { ErrorCode } from '@millrace/protocol'
import type { Instant } from '../coordination/instant.ts'
import type { CoordinatorRecord } from '../coordination/record.ts'
import type { CommittedOffset } from './offset-change.ts'

/** Kafka's `GroupType`, spelled as ListGroups shows it. */
export type GroupType = 'classic' | 'consumer' | 'share' | 'streams'

/** Who says that it commits. */
export interface CommitIdentity {
  readonly memberId: string
  readonly groupInstanceId: string | null
  /** The generation or the member epoch. Negative for who is no member: admin clients, consumers with assigned partitions. */
  readonly generationId: number
}

/** Each kind fills this in; what only one kind has (its members, its own requests) is that kind's business. */
export interface Group {
  readonly groupId: string
  readonly type: GroupType
  /** As ListGroups shows it. */
  readonly state: string
  /** Null for a group that only stores offsets. */
  readonly protocolType: string | null
  /** Members that are known of. */
  readonly memberCount: number
  /**
   * The group wants to be woken at this time of the monotonic clock, Infinity for none. Never later than its earliest deadline; it
   * may be earlier.
   */
  readonly wakeAtMs: number
  /** Nobody uses it: without offsets it is dropped. */
  readonly isUnused: boolean
  /** The error for a commit, 0 if it may go on. A commit of a member counts as a heartbeat, as in Kafka. */
  admitCommit(by: CommitIdentity, now: Instant): number
  /** The same for offsets that are part of a transaction (KIP-447): who says that it is a member must be one. */
  admitTransactionalCommit(by: CommitIdentity): number
  /** The error for OffsetDelete, 0 if it may go on. Topics that members subscribe to are refused one by one. */
  admitOffsetDelete(): number
  /** The error for DeleteGroups, 0 if the group may go. */
  admitDelete(): number
  /** Whether a member reads the topic; true where that is not known. */
  isSubscribedTo(topic: string): boolean
  /** Whether an offset of the group may be dropped now. `retentionMs` is `offsets.retention.minutes`. */
  isExpired(topic: string, committed: CommittedOffset, wallMs: number, retentionMs: number): boolean
  /** What deletes everything that is stored of the group beside its offsets. */
  tombstones(): CoordinatorRecord[]
}

/** The error for a commit to a group that does not exist, 0 if that makes one that only stores offsets. */
export function admitCommitToNewGroup(by: CommitIdentity, apiVersion: number): number {
  if (by.generationId < 0) return ErrorCode.NONE
  return apiVersion >= 9 ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.ILLEGAL_GENERATION
}
