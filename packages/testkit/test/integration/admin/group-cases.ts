// What `Admin` does with groups of consumers, on whichever broker.
import assert from 'node:assert/strict'
import { Consumer, throwFirst } from '@millrace/client'
import { eventually } from '@millrace/testkit'
import { type AdminCase, codeOf, type Operation, rejectsWith, topicWith, type World } from './admin-case.ts'

/** A group with one member, which has a topic of two partitions. */
async function withMember(
  world: World,
  use: (group: { readonly groupId: string; readonly topic: string }) => Promise<void>,
): Promise<void> {
  const { admin, brokers, createTopic, uniqueName } = world
  const topic = await createTopic({ partitions: 2 })
  const groupId = uniqueName('group')
  await using consumer = new Consumer({ brokers, groupId, clientId: 'a-member', heartbeatIntervalMs: 100 })
  consumer.subscribe(topic)
  const running = consumer.run({ eachRecord: () => {} })
  await eventually('the member has both partitions', () => consumer.assignment.length === 2)
  await eventually(
    'the group is stable',
    async () => (await admin.describeGroups([groupId]))[0]?.state === 'Stable',
  )
  try {
    await use({ groupId, topic })
  } finally {
    await consumer.close()
    await running
  }
}

/** A group that has committed an offset, and has no members. */
async function withOffset(world: World, offset: number): Promise<{ groupId: string; topic: string }> {
  const [topic, groupId] = [await topicWith(world, 5), world.uniqueName('group')]
  throwFirst(
    await world.admin.alterGroupOffsets(groupId, [{ topic, partition: 0, offset, metadata: 'by hand' }]),
  )
  return { groupId, topic }
}

