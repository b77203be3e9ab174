// Admin: state, members and assignments of groups.
import {
  DescribeGroupsApi,
  ErrorCode,
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  Reader,
} from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { BrokerError, type KafkaError } from '../errors/index.ts'
import { listOf, optionsWith, text } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError, settleEach } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

/** One member of a group. */
export interface DescribedMember {
  /** The id that the coordinator gave it. */
  readonly memberId: string
  /** `group.instance.id` of a static member, null otherwise. */
  readonly groupInstanceId: string | null
  /** `client.id` of its connection. */
  readonly clientId: string
  /** As the broker saw it, `/127.0.0.1`. */
  readonly clientHost: string
  /** What a consumer is subscribed to; empty for other protocol types. */
  readonly topics: readonly string[]
  /** What a consumer is assigned; empty for other protocol types and while the group rebalances. */
  readonly assignment: readonly TopicPartition[]
  /** What the member told its group, where `topics` cannot say it: of other protocol types, and where it cannot be decoded. */
  readonly rawMetadata: Buffer | undefined
  /** What the member was given, where `assignment` cannot say it. */
  readonly rawAssignment: Buffer | undefined
}

/** One group with its members. */
export interface DescribedGroup extends Outcome {
  /** The group’s id. */
  readonly groupId: string
  /** `Stable`, `Empty`, `PreparingRebalance`, `CompletingRebalance`, `Dead`. */
  readonly state: string
  /** `consumer`, `connect`, …; empty for a group that never had members. */
  readonly protocolType: string
  /** The assignor that was agreed on; empty without members. */
  readonly protocol: string
  /** Its members; empty where there is an error. */
  readonly members: readonly DescribedMember[]
}

const checkGroupIds = listOf(text)

const checkOptions = optionsWith()

/** Describes groups, each at its coordinator, in the order asked for. A group that does not exist is `Dead`, as in Kafka before 4.0. */
export async function describeGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: AdminCallOptions = {},
): Promise<DescribedGroup[]> {
  checkGroupIds('describeGroups: groupIds', groupIds)
  checkOptions('describeGroups: options', options)
  return settleEach(
    groupIds,
    groupId => describeOne(cluster, groupId, options),
    (groupId, error) => undescribed(groupId, error),
  )
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
  if (!group) return undescribed(groupId, new BrokerError(ErrorCode.UNKNOWN_SERVER_ERROR, what))
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
      ...contentOf(group.protocolType, member.memberMetadata, member.memberAssignment),
    })),
    error: outcomeError(group.errorCode, what, group.errorMessage),
  }
}

function undescribed(groupId: string, error: KafkaError): DescribedGroup {
  return { groupId, state: '', protocolType: '', protocol: '', members: [], error }
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
