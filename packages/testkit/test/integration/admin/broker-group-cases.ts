// What `Admin` does with groups whose work the broker divides: share groups (KIP-932) and streams groups (KIP-1071).
import assert from 'node:assert/strict'
import { ShareConsumer, throwFirst } from '@millrace/client'
import {
  AlterShareGroupOffsetsApi,
  DeleteShareGroupOffsetsApi,
  DescribeShareGroupOffsetsApi,
  ShareGroupDescribeApi,
} from '@millrace/protocol/messages/share'
import { StreamsGroupDescribeApi, StreamsGroupHeartbeatApi } from '@millrace/protocol/messages/streams'
import { eventually } from '@millrace/testkit'
import {
  type AdminCase,
  codeOf,
  type Operation,
  rejectsWith,
  topicWith,
  whereOffered,
  type World,
} from './admin-case.ts'

const joinMs = 60_000

/** A share group that has acknowledged the first two of five records, and has no members any more. */
async function shareGroup(world: World): Promise<{ groupId: string; topic: string }> {
  const { admin, brokers, uniqueName } = world
  const [topic, groupId] = [await topicWith(world, 5), uniqueName('share')]
  const changes = [{ name: 'share.auto.offset.reset', value: 'earliest' }]
  throwFirst(await admin.alterConfigs([{ resource: { type: 'group', name: groupId }, changes }]))
  await using consumer = new ShareConsumer({ brokers, groupId, maxPollRecords: 3 })
  consumer.subscribe(topic)
  let taken = 0
  const signal = AbortSignal.timeout(joinMs)
  // What is in hand when the loop is left is not acknowledged.
  for await (const _record of consumer.records({ signal })) if (++taken === 3) break
  return { groupId, topic }
}

/** The only member of a streams group, as a Kafka Streams application says of itself. */
class StreamsMember {
  readonly memberId: string
  readonly #world: World
  readonly #groupId: string
  readonly #topic: string
  #epoch = 0

  constructor(world: World, groupId: string, topic: string) {
    this.#world = world
    this.#groupId = groupId
    this.#topic = topic
    this.memberId = world.uniqueName('member')
  }

