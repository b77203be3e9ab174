// One long conversation about groups on real connections, written down: what Apache Kafka says in it stands in wire.txt.
// Only what differs from run to run is replaced: member ids, topic ids, ports.
import {
  type Api,
  CreateTopicsApi,
  DeleteGroupsApi,
  DescribeGroupsApi,
  errorByCode,
  FindCoordinatorApi,
  HeartbeatApi,
  JoinGroupApi,
  type JoinGroupRequestInit,
  type JoinGroupResponse,
  LeaveGroupApi,
  ListGroupsApi,
  MetadataApi,
  OffsetCommitApi,
  OffsetDeleteApi,
  OffsetFetchApi,
  SyncGroupApi,
  zeroUuid,
} from '@millrace/protocol'
import type { TestClient } from '../test-client.ts'
import { subscription } from './conversation.ts'

export const wireTopic = 'orders'

/** Fields that say nothing about groups. */
const leftOut = new Set(['throttleTimeMs', 'port', 'host', 'nodeId', 'authorizedOperations'])

/** Writes replies down, with names in place of ids. */
class Transcript {
  readonly lines: string[] = []
  readonly #names = new Map<string, string>()

  note(text: string): void {
    this.lines.push('', `# ${text}`)
  }

  /** From here on `id` is written as `name`. */
  name(id: string, name: string): void {
    if (id !== '') this.#names.set(id, name)
  }

  reply(question: string, reply: unknown): void {
    this.lines.push(this.#named(question), `    ${this.#text(reply)}`)
  }

  #text(value: unknown, field = ''): string {
    if (value === null) return 'null'
    if (typeof value === 'number')
      return field === 'errorCode' && value !== 0 ? errorByCode(value).name : String(value)
    if (typeof value === 'string') return `'${shortened(this.#named(value))}'`
    if (typeof value === 'boolean') return String(value)
    if (value instanceof Uint8Array)
      return `<${Buffer.from(value)
        .toString('latin1')
        .replace(/[^ -~]/g, '.')}>`
    // The order of groups, members and partitions is nobody's promise.
    if (Array.isArray(value))
      return `[${value
        .map(each => this.#text(each))
        .sort()
        .join(', ')}]`
    const fields = Object.entries(value as object).filter(([name]) => !leftOut.has(name))
    return `{ ${fields.map(([name, each]) => `${name}: ${this.#text(each, name)}`).join(', ')} }`
  }

  #named(text: string): string {
    let named = text
    for (const [id, name] of this.#names) named = named.replaceAll(id, name)
    return named
  }
}

type Send = <Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, request: QI) => Promise<R>

/** Everything a chapter needs: two connections, since a join that waits holds its own. */
interface Scene {
  readonly transcript: Transcript
  readonly first: Send
  readonly second: Send
  /** Sends on the first connection and writes question and reply down. */
  readonly ask: Send
  readonly topicId: string
}

const shortened = (text: string) =>
  text.length > 60 ? `${text.slice(0, 10)}… ${text.length} characters` : text

function questionOf(api: Api, version: number, request: unknown): string {
  const text = JSON.stringify(request, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer') return '…'
    return typeof value === 'string' ? shortened(value) : value
  })
  return `${api.name} v${version} ${text.replaceAll('"', '')}`
}

/** The request of a consumer that subscribes to the topic. */
function joinOf(groupId: string, more: Partial<JoinGroupRequestInit> = {}): JoinGroupRequestInit {
  return {
    groupId,
    sessionTimeoutMs: 30_000,
    rebalanceTimeoutMs: 30_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription(wireTopic) }],
    ...more,
  }
}

const commitOf = (groupId: string, offset: number, more: object = {}, partition: object = {}) => ({
  groupId,
  generationIdOrMemberEpoch: -1,
  memberId: '',
  topics: [
    {
      name: wireTopic,
      partitions: [{ partitionIndex: 0, committedOffset: offset, committedMetadata: 'note', ...partition }],
    },
  ],
  ...more,
})

