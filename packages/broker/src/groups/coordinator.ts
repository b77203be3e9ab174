// The group coordinator: groups of every kind with their offsets, in the partitions of `__consumer_offsets`.
import { coordinatorPartition } from '../coordination/coordinator-key.ts'
import { Shards } from '../coordination/shards.ts'
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import { ClassicMembership } from './classic/membership.ts'
import { ClassicRunner } from './classic/runner.ts'
import { GroupAdmin } from './group-admin.ts'
import type { GroupShard } from './group-shard.ts'
import { groupShards } from './group-shards.ts'
import { LiveGroups } from './live-groups.ts'
import { OffsetManager } from './offset-manager.ts'
import { groupRecord } from './offsets-records.ts'
import { TransactionalOffsets } from './transactional-offsets.ts'

export class GroupCoordinator implements Service {
  readonly offsets: OffsetManager
  readonly transactionalOffsets: TransactionalOffsets
  readonly admin: GroupAdmin
  readonly classic: ClassicMembership
  readonly #live: LiveGroups
  readonly #shards: Shards<GroupShard>
  #closed = false

  constructor(core: BrokerCore) {
    const live = new LiveGroups(core)
    const runner = new ClassicRunner(core, live, (shard, groupId, snapshot) =>
      shards.write(shard, [groupRecord(groupId, snapshot)]),
    )
    const shards = new Shards(core, groupShards(core, live, runner))
    this.#live = live
    this.#shards = shards
    this.classic = new ClassicMembership(core, shards, runner)
    this.offsets = new OffsetManager(core, shards, live, runner)
    this.transactionalOffsets = new TransactionalOffsets(core, shards, runner)
    this.admin = new GroupAdmin(shards, live)
    // After a restart, sessions of stored members begin when their group is loaded: without waiting for a request.
    void shards.loadInBackground()
  }

  /** Makes `__consumer_offsets` unless it exists: afterwards this broker is the coordinator of every group. */
  createTopic(): Promise<void> {
    return this.#shards.create()
  }

  /** The partition of `__consumer_offsets` that the group belongs to, whether or not the topic is there yet. */
  partitionFor(groupId: string): number {
    return coordinatorPartition(groupId, this.#shards.partitionCount)
  }

  /** The groups of one partition of `__consumer_offsets`, a promise while they have to be loaded; undefined without the topic. */
  partition(index: number): GroupShard | Promise<GroupShard> | undefined {
    return this.#shards.exists ? this.#shards.at(index) : undefined
  }

  /** Answers who waits and ends all timers. What was being written is written. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.classic.close()
    this.offsets.close()
    this.#live.close()
    await this.#shards.close()
  }
}

export const groupCoordinator: ServiceDefinition<GroupCoordinator> = {
  name: 'group-coordinator',
  open: core => new GroupCoordinator(core),
}
