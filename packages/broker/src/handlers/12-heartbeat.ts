// Heartbeat (key 12, versions 0–4): a member is alive, and hears whether it has to join again.
import { HeartbeatApi } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('READ GROUP'), quota: 'REQUEST' }

export default defineHandler(HeartbeatApi, traits, (request, { broker }) => {
  const { groupId, generationId, memberId, groupInstanceId } = request
  return orError(
    () =>
      broker
        .service(groupCoordinator)
        .classic.heartbeat(groupId, { generationId, memberId, groupInstanceId }),
    errorCode => ({ errorCode }),
  )
})
