// What holds of a classic group after every step: that nobody is forgotten.
import { invariant } from '@millrace/runtime'
import type { ClassicGroup } from './classic-group.ts'
import type { GroupEffect, GroupEvent } from './events.ts'

const never = Number.POSITIVE_INFINITY

/**
 * A few comparisons; members and effects are walked where the step has walked or made them. Heartbeats, of which there are many, change
 * no more than a deadline.
 */
export function checkStep(group: ClassicGroup, event: GroupEvent, effects: readonly GroupEffect[]): void {
  if (event.type === 'heartbeat') return
  invariant(isAnsweredOrWaits(group, event, effects), 'a request to a group is answered, or waits')
  if (event.type === 'tick' || event.type === 'appended') {
    invariant(group.wakeAtMs <= group.earliestDeadlineMs(), 'a group is woken for its earliest deadline')
  }
  switch (group.state) {
    case 'PreparingRebalance':
      invariant(group.joinDeadlineMs !== never, 'a join phase ends')
      invariant(group.wakeAtMs <= group.joinDeadlineMs, 'a group is woken for its join deadline')
      return
    case 'CompletingRebalance':
      invariant(
        group.syncDeadlineMs !== never || group.members.get(group.leaderId ?? '')?.syncing != null,
        'members that do not sync are removed, unless the assignment is being stored',
      )
      invariant(group.wakeAtMs <= group.syncDeadlineMs, 'a group is woken for its sync deadline')
      return
    case 'Dead':
      invariant(group.joiningCount === 0, 'nobody waits for a group that is dead')
      invariant(group.wakeAtMs === never, 'a group that is dead is not woken')
      return
    default:
      invariant(group.joinDeadlineMs === never, 'only a rebalance has a join deadline')
  }
}

function isAnsweredOrWaits(group: ClassicGroup, event: GroupEvent, effects: readonly GroupEffect[]): boolean {
  switch (event.type) {
    case 'join':
      return (
        group.members.get(event.newMemberId)?.joining === event.ticket ||
        group.members.get(event.memberId)?.joining === event.ticket ||
        effects.some(effect => effect.type === 'join-reply' && effect.to === event.ticket)
      )
    case 'sync':
      return (
        group.members.get(event.memberId)?.syncing === event.ticket ||
        effects.some(effect => effect.type === 'sync-reply' && effect.to === event.ticket)
      )
    case 'leave':
      return effects.some(effect => effect.type === 'leave-reply' && effect.to === event.ticket)
    default:
      return true
  }
}
