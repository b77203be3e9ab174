// What both brokers are asked: requests of each API in every version, good ones and bad ones.
import {
  AlterReplicaLogDirsApi,
  type Api,
  ApiVersionsApi,
  CreatePartitionsApi,
  CreateTopicsApi,
  DeleteGroupsApi,
  DeleteRecordsApi,
  DeleteTopicsApi,
  type DeleteTopicsRequestInit,
  DescribeClusterApi,
  DescribeGroupsApi,
  DescribeLogDirsApi,
  DescribeProducersApi,
  DescribeTopicPartitionsApi,
  FetchApi,
  FindCoordinatorApi,
  HeartbeatApi,
  InitProducerIdApi,
  JoinGroupApi,
  LeaveGroupApi,
  ListGroupsApi,
  ListOffsetsApi,
  MetadataApi,
  OffsetCommitApi,
  OffsetDeleteApi,
  OffsetFetchApi,
  type OffsetFetchRequestInit,
  OffsetForLeaderEpochApi,
  ProduceApi,
  SyncGroupApi,
  WriteTxnMarkersApi,
  zeroUuid,
} from '@millrace/protocol'
import { damaged, forgeries } from './forgeries.ts'

/** What a question may need to know of the broker that it is put to. */
export interface Facts {
  /** Id of the topic `read`: two partitions, five records in the first. */
  readonly readId: string
  /** Id of the topic `write`. */
  readonly writeId: string
  /** An id that no topic has. */
  readonly unknownId: string
  /** A batch of two records with fixed times. */
  readonly batch: Buffer
}

export interface Question {
  readonly name: string
  readonly api: Api
  readonly versionMin: number
  readonly versionMax: number
  readonly ask: (version: number, facts: Facts) => unknown
}

interface Versions {
  readonly min?: number
  readonly max?: number
}

export function question<Q, QI, R, RI>(
  api: Api<Q, QI, R, RI>,
  name: string,
  ask: (version: number, facts: Facts) => QI,
  { min = api.minVersion, max = api.maxVersion }: Versions = {},
): Question {
  return { name, api: api as unknown as Api, versionMin: min, versionMax: max, ask }
}

const metadataOf = (version: number, names: readonly string[]) => ({
  topics: names.map(name => ({ name })),
  ...(version >= 4 && { allowAutoTopicCreation: false }),
})

const fetch = (
  version: number,
  facts: Facts,
  where: { topic?: string; id?: string; partition?: number; offset?: number; lastFetchedEpoch?: number },
) => ({
  ...(version <= 14 && { replicaId: -1 }),
  maxWaitMs: 50,
  minBytes: 1,
  maxBytes: 1 << 20,
  topics: [
    {
      ...(version <= 12 ? { topic: where.topic ?? 'read' } : { topicId: where.id ?? facts.readId }),
      partitions: [
        {
          partition: where.partition ?? 0,
          fetchOffset: where.offset ?? 0,
          partitionMaxBytes: 1 << 20,
          ...(where.lastFetchedEpoch !== undefined && { lastFetchedEpoch: where.lastFetchedEpoch }),
        },
      ],
    },
  ],
})

const listOffsets = (name: string, partitionIndex: number, timestamp: number) => () => ({
  replicaId: -1,
  topics: [{ name, partitions: [{ partitionIndex, timestamp }] }],
})

const produce = (
  version: number,
  facts: Facts,
  to: { topic?: string; id?: string; records?: Buffer; acks?: number; partition?: number },
) => ({
  transactionalId: null,
  acks: to.acks ?? -1,
  timeoutMs: 5000,
  topicData: [
    {
      ...(version <= 12 ? { name: to.topic ?? 'write' } : { topicId: to.id ?? facts.writeId }),
      partitionData: [{ index: to.partition ?? 0, records: [to.records ?? facts.batch] }],
    },
  ],
})

const create = (
  version: number,
  topic: { name: string; partitions?: number; replication?: number; configs?: [string, string][] },
) => ({
  topics: [
    {
      name: topic.name,
      numPartitions: topic.partitions ?? 1,
      replicationFactor: topic.replication ?? 1,
      assignments: [],
      configs: (topic.configs ?? []).map(([name, value]) => ({ name, value })),
    },
  ],
  timeoutMs: 5000,
  ...(version >= 1 && { validateOnly: true }),
})