export async function wireConversation(connect: (clientId: string) => Promise<TestClient>): Promise<string> {
  const [one, two] = [await connect('ann'), await connect('bob')]
  const transcript = new Transcript()
  const first: Send = (api, version, request) => one.send(api, version, request)
  const second: Send = (api, version, request) => two.send(api, version, request)
  const ask: Send = async (api, version, request) => {
    const question = questionOf(api as unknown as Api, version, request)
    const reply = await first(api, version, request)
    transcript.reply(question, reply)
    return reply
  }
  await prepare(first)
  const topicId = await topicIdOf(first)
  transcript.name(topicId, 'TOPIC-ID')
  const scene: Scene = { transcript, first, second, ask, topicId }
  await coordinators(scene)
  await unknownGroups(scene)
  await refusedJoins(scene)
  await oldClient(scene)
  await twoMembers(scene)
  await staticMembers(scene)
  await simpleOffsets(scene)
  await lists(scene)
  await endings(scene)
  return `${transcript.lines.join('\n').trim()}\n`
}

/** The topic, and the coordinator's own one, which Apache Kafka makes while it answers "try again". */
async function prepare(send: Send): Promise<void> {
  await send(CreateTopicsApi, 5, {
    topics: [{ name: wireTopic, numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] }],
    timeoutMs: 10_000,
  })
  for (let attempt = 0; attempt < 100; attempt++) {
    const { errorCode } = await send(FindCoordinatorApi, 1, { key: 'g', keyType: 0 })
    const fetched = await send(OffsetFetchApi, 2, { groupId: 'g', topics: [] })
    if (errorCode === 0 && fetched.errorCode === 0) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('no coordinator')
}

async function topicIdOf(send: Send): Promise<string> {
  const reply = await send(MetadataApi, 10, { topics: [{ topicId: zeroUuid, name: wireTopic }] })
  return reply.topics[0]!.topicId
}

async function coordinators({ transcript, ask }: Scene): Promise<void> {
  transcript.note('coordinators')
  await ask(FindCoordinatorApi, 0, { key: 'g' })
  await ask(FindCoordinatorApi, 2, { key: 'g', keyType: 0 })
  await ask(FindCoordinatorApi, 3, { key: '', keyType: 0 })
  await ask(FindCoordinatorApi, 4, { keyType: 0, coordinatorKeys: ['g', 'h'] })
}

async function unknownGroups({ transcript, ask, topicId }: Scene): Promise<void> {
  transcript.note('a group that does not exist')
  const groupId = 'unknown'
  const member = { groupId, generationId: 1, memberId: 'm' }
  await ask(HeartbeatApi, 0, member)
  await ask(HeartbeatApi, 4, { ...member, groupInstanceId: 'i' })
  await ask(SyncGroupApi, 0, { ...member, assignments: [] })
  await ask(SyncGroupApi, 5, { ...member, protocolType: 'consumer', protocolName: 'range', assignments: [] })
  await ask(SyncGroupApi, 5, { ...member, assignments: [] })
  await ask(LeaveGroupApi, 0, { groupId, memberId: 'm' })
  await ask(LeaveGroupApi, 5, {
    groupId,
    members: [{ memberId: 'm' }, { memberId: '', groupInstanceId: 'i' }],
  })
  await ask(JoinGroupApi, 5, joinOf(groupId, { memberId: 'm' }))
  await ask(OffsetFetchApi, 1, { groupId, topics: [{ name: wireTopic, partitionIndexes: [0, 7] }] })
  await ask(OffsetFetchApi, 2, { groupId, topics: null })
  await ask(OffsetFetchApi, 7, {
    groupId,
    topics: [{ name: 'none', partitionIndexes: [0] }],
    requireStable: true,
  })
  await ask(OffsetFetchApi, 8, {
    groups: [
      { groupId, topics: null },
      { groupId: '', topics: null },
    ],
  })
  await ask(OffsetFetchApi, 10, {
    groups: [
      {
        groupId,
        topics: [
          { topicId, partitionIndexes: [0] },
          { topicId: 'AAAAAAAAAAAAAAAAAAAABQ', partitionIndexes: [0] },
        ],
      },
    ],
  })
  await ask(OffsetCommitApi, 8, commitOf(groupId, 1, { generationIdOrMemberEpoch: 1, memberId: 'm' }))
  await ask(OffsetCommitApi, 9, commitOf(groupId, 1, { generationIdOrMemberEpoch: 1, memberId: 'm' }))
  await ask(DescribeGroupsApi, 0, { groups: [groupId] })
  await ask(DescribeGroupsApi, 5, { groups: [groupId, ''], includeAuthorizedOperations: true })
  await ask(DescribeGroupsApi, 6, { groups: [groupId] })
  await ask(DeleteGroupsApi, 0, { groupsNames: [groupId] })
  await ask(DeleteGroupsApi, 2, { groupsNames: [groupId, groupId, ''] })
  const topics = [{ name: wireTopic, partitions: [{ partitionIndex: 0 }] }]
  await ask(OffsetDeleteApi, 0, { groupId, topics })
  await ask(OffsetDeleteApi, 0, { groupId: '', topics })
  await ask(HeartbeatApi, 4, { ...member, groupId: '' })
  await ask(SyncGroupApi, 3, { ...member, groupId: '', assignments: [] })
  await ask(LeaveGroupApi, 2, { groupId: '', memberId: 'm' })
  await ask(LeaveGroupApi, 4, { groupId: '', members: [{ memberId: 'm' }] })
  await ask(JoinGroupApi, 7, joinOf(''))
}

