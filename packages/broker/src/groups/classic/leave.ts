// Members leave, or an operator removes them by instance id.
import { ErrorCode } from '@millrace/protocol'
import type { ClassicGroup } from './classic-group.ts'
import type { LeaveEvent, LeavingMember, LeftMember } from './events.ts'
import { completeJoinIfAllJoined, rebalanceOrCompleteJoin } from './rebalance.ts'
import type { StepContext } from './step-context.ts'

export function leave(group: ClassicGroup, event: LeaveEvent, context: StepContext): void {
  const { effects } = context
  if (group.state === 'Dead') {
    const reply = { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE, members: [] }
    effects.push({ type: 'leave-reply', to: event.ticket, reply })
    return
  }
  const left: LeftMember[] = event.members.map(member => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    errorCode: removeMember(group, member, context),
  }))
  effects.push({ type: 'leave-reply', to: event.ticket, reply: { errorCode: ErrorCode.NONE, members: left } })
  const gone = left.filter(member => member.errorCode === ErrorCode.NONE)
  if (gone.length === 0) return
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') {
    const names = gone.map(member => member.groupInstanceId ?? member.memberId).join(', ')
    rebalanceOrCompleteJoin(group, `left: ${names}`, context)
  } else {
    completeJoinIfAllJoined(group, context)
  }
}

function removeMember(group: ClassicGroup, leaving: LeavingMember, context: StepContext): number {
  const { memberId, groupInstanceId } = leaving
  if (memberId === '') {
    // Administrative removal: whoever has that instance id now.
    const current = groupInstanceId === null ? undefined : group.staticMembers.get(groupInstanceId)
    if (current === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    group.remove(current, context.effects)
    return ErrorCode.NONE
  }
  if (!group.pendingMembers.has(memberId)) {
    const errorCode = group.memberError(memberId, groupInstanceId)
    if (errorCode !== ErrorCode.NONE) return errorCode
  }
  group.remove(memberId, context.effects)
  return ErrorCode.NONE
}
