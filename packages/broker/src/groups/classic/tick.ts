// Time has passed: sessions end, members that do not sync are removed, join phases are over.
import type { ClassicGroup } from './classic-group.ts'
import { completeJoin, joinDeadlinePassed, prepareRebalance, removeAndRebalance } from './rebalance.ts'
import type { StepContext } from './step-context.ts'

/** Does everything that is due, in a fixed order, and says when to look again (`wakeAtMs`). */
export function tick(group: ClassicGroup, context: StepContext): void {
  const nowMs = context.now.monotonicMs
  // Maps may lose entries while they are walked: who is removed on the way is not met.
  for (const [memberId, lapsesAtMs] of group.pendingMembers) {
    if (lapsesAtMs <= nowMs) lapse(group, memberId, context)
  }
  for (const member of group.members.values()) {
    if (member.sessionDeadlineMs > nowMs) continue
    member.sessionDeadlineMs = Number.POSITIVE_INFINITY
    // Who waits for the group gets a new deadline with the reply.
    if (member.hasSatisfiedHeartbeat) continue
    removeAndRebalance(group, member.memberId, `the session of member ${member.memberId} has ended`, context)
  }
  if (group.syncDeadlineMs <= nowMs) syncDeadlinePassed(group, context)
  if (group.joinDeadlineMs <= nowMs) joinDeadlinePassed(group, context)
  group.wakeAtMs = group.earliestDeadlineMs()
}

/** An id was given out and not used. */
function lapse(group: ClassicGroup, memberId: string, context: StepContext): void {
  group.remove(memberId, context.effects)
  if (group.state === 'PreparingRebalance' && group.hasAllMembersJoined) completeJoin(group, context)
}

function syncDeadlinePassed(group: ClassicGroup, context: StepContext): void {
  group.syncDeadlineMs = Number.POSITIVE_INFINITY
  if (group.state !== 'CompletingRebalance' && group.state !== 'Stable') return
  const missing = [...group.pendingSyncs]
  if (missing.length === 0) return
  for (const memberId of missing) group.remove(memberId, context.effects)
  prepareRebalance(group, `no SyncGroup in time from ${missing.join(', ')}`, context)
}
