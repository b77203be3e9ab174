// Each version of each API that is served, asked once.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { type Api, encodeConsumerProtocolSubscription, Writer, zeroUuid } from '@millrace/protocol'
import { apiByKey } from '@millrace/protocol/apis'
import { handlerTable } from '../src/handlers/table.ts'
import { batchOf, connect, createTopic, startBroker, topicIdOf } from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'

type Body = Readonly<Record<string, unknown>>

/** What a request of each key may look like at a version, for a topic and group that exist and for ones that do not. */
type Bodies = (version: number, topicId: string) => readonly Body[]

const topics = ['here', 'not-here']
const groups = ['group-a', 'group-b']
const ids = (topicId: string) => [topicId, 'abcdefghijklmnopqrstuA']

function named(version: number, idsFrom: number, topicId: string, rest: Body, field = 'name'): Body[] {
  return version >= idsFrom
    ? ids(topicId).map(id => ({ topicId: id, ...rest }))
    : topics.map(name => ({ [field]: name, ...rest }))
}

function subscription(): Buffer {
  const writer = new Writer()
  encodeConsumerProtocolSubscription(writer, { topics: ['here'] }, 0)
  return writer.finishBuffer()
}

const aclFilter = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
}

const bodies: Readonly<Record<number, Bodies>> = {
  0: (version, topicId) => [
    {
      transactionalId: null,
      acks: -1,
      timeoutMs: 1000,
      topicData: named(version, 13, topicId, { partitionData: [{ index: 0, records: [batchOf(['v'])] }] }),
    },
  ],
  1: (version, topicId) => [
    {
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 1000,
      isolationLevel: 1,
      topics: named(
        version,
        13,
        topicId,
        { partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }] },
        'topic',
      ),
      forgottenTopicsData: [],
    },
  ],
  2: version => [
    {
      replicaId: -1,
      ...(version >= 2 && { isolationLevel: 1 }),
      topics: topics.map(name => ({
        name,
        partitions: [-1, -2, 0].map(timestamp => ({ partitionIndex: 0, timestamp })),
      })),
    },
  ],
  3: version => [
    { topics: topics.map(name => ({ name })), ...(version >= 4 && { allowAutoTopicCreation: false }) },
  ],
  8: (version, topicId) =>
    groups.map(groupId => ({
      groupId,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      topics: named(version, 10, topicId, {
        partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: 'm' }],
      }),
    })),
  9: (version, topicId) =>
    version >= 8
      ? [
          {
            groups: groups.map(groupId => ({
              groupId,
              topics: named(version, 10, topicId, { partitionIndexes: [0, 7] }),
            })),
          },
        ]
      : groups.map(groupId => ({
          groupId,
          topics: topics.map(name => ({ name, partitionIndexes: [0, 7] })),
        })),
  10: version =>
    version >= 4
      ? [
          { keyType: 0, coordinatorKeys: groups },
          { keyType: 1, coordinatorKeys: groups },
        ]
      : [{ key: 'group-a' }],
  11: version => [
    {
      groupId: `joined-${version}`,
      sessionTimeoutMs: 10_000,
      ...(version >= 1 && { rebalanceTimeoutMs: 1000 }),
      memberId: '',
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: subscription() }],
    },
    {
      groupId: `joined-${version}`,
      sessionTimeoutMs: 1,
      ...(version >= 1 && { rebalanceTimeoutMs: 1000 }),
      memberId: 'nobody',
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: subscription() }],
    },
  ],
  12: () => groups.map(groupId => ({ groupId, generationId: 1, memberId: 'nobody' })),
  13: version =>
    groups.map(groupId =>
      version >= 3 ? { groupId, members: [{ memberId: 'nobody' }] } : { groupId, memberId: 'nobody' },
    ),
  14: () => groups.map(groupId => ({ groupId, generationId: 1, memberId: 'nobody', assignments: [] })),
  15: () => [{ groups }],
  16: () => [{}],
  17: () => [{ mechanism: 'PLAIN' }],
  18: () => [{ clientSoftwareName: 'test', clientSoftwareVersion: '1' }],
  19: version => [
    {
      topics: [
        { name: `made-${version}`, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] },
        { name: 'here', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] },
        { name: 'a/b', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] },
      ],
      timeoutMs: 1000,
      validateOnly: false,
    },
  ],
  20: version => [
    version >= 6
      ? {
          topics: [`made-${version}`, 'not-here', null].map(name => ({ name, topicId: zeroUuid })),
          timeoutMs: 1000,
        }
      : { topicNames: [`made-${version}`, 'not-here'], timeoutMs: 1000 },
  ],
  21: () => [
    {
      topics: topics.map(name => ({ name, partitions: [{ partitionIndex: 0, offset: 0 }] })),
      timeoutMs: 1000,
    },
  ],
  22: () => [
    { transactionalId: null, transactionTimeoutMs: 1000 },
    { transactionalId: 'tx', transactionTimeoutMs: 1000 },
  ],
  23: () => [{ topics: topics.map(topic => ({ topic, partitions: [{ partition: 0, leaderEpoch: 0 }] })) }],
  24: version =>
    version >= 4
      ? [
          {
            transactions: [true, false].map(verifyOnly => ({
              transactionalId: `tx-${verifyOnly}`,
              producerId: 7,
              producerEpoch: 0,
              verifyOnly,
              topics: topics.map(name => ({ name, partitions: [0, 9] })),
            })),
          },
        ]
      : [
          {
            v3AndBelowTransactionalId: 'tx',
            v3AndBelowProducerId: 7,
            v3AndBelowProducerEpoch: 0,
            v3AndBelowTopics: [{ name: 'here', partitions: [0] }],
          },
        ],
  25: () => [{ transactionalId: 'tx', producerId: 7, producerEpoch: 0, groupId: 'group-a' }],
  26: () => [{ transactionalId: 'tx', producerId: 7, producerEpoch: 0, committed: true }],
  27: version => [
    {
      markers: topics.map(name => ({
        producerId: 7,
        producerEpoch: 1,
        transactionResult: true,
        topics: [{ name, partitionIndexes: [0, 9] }],
        coordinatorEpoch: 0,
        ...(version >= 2 && { transactionVersion: 2 }),
      })),
    },
  ],
  29: () => [aclFilter],
  30: () => [
    {
      creations: [
        {
          resourceType: 2,
          resourceName: 'here',
          resourcePatternType: 3,
          principal: 'User:a',
          host: '*',
          operation: 3,
          permissionType: 3,
        },
      ],
    },
  ],
  31: () => [{ filters: [aclFilter] }],
  28: () => [
    {
      transactionalId: 'tx',
      groupId: 'group-a',
      producerId: 7,
      producerEpoch: 0,
      topics: topics.map(name => ({
        name,
        partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: 'm' }],
      })),
    },
  ],
  32: version => [
    {
      resources: [
        ...topics.map(resourceName => ({ resourceType: 2, resourceName, configurationKeys: null })),
        { resourceType: 4, resourceName: '1', configurationKeys: null },
        { resourceType: 99, resourceName: 'x', configurationKeys: null },
      ],
      includeSynonyms: true,
      ...(version >= 3 && { includeDocumentation: true }),
    },
  ],
  33: () => [
    {
      resources: topics.map(resourceName => ({
        resourceType: 2,
        resourceName,
        configs: [{ name: 'retention.ms', value: '1000' }],
      })),
      validateOnly: true,
    },
  ],
  34: () => [{ dirs: [{ path: '/nowhere', topics: topics.map(name => ({ name, partitions: [0] })) }] }],
  35: () => [{ topics: null }, { topics: topics.map(topic => ({ topic, partitions: [0] })) }],
  36: () => [{ authBytes: Buffer.of(1) }],
  37: () => [
    {
      topics: topics.map(name => ({ name, count: 5, assignments: null })),
      timeoutMs: 1000,
      validateOnly: true,
    },
  ],
  38: version => [
    {
      ...(version >= 3 && { ownerPrincipalType: null, ownerPrincipalName: null }),
      renewers: [],
      maxLifetimeMs: 1000,
    },
  ],
  39: () => [{ hmac: Buffer.from([1]), renewPeriodMs: 1000 }],
  40: () => [{ hmac: Buffer.from([1]), expiryTimePeriodMs: -1 }],
  41: () => [{ owners: null }],
  42: () => [{ groupsNames: ['nobody'] }],
  43: () => [{ topicPartitions: topics.map(topic => ({ topic, partitions: [0] })), timeoutMs: 1000 }],
  44: () => [
    {
      resources: topics.map(resourceName => ({
        resourceType: 2,
        resourceName,
        configs: [{ name: 'retention.ms', configOperation: 0, value: '1000' }],
      })),
      validateOnly: true,
    },
  ],
  45: () => [
    {
      topics: topics.map(name => ({ name, partitions: [{ partitionIndex: 0, replicas: [1] }] })),
      timeoutMs: 1000,
    },
  ],
  46: () => [{ timeoutMs: 1000, topics: null }],
  47: () =>
    groups.map(groupId => ({
      groupId,
      topics: topics.map(name => ({ name, partitions: [{ partitionIndex: 0 }] })),
    })),
  48: () => [{ components: [{ entityType: 'user', matchType: 2, match: null }], strict: false }],
  49: () => [
    {
      entries: [
        {
          entity: [{ entityType: 'user', entityName: 'nobody' }],
          ops: [{ key: 'producer_byte_rate', value: 1, remove: false }],
        },
      ],
      validateOnly: true,
    },
  ],
  50: () => [{ users: null }, { users: [{ name: 'nobody' }] }],
  51: () => [
    {
      deletions: [{ name: 'nobody', mechanism: 1 }],
      upsertions: [
        {
          name: 'somebody',
          mechanism: 2,
          iterations: 4096,
          salt: Buffer.of(1),
          saltedPassword: Buffer.of(2),
        },
      ],
    },
  ],
  55: () => [{ topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] }],
  57: version => [
    {
      featureUpdates: [{ feature: 'metadata.version', maxVersionLevel: 30 }],
      ...(version >= 1 && { validateOnly: true }),
    },
  ],
  60: () => [{ includeClusterAuthorizedOperations: true }],
  61: () => [{ topics: topics.map(name => ({ name, partitionIndexes: [0, 9] })) }],
  64: () => [{ brokerId: 9 }, { brokerId: 1 }],
  65: () => [{ transactionalIds: ['tx', ''] }],
  66: version => [
    {
      stateFilters: ['Ongoing', 'Odd'],
      producerIdFilters: [7],
      ...(version >= 2 && { transactionalIdPattern: 't.*' }),
    },
  ],
  71: () => [{ clientInstanceId: zeroUuid }, { clientInstanceId: 'AAAAAAAAAAAAAAAAAAABAA' }],
  72: () => [
    {
      clientInstanceId: 'AAAAAAAAAAAAAAAAAAABAA',
      subscriptionId: 0,
      terminating: false,
      compressionType: 0,
      metrics: Buffer.alloc(3),
    },
  ],
  74: () => [{}],
  75: () => [{ topics: topics.map(name => ({ name })), responsePartitionLimit: 10, cursor: null }],
  80: () => [
    {
      clusterId: null,
      timeoutMs: 1000,
      voterId: 9,
      voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ',
      listeners: [{ name: 'CONTROLLER', host: 'localhost', port: 9093 }],
    },
  ],
  81: () => [{ clusterId: 'other', voterId: 9, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' }],
}

async function tryVersion(
  context: TestContext,
  port: Awaited<ReturnType<typeof startBroker>>,
  api: Api,
  version: number,
  body: Body,
): Promise<void> {
  const client: TestClient = await connect(context, port)
  try {
    const reply = await client.send(api, version, body)
    assert.equal(typeof reply, 'object')
  } catch (error) {
    assert.fail(`${api.name} v${version} ${JSON.stringify(body).slice(0, 200)}: ${(error as Error).message}`)
  } finally {
    await client.close()
  }
}

test('every version of every API that is served is answered with a reply that decodes', async context => {
  // Where metrics are shown, those of clients are taken, too.
  const broker = await startBroker(context, { config: { 'http.listener': '127.0.0.1:0' } })
  const setup = await connect(context, broker)
  await createTopic(setup, 'here')
  const topicId = await topicIdOf(setup, 'here')
  let asked = 0
  for (const key of handlerTable.keys()) {
    const api = apiByKey(key)
    const make = bodies[key]
    assert.ok(api && make, `no example request for key ${key}: add one`)
    const last = api.latestVersionUnstable ? api.maxVersion - 1 : api.maxVersion
    for (let version = api.minVersion; version <= last; version++) {
      for (const body of make(version, topicId)) {
        await tryVersion(context, broker, api, version, body)
        asked++
      }
    }
  }
  assert.ok(asked > 200, `${asked} requests`)
})
