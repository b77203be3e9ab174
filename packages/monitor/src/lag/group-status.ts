// What a lag monitor says of a group.
import type { GroupVerdictName, PartitionVerdict } from './verdict.ts'

/** How a group is in a partition. */
export interface PartitionStatus {
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** How it is doing. */
  readonly verdict: PartitionVerdict
  /** The share of the window that the verdict stands on, from 0 to 1. */
  readonly complete: number
  /** The next offset that the group will read. */
  readonly committed: number
  /** The offset at the end of the log. */
  readonly end: number
  /** Records that are left to read. */
  readonly lag: number
  /** How long ago the next record was written, in ms: 0 where nothing is left to read, undefined where that could not be found out. */
  readonly lagMs: number | undefined
  /** `clientId` of the member that has the partition; undefined where none has. */
  readonly owner: string | undefined
}

/** How a group is. */
export interface GroupStatus {
  /** The group's id. */
  readonly group: string
  /** How it is doing: as its worst partition. */
  readonly verdict: GroupVerdictName
  /** Members at present. */
  readonly members: number
  /** As brokers call it: `Stable`, `Empty`, `PreparingRebalance` …; empty for one that is not known. */
  readonly state: string
  /** Records that are left to read, over all partitions. */
  readonly lag: number
  /** The longest of the partitions', in ms; undefined where none is known. */
  readonly lagMs: number | undefined
  /** Sorted by topic and number: those in which something was committed. */
  readonly partitions: readonly PartitionStatus[]
  /** Why the group could not be looked at; the rest is as it was last. */
  readonly error: Error | undefined
}

/** A group's verdict has changed. */
export interface VerdictChange {
  /** The group's id. */
  readonly group: string
  /** The verdict before. */
  readonly from: GroupVerdictName
  /** The verdict now. */
  readonly to: GroupVerdictName
  /** All of it. */
  readonly status: GroupStatus
}

export function unknownGroup(group: string, error?: Error): GroupStatus {
  return {
    group,
    verdict: 'NOTFOUND',
    members: 0,
    state: '',
    lag: 0,
    lagMs: undefined,
    partitions: [],
    error,
  }
}
