// A classic group as its record says.
import { ClassicGroup } from './classic-group.ts'
import { GroupMember } from './group-member.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import { subscribedTopicsOf } from './subscription.ts'

/** The group of a record. Its members' sessions begin anew at `monotonicMs`. */
export function restoreGroup(groupId: string, snapshot: GroupSnapshot, monotonicMs: number): ClassicGroup {
  const { members } = snapshot
  const group = new ClassicGroup(
    groupId,
    snapshot.currentStateTimestamp,
    members.length > 0 ? 'Stable' : 'Empty',
  )
  // A generation has a protocol. A record without one says so of a group whose members have not chosen yet.
  const protocol = snapshot.protocol ?? (members.length > 0 ? '' : null)
  group.generationId = snapshot.generation
  group.protocolType = snapshot.protocolType === '' ? null : snapshot.protocolType
  group.protocolName = protocol
  for (const stored of members) {
    const member = new GroupMember({
      memberId: stored.memberId,
      groupInstanceId: stored.groupInstanceId,
      clientId: stored.clientId,
      clientHost: stored.clientHost,
      rebalanceTimeoutMs: stored.rebalanceTimeout === -1 ? stored.sessionTimeout : stored.rebalanceTimeout,
      sessionTimeoutMs: stored.sessionTimeout,
      protocolType: snapshot.protocolType,
      protocols: [{ name: protocol ?? '', metadata: stored.subscription }],
      assignment: stored.assignment,
    })
    group.add(member, null)
    group.expectHeartbeat(member, monotonicMs)
  }
  // Of a leader that is no member the first one takes the place, as when a leader has left.
  if (snapshot.leader !== null && group.members.has(snapshot.leader)) group.leaderId = snapshot.leader
  group.subscribedTopics = subscribedTopicsOf(group)
  return group
}
