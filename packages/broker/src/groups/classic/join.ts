// A member joins: it gets an id, is added or updated, and waits for the rebalance that this begins.
import { ErrorCode } from '@millrace/protocol'
import { violated } from '@millrace/runtime'
import type { ClassicGroup } from './classic-group.ts'
import type { JoinEvent } from './events.ts'
import { GroupMember } from './group-member.ts'
import { completeJoinIfAllJoined, joinSuccess, reasonOf, rebalanceOrCompleteJoin } from './rebalance.ts'
import { joinError } from './replies.ts'
import { replaceStaticMember } from './static-member.ts'
import type { StepContext } from './step-context.ts'

/** From this version on, a dynamic member gets an id first and joins with it then (KIP-394). */
const knownMemberIdVersion = 4

export function join(group: ClassicGroup, event: JoinEvent, context: StepContext): void {
  const refuse = (errorCode: number, memberId: string) =>
    context.effects.push({ type: 'join-reply', to: event.ticket, reply: joinError(errorCode, memberId) })
  if (group.state === 'Dead') {
    refuse(ErrorCode.COORDINATOR_NOT_AVAILABLE, event.memberId)
  } else if (!hasRoom(group, event.memberId, context.limits.maxSize)) {
    group.remove(event.memberId, context.effects)
    refuse(ErrorCode.GROUP_MAX_SIZE_REACHED, '')
    completeJoinIfAllJoined(group, context)
  } else if (!group.supports(event.protocolType, event.protocols)) {
    refuse(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, event.memberId)
  } else if (event.memberId === '') {
    joinNew(group, event, context)
  } else if (group.pendingMembers.has(event.memberId)) {
    // Ids are given out to dynamic members only.
    if (event.groupInstanceId !== null) refuse(ErrorCode.UNKNOWN_SERVER_ERROR, event.memberId)
    else addMember(group, event, event.memberId, context)
  } else {
    const errorCode = group.memberError(event.memberId, event.groupInstanceId)
    if (errorCode === ErrorCode.NONE) rejoin(group, event, group.members.get(event.memberId)!, context)
    else refuse(errorCode, event.memberId)
  }
}

/**
 * During a rebalance those that wait are counted, not the members: the group may be over a limit that was lowered, and
 * the last to come back are the ones to go.
 */
function hasRoom(group: ClassicGroup, memberId: string, maxSize: number): boolean {
  switch (group.state) {
    case 'PreparingRebalance':
      return group.members.get(memberId)?.joining != null || group.joiningCount < maxSize
    case 'CompletingRebalance':
    case 'Stable':
      return group.members.has(memberId) || group.members.size < maxSize
    default:
      return true
  }
}

function joinNew(group: ClassicGroup, event: JoinEvent, context: StepContext): void {
  const { newMemberId, groupInstanceId } = event
  if (groupInstanceId !== null) {
    const oldMemberId = group.staticMembers.get(groupInstanceId)
    if (oldMemberId === undefined) addMember(group, event, newMemberId, context)
    else replaceStaticMember(group, event, groupInstanceId, oldMemberId, context)
  } else if (event.apiVersion >= knownMemberIdVersion) {
    const lapsesAtMs = context.now.monotonicMs + event.sessionTimeoutMs
    group.pendingMembers.set(newMemberId, lapsesAtMs)
    group.wakeAtMs = Math.min(group.wakeAtMs, lapsesAtMs)
    const reply = joinError(ErrorCode.MEMBER_ID_REQUIRED, newMemberId)
    context.effects.push({ type: 'join-reply', to: event.ticket, reply })
  } else {
    addMember(group, event, newMemberId, context)
  }
}

function addMember(group: ClassicGroup, event: JoinEvent, memberId: string, context: StepContext): void {
  const member = new GroupMember({ ...event, memberId })
  member.isNew = true
  if (group.state === 'PreparingRebalance' && group.previousState === 'Empty') group.newMemberAdded = true
  group.add(member, event.ticket)
  // It cannot heartbeat before it knows its id, and a lost connection is not noticed while its request waits.
  // Should it be gone, it is not waited for beyond this time.
  group.expectHeartbeat(member, context.now.monotonicMs, context.limits.newMemberJoinTimeoutMs)
  rebalanceOrCompleteJoin(group, `member ${memberId} is new${reasonOf(event)}`, context)
}

function rejoin(group: ClassicGroup, event: JoinEvent, member: GroupMember, context: StepContext): void {
  const { memberId, protocols } = event
  const unchanged = member.matches(protocols)
  const mayKeepGeneration =
    group.state === 'CompletingRebalance' || (group.state === 'Stable' && group.leaderId !== memberId)
  if (unchanged && mayKeepGeneration) {
    // It missed the reply to its last join, or asks for nothing new.
    context.effects.push({ type: 'join-reply', to: event.ticket, reply: joinSuccess(group, member) })
  } else if (group.state === 'Empty') {
    violated(`group ${group.groupId} is empty but has member ${memberId}`)
  } else {
    group.update(member, event, event.ticket, context.effects)
    const what = unchanged ? 're-joins' : 'has changed its protocols'
    rebalanceOrCompleteJoin(group, `member ${memberId} ${what}${reasonOf(event)}`, context)
  }
}
