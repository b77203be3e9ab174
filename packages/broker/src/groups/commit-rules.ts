// Who may commit and delete offsets of a group, and when offsets expire.
import { ErrorCode } from '@millrace/protocol'
import type { ClassicGroup } from './classic-group.ts'
import type { Instant } from './events.ts'
import type { CommittedOffset } from './offset-table.ts'

/** Who says that it commits. */
export interface Committer {
  readonly memberId: string
  readonly groupInstanceId: string | null
  /** Negative for who is no member: admin clients, consumers with assigned partitions. */
  readonly generationId: number
}

/** The error for a commit, 0 if it may go on. A commit of a member counts as a heartbeat, as in Kafka. */
export function admitCommit(group: ClassicGroup, by: Committer, now: Instant): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
  if (by.generationId < 0 && group.state === 'Empty') return ErrorCode.NONE
  if (by.generationId < 0 && by.memberId === '' && by.groupInstanceId === null)
    return ErrorCode.UNKNOWN_MEMBER_ID
  const errorCode = group.memberError(by.memberId, by.groupInstanceId)
  if (errorCode !== ErrorCode.NONE) return errorCode
  if (by.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION
  // It knows the generation but not its assignment: it has to sync first.
  if (group.state === 'CompletingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS
  group.expectHeartbeat(group.members.get(by.memberId)!, now.monotonicMs)
  return ErrorCode.NONE
}

/** The error for a commit to a group that does not exist, 0 if that makes one that only stores offsets. */
export function admitCommitToNewGroup(by: Committer, apiVersion: number): number {
  if (by.generationId < 0) return ErrorCode.NONE
  return apiVersion >= 9 ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.ILLEGAL_GENERATION
}

/** The error for OffsetDelete on this group. Topics that members subscribe to are refused one by one. */
export function admitOffsetDelete(group: ClassicGroup): number {
  if (group.state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND
  return group.state === 'Empty' || group.usesConsumerProtocol ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP
}

/** The error for DeleteGroups on this group. */
export function admitDelete(group: ClassicGroup): number {
  if (group.state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND
  return group.state === 'Empty' ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP
}

/**
 * Whether an offset of the group may be dropped now:
 *
 * - a group without members: `retentionMs` after it became so;
 * - a consumer group with members, stable: `retentionMs` after the commit, for topics that nobody subscribes to;
 * - a group that only stores offsets: `retentionMs` after the commit;
 * - otherwise never. An expiry time that the client has set takes the place of `retentionMs`.
 */
export function isExpired(
  group: ClassicGroup,
  topic: string,
  committed: CommittedOffset,
  wallMs: number,
  retentionMs: number,
): boolean {
  if (group.isSubscribedTo(topic)) return false
  let sinceMs = committed.commitTimestampMs
  if (group.protocolType !== null) {
    if (group.state === 'Empty') {
      if (group.stateTimestampMs !== -1) sinceMs = group.stateTimestampMs
    } else if (group.state !== 'Stable' || !group.usesConsumerProtocol || group.subscribedTopics === null) {
      return false
    }
  }
  if (committed.expireTimestampMs !== -1) return wallMs >= committed.expireTimestampMs
  return wallMs - sinceMs >= retentionMs
}