const commit = (
  version: number,
  facts: Facts,
  extra: { generation?: number; member?: string; partition?: number } = {},
) => ({
  groupId: 'wire-group',
  generationIdOrMemberEpoch: extra.generation ?? -1,
  memberId: extra.member ?? '',
  topics: [
    {
      ...(version <= 9 ? { name: 'read' } : { topicId: facts.readId }),
      partitions: [{ partitionIndex: extra.partition ?? 0, committedOffset: 3, committedMetadata: 'note' }],
    },
  ],
})

const offsetFetch = (
  version: number,
  facts: Facts,
  groupId: string,
  all: boolean,
): OffsetFetchRequestInit => {
  const partitionIndexes = [0, 1]
  if (version <= 7) return { groupId, topics: all ? null : [{ name: 'read', partitionIndexes }] }
  const topic =
    version <= 9 ? { name: 'read', partitionIndexes } : { topicId: facts.readId, partitionIndexes }
  return { groups: [{ groupId, topics: all ? null : [topic] }] }
}

const join = (version: number, groupId: string, sessionTimeoutMs: number, protocolType = 'consumer') => ({
  groupId,
  sessionTimeoutMs,
  ...(version >= 1 && { rebalanceTimeoutMs: 1000 }),
  memberId: 'nobody',
  protocolType,
  protocols: protocolType === '' ? [] : [{ name: 'range', metadata: Buffer.from([0, 0]) }],
})

