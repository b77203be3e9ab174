// SyncGroup (key 14, versions 0–5): members ask for their assignment, the leader brings everybody's.
import { ErrorCode, SyncGroupApi } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { syncError } from '../groups/classic/replies.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

/** From this version on a member must say which protocol it syncs for (KIP-559). */
const protocolVersion = 5

const traits: HandlerTraits = {
  authorization: needs('READ GROUP'),
  quota: 'REQUEST',
  waitsFor: 'CLIENTS',
}

export default defineHandler(SyncGroupApi, traits, (request, context) => {
  const { broker, apiVersion } = context
  const { groupId, generationId, memberId, groupInstanceId, protocolType, protocolName } = request
  if (apiVersion >= protocolVersion && (protocolType === null || protocolName === null)) {
    return syncError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  }
  if (!context.authorize('READ', 'GROUP', groupId)) return syncError(ErrorCode.GROUP_AUTHORIZATION_FAILED)
  return orError(
    () =>
      broker.service(groupCoordinator).classic.sync(groupId, {
        generationId,
        memberId,
        groupInstanceId,
        protocolType,
        protocolName,
        // Kept as long as the generation: not as views of the request.
        assignments: request.assignments.map(each => ({
          memberId: each.memberId,
          assignment: Buffer.from(each.assignment),
        })),
      }),
    syncError,
  )
})
