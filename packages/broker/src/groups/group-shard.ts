// The groups of one partition of `__consumer_offsets`: in memory, as the partition's log says.
import type { ClassicGroup } from './classic-group.ts'
import { Deadline } from './deadline-heap.ts'
import { OffsetTable } from './offset-table.ts'

/** A group with its place in the coordinator. */
export class HostedGroup {
  readonly shard: GroupShard
  readonly group: ClassicGroup
  /** When the group wants to be woken. */
  readonly deadline: Deadline<HostedGroup>

  constructor(shard: GroupShard, group: ClassicGroup) {
    this.shard = shard
    this.group = group
    this.deadline = new Deadline<HostedGroup>(this)
  }
}

export class GroupShard {
  /** The partition. */
  readonly index: number
  readonly groups = new Map<string, HostedGroup>()
  readonly offsets = new OffsetTable()

  constructor(index: number) {
    this.index = index
  }
}
