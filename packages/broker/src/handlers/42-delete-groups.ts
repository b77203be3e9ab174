// DeleteGroups (key 42, versions 0–2): deletes groups without members, and their offsets.
import { DeleteGroupsApi, ErrorCode } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DELETE GROUP'), quota: 'REQUEST' }

export default defineHandler(DeleteGroupsApi, traits, async (request, context) => {
  const { admin } = context.broker.service(groupCoordinator)
  // At once, so that all of them share a sync of the disk.
  const results = [...new Set(request.groupsNames)].map(async groupId => ({
    groupId,
    errorCode: context.authorize('DELETE', 'GROUP', groupId)
      ? await orError(
          () => admin.delete(groupId),
          errorCode => errorCode,
        )
      : ErrorCode.GROUP_AUTHORIZATION_FAILED,
  }))
  return { results: await Promise.all(results) }
})