  /** What it says when it joins, and then that it is there. */
  async heartbeat(): Promise<void> {
    const body = {
      groupId: this.#groupId,
      memberId: this.memberId,
      memberEpoch: this.#epoch,
      endpointInformationEpoch: 0,
      ...(this.#epoch === 0 && this.#joining()),
    }
    const what = 'a heartbeat of a streams group'
    const { memberEpoch } = await this.#world.admin.cluster.call(StreamsGroupHeartbeatApi, body, {
      what,
      to: { coordinator: { type: 'group', key: this.#groupId } },
      check: ({ errorCode, errorMessage }) => assert.equal(errorCode, 0, errorMessage ?? what),
    })
    this.#epoch = memberEpoch
  }

  #joining() {
    const subtopology = {
      subtopologyId: '0',
      sourceTopics: [this.#topic],
      sourceTopicRegex: [],
      stateChangelogTopics: [],
      repartitionSinkTopics: [],
      repartitionSourceTopics: [],
      copartitionGroups: [],
    }
    return {
      rebalanceTimeoutMs: 60_000,
      topology: { epoch: 1, subtopologies: [subtopology] },
      activeTasks: [],
      standbyTasks: [],
      warmupTasks: [],
      processId: 'process-1',
      clientTags: [{ key: 'zone', value: 'a' }],
    }
  }
}

export const brokerGroupCases = {
  async describeShareGroups(world) {
    const { admin, uniqueName } = world
    const missing = uniqueName('missing')
    const describe = (groupIds: readonly string[]) =>
      admin.describeShareGroups(groupIds, { includeAuthorizedOperations: true })
    await whereOffered(
      world,
      ShareGroupDescribeApi,
      () => describe([missing]),
      async () => {
        const { groupId } = await shareGroup(world)
        const described = await describe([missing, groupId])
        assert.deepEqual(
          described.map(group => [group.groupId, group.error ? '' : group.state, codeOf(group)]),
          [
            [missing, '', 'GROUP_ID_NOT_FOUND'],
            [groupId, 'Empty', undefined],
          ],
        )
        assert.ok(described[1]!.groupEpoch > 0)
        assert.ok(described[1]!.authorizedOperations?.includes('read'))
      },
    )
  },

  async shareGroupOffsets(world) {
    const { admin, uniqueName } = world
    await whereOffered(
      world,
      DescribeShareGroupOffsetsApi,
      () => admin.shareGroupOffsets('any'),
      async () => {
        const { groupId, topic } = await shareGroup(world)
        const [all] = await admin.shareGroupOffsets(groupId)
        assert.deepEqual([all!.topic, all!.partition, all!.startOffset], [topic, 0, 2])
        const [one] = await admin.shareGroupOffsets(groupId, [{ topic, partition: 0 }])
        assert.deepEqual(one, all)
        assert.deepEqual(await admin.shareGroupOffsets(uniqueName('missing')), [])
      },
    )
  },

  async alterShareGroupOffsets(world) {
    const { admin, uniqueName } = world
    await whereOffered(
      world,
      AlterShareGroupOffsetsApi,
      () => admin.alterShareGroupOffsets('any', []),
      async () => {
        const { groupId, topic } = await shareGroup(world)
        const outcomes = await admin.alterShareGroupOffsets(groupId, [
          { topic: uniqueName('missing'), partition: 0, startOffset: 1 },
          { topic, partition: 0, startOffset: 1 },
        ])
        assert.deepEqual(outcomes.map(codeOf), ['UNKNOWN_TOPIC_OR_PARTITION', undefined])
        const [moved] = await admin.shareGroupOffsets(groupId)
        assert.equal(moved!.startOffset, 1)
      },
    )
  },

  async deleteShareGroupOffsets(world) {
    const { admin, uniqueName } = world
    await whereOffered(
      world,
      DeleteShareGroupOffsetsApi,
      () => admin.deleteShareGroupOffsets('any', []),
      async () => {
        const { groupId, topic } = await shareGroup(world)
        throwFirst(await admin.deleteShareGroupOffsets(groupId, [topic]))
        assert.deepEqual(await admin.shareGroupOffsets(groupId), [])
        await rejectsWith(admin.deleteShareGroupOffsets(uniqueName('missing'), [topic]), 'GROUP_ID_NOT_FOUND')
        throwFirst(await admin.deleteGroups([groupId]))
      },
    )
  },

  async describeStreamsGroups(world) {
    const { admin, createTopic, uniqueName } = world
    const missing = uniqueName('missing')
    const describe = (groupIds: readonly string[]) =>
      admin.describeStreamsGroups(groupIds, { includeAuthorizedOperations: true })
    await whereOffered(
      world,
      StreamsGroupDescribeApi,
      () => describe([missing]),
      async () => {
        const [groupId, topic] = [uniqueName('streams'), await createTopic({ partitions: 2 })]
        const streams = new StreamsMember(world, groupId, topic)
        await eventually('tasks are divided', async () => {
          await streams.heartbeat()
          const [group] = await describe([groupId])
          return (group!.members[0]?.targetAssignment.active.length ?? 0) > 0
        })
        const [nobody, group] = await describe([missing, groupId])
        assert.equal(codeOf(nobody), 'GROUP_ID_NOT_FOUND')
        assert.equal(codeOf(group), undefined)
        assert.equal(group!.topologyEpoch, 1)
        assert.deepEqual(
          group!.subtopologies.map(({ subtopologyId, sourceTopics }) => [subtopologyId, sourceTopics]),
          [['0', [topic]]],
        )
        const [member] = group!.members
        assert.deepEqual(
          [member!.memberId, member!.processId, member!.clientTags, member!.isClassic],
          [streams.memberId, 'process-1', { zone: 'a' }, false],
        )
        assert.deepEqual(member!.targetAssignment, {
          active: [{ subtopologyId: '0', partitions: [0, 1] }],
          standby: [],
          warmup: [],
        })
        assert.ok(group!.authorizedOperations?.includes('read'))
        const [listed] = (await admin.listGroups({ types: ['streams'] })).filter(
          each => each.groupId === groupId,
        )
        assert.equal(listed?.protocolType, 'streams')
      },
    )
  },
} satisfies Partial<Record<Operation, AdminCase>>
