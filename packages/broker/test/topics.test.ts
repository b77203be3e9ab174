// Topics are made, listed, grown and deleted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePartitionsApi,
  CreateTopicsApi,
  DeleteTopicsApi,
  DescribeClusterApi,
  DescribeTopicPartitionsApi,
  ErrorCode,
  MetadataApi,
  zeroUuid,
} from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  topicIdOf,
} from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'

type Wanted = {
  name: string
  numPartitions?: number
  replicationFactor?: number
  configs?: Record<string, string>
  assignments?: [number, number[]][]
}

async function create(client: TestClient, wanted: readonly Wanted[], validateOnly = false) {
  const reply = await client.send(CreateTopicsApi, 7, {
    topics: wanted.map(
      ({ name, numPartitions = 1, replicationFactor = 1, configs = {}, assignments = [] }) => ({
        name,
        numPartitions,
        replicationFactor,
        assignments: assignments.map(([partitionIndex, brokerIds]) => ({ partitionIndex, brokerIds })),
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      }),
    ),
    timeoutMs: 1000,
    validateOnly,
  })
  return reply.topics
}

const metadataOf = (
  client: TestClient,
  names: readonly string[] | null,
  version = 9,
  allowAutoTopicCreation = false,
) =>
  client.send(MetadataApi, version, {
    topics: names?.map(name => ({ name })) ?? null,
    ...(version >= 4 && { allowAutoTopicCreation }),
    ...(version >= 8 && { includeTopicAuthorizedOperations: false }),
  })

test('a topic that was created is there for every client at once, with its size, settings and id', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const other = await connect(t, broker)
  const [made] = await create(client, [
    { name: 'orders', numPartitions: 3, configs: { 'retention.ms': '1000' } },
  ])
  assert.deepEqual([made!.errorCode, made!.numPartitions, made!.replicationFactor], [ErrorCode.NONE, 3, 1])
  assert.equal(made!.configs?.find(({ name }) => name === 'retention.ms')?.value, '1000')
  const reply = await metadataOf(other, ['orders'], 12)
  assert.equal(reply.topics[0]!.topicId, made!.topicId)
  assert.equal(reply.topics[0]!.partitions.length, 3)
  for (let partition = 0; partition < 3; partition++) {
    assert.equal((await produce(other, 'orders', batchOf(['a']), { partition })).errorCode, ErrorCode.NONE)
  }
})

