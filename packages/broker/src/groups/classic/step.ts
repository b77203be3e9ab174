// The state machine of classic groups: one event in, the group changed, effects out. No I/O, no clock, no randomness.
import type { Instant } from '../../coordination/instant.ts'
import type { ClassicGroup } from './classic-group.ts'
import { checkStep } from './invariants.ts'
import { endGroup } from './end.ts'
import type { GroupEffect, GroupEvent } from './events.ts'
import { heartbeat } from './heartbeat.ts'
import { join } from './join.ts'
import { leave } from './leave.ts'
import { assignmentStored, sync } from './sync.ts'
import { staticMemberStored } from './static-member.ts'
import type { GroupLimits, StepContext } from './step-context.ts'
import { tick } from './tick.ts'

/**
 * Applies `event` to `group` (which changes in place) and adds what is to be done, in this order, to `effects`. Afterwards
 * `group.wakeAtMs` says when the next `tick` is due at the latest.
 */
export function step(
  group: ClassicGroup,
  event: GroupEvent,
  now: Instant,
  limits: GroupLimits,
  effects: GroupEffect[],
): void {
  dispatch(group, event, { now, limits, effects })
  checkStep(group, event, effects)
}

function dispatch(group: ClassicGroup, event: GroupEvent, context: StepContext): void {
  switch (event.type) {
    case 'join':
      join(group, event, context)
      return
    case 'sync':
      sync(group, event, context)
      return
    case 'heartbeat':
      heartbeat(group, event, context)
      return
    case 'leave':
      leave(group, event, context)
      return
    case 'tick':
      tick(group, context)
      return
    case 'appended':
      if (event.next.type === 'assign') assignmentStored(group, event.next, event.errorCode, context)
      else staticMemberStored(group, event.next, event.errorCode, context)
      return
    case 'end':
      endGroup(group, event.errorCode, context)
  }
}
