// Admin: state, members and assignments of groups.
import {
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  DescribeGroupsApi,
  type DescribeGroupsResponse,
  Reader,
} from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import { askCoordinators } from '../by-coordinator.ts'
import { steps } from '../call-options.ts'
import { outcomeError } from '../outcome.ts'
import { authorizedOperations } from '../security/authorized-operations.ts'
import { describeConsumerGroups } from './describe-consumer-groups.ts'
import { checkDescribe, type DescribeGroupsOptions } from './describe-options.ts'
import { type DescribedGroup, type DescribedMember, undescribed } from './described-group.ts'

type Group = DescribeGroupsResponse['groups'][number]

/** The first version that tells what the client may do. */
const operationsFrom = 3

/**
 * Describes groups of either protocol, each at its coordinator, in the order asked for. A group that does not exist is `Dead`; brokers from 4.0 on say
 * `GROUP_ID_NOT_FOUND` with it.
 */
export async function describeGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: DescribeGroupsOptions = {},
): Promise<DescribedGroup[]> {
  checkDescribe('describeGroups', groupIds, options)
  const step = steps(cluster, options)
  const modern = await describeConsumerGroups(cluster, groupIds, { ...options, ...step() })
  const others = groupIds.filter(groupId => !modern.has(groupId))
  const classic = await describeClassicGroups(cluster, others, { ...options, ...step() })
  return groupIds.map(groupId => modern.get(groupId) ?? classic.get(groupId)!)
}

async function describeClassicGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  { includeAuthorizedOperations = false, ...callOptions }: DescribeGroupsOptions,
): Promise<Map<string, DescribedGroup>> {
  const what = (groupId: string) => `describing group "${groupId}"`
  const outcomes = await askCoordinators<Group>(
    cluster,
    groupIds,
    {
      type: 'group',
      what,
      keyOf: ({ groupId }) => groupId,
      send: async (ids, to) => {
        const body = (version: number) => ({
          groups: [...ids],
          ...(version >= operationsFrom && { includeAuthorizedOperations }),
        })
        const response = await cluster.request(DescribeGroupsApi, body, { to, signal: callOptions.signal })
        return response.groups
      },
    },
    callOptions,
  )
  return new Map(
    Array.from(outcomes, ([groupId, { answer, error }]) => [
      groupId,
      answer ? describe(answer, what(groupId)) : undescribed(groupId, error),
    ]),
  )
}

function describe(group: Group, what: string): DescribedGroup {
  return {
    groupId: group.groupId,
    type: 'classic',
    state: group.groupState,
    protocolType: group.protocolType,
    protocol: group.protocolData,
    members: group.members.map(member => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      ...contentOf(group.protocolType, member.memberMetadata, member.memberAssignment),
    })),
    authorizedOperations: authorizedOperations(group.authorizedOperations),
    error: outcomeError(group.errorCode, what, group.errorMessage),
  }
}

type MemberContent = Pick<DescribedMember, 'topics' | 'assignment' | 'rawMetadata' | 'rawAssignment'>

/** What a member says and has. Both are bytes of its own making: what a broken or foreign client wrote harms nothing but itself. */
function contentOf(protocolType: string, metadata: Buffer, assignment: Buffer): MemberContent {
  const isConsumer = protocolType === 'consumer'
  const topics = isConsumer ? decoded(metadata, subscribedTopics) : undefined
  const partitions = isConsumer ? decoded(assignment, assignedPartitions) : undefined
  return {
    topics: topics ?? [],
    assignment: partitions ?? [],
    rawMetadata: topics ? undefined : Buffer.from(metadata),
    rawAssignment: partitions ? undefined : Buffer.from(assignment),
  }
}

/** Nothing at all decodes to nothing; undefined for what is no message of the consumer protocol. */
function decoded<T>(bytes: Buffer, decode: (bytes: Buffer) => T[]): T[] | undefined {
  if (bytes.length === 0) return []
  try {
    return decode(bytes)
  } catch {
    return undefined
  }
}

function subscribedTopics(bytes: Buffer): string[] {
  return [...decodeConsumerProtocolSubscription(new Reader(bytes)).topics].sort()
}

function assignedPartitions(bytes: Buffer): TopicPartition[] {
  return decodeConsumerProtocolAssignment(new Reader(bytes))
    .assignedPartitions.flatMap(({ topic, partitions }) =>
      partitions.map(partition => ({ topic, partition })),
    )
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
}
