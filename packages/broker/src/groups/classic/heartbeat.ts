// A member says that it is alive and learns whether it has to join again.
import { ErrorCode } from '@millrace/protocol'
import type { ClassicGroup } from './classic-group.ts'
import type { HeartbeatEvent } from './events.ts'
import type { StepContext } from './step-context.ts'

export function heartbeat(group: ClassicGroup, event: HeartbeatEvent, context: StepContext): void {
  const errorCode = beat(group, event, context)
  context.effects.push({ type: 'heartbeat-reply', to: event.ticket, reply: { errorCode } })
}

function beat(group: ClassicGroup, event: HeartbeatEvent, context: StepContext): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
  const errorCode = group.memberError(event.memberId, event.groupInstanceId)
  if (errorCode !== ErrorCode.NONE) return errorCode
  if (event.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION
  group.expectHeartbeat(group.members.get(event.memberId)!, context.now.monotonicMs)
  return group.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
}
