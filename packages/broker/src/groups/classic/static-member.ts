// A static member (KIP-345) comes back without its old id: it takes the old one's place, mostly without a rebalance.
import { ErrorCode } from '@millrace/protocol'
import { violated } from '@millrace/runtime'
import type { ClassicGroup } from './classic-group.ts'
import type { Continuation, JoinEvent } from './events.ts'
import {
  completeJoinIfAllJoined,
  joinSuccess,
  prepareRebalance,
  reasonOf,
  rebalanceOrCompleteJoin,
} from './rebalance.ts'
import { joinError } from './replies.ts'
import type { StepContext } from './step-context.ts'

/** From this version on, a leader can be told not to compute an assignment (KIP-814). */
const skipAssignmentVersion = 9

export function replaceStaticMember(
  group: ClassicGroup,
  event: JoinEvent,
  groupInstanceId: string,
  oldMemberId: string,
  context: StepContext,
): void {
  const { effects, now } = context
  const oldLeader = group.leaderId
  const member = group.replaceStatic(groupInstanceId, oldMemberId, event.newMemberId, effects)
  group.expectHeartbeat(member, now.monotonicMs)
  const oldProtocols = member.protocols
  const oldRebalanceTimeoutMs = member.rebalanceTimeoutMs
  const oldSessionTimeoutMs = member.sessionTimeoutMs
  group.update(member, event, event.ticket, effects)
  switch (group.state) {
    case 'Stable': {
      if (group.selectProtocol() !== group.protocolName) {
        const reason = `static member ${groupInstanceId} changes the protocol${reasonOf(event)}`
        rebalanceOrCompleteJoin(group, reason, context)
        return
      }
      effects.push({
        type: 'append',
        snapshot: group.snapshot(),
        next: {
          type: 'replaced',
          apiVersion: event.apiVersion,
          ticket: event.ticket,
          groupInstanceId,
          oldMemberId,
          newMemberId: event.newMemberId,
          oldLeader,
          oldProtocols,
          oldRebalanceTimeoutMs,
          oldSessionTimeoutMs,
        },
      })
      return
    }
    case 'CompletingRebalance':
      // The leader may be assigning to the old id.
      prepareRebalance(group, `static member ${groupInstanceId} has a new id${reasonOf(event)}`, context)
      return
    case 'PreparingRebalance':
      completeJoinIfAllJoined(group, context)
      return
    default:
      violated(`group ${group.groupId} is ${group.state} but has static member ${groupInstanceId}`)
  }
}

/** The new id is stored and is told to the member; or it is not, and the old one holds again. */
export function staticMemberStored(
  group: ClassicGroup,
  next: Extract<Continuation, { type: 'replaced' }>,
  errorCode: number,
  context: StepContext,
): void {
  const { effects, now } = context
  const member = group.members.get(next.newMemberId)
  // Removed, replaced or swept into a rebalance meanwhile: whoever did that has answered the join, or will.
  if (!member || member.joining !== next.ticket || group.state !== 'Stable') return
  if (errorCode === ErrorCode.NONE) {
    const reply = joinSuccess(group, member)
    const skips = next.apiVersion >= skipAssignmentVersion
    // A leader of old takes a new leader for a rebalance and would assign anew: it is told the leader that is gone.
    const answer = skips
      ? { ...reply, skipAssignment: member.memberId === group.leaderId }
      : { ...reply, leader: next.oldLeader ?? '', members: [] }
    group.answerJoin(member, answer, effects)
    group.expectHeartbeat(member, now.monotonicMs)
    return
  }
  const reply = {
    ...joinError(errorCode),
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leader: next.oldLeader ?? '',
  }
  group.answerJoin(member, reply, effects)
  const before = {
    protocols: next.oldProtocols,
    rebalanceTimeoutMs: next.oldRebalanceTimeoutMs,
    sessionTimeoutMs: next.oldSessionTimeoutMs,
  }
  group.update(member, before, null, effects)
  const old = group.replaceStatic(next.groupInstanceId, next.newMemberId, next.oldMemberId, effects)
  group.expectHeartbeat(old, now.monotonicMs)
}
