// What admin clients ask about groups: describe, list, delete.
import { ErrorCode } from '@millrace/protocol'
import { coordinatorErrorCode } from '../coordination/coordinator-error.ts'
import type { Shards } from '../coordination/shards.ts'
import type { Group } from './group.ts'
import type { GroupShard } from './group-shard.ts'
import type { LiveGroups } from './live-groups.ts'
import { deletionOf } from './offset-change.ts'
import type { TopicOffsets } from './offset-table.ts'
import { offsetRecord } from './offsets-records.ts'

/** How far a group has come. */
export interface GroupProgress {
  readonly groupId: string
  readonly memberCount: number
  /** Committed offsets by topic and partition. */
  readonly topics: ReadonlyMap<string, TopicOffsets>
}

export class GroupAdmin {
  readonly #shards: Shards<GroupShard>
  readonly #live: LiveGroups

  constructor(shards: Shards<GroupShard>, live: LiveGroups) {
    this.#shards = shards
    this.#live = live
  }

  /** The group of that id, of any kind, as it is now: to be read at once. Undefined for none. */
  async find(groupId: string): Promise<Group | undefined> {
    return (await this.#shards.find(groupId))?.groups.get(groupId)?.group
  }

  /** All groups as they are now, to be read at once. */
  async list(): Promise<Group[]> {
    const groups: Group[] = []
    for (const shard of await this.#shards.all()) {
      for (const { group } of shard.groups.values()) groups.push(group)
    }
    return groups
  }

  /** Of all groups whose partition is loaded, while they change. Waits for nothing. */
  *progress(): Generator<GroupProgress> {
    for (const { groups, offsets } of this.#shards.loaded()) {
      for (const [groupId, { group }] of groups) {
        yield { groupId, memberCount: group.memberCount, topics: offsets.topics(groupId) }
      }
    }
  }

  /** Deletes a group without members, with its offsets. Resolves with 0 once that is durable, or the error. */
  async delete(groupId: string): Promise<number> {
    const shard = await this.#shards.find(groupId)
    const hosted = shard?.groups.get(groupId)
    if (!shard || !hosted) return ErrorCode.GROUP_ID_NOT_FOUND
    const errorCode = hosted.group.admitDelete()
    if (errorCode !== ErrorCode.NONE) return errorCode
    const deletions = shard.offsets.known(groupId).map(deletionOf)
    const records = [...deletions.map(offsetRecord), ...hosted.group.tombstones()]
    this.#live.remove(hosted, ErrorCode.GROUP_ID_NOT_FOUND)
    try {
      await this.#shards.write(shard, records, shard.offsets.written(deletions))
      return ErrorCode.NONE
    } catch (error) {
      // It is still on the disk, so it exists.
      this.#live.revive(hosted)
      return coordinatorErrorCode(error)
    }
  }
}