async function refusedJoins({ transcript, ask }: Scene): Promise<void> {
  transcript.note('joins that are refused')
  await ask(JoinGroupApi, 0, joinOf('refused', { sessionTimeoutMs: 5999 }))
  await ask(JoinGroupApi, 6, joinOf('refused', { sessionTimeoutMs: 1_800_001, memberId: 'm' }))
  await ask(JoinGroupApi, 7, joinOf('refused', { protocolType: '' }))
  await ask(JoinGroupApi, 3, joinOf('refused', { protocols: [] }))
  await ask(JoinGroupApi, 9, joinOf('refused', { memberId: 'm', reason: 'again' }))
  await ask(DescribeGroupsApi, 5, { groups: ['refused'] })
}

/** What clients do that know the first versions only. */
async function oldClient({ transcript, ask, first }: Scene): Promise<void> {
  transcript.note('a client of old versions')
  const groupId = 'old'
  const joined = await first(JoinGroupApi, 0, joinOf(groupId))
  transcript.name(joined.memberId, 'OLD-1')
  transcript.reply('JoinGroup v0', joined)
  const member = { groupId, generationId: joined.generationId, memberId: joined.memberId }
  const committer = { generationIdOrMemberEpoch: joined.generationId, memberId: joined.memberId }
  await ask(DescribeGroupsApi, 0, { groups: [groupId] })
  await ask(OffsetCommitApi, 2, commitOf(groupId, 4, committer))
  await ask(HeartbeatApi, 0, member)
  const assignments = [{ memberId: joined.memberId, assignment: Buffer.from('all') }]
  await ask(SyncGroupApi, 0, { ...member, assignments })
  await ask(HeartbeatApi, 0, member)
  await ask(OffsetCommitApi, 2, commitOf(groupId, 5, { ...committer, retentionTimeMs: 3_600_000 }))
  await ask(OffsetCommitApi, 3, commitOf(groupId, 6, { ...committer, memberId: 'other' }))
  await ask(OffsetCommitApi, 3, commitOf(groupId, 6, { ...committer, generationIdOrMemberEpoch: 9 }))
  await ask(OffsetCommitApi, 3, commitOf(groupId, 6))
  await ask(OffsetFetchApi, 1, { groupId, topics: [{ name: wireTopic, partitionIndexes: [0, 1] }] })
  await ask(DescribeGroupsApi, 0, { groups: [groupId] })
  await ask(LeaveGroupApi, 0, { groupId, memberId: 'other' })
  await ask(LeaveGroupApi, 0, { groupId, memberId: joined.memberId })
  await ask(DescribeGroupsApi, 0, { groups: [groupId] })
  // Commit, fetch and the like still work for everybody now.
  await ask(OffsetCommitApi, 3, commitOf(groupId, 7))
  await ask(OffsetFetchApi, 5, { groupId, topics: null })
}

