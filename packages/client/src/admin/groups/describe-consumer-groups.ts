// Admin: state, members and assignments of groups whose partitions the broker divides (KIP-848).
import { ConsumerGroupDescribeApi, type ConsumerGroupDescribeResponse, ErrorCode } from '@millrace/protocol'
import type { Cluster, Target } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import { UnsupportedVersionError } from '../../errors/index.ts'
import { askCoordinators } from '../by-coordinator.ts'
import { outcomeError } from '../outcome.ts'
import { authorizedOperations } from '../security/authorized-operations.ts'
import type { DescribeGroupsOptions } from './describe-options.ts'
import { type DescribedGroup, type DescribedMember, undescribed } from './described-group.ts'

type Group = ConsumerGroupDescribeResponse['groups'][number]
type Member = Group['members'][number]

/** Those of the groups that are of the consumer protocol, and those whose coordinator cannot be asked. Brokers that know no such protocol have none. */
export async function describeConsumerGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  { includeAuthorizedOperations = false, ...callOptions }: DescribeGroupsOptions,
): Promise<Map<string, DescribedGroup>> {
  const what = (groupId: string) => `describing group "${groupId}"`
  const send = async (ids: readonly string[], to: Target) => {
    const body = { groupIds: [...ids], includeAuthorizedOperations }
    const options = { to, signal: callOptions.signal }
    const response = await cluster.request(ConsumerGroupDescribeApi, body, options)
    return response.groups
  }
  const question = { type: 'group', what, keyOf: ({ groupId }: Group) => groupId, send } as const
  const found = new Map<string, DescribedGroup>()
  try {
    const outcomes = await askCoordinators(cluster, groupIds, question, callOptions)
    for (const [groupId, { answer, error }] of outcomes) {
      if (!answer) found.set(groupId, undescribed(groupId, error))
      else if (!isNone(answer.errorCode)) found.set(groupId, describe(answer, what(groupId)))
    }
  } catch (error) {
    if (!(error instanceof UnsupportedVersionError)) throw error
  }
  return found
}

/** A classic group is not found here, and a broker may have the protocol switched off. */
function isNone(errorCode: number): boolean {
  return errorCode === ErrorCode.GROUP_ID_NOT_FOUND || errorCode === ErrorCode.UNSUPPORTED_VERSION
}

function describe(group: Group, what: string): DescribedGroup {
  return {
    groupId: group.groupId,
    type: 'consumer',
    state: group.groupState,
    protocolType: 'consumer',
    protocol: group.assignorName,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    members: group.members.map(memberOf),
    authorizedOperations: authorizedOperations(group.authorizedOperations),
    error: outcomeError(group.errorCode, what, group.errorMessage),
  }
}

/** `memberType` of an answer: where the broker does not tell, and of a member that speaks the classic protocol. */
const unknownType = -1
const classicType = 0

function memberOf(member: Member): DescribedMember {
  const {
    memberId,
    instanceId,
    clientId,
    clientHost,
    memberEpoch,
    rackId,
    memberType,
    subscribedTopicNames,
    subscribedTopicRegex,
  } = member
  return {
    memberId,
    groupInstanceId: instanceId,
    clientId,
    clientHost,
    rackId,
    memberEpoch,
    ...(memberType !== unknownType && { isClassic: memberType === classicType }),
    topics: [...subscribedTopicNames].sort(),
    pattern: subscribedTopicRegex === '' ? null : subscribedTopicRegex,
    assignment: partitionsOf(member.assignment.topicPartitions),
    targetAssignment: partitionsOf(member.targetAssignment.topicPartitions),
    rawMetadata: undefined,
    rawAssignment: undefined,
  }
}

/** Partitions as answers name them, in order. */
export function partitionsOf(
  topics: readonly { readonly topicName: string; readonly partitions: readonly number[] }[],
): TopicPartition[] {
  return topics
    .flatMap(({ topicName, partitions }) => partitions.map(partition => ({ topic: topicName, partition })))
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
}
