// How the groups of a partition come out of its records, and what becomes of them in memory.
import type { BatchHeader } from '@millrace/protocol'
import type { ShardKind, ShardLoader } from '../coordination/shard-kind.ts'
import type { BrokerCore } from '../core.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import { ClassicGroup } from './classic/classic-group.ts'
import type { GroupSnapshot } from './classic/group-snapshot.ts'
import { restoreGroup } from './classic/restore.ts'
import type { ClassicRunner } from './classic/runner.ts'
import type { Group } from './group.ts'
import { type GroupDriver, GroupShard, HostedGroup } from './group-shard.ts'
import type { LiveGroups } from './live-groups.ts'
import { readOffsetsRecord } from './offsets-records.ts'
import { UnservedGroup, unservedDriver } from './unserved-group.ts'

export function groupShards(
  core: BrokerCore,
  live: LiveGroups,
  classic: ClassicRunner,
): ShardKind<GroupShard> {
  return {
    topic: offsetsTopic,
    load: index => new GroupLoader(core, index, classic),
    loaded: shard => live.begin(shard),
    unloaded: shard => live.endAll(shard),
  }
}

class GroupLoader implements ShardLoader<GroupShard> {
  readonly #core: BrokerCore
  readonly #shard: GroupShard
  readonly #classicDriver: ClassicRunner
  /** Classic groups that have a record, as of their last one. */
  readonly #classic = new Map<string, GroupSnapshot>()
  /** Groups of other kinds that have records. */
  readonly #unserved = new Map<string, UnservedGroup>()

  constructor(core: BrokerCore, index: number, classicDriver: ClassicRunner) {
    this.#core = core
    this.#shard = new GroupShard(index)
    this.#classicDriver = classicDriver
  }

  record(key: Buffer, value: Buffer | null, batch: BatchHeader, offset: number): boolean {
    const entry = readOffsetsRecord(key, value)
    switch (entry?.type) {
      case 'offset':
        if (batch.isTransactional)
          this.#shard.offsets.addToTransaction(batch.producerId, entry.change, offset)
        else this.#shard.offsets.apply(entry.change, offset)
        return true
      case 'classic':
        if (entry.snapshot) this.#classic.set(entry.groupId, entry.snapshot)
        else this.#classic.delete(entry.groupId)
        return true
      case 'unserved': {
        const { groupId } = entry
        const group = this.#unserved.get(groupId) ?? new UnservedGroup(groupId, entry.key.group)
        group.apply(entry.key, key, value !== null)
        if (group.isStored) this.#unserved.set(groupId, group)
        else this.#unserved.delete(groupId)
        return true
      }
      default:
        return false
    }
  }

  marker(producerId: number, committed: boolean, offset: number): void {
    this.#shard.offsets.endTransaction(producerId, committed, offset)
  }

  finish(): GroupShard {
    const { clock, logger } = this.#core
    const { index, groups, offsets } = this.#shard
    for (const [groupId, group] of this.#unserved) {
      group.expectMembers(clock.monotonic())
      this.#put(group, unservedDriver)
      if (!this.#classic.has(groupId)) continue
      // Nobody writes that: whose id it is cannot be said. The records that no other broker writes are the ones to keep.
      logger.log('warn', 'group.two_kinds', { group: groupId, partition: index, type: group.type })
    }
    for (const [groupId, snapshot] of this.#classic) {
      if (groups.has(groupId)) continue
      this.#put(restoreGroup(groupId, snapshot, clock.monotonic()), this.#classicDriver)
    }
    for (const groupId of offsets.groupIds()) {
      if (!groups.has(groupId)) this.#put(new ClassicGroup(groupId, clock.now()), this.#classicDriver)
    }
    return this.#shard
  }

  #put<G extends Group>(group: G, driver: GroupDriver<G>): void {
    this.#shard.groups.set(group.groupId, new HostedGroup(this.#shard, group, driver))
  }
}
