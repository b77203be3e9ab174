// Admin clients of KafkaJS's API: every method, and what each refuses, as with KafkaJS.
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  type Admin,
  ConfigResourceTypes,
  ResourcePatternTypes,
} from '@millrace/client/kafkajs'
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { both, failure, oursAlone, type Stage } from './both.ts'

async function connected({ kafka, finally: atEnd }: Stage): Promise<Admin> {
  const admin = kafka.admin()
  await admin.connect()
  atEnd(() => admin.disconnect())
  return admin
}

async function write({ kafka }: Stage, topic: string, count: number): Promise<void> {
  const producer = kafka.producer()
  await producer.connect()
  const messages = Array.from({ length: count }, (_, index) => ({
    value: String(index),
    partition: 0,
    timestamp: String(1_700_000_000_000 + index),
  }))
  await producer.send({ topic, messages })
  await producer.disconnect()
}

const words = async (work: () => unknown) => {
  try {
    await work()
    return 'none'
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

both('topics are created, listed, described, grown and deleted', async stage => {
  const admin = await connected(stage)
  const topic = stage.uniqueName('made')
  const assigned = stage.uniqueName('assigned')
  const { brokers } = await admin.describeCluster()
  const { nodeId } = brokers[0]!
  const configEntries = [{ name: 'cleanup.policy', value: 'compact' }]
  const created = await admin.createTopics({
    topics: [{ topic, numPartitions: 2, replicationFactor: 1, configEntries }],
  })
  const again = await admin.createTopics({ topics: [{ topic }] })
  const checked = await admin.createTopics({
    validateOnly: true,
    waitForLeaders: false,
    topics: [{ topic: `${topic}-checked` }],
  })
  await admin.createTopics({
    topics: [
      {
        topic: assigned,
        replicaAssignment: [
          { partition: 0, replicas: [nodeId] },
          { partition: 1, replicas: [nodeId] },
        ],
      },
    ],
  })
  const listed = await admin.listTopics()
  await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] })
  const described = await admin.fetchTopicMetadata({ topics: [topic] })
  const partitions = described.topics[0]!.partitions.sort((a, b) => a.partitionId - b.partitionId)
  await admin.deleteTopics({ topics: [topic, assigned] })
  const remaining = async () => (await admin.listTopics()).filter(name => name === topic || name === assigned)
  // A broker hears of it a little later than its controller.
  for (let tries = 0; tries < 200 && (await remaining()).length > 0; tries++) await sleep(50)
  return {
    created,
    again,
    checked,
    listed: [topic, assigned, `${topic}-checked`].map(name => listed.includes(name)),
    described: partitions.map(each => ({
      ...each,
      leader: each.leader === nodeId,
      replicas: each.replicas.length,
      isr: each.isr.length,
    })),
    left: await remaining(),
  }
})

both('what is wrong with topics is told topic by topic', async stage => {
  const admin = await connected(stage)
  const topic = stage.uniqueName('wrong')
  const failed = async (work: Promise<unknown>) => {
    const error = (await work.catch((caught: Error) => caught)) as Error & {
      errors?: (Error & { topic?: string; type?: string })[]
    }
    return {
      name: error.name,
      message: error.message,
      errors: error.errors?.map(each => [each.name, each.type, each.topic === topic]),
    }
  }
  return {
    config: await failed(
      admin.createTopics({ topics: [{ topic, configEntries: [{ name: 'nonsense', value: '1' }] }] }),
    ),
    replicas: await failed(admin.createTopics({ topics: [{ topic, replicationFactor: 9 }] })),
    grown: await failure(
      admin.createPartitions({ topicPartitions: [{ topic: stage.uniqueName('absent'), count: 3 }] }),
    ),
    deleted: (
      (await failure(admin.deleteTopics({ topics: [stage.uniqueName('absent')] }))) as { name: string }
    ).name,
    metadata: await failure(admin.fetchTopicMetadata({ topics: [stage.uniqueName('absent')] })),
  }
})

