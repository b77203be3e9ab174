// The phases of a rebalance: waiting for members to join, handing the generation to them, waiting for the assignment.
import { ErrorCode } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'
import type { ClassicGroup } from './classic-group.ts'
import type { JoinedMember, JoinEvent, JoinReply } from './events.ts'
import { type GroupMember, noAssignment } from './group-member.ts'
import { syncError } from './replies.ts'
import type { StepContext } from './step-context.ts'

const never = Number.POSITIVE_INFINITY

/** Sets when the join phase ends, and sees to it that the group is woken then. */
function setJoinDeadline(group: ClassicGroup, deadlineMs: number): void {
  group.joinDeadlineMs = deadlineMs
  group.wakeAtMs = Math.min(group.wakeAtMs, deadlineMs)
}

/** Something has changed: begins a rebalance, or goes on with the one that is under way. */
export function rebalanceOrCompleteJoin(group: ClassicGroup, reason: string, context: StepContext): void {
  if (group.canRebalance) prepareRebalance(group, reason, context)
  else completeJoinIfAllJoined(group, context)
}

/** Asks all members to join again; the first rebalance of a group waits a while for more of them. */
export function prepareRebalance(group: ClassicGroup, reason: string, context: StepContext): void {
  const { now, limits, effects } = context
  if (group.state === 'CompletingRebalance') {
    for (const member of group.members.values()) member.assignment = noAssignment
    sendAwaySyncs(group, ErrorCode.REBALANCE_IN_PROGRESS, context)
  }
  stopAwaitingSyncs(group)
  const isInitial = group.state === 'Empty'
  effects.push({
    type: 'log',
    event: 'group.rebalancing',
    fields: { group: group.groupId, state: group.state, generation: group.generationId, reason },
  })
  group.transitionTo('PreparingRebalance', now.wallMs)
  if (!isInitial) {
    if (group.hasAllMembersJoined) completeJoin(group, context)
    else setJoinDeadline(group, now.monotonicMs + group.rebalanceTimeoutMs)
    return
  }
  const delayMs = limits.initialRebalanceDelayMs
  group.initialDelay = { delayMs, remainingMs: Math.max(group.rebalanceTimeoutMs - delayMs, 0) }
  if (delayMs === 0) completeJoin(group, context)
  else setJoinDeadline(group, now.monotonicMs + delayMs)
}

/** Ends the join phase early. The first one of a group is ended by time alone, so that members which start together meet. */
export function completeJoinIfAllJoined(group: ClassicGroup, context: StepContext): void {
  if (group.state !== 'PreparingRebalance' || group.previousState === 'Empty') return
  if (group.hasAllMembersJoined) completeJoin(group, context)
}

/** The time of the join phase is over. */
export function joinDeadlinePassed(group: ClassicGroup, context: StepContext): void {
  const { now, limits } = context
  const { initialDelay } = group
  if (initialDelay && group.newMemberAdded && initialDelay.remainingMs > 0) {
    // Somebody came while the group waited: others may be on their way.
    group.newMemberAdded = false
    const delayMs = Math.min(limits.initialRebalanceDelayMs, initialDelay.remainingMs)
    group.initialDelay = {
      delayMs,
      remainingMs: Math.max(initialDelay.remainingMs - initialDelay.delayMs, 0),
    }
    setJoinDeadline(group, now.monotonicMs + delayMs)
    return
  }
  completeJoin(group, context)
}

/** Ends the join phase: who has not joined is out (unless static), who has gets the new generation. */
export function completeJoin(group: ClassicGroup, context: StepContext): void {
  const { now, effects } = context
  group.joinDeadlineMs = never
  group.initialDelay = null
  group.newMemberAdded = false
  if (group.state === 'Dead') return
  for (const member of group.members.values()) {
    if (!member.joining && !member.isStatic) group.remove(member.memberId, effects)
  }
  if (!group.electJoinedLeader() && group.members.size > 0) {
    // Only static members that have not come back: their sessions decide whether they are waited for.
    setJoinDeadline(group, now.monotonicMs + group.rebalanceTimeoutMs)
    return
  }
  group.nextGeneration(now.wallMs)
  const fields = { group: group.groupId, generation: group.generationId, members: group.members.size }
  if (group.state === 'Empty') {
    effects.push({ type: 'log', event: 'group.empty', fields })
    effects.push({ type: 'append', snapshot: group.snapshot(), next: null })
    return
  }
  effects.push({ type: 'log', event: 'group.generation', fields })
  for (const member of group.members.values()) {
    group.answerJoin(member, joinSuccess(group, member), effects)
    group.expectHeartbeat(member, now.monotonicMs)
    member.isNew = false
    group.pendingSyncs.add(member.memberId)
  }
  group.syncDeadlineMs = now.monotonicMs + group.rebalanceTimeoutMs
  group.wakeAtMs = Math.min(group.wakeAtMs, group.syncDeadlineMs)
}

/** The reply to a join that has led to a generation. The leader learns of everybody. */
export function joinSuccess(group: ClassicGroup, member: GroupMember): JoinReply {
  const isLeader = member.memberId === group.leaderId
  return {
    errorCode: ErrorCode.NONE,
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leader: group.leaderId ?? '',
    skipAssignment: false,
    memberId: member.memberId,
    members: isLeader ? joinedMembers(group) : [],
  }
}

function joinedMembers(group: ClassicGroup): JoinedMember[] {
  const protocol = group.protocolName
  invariant(protocol !== null, 'a generation has a protocol')
  return [...group.members.values()].map(member => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    metadata: member.metadata(protocol),
  }))
}

/** Answers every sync that waits with an error. Their sessions go on from now. */
export function sendAwaySyncs(group: ClassicGroup, errorCode: number, context: StepContext): void {
  for (const member of group.members.values()) {
    if (group.answerSync(member, syncError(errorCode), context.effects)) {
      group.expectHeartbeat(member, context.now.monotonicMs)
    }
  }
}

function stopAwaitingSyncs(group: ClassicGroup): void {
  group.pendingSyncs.clear()
  group.syncDeadlineMs = never
}

/** Takes a member out of the group and lets the others go on without it. */
export function removeAndRebalance(
  group: ClassicGroup,
  memberId: string,
  reason: string,
  context: StepContext,
): void {
  group.remove(memberId, context.effects)
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') {
    rebalanceOrCompleteJoin(group, reason, context)
  } else if (group.state === 'PreparingRebalance' && group.hasAllMembersJoined) {
    completeJoin(group, context)
  }
}

/** What the client says about why it joins, to end a sentence with. */
export function reasonOf(event: JoinEvent): string {
  return event.reason ? `: ${event.reason}` : ''
}
