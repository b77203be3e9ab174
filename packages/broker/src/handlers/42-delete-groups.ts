// DeleteGroups (key 42, versions 0–2): deletes groups without members, and their offsets.
import { DeleteGroupsApi } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DELETE GROUP'), quota: 'REQUEST' }

export default defineHandler(DeleteGroupsApi, traits, async (request, { broker }) => {
  const { admin } = broker.service(groupCoordinator)
  // At once, so that all of them share a sync of the disk.
  const results = [...new Set(request.groupsNames)].map(async groupId => ({
    groupId,
    errorCode: await orError(
      () => admin.delete(groupId),
      errorCode => errorCode,
    ),
  }))
  return { results: await Promise.all(results) }
})