/** Gets an id, then joins with it. */
async function joinTwice(
  send: Send,
  request: JoinGroupRequestInit,
): Promise<[JoinGroupResponse, Promise<JoinGroupResponse>]> {
  const required = await send(JoinGroupApi, 9, request)
  return [required, send(JoinGroupApi, 9, { ...request, memberId: required.memberId })]
}

async function twoMembers({ transcript, first, second, ask }: Scene): Promise<void> {
  transcript.note('two members')
  const groupId = 'two'
  const protocols = [
    { name: 'sticky', metadata: subscription(wireTopic, 'payments') },
    { name: 'range', metadata: subscription(wireTopic) },
  ]
  const [annRequired, annJoining] = await joinTwice(first, joinOf(groupId, { protocols }))
  const ann = await annJoining
  transcript.name(ann.memberId, 'ANN')
  transcript.reply('JoinGroup v9 of ann, without an id', annRequired)
  transcript.reply('JoinGroup v9 of ann, with it', ann)
  await ask(DescribeGroupsApi, 4, { groups: [groupId] })
  const annMember = { groupId, generationId: ann.generationId, memberId: ann.memberId }
  const all = [{ memberId: ann.memberId, assignment: Buffer.from('all') }]
  const protocol = { protocolType: 'consumer', protocolName: 'sticky' }
  await ask(SyncGroupApi, 5, { ...annMember, ...protocol, protocolName: 'range', assignments: all })
  await ask(SyncGroupApi, 5, { ...annMember, ...protocol, protocolType: 'connect', assignments: all })
  await ask(SyncGroupApi, 5, { ...annMember, ...protocol, assignments: all })
  await ask(SyncGroupApi, 4, { ...annMember, assignments: [] })

  const [bobRequired, bobJoining] = await joinTwice(second, joinOf(groupId))
  transcript.name(bobRequired.memberId, 'BOB')
  transcript.reply('JoinGroup v9 of bob, without an id', bobRequired)
  await untilState(first, groupId, 'PreparingRebalance')
  await ask(HeartbeatApi, 4, annMember)
  await ask(SyncGroupApi, 5, { ...annMember, ...protocol, assignments: all })
  await ask(
    OffsetCommitApi,
    9,
    commitOf(groupId, 11, { generationIdOrMemberEpoch: ann.generationId, memberId: ann.memberId }),
  )
  const annAgain = await first(JoinGroupApi, 9, joinOf(groupId, { protocols, memberId: ann.memberId }))
  const bob = await bobJoining
  transcript.reply('JoinGroup v9 of ann, again', { ...annAgain, members: annAgain.members.length })
  transcript.reply('JoinGroup v9 of bob, with his id', bob)
  await ask(DescribeGroupsApi, 5, { groups: [groupId] })
  await ask(HeartbeatApi, 4, annMember)
  const next = { ...annMember, generationId: annAgain.generationId }
  await ask(HeartbeatApi, 4, next)
  await ask(
    OffsetCommitApi,
    9,
    commitOf(groupId, 12, { generationIdOrMemberEpoch: annAgain.generationId, memberId: ann.memberId }),
  )
  const bobSyncing = second(SyncGroupApi, 5, {
    ...next,
    memberId: bob.memberId,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [],
  })
  const assignments = [
    { memberId: ann.memberId, assignment: Buffer.from('left') },
    { memberId: bob.memberId, assignment: Buffer.from('right') },
    { memberId: 'nobody', assignment: Buffer.from('nothing') },
  ]
  await ask(SyncGroupApi, 5, { ...next, protocolType: 'consumer', protocolName: 'range', assignments })
  transcript.reply('SyncGroup v5 of bob', await bobSyncing)
  // A follower that joins again with the same protocols gets the same generation; with others it starts a rebalance.
  transcript.reply(
    'JoinGroup v9 of bob, unchanged',
    await second(JoinGroupApi, 9, joinOf(groupId, { memberId: bob.memberId })),
  )
  await ask(JoinGroupApi, 9, joinOf(groupId, { protocolType: 'connect' }))
  await ask(JoinGroupApi, 9, joinOf(groupId, { protocols: [{ name: 'unheard', metadata: Buffer.alloc(0) }] }))
  await ask(JoinGroupApi, 9, joinOf(groupId, { memberId: 'stranger' }))
  await ask(OffsetDeleteApi, 0, {
    groupId,
    topics: [
      { name: wireTopic, partitions: [{ partitionIndex: 0 }, { partitionIndex: 9 }] },
      { name: 'none', partitions: [{ partitionIndex: 0 }] },
    ],
  })
  await ask(DeleteGroupsApi, 2, { groupsNames: [groupId] })
  await ask(LeaveGroupApi, 5, {
    groupId,
    members: [{ memberId: bob.memberId, reason: 'done' }, { memberId: 'stranger' }],
  })
  await ask(HeartbeatApi, 4, next)
  await ask(HeartbeatApi, 4, { ...next, memberId: bob.memberId })
  await ask(LeaveGroupApi, 3, { groupId, members: [{ memberId: ann.memberId }] })
  await ask(DescribeGroupsApi, 5, { groups: [groupId] })
}

