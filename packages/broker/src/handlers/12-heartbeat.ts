// Heartbeat (key 12, versions 0–4): a member is alive, and hears whether it has to join again.
import { ErrorCode, HeartbeatApi } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('READ GROUP'), quota: 'REQUEST' }

export default defineHandler(HeartbeatApi, traits, (request, context) => {
  const { broker } = context
  const { groupId, generationId, memberId, groupInstanceId } = request
  if (!context.authorize('READ', 'GROUP', groupId)) {
    return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
  }
  return orError(
    () =>
      broker
        .service(groupCoordinator)
        .classic.heartbeat(groupId, { generationId, memberId, groupInstanceId }),
    errorCode => ({ errorCode }),
  )
})
