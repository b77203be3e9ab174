// What a lag monitor needs to know, checked, with defaults.
import { type ClusterOptions, ConfigError, isClusterOption } from '@millrace/client'
import { type Clock, nearestName, nodeClock } from '@millrace/runtime'
import type { VerdictChange } from './group-status.ts'

/** Options of a {@link LagMonitor}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface LagMonitorOptions extends ClusterOptions {
  /** Groups to watch: their ids, or a function that is asked of each group of the cluster. Default: all groups of consumers. */
  readonly groups?: readonly string[] | ((group: string) => boolean)
  /** Time between looks, in ms. Default 10,000. */
  readonly intervalMs?: number
  /** Number of looks that a verdict stands on. Default 10. */
  readonly window?: number
  /** Records that may be left to read before anything is said about it. Default 0. */
  readonly allowedLag?: number
  /** How much of the window there has to be before a partition is judged, from 0 to 1; until then it is `OK`. Default 1. */
  readonly minComplete?: number
  /** Whether lag is told in time as well: costs a read of one record for each partition that is behind and has moved. Default true. */
  readonly timeLag?: boolean
  /** Partitions of groups that are watched at most; of others nothing is known, and `untracked` counts them. Default 100,000. */
  readonly maxPartitions?: number
  /** Hears of each change of a group's verdict. What it throws becomes a warning of the process. Default: nobody. */
  readonly onVerdict?: (change: VerdictChange) => void
  /** Hears of looks that failed. Default: nobody; `lastError` has the last one. */
  readonly onError?: (error: Error) => void
}

export interface ResolvedLagOptions {
  readonly cluster: ClusterOptions
  readonly groups: LagMonitorOptions['groups']
  readonly intervalMs: number
  readonly window: number
  readonly allowedLag: number
  readonly minComplete: number
  readonly timeLag: boolean
  readonly maxPartitions: number
  readonly onVerdict: ((change: VerdictChange) => void) | undefined
  readonly onError: ((error: Error) => void) | undefined
  readonly clock: Clock
}

const ownNames = [
  'groups',
  'intervalMs',
  'window',
  'allowedLag',
  'minComplete',
  'timeLag',
  'maxPartitions',
  'onVerdict',
  'onError',
] as const satisfies readonly (keyof LagMonitorOptions)[]

const numbers: readonly (readonly [
  name: 'intervalMs' | 'window' | 'allowedLag' | 'maxPartitions',
  min: number,
])[] = [
  ['intervalMs', 1],
  ['window', 2],
  ['allowedLag', 0],
  ['maxPartitions', 1],
]

/** Throws ConfigError. */
export function resolveLagOptions(options: LagMonitorOptions): ResolvedLagOptions {
  const cluster: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if ((ownNames as readonly string[]).includes(name)) continue
    if (!isClusterOption(name)) {
      const near = nearestName(name, ownNames)
      throw new ConfigError(
        `LagMonitor: there is no option "${name}"; ${near ? `did you mean "${near}"?` : `there are ${ownNames.join(', ')} and those of all clients`}`,
      )
    }
    cluster[name] = value
  }
  for (const [name, min] of numbers) {
    const value = options[name]
    if (value !== undefined && !(Number.isInteger(value) && value >= min))
      throw new ConfigError(`LagMonitor: ${name} is ${value}; write a whole number from ${min} on`)
  }
  const { minComplete = 1, groups } = options
  if (!(minComplete >= 0 && minComplete <= 1))
    throw new ConfigError(`LagMonitor: minComplete is ${minComplete}; write a share from 0 to 1`)
  if (groups !== undefined && typeof groups !== 'function' && !Array.isArray(groups))
    throw new ConfigError('LagMonitor: groups is neither a list of ids nor a function')
  return {
    cluster: cluster as unknown as ClusterOptions,
    groups,
    intervalMs: options.intervalMs ?? 10_000,
    window: options.window ?? 10,
    allowedLag: options.allowedLag ?? 0,
    minComplete,
    timeLag: options.timeLag ?? true,
    maxPartitions: options.maxPartitions ?? 100_000,
    onVerdict: options.onVerdict,
    onError: options.onError,
    clock: options.clock ?? nodeClock,
  }
}
