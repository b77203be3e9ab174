// For every API key: requests, the refusal that Apache Kafka gives who has no ACL, and the ACLs that just suffice.
import { encodeConsumerProtocolSubscription, ErrorCode, Writer, zeroUuid } from '@millrace/protocol'
import { batchOf } from '../broker-fixture.ts'

export type Body = Readonly<Record<string, unknown>>
export type Reply = Readonly<Record<string, unknown>>

export interface Row {
  /** `READ TOPIC orders`, `READ TOPIC ord*`: with all of them the request is served, and with one less it is refused. */
  readonly grants: readonly string[]
  /** The one error code of a refusal, or whether a reply is one. */
  readonly refused: number | ((reply: Reply) => boolean)
  readonly body: (version: number, topicId: string) => Body
  /** Default: the first. */
  readonly fromVersion?: number
  /** Default: the last. */
  readonly toVersion?: number
}

/**
 * There is a topic `orders` of one partition, a topic `doomed-N` for each version of DeleteTopics, a group `readers` that has committed for
 * `orders`, and a transaction `held` that has written to it and is open.
 */
export const topic = 'orders'
export const group = 'readers'
export const transaction = 'held'
const cluster = 'kafka-cluster'

/** Nobody's. */
const producer = { producerId: 7, producerEpoch: 0 }

/** A token that is there before the walk. */
export const tokenOfBob = {
  tokenId: 'token-of-bob',
  owner: 'User:bob',
  requester: 'User:bob',
  renewers: [],
  issueTimestampMs: 1,
  maxTimestampMs: 4_000_000_000_000,
  expiryTimestampMs: 4_000_000_000_000,
}

const topicRefused = ErrorCode.TOPIC_AUTHORIZATION_FAILED
const groupRefused = ErrorCode.GROUP_AUTHORIZATION_FAILED
const clusterRefused = ErrorCode.CLUSTER_AUTHORIZATION_FAILED
const transactionRefused = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED

const byNameOrId = (version: number, idsFrom: number, topicId: string, field = 'name') =>
  version >= idsFrom ? { topicId } : { [field]: topic }

const onCluster = (operation: string, body: Row['body']): Row => ({
  grants: [`${operation} CLUSTER ${cluster}`],
  refused: clusterRefused,
  body,
})

const onGroup = (operation: string, body: Row['body']): Row => ({
  grants: [`${operation} GROUP ${group}`],
  refused: groupRefused,
  body,
})

const onTopic = (operation: string, body: Row['body']): Row => ({
  grants: [`${operation} TOPIC ${topic}`],
  refused: topicRefused,
  body,
})

const produce =
  (transactional: boolean): Row['body'] =>
  (version, topicId) => ({
    transactionalId: transactional ? 'tx' : null,
    acks: 1,
    timeoutMs: 1000,
    topicData: [
      {
        ...byNameOrId(version, 13, topicId),
        partitionData: [
          {
            index: 0,
            records: [
              batchOf(
                ['v'],
                transactional ? { transactional, producerId: 1, producerEpoch: 0, baseSequence: 0 } : {},
              ),
            ],
          },
        ],
      },
    ],
  })

const fetch =
  (replica: boolean): Row['body'] =>
  (version, topicId) => ({
    ...(version <= 14 ? { replicaId: replica ? 7 : -1 } : { replicaState: { replicaId: replica ? 7 : -1 } }),
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 1000,
    topics: [
      {
        ...byNameOrId(version, 13, topicId, 'topic'),
        partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }],
      },
    ],
  })

const metadata =
  (name: string): Row['body'] =>
  version => ({
    topics: [{ name: name.replace('*', `${version}`) }],
    ...(version >= 4 && { allowAutoTopicCreation: true }),
  })

const offsetFetch =
  (all: boolean): Row['body'] =>
  (version, topicId) => {
    const topics = all ? null : [{ ...byNameOrId(version, 10, topicId), partitionIndexes: [0] }]
    return version >= 8 ? { groups: [{ groupId: group, topics }] } : { groupId: group, topics }
  }

