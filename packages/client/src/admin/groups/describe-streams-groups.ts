// Admin: topology, members and tasks of streams groups (KIP-1071).
import {
  StreamsGroupDescribeApi,
  type StreamsGroupDescribeResponse,
} from '@millrace/protocol/messages/streams'
import type { Cluster } from '../../cluster/cluster.ts'
import type { KafkaError } from '../../errors/index.ts'
import { askCoordinators } from '../by-coordinator.ts'
import { outcomeError } from '../outcome.ts'
import { authorizedOperations } from '../security/authorized-operations.ts'
import { checkDescribe, type DescribeGroupsOptions } from './describe-options.ts'
import type {
  DescribedStreamsGroup,
  DescribedStreamsMember,
  StreamsAssignment,
  StreamsTopic,
} from './described-streams-group.ts'

type Group = StreamsGroupDescribeResponse['groups'][number]
type Member = Group['members'][number]
type Subtopology = NonNullable<NonNullable<Group['topology']>['subtopologies']>[number]

/** Describes streams groups, each at its coordinator, in the order asked for. `GROUP_ID_NOT_FOUND` is an outcome. */
export async function describeStreamsGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: DescribeGroupsOptions = {},
): Promise<DescribedStreamsGroup[]> {
  checkDescribe('describeStreamsGroups', groupIds, options)
  const { includeAuthorizedOperations = false, ...callOptions } = options
  const what = (groupId: string) => `describing streams group "${groupId}"`
  const outcomes = await askCoordinators<Group>(
    cluster,
    groupIds,
    {
      type: 'group',
      what,
      keyOf: ({ groupId }) => groupId,
      send: async (ids, to) => {
        const body = { groupIds: [...ids], includeAuthorizedOperations }
        const response = await cluster.request(StreamsGroupDescribeApi, body, {
          to,
          signal: options.signal,
        })
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

function describe(group: Group, what: string): DescribedStreamsGroup {
  return {
    groupId: group.groupId,
    state: group.groupState,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    topologyEpoch: group.topology?.epoch ?? -1,
    subtopologies: (group.topology?.subtopologies ?? []).map(subtopologyOf),
    members: group.members.map(memberOf),
    authorizedOperations: authorizedOperations(group.authorizedOperations),
    error: outcomeError(group.errorCode, what, group.errorMessage),
  }
}

function undescribed(groupId: string, error: KafkaError): DescribedStreamsGroup {
  return {
    groupId,
    state: '',
    groupEpoch: -1,
    assignmentEpoch: -1,
    topologyEpoch: -1,
    subtopologies: [],
    members: [],
    authorizedOperations: undefined,
    error,
  }
}

function subtopologyOf(part: Subtopology): DescribedStreamsGroup['subtopologies'][number] {
  return {
    subtopologyId: part.subtopologyId,
    sourceTopics: part.sourceTopics,
    repartitionSinkTopics: part.repartitionSinkTopics,
    stateChangelogTopics: part.stateChangelogTopics.map(topicOf),
    repartitionSourceTopics: part.repartitionSourceTopics.map(topicOf),
  }
}

function topicOf({
  name,
  partitions,
  replicationFactor,
  topicConfigs,
}: Subtopology['stateChangelogTopics'][number]): StreamsTopic {
  return { name, partitions, replicationFactor, configs: record(topicConfigs) }
}

function memberOf(member: Member): DescribedStreamsMember {
  const { instanceId, userEndpoint, clientTags, assignment, targetAssignment, ...rest } = member
  return {
    ...rest,
    groupInstanceId: instanceId,
    endpoint: userEndpoint,
    clientTags: record(clientTags),
    assignment: assignmentOf(assignment),
    targetAssignment: assignmentOf(targetAssignment),
  }
}

function assignmentOf({ activeTasks, standbyTasks, warmupTasks }: Member['assignment']): StreamsAssignment {
  return { active: activeTasks, standby: standbyTasks, warmup: warmupTasks }
}

function record(
  entries: readonly { readonly key: string; readonly value: string }[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]))
}
