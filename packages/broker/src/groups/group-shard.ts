// The groups of one partition of `__consumer_offsets`: in memory, as the partition's log says.
import { Deadline } from '../coordination/deadline-heap.ts'
import type { Shard } from '../coordination/shard-kind.ts'
import type { Group } from './group.ts'
import { OffsetTable } from './offset-table.ts'

/** What runs the groups of one kind. */
export interface GroupDriver<G extends Group = Group> {
  /** A deadline of the group may have passed. */
  tick(hosted: HostedGroup<G>): void
  /** The group is let go: who waits is sent away with `errorCode`. */
  end(hosted: HostedGroup<G>, errorCode: number): void
  /** The group after `end`, where the deletion that it was ended for could not be written. */
  revived(group: G): G
}

/** A group with its place in the coordinator. */
export class HostedGroup<G extends Group = Group> {
  readonly shard: GroupShard
  readonly group: G
  readonly driver: GroupDriver<G>
  /** When the group wants to be woken. */
  readonly deadline: Deadline<HostedGroup>

  constructor(shard: GroupShard, group: G, driver: GroupDriver<G>) {
    this.shard = shard
    this.group = group
    this.driver = driver
    this.deadline = new Deadline<HostedGroup>(this)
  }
}

export class GroupShard implements Shard {
  readonly index: number
  /** Of every kind, by group id: an id belongs to one group. */
  readonly groups = new Map<string, HostedGroup>()
  readonly offsets = new OffsetTable()

  constructor(index: number) {
    this.index = index
  }
}