/** Nothing is listed. */
const seesNone =
  (...path: readonly string[]) =>
  (reply: Reply): boolean => {
    let value: unknown = reply
    for (const name of path) value = (Array.isArray(value) ? value[0] : value)?.[name as never]
    return Array.isArray(value) && value.length === 0
  }

function subscription(): Buffer {
  const writer = new Writer()
  encodeConsumerProtocolSubscription(writer, { topics: [topic] }, 0)
  return writer.finishBuffer()
}

const newTopic = (): Body => ({
  topics: [{ name: 'made', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
  timeoutMs: 1000,
  validateOnly: true,
})

const deletion =
  (name: string): Row['body'] =>
  version => {
    const ofVersion = name.replace('*', String(version))
    return version >= 6
      ? { topics: [{ name: ofVersion, topicId: zeroUuid }], timeoutMs: 1000 }
      : { topicNames: [ofVersion], timeoutMs: 1000 }
  }

const configs =
  (resourceType: number, resourceName: string, rest: Body): Row['body'] =>
  () => ({ resources: [{ resourceType, resourceName, ...rest }], validateOnly: true })

const changes = { configs: [{ name: 'retention.ms', configOperation: 0, value: '1000' }] }
const replaced = { configs: [{ name: 'retention.ms', value: '1000' }] }
const asked = { configurationKeys: null }
const configRows = (operation: string, rest: Body): Row[] => [
  { ...onTopic(operation, configs(2, topic, rest)) },
  { ...onCluster(operation, configs(4, '1', rest)) },
  { ...onGroup(operation, configs(32, group, rest)) },
]

const markers: Row['body'] = version => ({
  markers: [
    {
      producerId: 7,
      producerEpoch: 1,
      transactionResult: true,
      topics: [{ name: topic, partitionIndexes: [0] }],
      coordinatorEpoch: 0,
      ...(version >= 2 && { transactionVersion: 2 }),
    },
  ],
})

const acl = {
  resourceType: 2,
  resourceName: 'any',
  resourcePatternType: 3,
  principal: 'User:x',
  host: '*',
  operation: 3,
  permissionType: 3,
}
const aclFilter = {
  resourceTypeFilter: 2,
  resourceNameFilter: 'any',
  patternTypeFilter: 3,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
}

export const rows: Readonly<Record<number, readonly Row[]>> = {
  0: [
    onTopic('WRITE', produce(false)),
    {
      grants: [`WRITE TOPIC ${topic}`, 'WRITE TRANSACTIONAL_ID tx'],
      refused: transactionRefused,
      body: produce(true),
    },
  ],
  1: [
    onTopic('READ', fetch(false)),
    { ...onTopic('READ', fetch(true)), grants: [`CLUSTER_ACTION CLUSTER ${cluster}`] },
  ],
  2: [
    onTopic('DESCRIBE', () => ({
      replicaId: -1,
      topics: [{ name: topic, partitions: [{ partitionIndex: 0, timestamp: -1 }] }],
    })),
  ],
  3: [
    onTopic('DESCRIBE', metadata(topic)),
    { ...onTopic('', metadata('fresh*')), grants: ['DESCRIBE TOPIC fresh*', 'CREATE TOPIC fresh*'] },
    { ...onTopic('', metadata('newer*')), grants: ['DESCRIBE TOPIC newer*', `CREATE CLUSTER ${cluster}`] },
    {
      grants: [`DESCRIBE TOPIC ${topic}`],
      refused: seesNone('topics'),
      body: version => ({ topics: version === 0 ? [] : null }),
    },
    {
      grants: [`DESCRIBE CLUSTER ${cluster}`],
      refused: reply => reply['clusterAuthorizedOperations'] === 0,
      body: () => ({ topics: [], includeClusterAuthorizedOperations: true }),
      fromVersion: 8,
      toVersion: 10,
    },
  ],
  8: [
    {
      grants: [`READ GROUP ${group}`, `READ TOPIC ${topic}`],
      refused: groupRefused,
      body: (version, topicId) => ({
        groupId: group,
        generationIdOrMemberEpoch: -1,
        memberId: '',
        topics: [
          {
            ...byNameOrId(version, 10, topicId),
            partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: '' }],
          },
        ],
      }),
    },
  ],
  9: [
    {
      grants: [`DESCRIBE GROUP ${group}`, `DESCRIBE TOPIC ${topic}`],
      refused: groupRefused,
      body: offsetFetch(false),
    },
    {
      grants: [`DESCRIBE GROUP ${group}`, `DESCRIBE TOPIC ${topic}`],
      refused: seesNone('topics'),
      body: offsetFetch(true),
      fromVersion: 2,
      toVersion: 7,
    },
    {
      grants: [`DESCRIBE GROUP ${group}`, `DESCRIBE TOPIC ${topic}`],
      refused: seesNone('groups', 'topics'),
      body: offsetFetch(true),
      fromVersion: 8,
    },
  ],
  10: [
    onGroup('DESCRIBE', version =>
      version >= 4
        ? { keyType: 0, coordinatorKeys: [group] }
        : { key: group, ...(version > 0 && { keyType: 0 }) },
    ),
    {
      grants: ['DESCRIBE TRANSACTIONAL_ID tx'],
      refused: transactionRefused,
      body: version => (version >= 4 ? { keyType: 1, coordinatorKeys: ['tx'] } : { key: 'tx', keyType: 1 }),
      fromVersion: 1,
    },
  ],
  11: [
    onGroup('READ', version => ({
      groupId: group,
      sessionTimeoutMs: 1,
      ...(version >= 1 && { rebalanceTimeoutMs: 1000 }),
      memberId: 'nobody',
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: subscription() }],
    })),
  ],
  12: [onGroup('READ', () => ({ groupId: group, generationId: 1, memberId: 'nobody' }))],
  13: [
    onGroup('READ', version =>
      version >= 3
        ? { groupId: group, members: [{ memberId: 'nobody' }] }
        : { groupId: group, memberId: 'nobody' },
    ),
  ],
  14: [
    onGroup('READ', version => ({
      groupId: group,
      generationId: 1,
      memberId: 'nobody',
      ...(version >= 5 && { protocolType: 'consumer', protocolName: 'range' }),
      assignments: [],
    })),
  ],
  15: [onGroup('DESCRIBE', () => ({ groups: [group] }))],
  16: [
    { grants: [`DESCRIBE GROUP ${group}`], refused: seesNone('groups'), body: () => ({}) },
    { grants: [`DESCRIBE CLUSTER ${cluster}`], refused: seesNone('groups'), body: () => ({}) },
  ],
  19: [
    { grants: ['CREATE TOPIC made'], refused: topicRefused, body: newTopic },
    { grants: [`CREATE CLUSTER ${cluster}`], refused: topicRefused, body: newTopic },
    {
      grants: ['CREATE TOPIC made', 'DESCRIBE_CONFIGS TOPIC made'],
      refused: ({ topics }) => {
        const [made] = topics as readonly { errorCode: number; topicConfigErrorCode: number }[]
        return made!.errorCode === topicRefused || made!.topicConfigErrorCode === topicRefused
      },
      body: newTopic,
      fromVersion: 5,
    },
  ],
  20: [
    { grants: ['DELETE TOPIC doomed-*'], refused: topicRefused, body: deletion('doomed-*') },
    { grants: ['DESCRIBE TOPIC gone'], refused: topicRefused, body: deletion('gone') },
    { grants: [`DELETE CLUSTER ${cluster}`], refused: topicRefused, body: deletion('gone') },
  ],
  21: [
    onTopic('DELETE', () => ({
      topics: [{ name: topic, partitions: [{ partitionIndex: 0, offset: 0 }] }],
      timeoutMs: 1000,
    })),
  ],
  22: [
    onCluster('IDEMPOTENT_WRITE', () => ({ transactionalId: null, transactionTimeoutMs: 1000 })),
    {
      ...onCluster('', () => ({ transactionalId: null, transactionTimeoutMs: 1000 })),
      grants: [`WRITE TOPIC ${topic}`],
    },
    {
      grants: ['WRITE TRANSACTIONAL_ID tx'],
      refused: transactionRefused,
      body: () => ({ transactionalId: 'tx', transactionTimeoutMs: 1000 }),
    },
  ],
  23: [
    onTopic('DESCRIBE', () => ({ topics: [{ topic, partitions: [{ partition: 0, leaderEpoch: 0 }] }] })),
    {
      ...onTopic('', () => ({ topics: [{ topic, partitions: [{ partition: 0, leaderEpoch: 0 }] }] })),
      grants: [`CLUSTER_ACTION CLUSTER ${cluster}`],
    },
  ],
  24: [
    {
      grants: ['WRITE TRANSACTIONAL_ID tx', `WRITE TOPIC ${topic}`],
      refused: ({ resultsByTopicV3AndBelow }) => {
        const [of] = resultsByTopicV3AndBelow as readonly {
          resultsByPartition: readonly { partitionErrorCode: number }[]
        }[]
        const { partitionErrorCode } = of!.resultsByPartition[0]!
        return partitionErrorCode === transactionRefused || partitionErrorCode === topicRefused
      },
      body: () => ({
        v3AndBelowTransactionalId: 'tx',
        v3AndBelowProducerId: 7,
        v3AndBelowProducerEpoch: 0,
        v3AndBelowTopics: [{ name: topic, partitions: [0] }],
      }),
      toVersion: 3,
    },
    {
      ...onCluster('CLUSTER_ACTION', () => ({
        transactions: [
          {
            transactionalId: 'tx',
            ...producer,
            topics: [{ name: topic, partitions: [0] }],
            verifyOnly: true,
          },
        ],
      })),
      fromVersion: 4,
    },
  ],
  25: [
    {
      grants: ['WRITE TRANSACTIONAL_ID tx', `READ GROUP ${group}`],
      refused: transactionRefused,
      body: () => ({ transactionalId: 'tx', ...producer, groupId: group }),
    },
  ],
  26: [
    {
      grants: ['WRITE TRANSACTIONAL_ID tx'],
      refused: transactionRefused,
      body: () => ({ transactionalId: 'tx', ...producer, committed: true }),
    },
  ],
  27: [onCluster('ALTER', markers), onCluster('CLUSTER_ACTION', markers)],
  28: [
    {
      grants: ['WRITE TRANSACTIONAL_ID tx', `READ GROUP ${group}`, `READ TOPIC ${topic}`],
      refused: transactionRefused,
      body: () => ({
        transactionalId: 'tx',
        groupId: group,
        ...producer,
        topics: [
          { name: topic, partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: '' }] },
        ],
      }),
    },
  ],
  29: [onCluster('DESCRIBE', () => aclFilter)],
  30: [onCluster('ALTER', () => ({ creations: [acl] }))],
  31: [onCluster('ALTER', () => ({ filters: [aclFilter] }))],
  32: configRows('DESCRIBE_CONFIGS', asked),
  33: configRows('ALTER_CONFIGS', replaced),
  34: [
    onCluster('ALTER', () => ({ dirs: [{ path: '/nowhere', topics: [{ name: topic, partitions: [0] }] }] })),
  ],
  35: [{ ...onCluster('DESCRIBE', () => ({ topics: null })), refused: seesNone('results') }],
  37: [
    onTopic('ALTER', () => ({
      topics: [{ name: topic, count: 5, assignments: null }],
      timeoutMs: 1000,
      validateOnly: true,
    })),
  ],
  38: [
    {
      grants: ['CREATE_TOKENS USER User:bob'],
      refused: ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED,
      body: () => ({
        ownerPrincipalType: 'User',
        ownerPrincipalName: 'bob',
        // Told only to who may ask, and leaves no token behind.
        renewers: [{ principalType: 'Group', principalName: 'staff' }],
        maxLifetimeMs: -1,
      }),
      fromVersion: 3,
    },
  ],
  41: [
    {
      grants: [`DESCRIBE DELEGATION_TOKEN ${tokenOfBob.tokenId}`],
      refused: seesNone('tokens'),
      body: () => ({ owners: null }),
    },
    {
      grants: ['DESCRIBE_TOKENS USER User:bob'],
      refused: seesNone('tokens'),
      body: () => ({ owners: null }),
    },
  ],
  42: [{ ...onGroup('', () => ({ groupsNames: ['nobody'] })), grants: ['DELETE GROUP nobody'] }],
  43: [onCluster('ALTER', () => ({ topicPartitions: [{ topic, partitions: [0] }], timeoutMs: 1000 }))],
  44: configRows('ALTER_CONFIGS', changes),
  45: [
    onCluster('ALTER', () => ({
      topics: [{ name: topic, partitions: [{ partitionIndex: 0, replicas: [1] }] }],
      timeoutMs: 1000,
    })),
  ],
  46: [onCluster('DESCRIBE', () => ({ timeoutMs: 1000, topics: [{ name: topic, partitionIndexes: [0] }] }))],
  47: [
    {
      grants: [`DELETE GROUP ${group}`, 'READ TOPIC gone'],
      refused: groupRefused,
      body: () => ({ groupId: group, topics: [{ name: 'gone', partitions: [{ partitionIndex: 0 }] }] }),
    },
  ],
  48: [onCluster('DESCRIBE_CONFIGS', () => ({ components: [], strict: false }))],
  49: [
    onCluster('ALTER_CONFIGS', () => ({
      entries: [
        {
          entity: [{ entityType: 'user', entityName: 'bob' }],
          ops: [{ key: 'producer_byte_rate', value: 1000, remove: false }],
        },
      ],
      validateOnly: true,
    })),
  ],
  50: [onCluster('DESCRIBE', () => ({ users: null }))],
  51: [
    onCluster('ALTER', () => ({
      deletions: [],
      upsertions: [
        { name: 'bob', mechanism: 1, iterations: 4096, salt: Buffer.of(1), saltedPassword: Buffer.of(2) },
      ],
    })),
  ],
  55: [
    onCluster('DESCRIBE', () => ({
      topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }],
    })),
  ],
  57: [
    onCluster('ALTER', version => ({
      featureUpdates: [{ feature: 'metadata.version', maxVersionLevel: 30 }],
      ...(version >= 1 && { validateOnly: true }),
    })),
  ],
  60: [
    {
      grants: [`DESCRIBE CLUSTER ${cluster}`],
      refused: reply => reply['clusterAuthorizedOperations'] === 0,
      body: () => ({ includeClusterAuthorizedOperations: true }),
    },
  ],
  61: [onTopic('READ', () => ({ topics: [{ name: topic, partitionIndexes: [0] }] }))],
  64: [onCluster('ALTER', () => ({ brokerId: 9 }))],
  65: [
    {
      grants: [`DESCRIBE TRANSACTIONAL_ID ${transaction}`, `DESCRIBE TOPIC ${topic}`],
      refused: ({ transactionStates }) => {
        const [state] = transactionStates as readonly { topics: readonly unknown[] }[]
        return state!.topics.length === 0
      },
      body: () => ({ transactionalIds: [transaction] }),
    },
  ],
  66: [
    {
      grants: [`DESCRIBE TRANSACTIONAL_ID ${transaction}`],
      refused: seesNone('transactionStates'),
      body: () => ({ stateFilters: [], producerIdFilters: [] }),
    },
  ],
  74: [onCluster('DESCRIBE_CONFIGS', () => ({}))],
  75: [
    onTopic('DESCRIBE', () => ({ topics: [{ name: topic }], responsePartitionLimit: 10, cursor: null })),
    {
      grants: [`DESCRIBE TOPIC ${topic}`],
      refused: seesNone('topics'),
      body: () => ({ topics: [], responsePartitionLimit: 10, cursor: null }),
    },
  ],
  80: [
    onCluster('ALTER', () => ({
      clusterId: null,
      timeoutMs: 1000,
      voterId: 9,
      voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ',
      listeners: [{ name: 'CONTROLLER', host: 'localhost', port: 9093 }],
    })),
  ],
  81: [
    onCluster('ALTER', () => ({
      clusterId: null,
      voterId: 9,
      voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ',
    })),
  ],
}