both('what is asked for wrongly is refused in the same words', async stage => {
  const admin = await connected(stage)
  const wrong = (work: (untyped: Record<string, (...given: unknown[]) => unknown>) => unknown) =>
    words(() => work(admin as never))
  const acl = {
    resourceType: 2,
    resourceName: 'r',
    resourcePatternType: 3,
    principal: 'User:a',
    host: '*',
    operation: 3,
    permissionType: 3,
  }
  return [
    await wrong(a => a['createTopics']!({})),
    await wrong(a => a['createTopics']!({ topics: [{ topic: 3 }] })),
    await wrong(a => a['createTopics']!({ topics: [{ topic: 't' }, { topic: 't' }] })),
    await wrong(a => a['createTopics']!({ topics: [{ topic: 't', configEntries: 3 }] })),
    await wrong(a => a['createTopics']!({ topics: [{ topic: 't', configEntries: [null] }] })),
    await wrong(a => a['createTopics']!({ topics: [{ topic: 't', configEntries: [{ name: 'n' }] }] })),
    await wrong(a => a['createPartitions']!({ topicPartitions: [] })),
    await wrong(a => a['createPartitions']!({})),
    await wrong(a => a['deleteTopics']!({ topics: [3] })),
    await wrong(a => a['fetchTopicOffsets']!('')),
    await wrong(a => a['fetchTopicOffsetsByTimestamp']!(3)),
    await wrong(a => a['fetchTopicMetadata']!({ topics: [''] })),
    await wrong(a => a['fetchOffsets']!({ groupId: '' })),
    await wrong(a => a['fetchOffsets']!({ groupId: 'g', topics: 't' })),
    await wrong(a => a['setOffsets']!({ groupId: '', topic: 't', partitions: [] })),
    await wrong(a => a['setOffsets']!({ groupId: 'g', topic: '', partitions: [] })),
    await wrong(a => a['setOffsets']!({ groupId: 'g', topic: 't', partitions: [] })),
    await wrong(a => a['resetOffsets']!({ groupId: 'g' })),
    await wrong(a => a['describeConfigs']!({ resources: [] })),
    await wrong(a => a['describeConfigs']!({})),
    await wrong(a => a['describeConfigs']!({ resources: [{ type: 9, name: 'n' }] })),
    await wrong(a => a['describeConfigs']!({ resources: [{ type: 2, name: '' }] })),
    await wrong(a => a['describeConfigs']!({ resources: [{ type: 2, name: 'n', configNames: 3 }] })),
    await wrong(a => a['alterConfigs']!({ resources: [{ type: 2, name: 'n' }] })),
    await wrong(a =>
      a['alterConfigs']!({ resources: [{ type: 2, name: 'n', configEntries: [{ name: 'n' }] }] }),
    ),
    await wrong(a => a['deleteGroups']!('g')),
    await wrong(a => a['deleteTopicRecords']!({ topic: '' })),
    await wrong(a => a['deleteTopicRecords']!({ topic: 't', partitions: [] })),
    await wrong(a => a['createAcls']!({ acl: [] })),
    await wrong(a => a['createAcls']!({ acl: [{ ...acl, principal: 3 }] })),
    await wrong(a => a['createAcls']!({ acl: [{ ...acl, host: 3 }] })),
    await wrong(a => a['createAcls']!({ acl: [{ ...acl, resourceName: 3 }] })),
    await wrong(a => a['createAcls']!({ acl: [{ ...acl, operation: 99 }] })),
    await wrong(a => a['createAcls']!({ acl: [{ ...acl, resourceType: 99 }] })),
    await wrong(a => a['describeAcls']!({ ...acl, resourcePatternType: 99 })),
    await wrong(a => a['describeAcls']!({ ...acl, principal: 3 })),
    await wrong(a => a['deleteAcls']!({ filters: [] })),
    await wrong(a => a['deleteAcls']!({ filters: [{ ...acl, permissionType: 99 }] })),
    await wrong(a => a['alterPartitionReassignments']!({ topics: [{ topic: 't' }] })),
    await wrong(a =>
      a['alterPartitionReassignments']!({
        topics: [{ topic: 't', partitionAssignment: [{ partition: -1 }] }],
      }),
    ),
    await wrong(a =>
      a['alterPartitionReassignments']!({
        topics: [{ topic: 't', partitionAssignment: [{ partition: 0, replicas: [-1] }] }],
      }),
    ),
    await wrong(a => a['listPartitionReassignments']!({ topics: [{ topic: 't', partitions: ['x'] }] })),
    await wrong(a => a['on']!('nonsense', () => {})),
  ]
})

