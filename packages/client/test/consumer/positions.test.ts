// Where partitions start, and whether their positions still hold: what fails is tried again with pauses, and told, each partition on its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ErrorCode,
  FetchApi,
  ListOffsetsApi,
  OffsetFetchApi,
  OffsetForLeaderEpochApi,
} from '@millrace/protocol'
import type { ConsumerOptions } from '../../src/index.ts'
import type { FakeCluster } from '../support/fake-broker.ts'
import { silence } from '../support/fake-broker.ts'
import { assertRun, setUp, take } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }

/** Answers ListOffsets with what `answer` says of a partition. */
function serveOffsets(
  cluster: FakeCluster,
  answer: (partition: number) => { readonly offset?: number; readonly errorCode?: number },
): void {
  cluster.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => {
        const { offset = -1, errorCode = 0 } = answer(partitionIndex)
        return { partitionIndex, errorCode, offset, timestamp: -1, leaderEpoch: -1 }
      }),
    })),
  }))
}

/** Answers OffsetForLeaderEpoch for every partition alike. */
function serveEpochs(
  cluster: FakeCluster,
  answer: { leaderEpoch?: number; endOffset?: number; errorCode?: number },
) {
  cluster.on(OffsetForLeaderEpochApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition }) => ({
        errorCode: 0,
        partition,
        leaderEpoch: 0,
        endOffset: 0,
        ...answer,
      })),
    })),
  }))
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert.ok(turn < 100_000, 'it never happens')
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Reads twenty records of epoch 0, then lets the leader epoch rise. */
async function readThenRaise(options: Partial<ConsumerOptions> = {}) {
  const set = setUp([20], options)
  const { topic, logs, consumer } = set
  consumer.assign([{ ...place, offset: 0 }])
  return {
    ...set,
    raise: async () => {
      assertRun(await take(consumer, 20), 0, 20)
      topic.leaderEpoch++
      logs.leaderEpoch++
      await consumer.cluster.refreshMetadata(['t'])
    },
  }
}

test('an error that passes by itself, of a kind that is not retriable, ends no partition: it is told and tried again', async () => {
  const { cluster, consumer } = setUp([10])
  let refusals = 3
  serveOffsets(cluster, () =>
    refusals-- > 0 ? { errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED } : { offset: 0 },
  )
  consumer.assign([{ ...place, offset: 'earliest' }])
  for (let attempt = 0; attempt < 3; attempt++)
    await assert.rejects(take(consumer, 1), { code: 'TOPIC_AUTHORIZATION_FAILED' })
  assertRun(await take(consumer, 10), 0, 10)
  await consumer.close()
})

test('an error that stays is asked about with pauses', async () => {
  const { cluster, consumer } = setUp([10], { retryBackoffMs: 20, retryBackoffMaxMs: 20 })
  serveOffsets(cluster, () => ({ errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED }))
  consumer.assign([{ ...place, offset: 'earliest' }])
  await pause(300)
  const asked = cluster.count('ListOffsets')
  assert.ok(asked > 1 && asked < 25, `asked ${asked} times`)
  await consumer.close()
})

test('a leader that knows no end of its log is asked again with pauses', async () => {
  const { cluster, consumer } = setUp([10], { retryBackoffMs: 20, retryBackoffMaxMs: 20 })
  serveOffsets(cluster, () => ({ offset: -1 }))
  consumer.assign([{ ...place, offset: 'latest' }])
  await pause(300)
  const asked = cluster.count('ListOffsets')
  assert.ok(asked > 1 && asked < 25, `asked ${asked} times`)
  await consumer.close()
})

test('a position that cannot be checked is asked about with pauses, and told', async () => {
  const { cluster, consumer, raise } = await readThenRaise({ retryBackoffMs: 20, retryBackoffMaxMs: 20 })
  serveEpochs(cluster, { errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED })
  await raise()
  await pause(300)
  const asked = cluster.count('OffsetForLeaderEpoch')
  assert.ok(asked > 1 && asked < 25, `asked ${asked} times`)
  await assert.rejects(take(consumer, 1), { code: 'TOPIC_AUTHORIZATION_FAILED' })
  await consumer.close()
})

test('a leader that says nothing of its partitions holds up no others', async () => {
  const { cluster, topic, consumer, logs } = setUp([10, 10], {}, [1, 2])
  topic.leaders[1] = 2
  cluster.on(ListOffsetsApi, ({ request, brokerId }) =>
    brokerId === 1
      ? silence
      : {
          throttleTimeMs: 0,
          topics: request.topics.map(({ name, partitions }) => ({
            name,
            partitions: partitions.map(({ partitionIndex }) => ({
              partitionIndex,
              errorCode: 0,
              offset: 0,
              timestamp: -1,
              leaderEpoch: -1,
            })),
          })),
        },
  )
  cluster.on(FetchApi, arrival => logs.fetch(arrival))
  consumer.assign([0, 1].map(partition => ({ topic: 't', partition, offset: 'earliest' as const })))
  assertRun(await take(consumer, 10), 0, 10)
  // Nor does it hold up a seek in its own.
  consumer.seek(place, 5)
  await until(() => consumer.position(place) === 5)
  await consumer.close()
})

