// What the command line of `millrace client-metrics …` says.
import type { ClusterOptions } from '../context.ts'

/** A setting of a subscription, by the name that its option has. */
export type ClientMetricsSetting = 'metrics' | 'interval' | 'match'

export interface ClientMetricsAlterOptions extends ClusterOptions {
  readonly metrics: readonly string[]
  readonly interval?: number
  readonly match: readonly string[]
  /** Settings that go back to their defaults. */
  readonly reset: readonly ClientMetricsSetting[]
  readonly dryRun?: boolean
}

export interface ClientMetricsDeleteOptions extends ClusterOptions {
  readonly dryRun?: boolean
}
