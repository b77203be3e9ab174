// DescribeGroups (key 15, versions 0–6): state, members and assignments of groups. A group that does not exist is Dead; from v6 it is
// an error too.
import { DescribeGroupsApi, type DescribeGroupsResponseInit, ErrorCode } from '@millrace/protocol'
import { groupOperations, operationsNotRequested } from '../authorized-operations.ts'
import type { ClassicGroup } from '../groups/classic-group.ts'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../groups/coordinator-error.ts'
import { defineHandler } from './handler.ts'

type DescribedGroup = DescribeGroupsResponseInit['groups'][number]

const notFoundVersion = 6
const noBytes = new Uint8Array(0)

export default defineHandler(DescribeGroupsApi, async (request, { broker, apiVersion }) => {
  const { admin } = broker.service(groupCoordinator)
  const authorizedOperations = request.includeAuthorizedOperations ? groupOperations : operationsNotRequested
  const groups: DescribedGroup[] = []
  for (const groupId of request.groups) {
    const described = await orError<DescribedGroup>(
      async () => {
        const group = await admin.find(groupId)
        return group ? describe(group) : missing(groupId, apiVersion)
      },
      errorCode => failure(groupId, errorCode, ''),
    )
    groups.push(described.errorCode === ErrorCode.NONE ? { ...described, authorizedOperations } : described)
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

function missing(groupId: string, apiVersion: number): DescribedGroup {
  if (apiVersion < notFoundVersion) return failure(groupId, ErrorCode.NONE, 'Dead')
  const errorMessage = `Group ${groupId} not found.`
  return { ...failure(groupId, ErrorCode.GROUP_ID_NOT_FOUND, 'Dead'), errorMessage }
}

function failure(groupId: string, errorCode: number, groupState: string): DescribedGroup {
  return { errorCode, groupId, groupState, protocolType: '', protocolData: '', members: [] }
}