both('offsets of topics are found at their ends and at times', async stage => {
  const admin = await connected(stage)
  const topic = await stage.createTopic({ partitions: 2 })
  await write(stage, topic, 5)
  // KafkaJS deletes from topics only that it has met before.
  await admin.fetchTopicOffsets(topic)
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] })
  const order = <T extends { partition: number }>(entries: T[]) =>
    entries.sort((a, b) => a.partition - b.partition)
  return {
    ends: order(await admin.fetchTopicOffsets(topic)),
    at: order(await admin.fetchTopicOffsetsByTimestamp(topic, 1_700_000_000_003)),
    late: order(await admin.fetchTopicOffsetsByTimestamp(topic, 1_800_000_000_000)),
    now: order(await admin.fetchTopicOffsetsByTimestamp(topic)),
    beyond: (
      (await failure(admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '99' }] }))) as {
        name: string
      }
    ).name,
  }
})

both('offsets of groups are read, set, reset and resolved', async stage => {
  const admin = await connected(stage)
  const topic = await stage.createTopic({ partitions: 2 })
  const groupId = stage.uniqueName('group')
  await write(stage, topic, 4)
  const read = async (options = {}) => {
    const [found] = await admin.fetchOffsets({ groupId, topics: [topic], ...options })
    return found!.partitions.sort((a, b) => a.partition - b.partition)
  }
  const none = await read()
  await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '3' }] })
  const set = await read()
  const all = (await admin.fetchOffsets({ groupId })).map(({ partitions }) => partitions)
  await admin.resetOffsets({ groupId, topic, earliest: true })
  const reset = await read()
  const resolved = await read({ resolveOffsets: true })
  return { none, set, all, reset, resolved }
})

both('offsets of a group with members are not set', async stage => {
  const admin = await connected(stage)
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  const consumer = stage.kafka.consumer({ groupId, maxWaitTimeInMs: 100 })
  stage.finally(() => consumer.disconnect())
  await consumer.connect()
  await consumer.subscribe({ topic })
  await consumer.run({ eachMessage: async () => {} })
  const set = await words(() =>
    admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '0' }] }),
  )
  const listed = (await admin.listGroups()).groups
    .filter(group => group.groupId === groupId)
    .map(({ protocolType }) => protocolType)
  const { groups } = await admin.describeGroups([groupId, stage.uniqueName('absent')])
  const busy = (await admin.deleteGroups([groupId]).catch((caught: Error) => caught)) as Error & {
    groups: { errorCode: number; error: { type: string } }[]
  }
  await consumer.disconnect()
  const deleted = await admin.deleteGroups([groupId])
  return {
    set,
    listed,
    groups: groups
      .map(({ state, protocol, protocolType, members }) => ({
        state,
        protocol,
        protocolType,
        members: members.length,
      }))
      .sort((a, b) => a.members - b.members),
    busy: {
      name: busy.name,
      message: busy.message,
      groups: busy.groups?.map(({ errorCode, error }) => [errorCode, error.type]),
    },
    deleted: deleted.map(({ errorCode }) => errorCode),
  }
})

