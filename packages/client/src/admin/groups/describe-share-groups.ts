// Admin: state, members and assignments of share groups (KIP-932).
import { ShareGroupDescribeApi, type ShareGroupDescribeResponse } from '@millrace/protocol/messages/share'
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { KafkaError } from '../../errors/index.ts'
import { askCoordinators } from '../by-coordinator.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import type { AclOperationName } from '../security/acl.ts'
import { authorizedOperations } from '../security/authorized-operations.ts'
import { partitionsOf } from './describe-consumer-groups.ts'
import { checkDescribe, type DescribeGroupsOptions } from './describe-options.ts'

/** One member of a share group. */
export interface DescribedShareMember {
  /** The id that it gave itself. */
  readonly memberId: string
  /** Counts its assignments. */
  readonly memberEpoch: number
  /** `client.rack`, null without one. */
  readonly rackId: string | null
  /** `client.id` of its connection. */
  readonly clientId: string
  /** As the broker saw it, `/127.0.0.1`. */
  readonly clientHost: string
  /** What it is subscribed to. */
  readonly topics: readonly string[]
  /** The partitions that it shares with others. */
  readonly assignment: readonly TopicPartition[]
}

/** One share group with its members. */
export interface DescribedShareGroup extends Outcome {
  /** The group’s id. */
  readonly groupId: string
  /** `Stable`, `Empty`, `Dead`. */
  readonly state: string
  /** Counts the changes of members and subscriptions; −1 where there is an error. */
  readonly groupEpoch: number
  /** The group epoch that the assignment is for; −1 where there is an error. */
  readonly assignmentEpoch: number
  /** The broker’s assignor. */
  readonly assignor: string
  /** Its members; empty where there is an error. */
  readonly members: readonly DescribedShareMember[]
  /** What this client may do with the group; undefined unless asked for. */
  readonly authorizedOperations: readonly AclOperationName[] | undefined
}

type Group = ShareGroupDescribeResponse['groups'][number]

/** Describes share groups, each at its coordinator, in the order asked for. `GROUP_ID_NOT_FOUND` is an outcome. */
export async function describeShareGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: DescribeGroupsOptions = {},
): Promise<DescribedShareGroup[]> {
  checkDescribe('describeShareGroups', groupIds, options)
  const { includeAuthorizedOperations = false, ...callOptions } = options
  const what = (groupId: string) => `describing share group "${groupId}"`
  const outcomes = await askCoordinators<Group>(
    cluster,
    groupIds,
    {
      type: 'group',
      what,
      keyOf: ({ groupId }) => groupId,
      send: async (ids, to) => {
        const body = { groupIds: [...ids], includeAuthorizedOperations }
        const response = await cluster.request(ShareGroupDescribeApi, body, { to, signal: options.signal })
        return response.groups
      },
    },
    callOptions,
  )
  return groupIds.map(groupId => {
    const { answer, error } = outcomes.get(groupId)!
    return answer ? describe(answer, what(groupId)) : undescribed(groupId, error)
  })
}

function describe(group: Group, what: string): DescribedShareGroup {
  return {
    groupId: group.groupId,
    state: group.groupState,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    assignor: group.assignorName,
    members: group.members.map(({ memberId, memberEpoch, rackId, clientId, clientHost, ...member }) => ({
      memberId,
      memberEpoch,
      rackId,
      clientId,
      clientHost,
      topics: [...member.subscribedTopicNames].sort(),
      assignment: partitionsOf(member.assignment.topicPartitions),
    })),
    authorizedOperations: authorizedOperations(group.authorizedOperations),
    error: outcomeError(group.errorCode, what, group.errorMessage),
  }
}

function undescribed(groupId: string, error: KafkaError): DescribedShareGroup {
  return {
    groupId,
    state: '',
    groupEpoch: -1,
    assignmentEpoch: -1,
    assignor: '',
    members: [],
    authorizedOperations: undefined,
    error,
  }
}
