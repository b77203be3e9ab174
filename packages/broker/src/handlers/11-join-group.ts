// JoinGroup (key 11, versions 0–9): a member wants into the next generation. The reply comes when the rebalance has got there.
import { ErrorCode, JoinGroupApi } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { joinError } from '../groups/classic/replies.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

/** From this version on the protocol's name may be null; before, nothing is an empty string. */
const nullableProtocolVersion = 7

const traits: HandlerTraits = {
  authorization: needs('READ GROUP'),
  quota: 'REQUEST',
  waitsFor: 'CLIENTS',
}

export default defineHandler(JoinGroupApi, traits, async (request, context) => {
  const { broker, connection, apiVersion, clientId } = context
  const { groupId, memberId, groupInstanceId, protocolType, sessionTimeoutMs, reason } = request
  const named = <Reply extends { readonly protocolName: string | null }>(reply: Reply) =>
    apiVersion < nullableProtocolVersion ? { ...reply, protocolName: reply.protocolName ?? '' } : reply
  if (!context.authorize('READ', 'GROUP', groupId)) {
    return named(joinError(ErrorCode.GROUP_AUTHORIZATION_FAILED, ''))
  }
  const reply = await orError(
    () =>
      broker.service(groupCoordinator).classic.join(groupId, {
        apiVersion,
        clientId: clientId ?? '',
        clientHost: `/${connection.remoteAddress}`,
        sessionTimeoutMs,
        // Version 0 knows one timeout only.
        rebalanceTimeoutMs: apiVersion === 0 ? sessionTimeoutMs : request.rebalanceTimeoutMs,
        memberId,
        groupInstanceId,
        protocolType,
        // Kept as long as the member: not as views of the request.
        protocols: request.protocols.map(({ name, metadata }) => ({
          name,
          metadata: Buffer.from(metadata),
        })),
        reason,
      }),
    errorCode => joinError(errorCode, memberId),
  )
  return named(reply)
})
