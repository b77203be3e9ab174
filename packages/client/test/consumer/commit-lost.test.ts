// A commit for a record whose partition was taken away meanwhile.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ErrorCode,
  FetchApi,
  HeartbeatApi,
  JoinGroupApi,
  OffsetCommitApi,
  RecordBatchWriter,
} from '@millrace/protocol'
import { Consumer, GroupError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { serveGroup } from '../support/fake-group.ts'

/** A group of one, and a log of ten records whose batch every fetch from offset 0 gets. */
function setUp() {
  const fake = new FakeCluster()
  const { topicId } = fake.topic('t', [1])
  const group = {
    expelled: false,
    joins: 0,
    committed: [] as number[],
    /** Says what becomes of a commit under a generation. */
    answerCommit: (_generation: number): number => 0,
    heartbeat: (): number => (group.expelled ? ErrorCode.UNKNOWN_MEMBER_ID : 0),
    /** Holds JoinGroup back. */
    joining: Promise.resolve(),
  }
  const none = { throttleTimeMs: 0, errorCode: 0 }
  fake.on(JoinGroupApi, async ({ request }) => {
    await group.joining
    group.joins++
    const memberId = request.memberId || `m${group.joins}`
    group.expelled = false
    const { name, metadata } = request.protocols[0]!
    return {
      ...none,
      generationId: group.joins,
      protocolType: 'consumer',
      protocolName: name,
      leader: memberId,
      memberId,
      members: [{ memberId, metadata }],
    }
  })
  serveGroup(fake)
  fake.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: group.heartbeat() }))
  fake.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset }) => {
        const errorCode = group.answerCommit(request.generationIdOrMemberEpoch)
        if (errorCode === 0) group.committed.push(committedOffset)
        return { partitionIndex, errorCode }
      }),
    })),
  }))
  fake.on(FetchApi, async ({ request }) => {
    const writer = new RecordBatchWriter()
    for (let offset = 0; offset < 10; offset++) writer.append(1_000, null, String(offset))
    const asked = request.topics[0]?.partitions[0]
    if (!asked) await new Promise(setImmediate)
    const records = asked?.fetchOffset === 0 ? [Buffer.from(writer.finish())] : null
    const partitions = asked
      ? [{ partitionIndex: 0, errorCode: 0, highWatermark: 10, lastStableOffset: 10, records }]
      : []
    return { ...none, sessionId: 0, responses: [{ topicId, partitions }] }
  })
  const consumer = new Consumer({
    brokers: fake.bootstrap,
    network: fake.network,
    groupId: 'g',
    heartbeatIntervalMs: 5,
    fetchMaxWaitMs: 5,
    autoCommit: false,
  })
  return { group, consumer }
}

test('a commit fails when the partition of the record in hand was taken away', async () => {
  const { group, consumer } = setUp()
  let lost = () => {}
  const taken = new Promise<void>(resolve => {
    lost = resolve
  })
  consumer.subscribe('t', { onLost: () => lost() })
  let seen = 0
  for await (const record of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
    seen++
    if (seen === 1) {
      await consumer.commit()
      assert.deepEqual(group.committed, [1])
    }
    if (seen === 3) {
      group.expelled = true
      await taken
      // The hook runs before the partition is gone.
      await new Promise(setImmediate)
      await assert.rejects(consumer.commit(), (error: Error) => {
        assert.ok(error instanceof GroupError)
        assert.equal(error.code, 'COMMIT_FAILED')
        return true
      })
    }
    // Delivered again, to this member in its new generation.
    if (seen === 4) {
      assert.equal(record.offset, 0)
      await consumer.commit()
      break
    }
  }
  assert.deepEqual(group.committed, [1, 1])
  await consumer.close()
})

test('a commit in the middle of a rebalance that takes nothing away is made when that is over', async () => {
  for (const refusal of [ErrorCode.REBALANCE_IN_PROGRESS, ErrorCode.ILLEGAL_GENERATION]) {
    const { group, consumer } = setUp()
    const generations: number[] = []
    consumer.subscribe('t')
    for await (const record of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
      if (record.offset === 0) continue
      let join = () => {}
      group.joining = new Promise<void>(resolve => {
        join = resolve
      })
      const rejoining = new Promise<void>(resolve => {
        group.heartbeat = () => {
          if (group.joins > 1) return 0
          setImmediate(resolve)
          return ErrorCode.REBALANCE_IN_PROGRESS
        }
      })
      await rejoining
      group.answerCommit = generation => {
        generations.push(generation)
        setImmediate(join)
        return generation === 1 ? refusal : 0
      }
      await consumer.commit()
      break
    }
    assert.deepEqual(group.committed, [2])
    assert.equal(generations[0], 1)
    assert.equal(generations.at(-1), 2)
    await consumer.close()
  }
})

test('a commit that is tried again goes under no later generation, whose owner may have committed since', async () => {
  const { group, consumer } = setUp()
  const generations: number[] = []
  consumer.subscribe('t')
  for await (const record of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
    if (record.offset === 0 && group.joins === 1) continue
    group.answerCommit = generation => {
      generations.push(generation)
      if (generation > 1) return 0
      group.expelled = true
      return ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    }
    const outcome = await consumer.commit(undefined, { signal: AbortSignal.timeout(8_000) }).then(
      () => 'committed',
      (error: unknown) => error,
    )
    assert.ok(outcome instanceof GroupError, String(outcome))
    assert.equal(outcome.code, 'COMMIT_FAILED')
    break
  }
  assert.ok(generations.length > 0)
  assert.deepEqual(
    generations.filter(generation => generation > 1),
    [],
  )
  assert.deepEqual(group.committed, [])
  await consumer.close()
})
