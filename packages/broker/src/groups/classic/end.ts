// A group is deleted, or its broker closes.
import type { ClassicGroup } from './classic-group.ts'
import { joinError, syncError } from './replies.ts'
import type { StepContext } from './step-context.ts'

/** Sends away who waits; nothing happens to the group any more. */
export function endGroup(group: ClassicGroup, errorCode: number, context: StepContext): void {
  for (const member of group.members.values()) {
    group.answerJoin(member, joinError(errorCode, member.memberId), context.effects)
    group.answerSync(member, syncError(errorCode), context.effects)
    member.sessionDeadlineMs = Number.POSITIVE_INFINITY
  }
  group.pendingMembers.clear()
  group.pendingSyncs.clear()
  group.joinDeadlineMs = Number.POSITIVE_INFINITY
  group.syncDeadlineMs = Number.POSITIVE_INFINITY
  group.wakeAtMs = Number.POSITIVE_INFINITY
  group.transitionTo('Dead', context.now.wallMs)
}