export const groupCases = {
  async listGroups(world) {
    const { admin } = world
    const { groupId: empty } = await withOffset(world, 1)
    await withMember(world, async ({ groupId }) => {
      const ids = async (options: Parameters<typeof admin.listGroups>[0]) =>
        (await admin.listGroups(options))
          .map(group => group.groupId)
          .filter(id => id === groupId || id === empty)
      assert.deepEqual((await ids({})).sort(), [empty, groupId].sort())
      assert.deepEqual(await ids({ states: ['Stable'] }), [groupId])
      assert.deepEqual(await ids({ states: ['Empty'], types: ['classic'] }), [empty])
      assert.deepEqual(await ids({ types: ['share'] }), [])
      assert.deepEqual(await ids({ protocolTypes: ['consumer'], types: ['classic'] }), [groupId])
      const listed = (await admin.listGroups()).find(group => group.groupId === groupId)!
      const [found] = throwFirst(await admin.findCoordinators('group', [groupId]))
      assert.deepEqual(
        [listed.state, listed.type.toLowerCase(), listed.protocolType, listed.coordinatorId],
        ['Stable', 'classic', 'consumer', found!.coordinator!.id],
      )
    })
  },

  async describeGroups(world) {
    const { admin, uniqueName } = world
    const { groupId: empty } = await withOffset(world, 1)
    await withMember(world, async ({ groupId, topic }) => {
      const missing = uniqueName('missing')
      const described = await admin.describeGroups([missing, groupId, empty], {
        includeAuthorizedOperations: true,
      })
      assert.deepEqual(
        described.map(group => [group.groupId, group.state]),
        [
          [missing, 'Dead'],
          [groupId, 'Stable'],
          [empty, 'Empty'],
        ],
      )
      assert.equal(codeOf(described[0]), 'GROUP_ID_NOT_FOUND')
      const [, group] = described
      assert.ok(group!.authorizedOperations?.includes('describe'))
      const [member] = group!.members
      assert.deepEqual(
        [member!.clientId, member!.topics, member!.assignment],
        [
          'a-member',
          [topic],
          [
            { topic, partition: 0 },
            { topic, partition: 1 },
          ],
        ],
      )
    })
  },

  async describeGroupLag(world) {
    const { admin, uniqueName } = world
    const { groupId, topic } = await withOffset(world, 2)
    const [lagging, missing] = await admin.describeGroupLag([groupId, uniqueName('missing')])
    assert.deepEqual([lagging!.lag, codeOf(lagging)], [3, undefined])
    const [partition] = lagging!.partitions
    assert.deepEqual(
      [partition!.topic, partition!.committed, partition!.endOffset, partition!.lag],
      [topic, 2, 5, 3],
    )
    assert.equal(codeOf(missing), 'GROUP_ID_NOT_FOUND')
  },

  async groupOffsets(world) {
    const { admin, uniqueName } = world
    const { groupId, topic } = await withOffset(world, 2)
    const stored = { topic, partition: 0, offset: 2, leaderEpoch: -1, metadata: 'by hand', error: undefined }
    assert.deepEqual(await admin.groupOffsets(groupId), [stored])
    const partitions = [stored, { topic, partition: 1 }].map(each => ({ topic, partition: each.partition }))
    assert.deepEqual(await admin.groupOffsets(groupId, partitions, { requireStable: true }), [stored])
    assert.deepEqual(await admin.groupOffsets(uniqueName('missing')), [])
  },

  async listGroupOffsets(world) {
    const { admin, uniqueName } = world
    const [one, two] = [await withOffset(world, 1), await withOffset(world, 2)]
    const missing = uniqueName('missing')
    const named = [{ topic: two.topic, partition: 0 }]
    const found = await admin.listGroupOffsets([
      missing,
      { groupId: two.groupId, partitions: named },
      one.groupId,
    ])
    assert.deepEqual(
      found.map(group => [group.groupId, group.offsets.map(({ offset }) => offset), codeOf(group)]),
      [
        [missing, [], undefined],
        [two.groupId, [2], undefined],
        [one.groupId, [1], undefined],
      ],
    )
  },

  async alterGroupOffsets(world) {
    const { admin, uniqueName } = world
    const { groupId, topic } = await withOffset(world, 2)
    const outcomes = await admin.alterGroupOffsets(groupId, [
      { topic, partition: 0, offset: 4 },
      { topic: uniqueName('missing'), partition: 0, offset: 1 },
    ])
    assert.deepEqual(outcomes.map(codeOf), [undefined, 'UNKNOWN_TOPIC_OR_PARTITION'])
    assert.deepEqual(
      (await admin.groupOffsets(groupId)).map(({ offset, metadata }) => [offset, metadata]),
      [[4, '']],
    )
    await withMember(world, async busy => {
      const taken = [{ topic: busy.topic, partition: 0, offset: 0 }]
      assert.deepEqual((await admin.alterGroupOffsets(busy.groupId, taken)).map(codeOf), [
        'UNKNOWN_MEMBER_ID',
      ])
    })
  },

  async deleteGroupOffsets(world) {
    const { admin, uniqueName } = world
    const { groupId, topic } = await withOffset(world, 2)
    const outcomes = await admin.deleteGroupOffsets(groupId, [
      { topic: uniqueName('missing'), partition: 0 },
      { topic, partition: 0 },
    ])
    assert.deepEqual(outcomes.map(codeOf), ['UNKNOWN_TOPIC_OR_PARTITION', undefined])
    assert.deepEqual(await admin.groupOffsets(groupId), [])
    await rejectsWith(
      admin.deleteGroupOffsets(uniqueName('missing'), [{ topic, partition: 0 }]),
      'GROUP_ID_NOT_FOUND',
    )
    await withMember(world, async busy => {
      const taken = [{ topic: busy.topic, partition: 0 }]
      assert.deepEqual((await admin.deleteGroupOffsets(busy.groupId, taken)).map(codeOf), [
        'GROUP_SUBSCRIBED_TO_TOPIC',
      ])
    })
  },

  async removeMembers(world) {
    const { admin } = world
    await withMember(world, async ({ groupId }) => {
      const [group] = await admin.describeGroups([groupId])
      const { memberId } = group!.members[0]!
      const outcomes = await admin.removeMembers(groupId, [{ memberId: 'nobody' }])
      assert.deepEqual(
        outcomes.map(outcome => [outcome.memberId, codeOf(outcome)]),
        [['nobody', 'UNKNOWN_MEMBER_ID']],
      )
      const removed = await admin.removeMembers(groupId, 'all', { reason: 'a test' })
      assert.deepEqual(
        removed.map(outcome => [outcome.memberId, codeOf(outcome)]),
        [[memberId, undefined]],
      )
      await eventually('who was removed is back under another name', async () => {
        const [again] = await admin.describeGroups([groupId])
        return again!.members.some(member => member.memberId !== memberId)
      })
    })
  },

  async deleteGroups(world) {
    const { admin, uniqueName } = world
    const { groupId } = await withOffset(world, 2)
    await withMember(world, async busy => {
      const outcomes = await admin.deleteGroups([busy.groupId, uniqueName('missing'), groupId])
      assert.deepEqual(outcomes.map(codeOf), ['NON_EMPTY_GROUP', 'GROUP_ID_NOT_FOUND', undefined])
    })
    assert.deepEqual(await admin.groupOffsets(groupId), [])
  },
} satisfies Partial<Record<Operation, AdminCase>>
