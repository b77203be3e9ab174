// Admin: state, members and assignments of groups.
import {
  DescribeGroupsApi,
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  Reader,
} from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { listOf, text } from './arguments.ts'
import { type AdminCallOptions, callOptions, checkBroker, type Outcome, outcomeError } from './outcome.ts'

export interface DescribedMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly clientId: string
  /** As the broker saw it, `/127.0.0.1`. */
  readonly clientHost: string
  /** What a consumer is subscribed to; empty for other protocol types. */
  readonly topics: readonly string[]
  /** What a consumer is assigned; empty for other protocol types and while the group rebalances. */
  readonly assignment: readonly TopicPartition[]
}

export interface DescribedGroup extends Outcome {
  readonly groupId: string
  /** `Stable`, `Empty`, `PreparingRebalance`, `CompletingRebalance`, `Dead`. */
  readonly state: string
  readonly protocolType: string
  /** The assignor that was agreed on; empty without members. */
  readonly protocol: string
  readonly members: readonly DescribedMember[]
}

const checkGroupIds = listOf(text)

/** Describes groups, each at its coordinator, in the order asked for. A group that does not exist is `Dead`, as in Kafka before 4.0. */
export async function describeGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: AdminCallOptions = {},
): Promise<DescribedGroup[]> {
  checkGroupIds('describeGroups: groupIds', groupIds)
  return Promise.all(groupIds.map(groupId => describeOne(cluster, groupId, options)))
}

async function describeOne(
  cluster: Cluster,
  groupId: string,
  options: AdminCallOptions,
): Promise<DescribedGroup> {
  const what = `describing group "${groupId}"`
  const { groups } = await cluster.call(
    DescribeGroupsApi,
    { groups: [groupId] },
    {
      ...callOptions(options),
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      check: response =>
        checkBroker(
          response.groups.map(group => group.errorCode),
          what,
        ),
    },
  )
  const group = groups[0]
  if (!group)
    return { groupId, state: '', protocolType: '', protocol: '', members: [], error: outcomeError(-1, what) }
  const isConsumer = group.protocolType === 'consumer'
  return {
    groupId,
    state: group.groupState,
    protocolType: group.protocolType,
    protocol: group.protocolData,
    members: group.members.map(member => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      topics: isConsumer ? subscribedTopics(member.memberMetadata) : [],
      assignment: isConsumer ? assignedPartitions(member.memberAssignment) : [],
    })),
    error: outcomeError(group.errorCode, what, group.errorMessage),
  }
}

function subscribedTopics(bytes: Buffer): string[] {
  if (bytes.length === 0) return []
  return [...decodeConsumerProtocolSubscription(new Reader(bytes)).topics].sort()
}

function assignedPartitions(bytes: Buffer): TopicPartition[] {
  if (bytes.length === 0) return []
  return decodeConsumerProtocolAssignment(new Reader(bytes))
    .assignedPartitions.flatMap(({ topic, partitions }) =>
      partitions.map(partition => ({ topic, partition })),
    )
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
}
