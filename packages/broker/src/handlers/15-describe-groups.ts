// DescribeGroups (key 15, versions 0–6): state, members and assignments of classic groups. A group that does not exist, or is of another
// kind, is Dead; from v6 it is an error too.
import { DescribeGroupsApi, type DescribeGroupsResponseInit, ErrorCode } from '@millrace/protocol'
import { authorizedOperations, operationsNotRequested } from '../authorized-operations.ts'
import { ClassicGroup } from '../groups/classic/classic-group.ts'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type DescribedGroup = DescribeGroupsResponseInit['groups'][number]

const notFoundVersion = 6
const noBytes = new Uint8Array(0)

const traits: HandlerTraits = { authorization: needs('DESCRIBE GROUP'), quota: 'REQUEST' }

export default defineHandler(DescribeGroupsApi, traits, async (request, context) => {
  const { broker, apiVersion } = context
  const { admin } = broker.service(groupCoordinator)
  const operations = (groupId: string) =>
    request.includeAuthorizedOperations
      ? authorizedOperations(context, 'GROUP', groupId)
      : operationsNotRequested
  const groups: DescribedGroup[] = []
  for (const groupId of request.groups) {
    if (!context.authorize('DESCRIBE', 'GROUP', groupId)) {
      groups.push(failure(groupId, ErrorCode.GROUP_AUTHORIZATION_FAILED, ''))
      continue
    }
    const described = await orError<DescribedGroup>(
      async () => {
        const group = await admin.find(groupId)
        if (group instanceof ClassicGroup) return describe(group)
        return missing(groupId, group ? 'is not a classic group' : 'not found', apiVersion)
      },
      errorCode => failure(groupId, errorCode, ''),
    )
    groups.push(
      described.errorCode === ErrorCode.NONE
        ? { ...described, authorizedOperations: operations(groupId) }
        : described,
    )
  }
  return { groups }
})

function describe(group: ClassicGroup): DescribedGroup {
  // What members have said counts once a protocol is in force.
  const protocol = group.state === 'Stable' ? group.protocolName : null
  return {
    errorCode: ErrorCode.NONE,
    groupId: group.groupId,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    protocolData: protocol ?? '',
    members: [...group.members.values()].map(member => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: protocol === null ? noBytes : member.metadata(protocol),
      memberAssignment: member.assignment,
    })),
  }
}

function missing(groupId: string, why: string, apiVersion: number): DescribedGroup {
  if (apiVersion < notFoundVersion) return failure(groupId, ErrorCode.NONE, 'Dead')
  const errorMessage = `Group ${groupId} ${why}.`
  return { ...failure(groupId, ErrorCode.GROUP_ID_NOT_FOUND, 'Dead'), errorMessage }
}

function failure(groupId: string, errorCode: number, groupState: string): DescribedGroup {
  return { errorCode, groupId, groupState, protocolType: '', protocolData: '', members: [] }
}
