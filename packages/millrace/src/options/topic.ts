// What the command line of `millrace topic …` says.
import type { ClusterOptions } from '../context.ts'

export interface TopicCreateOptions extends ClusterOptions {
  readonly partitions?: number
  readonly replicas?: number
  readonly config: readonly string[]
  readonly ifNotExists?: boolean
  readonly dryRun?: boolean
}

export interface TopicListOptions extends ClusterOptions {
  readonly internal?: boolean
}

export interface TopicDescribeOptions extends ClusterOptions {
  readonly all?: boolean
  readonly underReplicated?: boolean
}

export interface TopicOffsetsOptions extends ClusterOptions {
  readonly at?: string
}

export interface TopicTrimOptions extends ClusterOptions {
  readonly to: string
  readonly execute?: boolean
}

export interface TopicAlterOptions extends ClusterOptions {
  readonly partitions?: number
  readonly config: readonly string[]
  readonly deleteConfig: readonly string[]
  readonly dryRun?: boolean
}

export interface TopicDeleteOptions extends ClusterOptions {
  readonly ifExists?: boolean
}