const refused: readonly (readonly [string, Wanted, number])[] = [
  ['a name with a space', { name: 'a b' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
  ['an empty name', { name: '' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
  ['no partitions', { name: 'x', numPartitions: 0 }, ErrorCode.INVALID_PARTITIONS],
  ['three replicas', { name: 'x', replicationFactor: 3 }, ErrorCode.INVALID_REPLICATION_FACTOR],
  ['no replica', { name: 'x', replicationFactor: 0 }, ErrorCode.INVALID_REPLICATION_FACTOR],
  ['a setting that does not exist', { name: 'x', configs: { 'no.such': '1' } }, ErrorCode.INVALID_CONFIG],
  [
    'a setting with a bad value',
    { name: 'x', configs: { 'retention.ms': 'long' } },
    ErrorCode.INVALID_CONFIG,
  ],
  [
    'an assignment to another broker',
    { name: 'x', numPartitions: -1, replicationFactor: -1, assignments: [[0, [7]]] },
    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
  ],
  [
    'an assignment beside a number',
    { name: 'x', numPartitions: 2, replicationFactor: -1, assignments: [[0, [1]]] },
    ErrorCode.INVALID_REQUEST,
  ],
  [
    'an assignment with a gap',
    { name: 'x', numPartitions: -1, replicationFactor: -1, assignments: [[1, [1]]] },
    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
  ],
  ['a name that exists', { name: 'taken.name' }, ErrorCode.TOPIC_ALREADY_EXISTS],
  ['a name that collides in metrics', { name: 'taken_name' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
]

for (const [what, wanted, code] of refused) {
  test(`a topic with ${what} is not created, and the others of the request are`, async t => {
    const broker = await startBroker(t, { topics: ['taken.name'] })
    const client = await connect(t, broker)
    const [bad, good] = await create(client, [wanted, { name: 'good' }])
    assert.deepEqual([bad!.errorCode, bad!.topicId], [code, zeroUuid])
    assert.ok(bad!.errorMessage)
    assert.equal(good!.errorCode, ErrorCode.NONE)
  })
}

test('a request that only validates changes nothing; a topic named twice is refused', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  assert.equal((await create(client, [{ name: 'maybe' }], true))[0]!.errorCode, ErrorCode.NONE)
  assert.equal(
    (await create(client, [{ name: 'twice' }, { name: 'twice' }]))[0]!.errorCode,
    ErrorCode.INVALID_REQUEST,
  )
  assert.deepEqual((await metadataOf(client, null)).topics, [])
})

test('numbers left out are those of the broker', async t => {
  const broker = await startBroker(t, { config: { 'num.partitions': 4 } })
  const client = await connect(t, broker)
  const [made] = await create(client, [{ name: 'defaults', numPartitions: -1, replicationFactor: -1 }])
  assert.equal(made!.numPartitions, 4)
})

test('an unknown topic is made by asking for it, unless request or broker say no', async t => {
  const broker = await startBroker(t, { config: { 'num.partitions': 2 } })
  const client = await connect(t, broker)
  const unknown = await metadataOf(client, ['auto'])
  assert.equal(unknown.topics[0]!.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const made = await metadataOf(client, ['auto', 'not valid'], 9, true)
  assert.deepEqual(
    made.topics.map(topic => [topic.errorCode, topic.partitions.length]),
    [
      [ErrorCode.NONE, 2],
      [ErrorCode.INVALID_TOPIC_EXCEPTION, 0],
    ],
  )
  assert.equal((await produce(client, 'auto', batchOf(['a']), { partition: 1 })).errorCode, ErrorCode.NONE)
  const strict = await startBroker(t, { config: { 'auto.create.topics.enable': false } })
  const refusing = await metadataOf(await connect(t, strict), ['auto'], 9, true)
  assert.equal(refusing.topics[0]!.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('an empty list means all topics in version 0 and none later; null means all', async t => {
  const broker = await startBroker(t, { topics: ['a', { name: 'b', partitions: 2 }] })
  const client = await connect(t, broker)
  assert.equal((await client.send(MetadataApi, 0, { topics: [] })).topics.length, 2)
  assert.equal((await metadataOf(client, [], 1)).topics.length, 0)
  assert.equal((await metadataOf(client, null, 1)).topics.length, 2)
})

test('metadata names this broker as leader of everything, in every version, at the address that clients use', async t => {
  const broker = await startBroker(t, { topics: ['here'] })
  const client = await connect(t, broker)
  for (let version = 0; version <= 13; version++) {
    const reply = await metadataOf(client, ['here'], version)
    assert.deepEqual(
      reply.brokers.map(({ nodeId, host, port }) => [nodeId, host, port]),
      [[1, '127.0.0.1', broker.port]],
    )
    const partition = reply.topics[0]!.partitions[0]!
    assert.deepEqual([partition.leaderId, partition.replicaNodes, partition.isrNodes], [1, [1], [1]])
    if (version >= 2) assert.equal(reply.clusterId, broker.clusterId)
  }
})

test('topics are found by id; an id that is not known is said to be so', async t => {
  const broker = await startBroker(t, { topics: ['named'] })
  const client = await connect(t, broker)
  const topicId = await topicIdOf(client, 'named')
  const reply = await client.send(MetadataApi, 12, {
    topics: [
      { topicId, name: null },
      { topicId: broker.clusterId, name: null },
    ],
    allowAutoTopicCreation: true,
    includeTopicAuthorizedOperations: true,
  })
  assert.deepEqual(
    reply.topics.map(({ errorCode, name }) => [errorCode, name]),
    [
      [ErrorCode.NONE, 'named'],
      [ErrorCode.UNKNOWN_TOPIC_ID, null],
    ],
  )
  assert.equal(reply.topics[0]!.topicAuthorizedOperations, 3576)
})

test('topics are refused by id before version 12, and nothing else is harmed', async t => {
  const broker = await startBroker(t, { topics: ['named'] })
  const client = await connect(t, broker)
  const topicId = await topicIdOf(client, 'named')
  for (const version of [10, 11]) {
    const topics = [
      { topicId, name: null },
      { topicId: broker.clusterId, name: 'other' },
      { topicId: zeroUuid, name: 'named' },
    ]
    const reply = await client.send(MetadataApi, version, { topics, allowAutoTopicCreation: true })
    assert.deepEqual(
      reply.topics.map(({ errorCode, name }) => [errorCode, name]),
      [
        [ErrorCode.INVALID_REQUEST, ''],
        [ErrorCode.INVALID_REQUEST, 'other'],
        [ErrorCode.INVALID_REQUEST, 'named'],
      ],
    )
  }
})

test('a deleted topic is gone with its data, and a new one of its name is another', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'again')
  await produce(client, 'again', batchOf(['old']))
  const oldId = await topicIdOf(client, 'again')
  const reply = await client.send(DeleteTopicsApi, 6, {
    topics: [
      { name: null, topicId: oldId },
      { name: 'never', topicId: zeroUuid },
    ],
    timeoutMs: 1000,
  })
  assert.deepEqual(
    reply.responses.map(({ name, errorCode }) => [name, errorCode]),
    [
      ['again', ErrorCode.NONE],
      ['never', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ],
  )
  assert.equal(
    (await produce(client, 'again', batchOf(['x']))).errorCode,
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  )
  await createTopic(client, 'again')
  assert.notEqual(await topicIdOf(client, 'again'), oldId)
  assert.equal(onlyPartition(await fetchFrom(client, 'again', 0)).highWatermark, 0)
})

test('topics cannot be deleted where that is switched off', async t => {
  const broker = await startBroker(t, { topics: ['safe'], config: { 'delete.topic.enable': false } })
  const client = await connect(t, broker)
  const reply = await client.send(DeleteTopicsApi, 5, { topicNames: ['safe'], timeoutMs: 1000 })
  assert.equal(reply.responses[0]!.errorCode, ErrorCode.TOPIC_DELETION_DISABLED)
})

test('partitions can be added, never taken away', async t => {
  const broker = await startBroker(t, { topics: ['growing'] })
  const client = await connect(t, broker)
  const grow = async (name: string, count: number, validateOnly = false) => {
    const reply = await client.send(CreatePartitionsApi, 3, {
      topics: [{ name, count, assignments: null }],
      timeoutMs: 1000,
      validateOnly,
    })
    return reply.results[0]!.errorCode
  }
  assert.equal(await grow('growing', 5, true), ErrorCode.NONE)
  assert.equal(broker.metadata.image.topic('growing')?.partitions.length, 1)
  assert.equal(await grow('growing', 5), ErrorCode.NONE)
  assert.equal((await produce(client, 'growing', batchOf(['a']), { partition: 4 })).errorCode, ErrorCode.NONE)
  assert.equal(await grow('growing', 5), ErrorCode.INVALID_PARTITIONS)
  assert.equal(await grow('growing', 2), ErrorCode.INVALID_PARTITIONS)
  assert.equal(await grow('missing', 2), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('DescribeTopicPartitions gives all partitions in pages', async t => {
  const broker = await startBroker(t, {
    topics: [
      { name: 'b', partitions: 5 },
      { name: 'a', partitions: 3 },
    ],
  })
  const client = await connect(t, broker)
  const seen: string[] = []
  let cursor: { topicName: string; partitionIndex: number } | null = null
  let pages = 0
  do {
    const reply: Awaited<ReturnType<typeof page>> = await page()
    for (const { name, partitions } of reply.topics)
      for (const { partitionIndex } of partitions) seen.push(`${name}-${partitionIndex}`)
    cursor = reply.nextCursor
    pages++
  } while (cursor)
  function page() {
    return client.send(DescribeTopicPartitionsApi, 0, { topics: [], responsePartitionLimit: 2, cursor })
  }
  assert.deepEqual(seen, ['a-0', 'a-1', 'a-2', 'b-0', 'b-1', 'b-2', 'b-3', 'b-4'])
  assert.ok(pages >= 4)
})

test('DescribeCluster names the cluster and this broker; asked as controller it says it is a broker', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const reply = await client.send(DescribeClusterApi, 1, {
    includeClusterAuthorizedOperations: true,
    endpointType: 1,
  })
  assert.deepEqual(
    [reply.clusterId, reply.controllerId, reply.clusterAuthorizedOperations],
    [broker.clusterId, 1, 8096],
  )
  const wrong = await client.send(DescribeClusterApi, 1, {
    includeClusterAuthorizedOperations: false,
    endpointType: 2,
  })
  assert.equal(wrong.errorCode, ErrorCode.MISMATCHED_ENDPOINT_TYPE)
})

const { NONE, POLICY_VIOLATION } = ErrorCode

// What Apache Kafka 4.3.1 answers: a request may ask for 10,000 partitions and write 10,000 records, or it is refused as a whole.
const sizes: readonly (readonly [string, number, number, number])[] = [
  ['5,000 topics of a partition, which are 10,000 records', 5_000, 1, NONE],
  ['5,001 topics of a partition', 5_001, 1, POLICY_VIOLATION],
  ['10,001 topics of a partition', 10_001, 1, POLICY_VIOLATION],
  ['a topic of 9,999 partitions', 1, 9_999, NONE],
  ['a topic of 10,000 partitions, which with its own are 10,001 records', 1, 10_000, POLICY_VIOLATION],
  ['a topic of a million partitions', 1, 1_000_000, POLICY_VIOLATION],
  ['three topics of 4,000 partitions', 3, 4_000, POLICY_VIOLATION],
]

test('one request makes as many topics and partitions as by Apache Kafka, or none', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  for (const [what, topics, numPartitions, errorCode] of sizes) {
    const wanted = Array.from({ length: topics }, (_, index) => ({ name: `t${index}`, numPartitions }))
    const made = await create(client, wanted, true)
    assert.deepEqual([...new Set(made.map(topic => topic.errorCode))], [errorCode], what)
  }
})

test('a request that adds too many partitions to one topic adds them to the others', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  for (const name of ['first', 'second', 'third']) await createTopic(client, name)
  const reply = await client.send(CreatePartitionsApi, 3, {
    topics: [
      { name: 'first', count: 5_002, assignments: null },
      { name: 'second', count: 5_002, assignments: null },
      { name: 'third', count: 3, assignments: null },
    ],
    timeoutMs: 1000,
    validateOnly: true,
  })
  assert.deepEqual(
    reply.results.map(({ errorCode }) => errorCode),
    [NONE, POLICY_VIOLATION, NONE],
  )
})

test('asking for metadata makes 5,000 topics at once, and none of more', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const ask = async (prefix: string, count: number) => {
    const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`)
    const reply = await metadataOf(client, names, 9, true)
    return [...new Set(reply.topics.map(({ errorCode }) => errorCode))]
  }
  assert.deepEqual(await ask('many', 5_001), [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION])
  assert.equal(broker.metadata.image.topicCount, 0)
  assert.deepEqual(await ask('some', 50), [NONE])
  assert.equal(broker.metadata.image.topicCount, 50)
})

test('a topic that a request names a hundred thousand times is refused once, soon', {
  timeout: 30_000,
}, async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const same = Array.from({ length: 100_000 }, () => ({ name: 'same' }))
  const created = await create(client, same)
  const grown = await client.send(CreatePartitionsApi, 3, {
    topics: same.map(({ name }) => ({ name, count: 2, assignments: null })),
    timeoutMs: 1000,
    validateOnly: false,
  })
  const outcomes = [created, grown.results].map(results => results.map(({ errorCode }) => errorCode))
  assert.deepEqual(outcomes, [[ErrorCode.POLICY_VIOLATION], [ErrorCode.INVALID_REQUEST]])
})
