// What `Admin` does with partitions and their replicas, on whichever broker.
import assert from 'node:assert/strict'
import { Election, OffsetSpec, throwFirst } from '@millrace/client'
import { eventually } from '@millrace/testkit'
import { type AdminCase, codeOf, type Operation, topicWith, type World } from './admin-case.ts'

/** A partition that there is not. */
const nowhere = ({ uniqueName }: World) => ({ topic: uniqueName('missing'), partition: 0 })

/** The leader of a topic’s partition 0, once it has made its log. */
async function replicaOf({ admin }: World, topic: string) {
  const [described] = throwFirst(await admin.describeTopics([topic]))
  const { leader, leaderEpoch } = described!.partitions[0]!
  const replica = { topic, partition: 0, brokerId: leader }
  const path = async () => throwFirst(await admin.describeReplicaLogDirs([replica]))[0]!.current?.path
  await eventually('its log is there', async () => (await path()) !== undefined)
  return { replica, leaderEpoch, path: (await path())! }
}

export const partitionCases = {
  async deleteRecords(world) {
    const { admin } = world
    const topic = await topicWith(world, 5)
    const before = (beforeOffset: number) => ({ topic, partition: 0, beforeOffset })
    const outcomes = await admin.deleteRecords([before(3), { ...nowhere(world), beforeOffset: 1 }])
    assert.deepEqual(
      outcomes.map(outcome => [outcome.lowWatermark, codeOf(outcome)]),
      [
        [3, undefined],
        [-1, 'UNKNOWN_TOPIC_OR_PARTITION'],
      ],
    )
    assert.deepEqual((await admin.deleteRecords([before(6)])).map(codeOf), ['OFFSET_OUT_OF_RANGE'])
    assert.deepEqual(
      (await admin.deleteRecords([before(-1)])).map(({ lowWatermark }) => lowWatermark),
      [5],
    )
  },

  async listOffsets(world) {
    const { admin } = world
    const topic = await topicWith(world, 5)
    throwFirst(await admin.deleteRecords([{ topic, partition: 0, beforeOffset: 2 }]))
    const wanted: readonly (readonly [timestamp: number, offset: number, found: number])[] = [
      [OffsetSpec.latest, 5, -1],
      [OffsetSpec.earliest, 2, -1],
      [OffsetSpec.maxTimestamp, 4, 1_004],
      [OffsetSpec.earliestLocal, 2, -1],
      [OffsetSpec.latestTiered, -1, -1],
      [OffsetSpec.earliestPendingUpload, -1, -1],
      [1_003, 3, 1_003],
      [1_005, -1, -1],
    ]
    const found = await admin.listOffsets(
      wanted.map(([timestamp]) => ({ topic, partition: 0, timestamp })),
      { isolationLevel: 'read_committed' },
    )
    assert.deepEqual(
      found.map(each => [each.offset, each.timestamp, codeOf(each)]),
      wanted.map(([, offset, timestamp]) => [offset, timestamp, undefined]),
    )
    const [missing] = await admin.listOffsets([{ ...nowhere(world), timestamp: OffsetSpec.latest }])
    assert.equal(codeOf(missing), 'UNKNOWN_TOPIC_OR_PARTITION')
  },

  async listTopicOffsets(world) {
    const { admin, createTopic } = world
    const [full, empty] = [await topicWith(world, 5), await createTopic({ partitions: 2 })]
    const { topic: missing } = nowhere(world)
    const found = await admin.listTopicOffsets([empty, missing, full], OffsetSpec.latest)
    assert.deepEqual(
      found.map(each => [each.topic, each.partition, each.offset, codeOf(each)]),
      [
        [empty, 0, 0, undefined],
        [empty, 1, 0, undefined],
        [missing, -1, -1, 'UNKNOWN_TOPIC_OR_PARTITION'],
        [full, 0, 5, undefined],
      ],
    )
  },

  async offsetForLeaderEpoch(world) {
    const { admin } = world
    const topic = await topicWith(world, 5)
    const { leaderEpoch } = await replicaOf(world, topic)
    const outcomes = await admin.offsetForLeaderEpoch([
      { topic, partition: 0, leaderEpoch },
      { ...nowhere(world), leaderEpoch },
    ])
    assert.deepEqual(
      outcomes.map(outcome => [outcome.leaderEpoch, outcome.endOffset, codeOf(outcome)]),
      [
        [leaderEpoch, 5, undefined],
        [-1, -1, 'UNKNOWN_TOPIC_OR_PARTITION'],
      ],
    )
  },

  async electLeaders(world) {
    const { admin, createTopic } = world
    const topic = await createTopic({ partitions: 2 })
    const missing = nowhere(world)
    for (const kind of Object.keys(Election) as (keyof typeof Election)[]) {
      const outcomes = await admin.electLeaders(kind, [{ topic, partition: 1 }, missing])
      assert.deepEqual(
        outcomes.map(outcome => [outcome.topic, outcome.partition, codeOf(outcome)]),
        [
          [topic, 1, 'ELECTION_NOT_NEEDED'],
          [missing.topic, 0, 'UNKNOWN_TOPIC_OR_PARTITION'],
        ],
      )
      assert.deepEqual(await admin.electLeaders(kind), [], 'all partitions have their leaders')
    }
  },

  async alterPartitionReassignments(world) {
    const { admin, createTopic } = world
    const topic = await createTopic()
    const { replica } = await replicaOf(world, topic)
    const to = (replicas: readonly number[] | null) => ({ topic, partition: 0, replicas })
    for (const [move, code] of [
      [to(null), 'NO_REASSIGNMENT_IN_PROGRESS'],
      [to([replica.brokerId]), undefined],
      [to([999]), 'INVALID_REPLICA_ASSIGNMENT'],
      [to([]), 'INVALID_REPLICA_ASSIGNMENT'],
      [to([replica.brokerId, replica.brokerId]), 'INVALID_REPLICA_ASSIGNMENT'],
      [{ ...nowhere(world), replicas: [replica.brokerId] }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ] as const) {
      assert.deepEqual((await admin.alterPartitionReassignments([move])).map(codeOf), [code])
    }
    const kept = await admin.alterPartitionReassignments([to([replica.brokerId])], {
      allowReplicationFactorChange: false,
    })
    assert.deepEqual(kept.map(codeOf), [undefined])
  },

  async listPartitionReassignments(world) {
    const { admin, createTopic } = world
    const topic = await createTopic()
    assert.deepEqual(await admin.listPartitionReassignments([{ topic, partition: 0 }, nowhere(world)]), [])
    assert.deepEqual(await admin.listPartitionReassignments(), [])
  },

  async describeLogDirs(world) {
    const { admin, createTopic } = world
    const [topic, other] = [await topicWith(world, 5), await createTopic()]
    const { replica } = await replicaOf(world, topic)
    await replicaOf(world, other)
    const { brokerId } = replica
    const all = await admin.describeLogDirs()
    const copies = all.flatMap(dir => dir.partitions.map(copy => ({ ...copy, brokerId: dir.brokerId })))
    const copy = copies.find(each => each.topic === topic)
    assert.deepEqual([copy?.brokerId, copy?.offsetLag, copy?.isFuture], [brokerId, 0, false])
    assert.ok(copy!.sizeBytes > 0)
    assert.ok(copies.some(each => each.topic === other))
    for (const { path, totalBytes, usableBytes, isCordoned } of all) {
      assert.ok(path.startsWith('/'), path)
      assert.ok(usableBytes > 0 && totalBytes >= usableBytes)
      assert.equal(isCordoned, false)
    }
    const partitions = [{ topic, partition: 0 }]
    const some = await admin.describeLogDirs({ brokerIds: [brokerId, 999], partitions })
    assert.deepEqual(
      some.filter(dir => dir.partitions.length > 0).map(dir => [dir.brokerId, dir.partitions[0]!.topic]),
      [[brokerId, topic]],
    )
    assert.equal(codeOf(some.at(-1)), 'BROKER_NOT_AVAILABLE')
  },

  async describeReplicaLogDirs(world) {
    const { admin, createTopic } = world
    const { replica, path } = await replicaOf(world, await createTopic())
    const [here, missing, away] = await admin.describeReplicaLogDirs([
      replica,
      { ...nowhere(world), brokerId: replica.brokerId },
      { ...replica, brokerId: 999 },
    ])
    assert.equal(codeOf(here), undefined)
    assert.deepEqual([here!.current, here!.future], [{ path, offsetLag: 0 }, undefined])
    assert.deepEqual([missing!.current, codeOf(missing)], [undefined, undefined])
    assert.equal(codeOf(away), 'BROKER_NOT_AVAILABLE')
  },

  async alterReplicaLogDirs(world) {
    const { admin, createTopic } = world
    const { replica, path } = await replicaOf(world, await createTopic())
    const outcomes = await admin.alterReplicaLogDirs([
      { ...replica, path },
      { ...replica, path, ...nowhere(world) },
      { ...replica, path, brokerId: 999 },
    ])
    assert.deepEqual(outcomes.map(codeOf), [undefined, 'UNKNOWN_TOPIC_OR_PARTITION', 'BROKER_NOT_AVAILABLE'])
    const [refused] = await admin.alterReplicaLogDirs([{ ...replica, path: '/no/such/disk' }])
    assert.deepEqual([refused!.topic, codeOf(refused)], [replica.topic, 'LOG_DIR_NOT_FOUND'])
  },
} satisfies Partial<Record<Operation, AdminCase>>