async function untilState(send: Send, groupId: string, state: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const reply = await send(DescribeGroupsApi, 5, { groups: [groupId] })
    if (reply.groups[0]!.groupState === state) return
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  throw new Error(`group ${groupId} does not become ${state}`)
}

async function staticMembers({ transcript, first, ask }: Scene): Promise<void> {
  transcript.note('a static member')
  const groupId = 'static'
  const request = joinOf(groupId, { groupInstanceId: 'i1' })
  const protocol = { protocolType: 'consumer', protocolName: 'range' }
  const one = await first(JoinGroupApi, 7, request)
  transcript.name(one.memberId, 'STATIC-1')
  transcript.reply('JoinGroup v7', one)
  const member = { groupId, generationId: one.generationId, memberId: one.memberId, groupInstanceId: 'i1' }
  await ask(SyncGroupApi, 5, {
    ...member,
    ...protocol,
    assignments: [{ memberId: one.memberId, assignment: Buffer.from('all') }],
  })
  for (const [version, name] of [
    [9, 'STATIC-2'],
    [8, 'STATIC-3'],
    [5, 'STATIC-4'],
  ] as const) {
    const again = await first(JoinGroupApi, version, request)
    transcript.name(again.memberId, name)
    transcript.reply(`JoinGroup v${version}, started again`, again)
    member.memberId = again.memberId
    await ask(SyncGroupApi, 5, { ...member, ...protocol, assignments: [] })
  }
  const fenced = { ...member, memberId: one.memberId }
  await ask(HeartbeatApi, 3, fenced)
  await ask(HeartbeatApi, 3, { ...fenced, groupInstanceId: null })
  await ask(HeartbeatApi, 3, { ...member, groupInstanceId: 'i2' })
  await ask(SyncGroupApi, 3, { ...fenced, assignments: [] })
  await ask(JoinGroupApi, 9, { ...request, memberId: one.memberId })
  const by = { generationIdOrMemberEpoch: one.generationId, memberId: one.memberId, groupInstanceId: 'i1' }
  await ask(OffsetCommitApi, 7, commitOf(groupId, 1, by))
  await ask(OffsetCommitApi, 7, commitOf(groupId, 1, { ...by, memberId: member.memberId }))
  await ask(LeaveGroupApi, 3, { groupId, members: [{ memberId: one.memberId, groupInstanceId: 'i1' }] })
  await ask(DescribeGroupsApi, 5, { groups: [groupId] })
  const changed = await first(JoinGroupApi, 9, {
    ...request,
    protocols: [{ name: 'sticky', metadata: subscription(wireTopic) }, ...request.protocols],
  })
  transcript.name(changed.memberId, 'STATIC-5')
  transcript.reply('JoinGroup v9, started again with another protocol in front', changed)
  await ask(LeaveGroupApi, 4, {
    groupId,
    members: [
      { memberId: '', groupInstanceId: 'i1' },
      { memberId: '', groupInstanceId: 'i1' },
    ],
  })
}

