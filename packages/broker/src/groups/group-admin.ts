// What admin clients ask about groups: describe, list, delete.
import { ErrorCode } from '@millrace/protocol'
import type { ClassicGroup } from './classic-group.ts'
import { admitDelete } from './commit-rules.ts'
import { coordinatorErrorCode } from './coordinator-error.ts'
import type { GroupRunner } from './group-runner.ts'
import { deletionOf } from './offset-table.ts'
import { groupRecord } from './offsets-records.ts'
import type { Shards } from './shards.ts'

export class GroupAdmin {
  readonly #shards: Shards
  readonly #runner: GroupRunner

  constructor(shards: Shards, runner: GroupRunner) {
    this.#shards = shards
    this.#runner = runner
  }

  /** The group as it is now, to be read at once; undefined for none. */
  async find(groupId: string): Promise<ClassicGroup | undefined> {
    return (await this.#shards.find(groupId))?.groups.get(groupId)?.group
  }

  /** All groups as they are now, to be read at once. */
  async list(): Promise<ClassicGroup[]> {
    const groups: ClassicGroup[] = []
    for (const shard of await this.#shards.all()) {
      for (const { group } of shard.groups.values()) groups.push(group)
    }
    return groups
  }

  /** Deletes a group without members, with its offsets. Resolves with 0 once that is durable, or the error. */
  async delete(groupId: string): Promise<number> {
    const shard = await this.#shards.find(groupId)
    const hosted = shard?.groups.get(groupId)
    if (!shard || !hosted) return ErrorCode.GROUP_ID_NOT_FOUND
    const errorCode = admitDelete(hosted.group)
    if (errorCode !== ErrorCode.NONE) return errorCode
    const deletions = shard.offsets.known(groupId).map(deletionOf)
    this.#runner.remove(hosted, ErrorCode.GROUP_ID_NOT_FOUND)
    try {
      await this.#shards.write(shard, deletions, [groupRecord(groupId, null)])
      return ErrorCode.NONE
    } catch (error) {
      // It is still on the disk, so it exists; somebody may have made a new one meanwhile.
      if (!shard.groups.has(groupId)) this.#runner.create(shard, groupId)
      return coordinatorErrorCode(error)
    }
  }
}