both('settings are described and changed', async stage => {
  const admin = await connected(stage)
  const topic = await stage.createTopic({ configs: { 'retention.ms': '1000' } })
  const { TOPIC, BROKER } = ConfigResourceTypes
  const describe = async () => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: true,
      resources: [{ type: TOPIC, name: topic, configNames: ['retention.ms', 'cleanup.policy'] }],
    })
    return resources.map(each => ({
      ...each,
      // Nothing, as Apache Kafka writes it or as we do.
      errorMessage: each.errorMessage || null,
      resourceName: '',
      configEntries: each.configEntries.sort((a, b) => (a.configName < b.configName ? -1 : 1)),
    }))
  }
  const before = await describe()
  const configEntries = [{ name: 'cleanup.policy', value: 'compact' }]
  const changed = (await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: TOPIC, name: topic, configEntries }],
  })) as { resources: { errorMessage?: string | null }[] }
  const after = await describe()
  const { brokers } = await admin.describeCluster()
  const ofBroker = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: BROKER, name: String(brokers[0]!.nodeId), configNames: ['num.io.threads'] }],
  })
  return {
    before,
    after,
    changed: changed.resources.map(each => ({
      ...each,
      errorMessage: each.errorMessage || null,
      resourceName: '',
    })),
    ofBroker: ofBroker.resources.map(each => each.configEntries.map(({ configName }) => configName)),
    absent: await failure(
      admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: TOPIC, name: stage.uniqueName('absent') }],
      }),
    ),
    wrong: await failure(
      admin.alterConfigs({
        validateOnly: true,
        resources: [{ type: TOPIC, name: topic, configEntries: [{ name: 'retention.ms', value: 'x' }] }],
      }),
    ),
  }
})

both('the cluster is described', async stage => {
  const admin = await connected(stage)
  const { brokers, controller, clusterId } = await admin.describeCluster()
  const isKnown = brokers.some(({ nodeId }) => nodeId === controller)
  return { fields: Object.keys(brokers[0]!).sort(), isKnown, clusterId }
})

both('nothing is being moved, and what cannot be moved is told', async stage => {
  const admin = await connected(stage)
  const topic = await stage.createTopic()
  const listed = await admin.listPartitionReassignments({})
  const ofTopic = await admin.listPartitionReassignments({ topics: [{ topic, partitions: [0] }] })
  const moved = (await admin
    .alterPartitionReassignments({
      topics: [{ topic, partitionAssignment: [{ partition: 0, replicas: [99] }] }],
    })
    .catch((caught: Error) => caught)) as Error & { errors: (Error & { type: string; partition: number })[] }
  return {
    listed,
    ofTopic,
    moved: [moved.name, moved.message, moved.errors?.map(each => [each.name, each.type, each.partition])],
  }
})

oursAlone('ACLs are created, described and deleted, where the cluster has them', async stage => {
  const admin = await connected(stage)
  const resourceName = stage.uniqueName('acl')
  const resource = {
    resourceType: AclResourceTypes.TOPIC,
    resourceName,
    resourcePatternType: ResourcePatternTypes.LITERAL,
  }
  const rights = {
    principal: 'User:alice',
    host: '*',
    operation: AclOperationTypes.READ,
    permissionType: AclPermissionTypes.ALLOW,
  }
  try {
    assert.equal(await admin.createAcls({ acl: [{ ...resource, ...rights }] }), true)
  } catch (error) {
    // A cluster without an authorizer says so by this, to KafkaJS as well.
    assert.equal((error as { type?: string }).type, 'SECURITY_DISABLED')
    return
  }
  const filter = { ...resource, operation: AclOperationTypes.ANY, permissionType: AclPermissionTypes.ANY }
  assert.deepEqual(await admin.describeAcls(filter), { resources: [{ ...resource, acls: [rights] }] })
  const { filterResponses } = await admin.deleteAcls({ filters: [filter] })
  assert.deepEqual(filterResponses, [
    {
      errorCode: 0,
      errorMessage: null,
      matchingAcls: [{ errorCode: 0, errorMessage: null, ...resource, ...rights }],
    },
  ])
  assert.deepEqual(await admin.describeAcls(filter), { resources: [] })
})
