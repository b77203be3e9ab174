// Groups of kinds that only Apache Kafka runs: made there, and asked about with the requests of classic groups on either broker.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ConsumerGroupHeartbeatApi,
  CreateTopicsApi,
  DeleteGroupsApi,
  DescribeGroupsApi,
  ErrorCode,
  errorByCode,
  FindCoordinatorApi,
  HeartbeatApi,
  JoinGroupApi,
  LeaveGroupApi,
  ListGroupsApi,
  OffsetCommitApi,
  OffsetDeleteApi,
  OffsetFetchApi,
  SyncGroupApi,
} from '@millrace/protocol'
import { ShareGroupHeartbeatApi } from '@millrace/protocol/messages/share'
import { StreamsGroupHeartbeatApi } from '@millrace/protocol/messages/streams'
import { subscription } from '../packages/broker/test/groups/conversation.ts'
import type { TestClient } from '../packages/broker/test/test-client.ts'

export const kindsTopic = 'kinds'
const patienceMs = 30_000
const groupIds = ['kind-live', 'kind-idle', 'kind-kept', 'kind-share', 'kind-streams']
const join = 0
const leave = -1

/** Repeats a request until it is answered without an error: a broker that has just started sends clients away for a while. */
async function insist(what: string, ask: () => Promise<number>): Promise<void> {
  const untilMs = performance.now() + patienceMs
  for (;;) {
    const errorCode = await ask()
    if (errorCode === ErrorCode.NONE || errorCode === ErrorCode.TOPIC_ALREADY_EXISTS) return
    if (performance.now() > untilMs) throw new Error(`${what}: ${errorByCode(errorCode).name}`)
    await sleep(200)
  }
}

/** A consumer group with a member, two whose members have left, and a share and a streams group whose members have left. */
export async function makeKinds(client: TestClient): Promise<void> {
  await insist('CreateTopics', async () => {
    const topics = [
      { name: kindsTopic, numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] },
    ]
    const reply = await client.send(CreateTopicsApi, 7, { topics, timeoutMs: 10_000, validateOnly: false })
    return reply.topics[0]!.errorCode
  })
  const memberId = 'AAAAAAAAAAAAAAAAAAAAAQ'
  const consumer = (groupId: string, memberEpoch: number) =>
    insist(`ConsumerGroupHeartbeat of ${groupId}`, async () => {
      const first = { rebalanceTimeoutMs: 60_000, subscribedTopicNames: [kindsTopic], topicPartitions: [] }
      const request = { groupId, memberId, memberEpoch, ...(memberEpoch === join && first) }
      return (await client.send(ConsumerGroupHeartbeatApi, 1, request)).errorCode
    })
  for (const groupId of ['kind-live', 'kind-idle', 'kind-kept']) {
    await insist('FindCoordinator', async () => {
      const reply = await client.send(FindCoordinatorApi, 4, { keyType: 0, coordinatorKeys: [groupId] })
      return reply.coordinators![0]!.errorCode
    })
    await consumer(groupId, join)
  }
  for (const groupId of ['kind-idle', 'kind-kept']) await consumer(groupId, leave)
  for (const memberEpoch of [join, leave]) {
    await insist('ShareGroupHeartbeat', async () => {
      const request = { groupId: 'kind-share', memberId, memberEpoch, subscribedTopicNames: [kindsTopic] }
      return (await client.send(ShareGroupHeartbeatApi, 1, request)).errorCode
    })
    await insist('StreamsGroupHeartbeat', async () => streamsHeartbeat(client, memberId, memberEpoch))
  }
}

async function streamsHeartbeat(client: TestClient, memberId: string, memberEpoch: number): Promise<number> {
  const subtopology = {
    subtopologyId: '0',
    sourceTopics: [kindsTopic],
    sourceTopicRegex: [],
    stateChangelogTopics: [],
    repartitionSinkTopics: [],
    repartitionSourceTopics: [],
    copartitionGroups: [],
  }
  const first = {
    rebalanceTimeoutMs: 60_000,
    topology: { epoch: 0, subtopologies: [subtopology] },
    processId: 'p',
    activeTasks: [],
    standbyTasks: [],
    warmupTasks: [],
    clientTags: [],
  }
  const request = { groupId: 'kind-streams', memberId, memberEpoch, endpointInformationEpoch: 0 }
  const reply = await client.send(StreamsGroupHeartbeatApi, 0, {
    ...request,
    ...(memberEpoch === join && first),
  })
  return reply.errorCode
}