for (const undefinedEnd of [
  { leaderEpoch: -1, endOffset: -1 },
  { leaderEpoch: -1, endOffset: 30 },
  { leaderEpoch: 0, endOffset: -1 },
]) {
  test(`a leader that knows no epoch as young as the one read resets the position: ${JSON.stringify(undefinedEnd)}`, async () => {
    const { cluster, consumer, raise } = await readThenRaise({ autoOffsetReset: 'earliest' })
    serveEpochs(cluster, undefinedEnd)
    serveOffsets(cluster, () => ({ offset: 10 }))
    await raise()
    assertRun(await take(consumer, 10), 10, 20)
    await consumer.close()
  })
}

for (const end of [
  { leaderEpoch: -1, endOffset: -1 },
  { leaderEpoch: 0, endOffset: 12 },
]) {
  test(`without autoOffsetReset a truncated log is told until a seek, and nothing is passed over: ${JSON.stringify(end)}`, async () => {
    const { cluster, consumer, raise } = await readThenRaise({ autoOffsetReset: 'none' })
    serveEpochs(cluster, end)
    await raise()
    for (let attempt = 0; attempt < 3; attempt++)
      await assert.rejects(take(consumer, 1), { code: 'LOG_TRUNCATED' })
    assert.equal(consumer.position(place), 20)
    consumer.seek(place, 12)
    assertRun(await take(consumer, 8), 12, 20)
    await consumer.close()
  })
}

test('a log that is truncated behind the record in hand leaves that one to be done with, or to come again', async () => {
  for (const throws of [false, true]) {
    const { cluster, topic, logs, consumer } = setUp([20])
    serveEpochs(cluster, { leaderEpoch: 0, endOffset: 5 })
    consumer.assign([{ ...place, offset: 0 }])
    const loop = async () => {
      for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
        if (offset < 4) continue
        // All of it is fetched ahead.
        await until(() => logs.asked.at(-1)!.offset === 20)
        topic.leaderEpoch++
        logs.leaderEpoch++
        logs.ends[0] = 7
        await consumer.cluster.refreshMetadata(['t'])
        await until(() => cluster.count('OffsetForLeaderEpoch') > 0)
        await until(() => logs.asked.at(-1)!.offset === 7)
        if (throws) throw new Error('boom')
        return
      }
    }
    if (throws) await assert.rejects(loop, /boom/)
    else await loop()
    // A loop that is left has not asked for more: the record in hand comes again, once.
    assertRun(await take(consumer, 3), 4, 7)
    await consumer.close()
  }
})

test('without autoOffsetReset a group without an offset is told so until a seek', async () => {
  const { cluster, consumer } = setUp([20], { groupId: 'g', autoOffsetReset: 'none', autoCommit: false })
  cluster.on(OffsetFetchApi, ({ request }) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    groups: request.groups.map(({ groupId }) => ({ groupId, topics: [] })),
  }))
  consumer.assign([place])
  for (let attempt = 0; attempt < 3; attempt++) await assert.rejects(take(consumer, 1), { code: 'NO_OFFSET' })
  consumer.seek(place, 12)
  assertRun(await take(consumer, 8), 12, 20)
  await consumer.close()
})

test('what is fetched ahead of a place that is out of range is handed out before the position is reset', async () => {
  const { cluster, consumer, logs } = setUp([20], { autoOffsetReset: 'latest' })
  serveOffsets(cluster, () => ({ offset: 18 }))
  // Retention has passed offset 10 by the time that it is asked for.
  cluster.on(FetchApi, arrival => {
    const answer = logs.fetch(arrival)
    for (const { partitions } of answer.responses ?? []) {
      for (const partition of partitions) {
        if (logs.asked.at(-1)!.offset !== 10) continue
        partition.errorCode = ErrorCode.OFFSET_OUT_OF_RANGE
        partition.records = null
      }
    }
    return answer
  })
  consumer.assign([{ ...place, offset: 0 }])
  await until(() => logs.asked.some(({ offset }) => offset === 10))
  await pause(20)
  const offsets = (await take(consumer, 12)).map(({ offset }) => offset)
  assert.deepEqual(offsets, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 18, 19])
  await consumer.close()
})
