// What `Admin` does with topics, on whichever broker.
import assert from 'node:assert/strict'
import { throwFirst } from '@millrace/client'
import { eventually } from '@millrace/testkit'
import { type AdminCase, codeOf, type Operation, settles, type World } from './admin-case.ts'

const zeroId = 'AAAAAAAAAAAAAAAAAAAAAA'
const noId = 'zzzzzzzzzzzzzzzzzzzzzw'

async function isThere({ admin }: World, name: string): Promise<boolean> {
  return (await admin.listTopics()).some(topic => topic.name === name)
}

export const topicCases = {
  async createTopics(world) {
    const { admin, uniqueName } = world
    const name = uniqueName('orders')
    const wanted = { name, partitions: 2, configs: { 'retention.ms': '86400000' } }
    throwFirst(await admin.createTopics([wanted], { validateOnly: true }))
    assert.equal(await isThere(world, name), false, 'it was only checked')
    const { brokers } = await admin.describeCluster()
    const outcomes = await admin.createTopics([
      { name: 'no/topic' },
      wanted,
      { name: uniqueName('replicated'), replicationFactor: brokers.length + 1 },
      { name: uniqueName('mistaken'), configs: { 'retention.ms': 'long' } },
    ])
    assert.deepEqual(outcomes.map(codeOf), [
      'INVALID_TOPIC_EXCEPTION',
      undefined,
      'INVALID_REPLICATION_FACTOR',
      'INVALID_CONFIG',
    ])
    const created = outcomes[1]!
    assert.deepEqual([created.name, created.partitions], [name, 2])
    assert.notEqual(created.topicId, zeroId)
    const retention = created.configs.find(entry => entry.name === 'retention.ms')
    assert.deepEqual([retention?.value, retention?.source], ['86400000', 'topic'])
    assert.deepEqual((await admin.createTopics([{ name }])).map(codeOf), ['TOPIC_ALREADY_EXISTS'])
  },

  async listTopics({ admin, createTopic }) {
    const topic = await createTopic({ partitions: 3 })
    const find = async () =>
      (await admin.listTopics())
        .filter(({ name }) => name === topic)
        .map(({ partitions, isInternal }) => [partitions, isInternal])
    await settles(find, [[3, false]])
  },

  async describeTopics({ admin, createTopic, uniqueName }) {
    const topic = await createTopic({ partitions: 2 })
    const missing = uniqueName('missing')
    const [gone, described] = await admin.describeTopics([missing, topic], {
      includeAuthorizedOperations: true,
    })
    assert.deepEqual([gone!.name, codeOf(gone)], [missing, 'UNKNOWN_TOPIC_OR_PARTITION'])
    assert.equal(codeOf(described), undefined)
    assert.deepEqual(
      described!.partitions.map(({ partition }) => partition),
      [0, 1],
    )
    const { brokers } = await admin.describeCluster()
    for (const { leader, leaderEpoch, replicas, inSyncReplicas, offlineReplicas } of described!.partitions) {
      assert.ok(brokers.some(({ id }) => id === leader))
      assert.ok(leaderEpoch >= 0)
      assert.deepEqual([replicas, inSyncReplicas, offlineReplicas], [[leader], [leader], []])
    }
    assert.ok(described!.authorizedOperations?.includes('read'))
    const { topicId } = described!
    const [unknown, byId] = await admin.describeTopics([{ topicId: noId }, { topicId }])
    assert.deepEqual([unknown!.topicId, codeOf(unknown)], [noId, 'UNKNOWN_TOPIC_ID'])
    assert.deepEqual([byId!.name, byId!.topicId, byId!.partitions.length], [topic, topicId, 2])
    assert.equal(byId!.authorizedOperations, undefined)
    const countInAll = async (name: string) =>
      (await admin.describeTopics()).find(each => each.name === name)?.partitions.length
    await settles(() => countInAll(topic), 2)
    await settles(() => countInAll(missing), undefined)
  },

  async createPartitions({ admin, createTopic, uniqueName }) {
    const topic = await createTopic({ partitions: 2 })
    const count = async () => (await admin.describeTopics([topic]))[0]!.partitions.length
    throwFirst(await admin.createPartitions([{ topic, count: 4 }], { validateOnly: true }))
    await settles(count, 2)
    const { leader } = (await admin.describeTopics([topic]))[0]!.partitions[0]!
    const outcomes = await admin.createPartitions([
      { topic: uniqueName('missing'), count: 2 },
      { topic, count: 3, assignments: [[leader]] },
    ])
    assert.deepEqual(outcomes.map(codeOf), ['UNKNOWN_TOPIC_OR_PARTITION', undefined])
    await settles(count, 3)
    for (const [wrong, code] of [
      [{ topic, count: 3 }, 'INVALID_PARTITIONS'],
      [{ topic, count: 1 }, 'INVALID_PARTITIONS'],
      [{ topic, count: 4, assignments: [[leader], [leader]] }, 'INVALID_REPLICA_ASSIGNMENT'],
      [{ topic, count: 4, assignments: [[999]] }, 'INVALID_REPLICA_ASSIGNMENT'],
    ] as const) {
      assert.deepEqual((await admin.createPartitions([wrong])).map(codeOf), [code])
    }
    assert.equal(await count(), 3)
  },

  async deleteTopics(world) {
    const { admin, createTopic, uniqueName } = world
    const [byName, byId] = [await createTopic(), await createTopic()]
    const { topicId } = (await admin.describeTopics([byId]))[0]!
    const missing = uniqueName('missing')
    const outcomes = await admin.deleteTopics([missing, byName, { topicId: noId }, { topicId }])
    assert.deepEqual(
      outcomes.map(outcome => [outcome.name, codeOf(outcome)]),
      [
        [missing, 'UNKNOWN_TOPIC_OR_PARTITION'],
        [byName, undefined],
        ['', 'UNKNOWN_TOPIC_ID'],
        [byId, undefined],
      ],
    )
    assert.equal(outcomes[3]!.topicId, topicId)
    for (const topic of [byName, byId]) {
      await eventually(`${topic} is gone`, async () => !(await isThere(world, topic)))
    }
  },
} satisfies Partial<Record<Operation, AdminCase>>
