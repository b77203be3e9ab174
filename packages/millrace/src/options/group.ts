// What the command line of `millrace group …` says.
import type { ClusterOptions } from '../context.ts'

export interface GroupListOptions extends ClusterOptions {
  readonly state: readonly string[]
}

export interface GroupDescribeOptions extends ClusterOptions {
  readonly members?: boolean
}

export interface GroupLagOptions extends ClusterOptions {
  /** How long groups are watched, in ms. */
  readonly for: number
  readonly allowed: number
  readonly all?: boolean
}

export interface GroupResetOptions extends ClusterOptions {
  readonly topic: readonly string[]
  readonly to?: string
  readonly fromFile?: string
  readonly allGroups?: boolean
  readonly execute?: boolean
}

export interface GroupDeleteOffsetsOptions extends ClusterOptions {
  readonly topic: readonly string[]
}