/** In the order in which they are put; those that change something come in the same order to both brokers. */
export const questions: readonly Question[] = [
  question(
    ApiVersionsApi,
    'api versions',
    version => (version >= 3 ? { clientSoftwareName: 'wire', clientSoftwareVersion: '1' } : {}),
    { max: 4 },
  ),
  question(
    ApiVersionsApi,
    'a software name that cannot be',
    () => ({ clientSoftwareName: ' x', clientSoftwareVersion: '1' }),
    { min: 3, max: 4 },
  ),
  question(MetadataApi, 'a topic', version => metadataOf(version, ['read'])),
  question(
    MetadataApi,
    'unknown and bad names',
    version => metadataOf(version, ['unknown', 'a name with spaces', '']),
    { min: 4 },
  ),
  question(
    MetadataApi,
    'by id',
    (_, { readId, unknownId }) => ({
      topics: [
        { topicId: readId, name: null },
        { topicId: unknownId, name: null },
      ],
    }),
    { min: 12 },
  ),
  question(MetadataApi, 'no topics', version => ({ ...metadataOf(version, []) }), { min: 1 }),
  question(ListOffsetsApi, 'latest', listOffsets('read', 0, -1)),
  question(ListOffsetsApi, 'earliest', listOffsets('read', 0, -2)),
  question(ListOffsetsApi, 'largest time', listOffsets('read', 0, -3)),
  question(ListOffsetsApi, 'earliest local', listOffsets('read', 0, -4)),
  question(ListOffsetsApi, 'last tiered', listOffsets('read', 0, -5)),
  question(ListOffsetsApi, 'a name of later days', listOffsets('read', 0, -9)),
  question(ListOffsetsApi, 'by time', listOffsets('read', 0, 1_700_000_002_500)),
  question(ListOffsetsApi, 'after all times', listOffsets('read', 0, 1_900_000_000_000)),
  question(ListOffsetsApi, 'an unknown partition', listOffsets('read', 7, -1)),
  question(ListOffsetsApi, 'an unknown topic', listOffsets('unknown', 0, -1)),
  question(ListOffsetsApi, 'a partition twice', () => ({
    replicaId: -1,
    topics: [
      {
        name: 'read',
        partitions: [
          { partitionIndex: 0, timestamp: -1 },
          { partitionIndex: 0, timestamp: -2 },
        ],
      },
    ],
  })),
  question(FetchApi, 'from the start', (version, facts) => fetch(version, facts, {})),
  question(FetchApi, 'from inside a batch', (version, facts) => fetch(version, facts, { offset: 1 })),
  question(FetchApi, 'at the end', (version, facts) => fetch(version, facts, { offset: 5 })),
  question(FetchApi, 'beyond the end', (version, facts) => fetch(version, facts, { offset: 99 })),
  question(
    FetchApi,
    'behind an epoch that there is not',
    (version, facts) => fetch(version, facts, { offset: 1, lastFetchedEpoch: 1000 }),
    { min: 12 },
  ),
  question(
    FetchApi,
    'in front of all, behind the first epoch',
    (version, facts) => fetch(version, facts, { lastFetchedEpoch: 0 }),
    { min: 12 },
  ),
  question(FetchApi, 'an unknown partition', (version, facts) => fetch(version, facts, { partition: 9 })),
  question(FetchApi, 'an unknown topic', (version, facts) =>
    fetch(version, facts, { topic: 'unknown', id: facts.unknownId }),
  ),
  question(ProduceApi, 'two records', (version, facts) => produce(version, facts, {})),
  question(ProduceApi, 'acks 1', (version, facts) => produce(version, facts, { acks: 1 })),
  question(ProduceApi, 'acks that cannot be', (version, facts) => produce(version, facts, { acks: 2 })),
  question(ProduceApi, 'an unknown topic', (version, facts) =>
    produce(version, facts, { topic: 'unknown', id: facts.unknownId }),
  ),
  question(ProduceApi, 'an unknown partition', (version, facts) => produce(version, facts, { partition: 9 })),
  question(ProduceApi, 'a damaged batch', (version, facts) =>
    produce(version, facts, { records: damaged(facts.batch) }),
  ),
  ...forgeries.map(([name, forge]) =>
    question(ProduceApi, name, (version, facts) => produce(version, facts, { records: forge(facts.batch) })),
  ),
  question(FindCoordinatorApi, 'of a group', version =>
    version <= 3 ? { key: 'wire-group' } : { coordinatorKeys: ['wire-group', 'other'] },
  ),
  question(OffsetCommitApi, 'without being a member', (version, facts) => commit(version, facts)),
  question(OffsetCommitApi, 'as an unknown member', (version, facts) =>
    commit(version, facts, { member: 'nobody', generation: 3 }),
  ),
  question(OffsetCommitApi, 'of an unknown partition', (version, facts) =>
    commit(version, facts, { partition: 9 }),
  ),
  question(OffsetFetchApi, 'of two partitions', (version, facts) =>
    offsetFetch(version, facts, 'wire-group', false),
  ),
  question(OffsetFetchApi, 'of all', (version, facts) => offsetFetch(version, facts, 'wire-group', true), {
    min: 2,
  }),
  question(OffsetFetchApi, 'of an unknown group', (version, facts) =>
    offsetFetch(version, facts, 'wire-unknown', false),
  ),
  question(JoinGroupApi, 'as an unknown member', version => join(version, 'wire-join', 10_000)),
  question(JoinGroupApi, 'with a session too short', version => join(version, 'wire-join', 1)),
  question(JoinGroupApi, 'without a group', version => join(version, '', 10_000)),
  question(JoinGroupApi, 'without protocols', version => join(version, 'wire-join', 10_000, '')),
  question(
    SyncGroupApi,
    'as an unknown member',
    () => ({ groupId: 'wire-join', generationId: 1, memberId: 'nobody', assignments: [] }),
    { max: 4 },
  ),
  question(HeartbeatApi, 'as an unknown member', () => ({
    groupId: 'wire-join',
    generationId: 1,
    memberId: 'nobody',
  })),
  question(LeaveGroupApi, 'as an unknown member', version =>
    version <= 2
      ? { groupId: 'wire-join', memberId: 'nobody' }
      : { groupId: 'wire-join', members: [{ memberId: 'nobody' }] },
  ),
  question(DescribeGroupsApi, 'one with offsets only, one unknown', () => ({
    groups: ['wire-group', 'wire-unknown'],
  })),
  question(ListGroupsApi, 'all', () => ({})),
  question(ListGroupsApi, 'by state', () => ({ statesFilter: ['Stable'] }), { min: 4 }),
  question(ListGroupsApi, 'by type', () => ({ typesFilter: ['consumer'] }), { min: 5 }),
  question(OffsetDeleteApi, 'of a partition and an unknown one', () => ({
    groupId: 'wire-group',
    topics: [{ name: 'read', partitions: [{ partitionIndex: 0 }, { partitionIndex: 9 }] }],
  })),
  question(DeleteGroupsApi, 'unknown', () => ({ groupsNames: ['wire-unknown'] })),
  question(CreateTopicsApi, 'validated only', version =>
    create(version, { name: 'dry', partitions: 3, configs: [['retention.ms', '1000']] }),
  ),
  question(CreateTopicsApi, 'one that exists', version => create(version, { name: 'read' })),
  question(CreateTopicsApi, 'a bad name', version => create(version, { name: 'no spaces' })),
  question(CreateTopicsApi, 'no partitions', version => create(version, { name: 'dry', partitions: 0 })),
  question(CreateTopicsApi, 'too many replicas', version => create(version, { name: 'dry', replication: 3 })),
  question(CreateTopicsApi, 'a bad config', version =>
    create(version, { name: 'dry', configs: [['retention.ms', 'soon']] }),
  ),
  question(CreateTopicsApi, 'an unknown config', version =>
    create(version, { name: 'dry', configs: [['no.such', '1']] }),
  ),
  question(CreatePartitionsApi, 'one more', () => ({
    topics: [{ name: 'read', count: 3, assignments: null }],
    timeoutMs: 5000,
    validateOnly: true,
  })),
  question(CreatePartitionsApi, 'fewer', () => ({
    topics: [{ name: 'read', count: 1, assignments: null }],
    timeoutMs: 5000,
    validateOnly: true,
  })),
  question(CreatePartitionsApi, 'an unknown topic', () => ({
    topics: [{ name: 'unknown', count: 3, assignments: null }],
    timeoutMs: 5000,
    validateOnly: true,
  })),
  question(
    DeleteTopicsApi,
    'an unknown name',
    (version): DeleteTopicsRequestInit =>
      version <= 5
        ? { topicNames: ['unknown'], timeoutMs: 5000 }
        : { topics: [{ name: 'unknown', topicId: zeroUuid }], timeoutMs: 5000 },
  ),
  question(
    DeleteTopicsApi,
    'an unknown id',
    (_, { unknownId }) => ({ topics: [{ name: null, topicId: unknownId }], timeoutMs: 5000 }),
    { min: 6 },
  ),
  question(DeleteRecordsApi, 'out of range and unknown', () => ({
    topics: [
      {
        name: 'read',
        partitions: [
          { partitionIndex: 0, offset: 99 },
          { partitionIndex: 9, offset: 0 },
        ],
      },
    ],
    timeoutMs: 5000,
  })),
  question(InitProducerIdApi, 'idempotent', () => ({ transactionalId: null, transactionTimeoutMs: 1000 }), {
    max: 5,
  }),
  question(OffsetForLeaderEpochApi, 'this epoch, a later one, an unknown partition', () => ({
    topics: [
      {
        topic: 'read',
        partitions: [
          { partition: 0, leaderEpoch: 0 },
          { partition: 1, leaderEpoch: 5 },
          { partition: 9, leaderEpoch: 0 },
        ],
      },
    ],
  })),
  question(DescribeLogDirsApi, 'of a topic', () => ({ topics: [{ topic: 'read', partitions: [0, 1] }] })),
  question(AlterReplicaLogDirsApi, 'to a directory that is not there', () => ({
    dirs: [{ path: '/nowhere', topics: [{ name: 'read', partitions: [0, 9] }] }],
  })),
  question(DescribeClusterApi, 'brokers', () => ({})),
  question(DescribeProducersApi, 'of a partition and an unknown one', () => ({
    topics: [{ name: 'read', partitionIndexes: [0, 9] }],
  })),
  question(DescribeProducersApi, 'of a name that no topic has', () => ({
    topics: [{ name: 'no topic', partitionIndexes: [0] }],
  })),
  // Markers of partitions that there are: `conformance/transactions.ts`.
  question(WriteTxnMarkersApi, 'for partitions that there are not', () => ({
    markers: [
      {
        producerId: 7,
        producerEpoch: 0,
        transactionResult: true,
        topics: [
          { name: 'read', partitionIndexes: [9] },
          { name: 'unknown', partitionIndexes: [0] },
        ],
        coordinatorEpoch: 0,
      },
    ],
  })),
  question(WriteTxnMarkersApi, 'none', () => ({ markers: [] })),
  question(DescribeTopicPartitionsApi, 'known and unknown', () => ({
    topics: [{ name: 'read' }, { name: 'unknown' }],
  })),
  question(DescribeTopicPartitionsApi, 'page by page', () => ({
    topics: [{ name: 'read' }],
    responsePartitionLimit: 1,
  })),
]
