// What the leader of a group does: reads the members' subscriptions and divides the partitions.
import type { JoinGroupResponse } from '@millrace/protocol'
import { StateError } from '../../../errors/index.ts'
import type { GroupAssignor, GroupMember } from '../../assignors/assignor.ts'
import { decodeSubscription, encodeAssignment } from './embedded-protocol.ts'
import type { MemberAssignment } from './classic-membership.ts'

/** The members as an assignor sees them. Throws DecodeError when one speaks another protocol. */
export function readMembers(response: JoinGroupResponse, assignor: GroupAssignor): GroupMember[] {
  return response.members.map(({ memberId, groupInstanceId, metadata }) => {
    const subscription = decodeSubscription(metadata)
    const { topics, userData, rack } = subscription
    const said = userData && userData.length > 0 ? assignor.readUserData?.(userData) : undefined
    return {
      memberId,
      groupInstanceId,
      topics,
      userData,
      rack,
      owned: said?.owned ?? subscription.owned,
      generation: Math.max(subscription.generation, said?.generation ?? -1),
    }
  })
}

/** Divides the partitions. Throws StateError when the assignor leaves a member out or gives a partition twice. */
export async function divide(
  members: readonly GroupMember[],
  assignor: GroupAssignor,
  partitionCounts: ReadonlyMap<string, number>,
): Promise<MemberAssignment[]> {
  const assignment = await assignor.assign(members, partitionCounts)
  const given = new Set<string>()
  return members.map(({ memberId }) => {
    const partitions = assignment.get(memberId)
    if (!partitions)
      throw new StateError(`assignor "${assignor.name}" has no assignment for member ${memberId}`)
    for (const [topic, numbers] of partitions) {
      for (const number of numbers) {
        const name = `${topic}-${number}`
        if (given.has(name)) throw new StateError(`assignor "${assignor.name}" gives ${name} to two members`)
        given.add(name)
      }
    }
    return { memberId, assignment: encodeAssignment(partitions) }
  })
}