async function simpleOffsets({ transcript, ask, topicId }: Scene): Promise<void> {
  transcript.note('offsets without members')
  const groupId = 'simple'
  await ask(
    OffsetCommitApi,
    9,
    commitOf(groupId, 5, {}, { committedLeaderEpoch: 3, committedMetadata: null }),
  )
  await ask(OffsetCommitApi, 9, commitOf(groupId, 6, {}, { committedMetadata: 'x'.repeat(4096) }))
  await ask(OffsetCommitApi, 9, commitOf(groupId, 7, {}, { committedMetadata: 'x'.repeat(4097) }))
  await ask(OffsetCommitApi, 9, commitOf(groupId, 7, {}, { partitionIndex: 9 }))
  const byName = (name: string) => [
    { name, partitions: [{ partitionIndex: 0, committedOffset: 8, committedMetadata: '' }] },
  ]
  await ask(OffsetCommitApi, 9, { ...commitOf(groupId, 7), topics: byName('none') })
  const byId = (id: string) => [
    { topicId: id, partitions: [{ partitionIndex: 1, committedOffset: 8, committedMetadata: '' }] },
  ]
  await ask(OffsetCommitApi, 10, { ...commitOf(groupId, 7), topics: byId(topicId) })
  await ask(OffsetCommitApi, 10, { ...commitOf(groupId, 7), topics: byId('AAAAAAAAAAAAAAAAAAAABQ') })
  await ask(OffsetCommitApi, 9, commitOf(groupId, 9, { memberId: 'm', generationIdOrMemberEpoch: 3 }))
  await ask(OffsetCommitApi, 9, { ...commitOf(groupId, 7), topics: [] })
  await ask(OffsetCommitApi, 6, commitOf('', 3))
  await ask(OffsetFetchApi, 6, { groupId, topics: [{ name: wireTopic, partitionIndexes: [1, 0, 5] }] })
  await ask(OffsetFetchApi, 9, { groups: [{ groupId: '', memberId: null, memberEpoch: -1, topics: null }] })
  await ask(OffsetFetchApi, 10, {
    groups: [
      { groupId, topics: [{ topicId, partitionIndexes: [1] }] },
      { groupId: 'other', topics: [] },
    ],
    requireStable: true,
  })
  await ask(DescribeGroupsApi, 5, { groups: [groupId] })
  await ask(OffsetDeleteApi, 0, {
    groupId,
    topics: [{ name: wireTopic, partitions: [{ partitionIndex: 0 }, { partitionIndex: 9 }] }],
  })
  await ask(OffsetFetchApi, 6, { groupId, topics: [{ name: wireTopic, partitionIndexes: [0] }] })
}

async function lists({ transcript, ask }: Scene): Promise<void> {
  transcript.note('lists')
  await ask(ListGroupsApi, 0, {})
  await ask(ListGroupsApi, 4, { statesFilter: ['Empty', 'dead'] })
  await ask(ListGroupsApi, 4, { statesFilter: ['stable'] })
  await ask(ListGroupsApi, 5, { typesFilter: ['Classic'] })
  await ask(ListGroupsApi, 5, { typesFilter: ['share'], statesFilter: ['Empty'] })
  await ask(ListGroupsApi, 5, { typesFilter: ['nonsense'] })
}

async function endings({ transcript, ask }: Scene): Promise<void> {
  transcript.note('deletions')
  await ask(DeleteGroupsApi, 1, { groupsNames: ['simple'] })
  await ask(DeleteGroupsApi, 1, { groupsNames: ['simple'] })
  await ask(OffsetFetchApi, 6, { groupId: 'simple', topics: null })
  await ask(DeleteGroupsApi, 2, { groupsNames: ['old'] })
  await ask(DescribeGroupsApi, 5, { groups: ['old'] })
}
