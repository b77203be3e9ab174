// LeaveGroup (key 13, versions 0–5): a member leaves; from v3 many at once, also by instance id.
import { ErrorCode, LeaveGroupApi } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import type { LeaveReply } from '../groups/classic/events.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const manyMembersVersion = 3

const traits: HandlerTraits = { authorization: needs('READ GROUP'), quota: 'REQUEST' }

export default defineHandler(LeaveGroupApi, traits, async (request, context) => {
  const { broker, apiVersion } = context
  const { groupId, memberId } = request
  if (!context.authorize('READ', 'GROUP', groupId)) {
    return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED, members: [] }
  }
  const isSingle = apiVersion < manyMembersVersion
  const members = isSingle ? [{ memberId, groupInstanceId: null, reason: null }] : request.members
  const reply = await orError<LeaveReply>(
    () => broker.service(groupCoordinator).classic.leave(groupId, { members }),
    errorCode => ({ errorCode, members: [] }),
  )
  return isSingle ? { errorCode: reply.errorCode || (reply.members[0]?.errorCode ?? 0) } : reply
})
