// A group as KafkaJS describes it, of what its coordinator answers.
import type { GroupDescription } from './types/consumer.ts'

interface AnsweredGroup {
  readonly errorCode: number
  readonly groupId: string
  readonly groupState: string
  readonly protocolType: string
  readonly protocolData: string
  readonly members: readonly {
    readonly memberId: string
    readonly clientId: string
    readonly clientHost: string
    readonly memberMetadata: Buffer
    readonly memberAssignment: Buffer
  }[]
}

/** A group as KafkaJS describes it. */
export function describedGroup(group: AnsweredGroup): GroupDescription {
  const { errorCode, groupId, groupState, protocolType, protocolData, members } = group
  const description = {
    errorCode,
    groupId,
    state: groupState as GroupDescription['state'],
    protocolType,
    protocol: protocolData,
    members: members.map(({ memberId, clientId, clientHost, memberMetadata, memberAssignment }) => ({
      memberId,
      clientId,
      clientHost,
      memberMetadata,
      memberAssignment,
    })),
  }
  return description
}
