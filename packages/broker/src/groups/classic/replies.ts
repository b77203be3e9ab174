// Replies of the group APIs that the steps give in more than one place.
import type { JoinReply, SyncReply } from './events.ts'
import { noAssignment } from './group-member.ts'

const noGeneration = -1

export function joinError(errorCode: number, memberId = ''): JoinReply {
  return {
    errorCode,
    generationId: noGeneration,
    protocolType: null,
    protocolName: null,
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  }
}

export function syncError(errorCode: number): SyncReply {
  return { errorCode, protocolType: null, protocolName: null, assignment: noAssignment }
}
