// What a step of a classic group works with beside the group: the time, the settings, and where its effects go.
import type { Instant } from '../../coordination/instant.ts'
import type { GroupEffect } from './events.ts'

/** The settings that decide what a step does. */
export interface GroupLimits {
  /** `group.initial.rebalance.delay.ms` */
  readonly initialRebalanceDelayMs: number
  /** `group.max.size` */
  readonly maxSize: number
  /** How long a new member may take part without being heard of: its JoinGroup may wait as long as a rebalance lasts. */
  readonly newMemberJoinTimeoutMs: number
}

/** What a step works with beside the group. */
export interface StepContext {
  readonly now: Instant
  readonly limits: GroupLimits
  readonly effects: GroupEffect[]
}
