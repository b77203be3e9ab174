// Members ask for their assignment; the leader brings it. It is stored before anybody gets it.
import { ErrorCode } from '@millrace/protocol'
import type { ClassicGroup } from './classic-group.ts'
import type { Continuation, SyncEvent, SyncReply } from './events.ts'
import { type GroupMember, noAssignment } from './group-member.ts'
import { rebalanceOrCompleteJoin, sendAwaySyncs } from './rebalance.ts'
import { syncError } from './replies.ts'
import type { StepContext } from './step-context.ts'

export function sync(group: ClassicGroup, event: SyncEvent, context: StepContext): void {
  const { effects } = context
  const answer = (reply: SyncReply) => effects.push({ type: 'sync-reply', to: event.ticket, reply })
  const errorCode = validate(group, event)
  if (errorCode !== ErrorCode.NONE) {
    answer(syncError(errorCode))
    return
  }
  const member = group.members.get(event.memberId)!
  if (group.state === 'PreparingRebalance') {
    answer(syncError(ErrorCode.REBALANCE_IN_PROGRESS))
    return
  }
  group.pendingSyncs.delete(event.memberId)
  if (group.pendingSyncs.size === 0) group.syncDeadlineMs = Number.POSITIVE_INFINITY
  if (group.state === 'Stable') {
    answer(syncSuccess(group, member))
    return
  }
  // The member has asked again, on another connection: the first request must not hang.
  group.answerSync(member, syncError(ErrorCode.REBALANCE_IN_PROGRESS), effects)
  group.awaitSync(member, event.ticket)
  if (event.memberId === group.leaderId) storeAssignment(group, event, context)
}

function validate(group: ClassicGroup, event: SyncEvent): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
  const errorCode = group.memberError(event.memberId, event.groupInstanceId)
  if (errorCode !== ErrorCode.NONE) return errorCode
  if (event.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION
  const consistent =
    (event.protocolType === null || event.protocolType === group.protocolType) &&
    (event.protocolName === null || event.protocolName === group.protocolName)
  return consistent ? ErrorCode.NONE : ErrorCode.INCONSISTENT_GROUP_PROTOCOL
}

function storeAssignment(group: ClassicGroup, event: SyncEvent, context: StepContext): void {
  const given = new Map(event.assignments.map(each => [each.memberId, each.assignment]))
  const assignments = new Map<string, Uint8Array>()
  for (const memberId of group.members.keys()) assignments.set(memberId, given.get(memberId) ?? noAssignment)
  context.effects.push({
    type: 'append',
    snapshot: group.snapshot(assignments),
    next: {
      type: 'assign',
      generationId: group.generationId,
      leaderId: event.memberId,
      assignments,
    },
  })
}

/** The assignment is stored: everybody who waits gets its part and the group is stable. */
export function assignmentStored(
  group: ClassicGroup,
  next: Extract<Continuation, { type: 'assign' }>,
  errorCode: number,
  context: StepContext,
): void {
  const { effects, now } = context
  // Another rebalance has begun meanwhile; it has sent the waiting members away.
  if (group.state !== 'CompletingRebalance' || group.generationId !== next.generationId) return
  if (errorCode !== ErrorCode.NONE) {
    for (const member of group.members.values()) member.assignment = noAssignment
    sendAwaySyncs(group, errorCode, context)
    rebalanceOrCompleteJoin(group, `the assignment of ${next.leaderId} could not be stored`, context)
    return
  }
  for (const member of group.members.values()) {
    member.assignment = next.assignments.get(member.memberId) ?? noAssignment
  }
  for (const member of group.members.values()) {
    if (group.answerSync(member, syncSuccess(group, member), effects)) {
      group.expectHeartbeat(member, now.monotonicMs)
    }
  }
  group.transitionTo('Stable', now.wallMs)
  effects.push({
    type: 'log',
    event: 'group.stable',
    fields: { group: group.groupId, generation: group.generationId, members: group.members.size },
  })
}

function syncSuccess(group: ClassicGroup, member: GroupMember): SyncReply {
  return {
    errorCode: ErrorCode.NONE,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    assignment: member.assignment,
  }
}