/** What a broker answers to the requests of classic members, consumers without a group, and admin clients. */
export async function askAboutKinds(client: TestClient): Promise<string> {
  await insist('ListGroups', async () => (await client.send(ListGroupsApi, 5, noFilter)).errorCode)
  for (const groupId of groupIds) {
    await insist('OffsetFetch', async () => {
      return (await client.send(OffsetFetchApi, 7, { groupId, topics: null })).errorCode
    })
  }
  const lines = await list(client)
  for (const groupId of groupIds) {
    lines.push(...(await askAsMember(client, groupId)), ...(await askForOffsets(client, groupId)))
  }
  for (const groupId of ['kind-idle', 'kind-share', 'kind-streams']) {
    for (const memberId of ['nobody', '']) {
      const joined = await client.send(JoinGroupApi, 9, {
        groupId,
        sessionTimeoutMs: 30_000,
        rebalanceTimeoutMs: 30_000,
        memberId,
        protocolType: 'consumer',
        protocols: [{ name: 'range', metadata: subscription(kindsTopic) }],
      })
      lines.push(`join ${groupId} as '${memberId}': ${nameOf(joined.errorCode)}`)
    }
  }
  const deleted = await client.send(DeleteGroupsApi, 2, { groupsNames: groupIds })
  const results = deleted.results.map(({ groupId, errorCode }) => `delete ${groupId}: ${nameOf(errorCode)}`)
  lines.push(...results.sort(), 'left:', ...(await list(client)))
  return `${lines.join('\n')}\n`
}

async function list(client: TestClient): Promise<string[]> {
  const { groups } = await client.send(ListGroupsApi, 5, noFilter)
  return groups
    .filter(({ groupId }) => groupIds.includes(groupId))
    .map(({ groupId, groupType, protocolType, groupState }) => {
      // What the member of the one that has one is doing is not known to who does not run it.
      const state = groupId === 'kind-live' ? 'with a member' : groupState
      return `list ${groupId}: ${groupType} ${protocolType} ${state}`
    })
    .sort()
}

async function askAsMember(client: TestClient, groupId: string): Promise<string[]> {
  const lines: string[] = []
  for (const version of [5, 6]) {
    const { groups } = await client.send(DescribeGroupsApi, version, { groups: [groupId] })
    const { errorCode, groupState, errorMessage } = groups[0]!
    lines.push(`describe ${groupId} v${version}: ${nameOf(errorCode)} ${groupState} ${errorMessage}`)
  }
  const member = { groupId, memberId: 'nobody', generationId: 1 }
  const beat = await client.send(HeartbeatApi, 4, member)
  const protocol = { protocolType: 'consumer', protocolName: 'range', assignments: [] }
  const synced = await client.send(SyncGroupApi, 5, { ...member, ...protocol })
  const left = await client.send(LeaveGroupApi, 5, { groupId, members: [{ memberId: 'nobody' }] })
  const each = left.members.map(({ errorCode }) => nameOf(errorCode)).join()
  lines.push(
    `heartbeat ${groupId}: ${nameOf(beat.errorCode)}`,
    `sync ${groupId}: ${nameOf(synced.errorCode)}`,
  )
  return [...lines, `leave ${groupId}: ${nameOf(left.errorCode)} ${each}`]
}

async function askForOffsets(client: TestClient, groupId: string): Promise<string[]> {
  const lines: string[] = []
  const offsets = [{ partitionIndex: 0, committedOffset: 7, committedMetadata: null }]
  for (const [memberId, generationIdOrMemberEpoch] of [['', -1] as const, ['nobody', 1] as const]) {
    const topics = [{ name: kindsTopic, partitions: offsets }]
    const asked = { groupId, memberId, generationIdOrMemberEpoch, topics }
    const { errorCode } = (await client.send(OffsetCommitApi, 9, asked)).topics[0]!.partitions[0]!
    lines.push(`commit ${groupId} as '${memberId}': ${nameOf(errorCode)}`)
  }
  const topics = [{ name: kindsTopic, partitions: [{ partitionIndex: 1 }] }]
  const dropped = await client.send(OffsetDeleteApi, 0, { groupId, topics })
  const one = dropped.topics[0]?.partitions[0]?.errorCode
  lines.push(`offset-delete ${groupId}: ${nameOf(dropped.errorCode)} ${one === undefined ? '' : nameOf(one)}`)
  return lines
}

const nameOf = (errorCode: number): string => (errorCode === 0 ? 'ok' : errorByCode(errorCode).name)

const noFilter = { statesFilter: [], typesFilter: [] }
