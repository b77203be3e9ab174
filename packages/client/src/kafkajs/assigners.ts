// How a group of KafkaJS members divides partitions: its round robin, and assigners of applications, as our members take them.
import type { GroupAssignor } from '../consumer/assignors/assignor.ts'
import { ofApplication } from './application-errors.ts'
import { AssignerProtocol } from './assigner-protocol.ts'
import type { Assigner, GroupMember, GroupMemberAssignment, PartitionAssigner } from './types/cluster.ts'

const { MemberMetadata, MemberAssignment } = AssignerProtocol

interface Share {
  readonly memberId: string
  readonly topics: ReadonlySet<string>
  readonly assignment: Record<string, number[]>
}

/**
 * Round robin under KafkaJS's name and by its order, so that members of both libraries are in one group. Where members have subscribed to different topics, each gets of its own only; KafkaJS, if it
 * leads, gives them to everybody.
 */
const roundRobin: PartitionAssigner = ({ cluster }) => ({
  name: 'RoundRobinAssigner',
  version: 0,

  async assign({ members, topics }) {
    const shares = members.map(shareOf).sort((a, b) => (a.memberId < b.memberId ? -1 : 1))
    const wanted = new Set([...topics, ...shares.flatMap(share => [...share.topics])])
    let turn = 0
    for (const topic of wanted) {
      if (!shares.some(share => share.topics.has(topic))) continue
      for (const { partitionId } of cluster.findTopicPartitionMetadata(topic)) {
        while (!shares[turn % shares.length]!.topics.has(topic)) turn++
        const { assignment } = shares[turn++ % shares.length]!
        assignment[topic] = [...(assignment[topic] ?? []), partitionId]
      }
    }
    return shares.map(({ memberId, assignment }) => ({
      memberId,
      memberAssignment: MemberAssignment.encode({ version: 0, assignment, userData: Buffer.alloc(0) }),
    }))
  },

  protocol({ topics }) {
    const metadata = MemberMetadata.encode({ version: 0, topics, userData: Buffer.alloc(0) })
    return { name: 'RoundRobinAssigner', metadata }
  },
})

function shareOf({ memberId, memberMetadata }: GroupMember): Share {
  const { topics } = MemberMetadata.decode(memberMetadata)!
  return { memberId, topics: new Set(topics), assignment: {} }
}

/** The assigners of KafkaJS. */
export const PartitionAssigners: { roundRobin: PartitionAssigner } = { roundRobin }

/** An assigner as our members take it. `topics`: what this member subscribes to. */
export function groupAssignor(assigner: Assigner, topics: () => string[]): GroupAssignor {
  return {
    name: assigner.name,
    protocol: 'eager',
    userData() {
      const { metadata } = assigner.protocol({ topics: topics() })
      const { userData } = MemberMetadata.decode(metadata)!
      return userData.length > 0 ? userData : null
    },
    async assign(members) {
      const group = {
        members: members.map(({ memberId, topics: subscribed, userData }) => ({
          memberId,
          memberMetadata: MemberMetadata.encode({
            version: assigner.version ?? 0,
            topics: [...subscribed],
            userData: userData ?? Buffer.alloc(0),
          }),
        })),
        topics: topics(),
      }
      const assigned = await ofApplication(() => assigner.assign(group))
      const shares = new Map(assigned.map(partitionsOf))
      // KafkaJS's assigners leave out members that get nothing.
      return new Map(
        members.map(({ memberId }) => [memberId, shares.get(memberId) ?? new Map<string, number[]>()]),
      )
    },
  }
}

function partitionsOf({
  memberId,
  memberAssignment,
}: GroupMemberAssignment): [string, Map<string, number[]>] {
  return [memberId, new Map(Object.entries(MemberAssignment.decode(memberAssignment)?.assignment ?? {}))]
}
