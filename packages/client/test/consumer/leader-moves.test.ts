// Partitions whose leader moves: fetching goes on as soon as the new one is known, whatever the old one is doing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, FetchApi, OffsetForLeaderEpochApi } from '@millrace/protocol'
import type { ConsumerOptions } from '../../src/index.ts'
import { silence } from '../support/fake-broker.ts'
import { assertRun, setUp, take } from '../support/fake-partitions.ts'

/** Two brokers; the partitions are led by the first one until `move`. */
function setUpBrokers(ends: number[], options: Partial<ConsumerOptions>) {
  const set = setUp(ends, options, [1, 2])
  const { cluster, topic } = set
  cluster.on(OffsetForLeaderEpochApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic: name, partitions }) => ({
      topic: name,
      partitions: partitions.map(({ partition }) => ({
        errorCode: 0,
        partition,
        leaderEpoch: 0,
        endOffset: 1_000,
      })),
    })),
  }))
  const move = () => {
    topic.leaders[0] = 2
    topic.leaderEpoch++
  }
  return { ...set, move }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** How long the next five records take to come. */
async function timeToNext(consumer: Parameters<typeof take>[0], from: number): Promise<number> {
  const since = performance.now()
  assertRun(await take(consumer, 5), from, from + 5)
  return performance.now() - since
}

test('a pause after refusals of the old leader ends when metadata names a new one', async () => {
  const { cluster, topic, logs, consumer, move } = setUpBrokers([10], {
    retryBackoffMs: 20,
    retryBackoffMaxMs: 5_000,
  })
  let refuse = false
  cluster.on(FetchApi, arrival =>
    logs.fetch(arrival, () =>
      refuse || arrival.brokerId !== topic.leaders[0] ? ErrorCode.NOT_LEADER_OR_FOLLOWER : 0,
    ),
  )
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 10), 0, 10)
  refuse = true
  // Long enough for pauses of more than a second: 20, 40, … 1,280 ms.
  await pause(1_500)
  refuse = false
  move()
  logs.ends[0] = 15
  const tookMs = await timeToNext(consumer, 10)
  // The next pause would have been of 2,560 ms.
  assert.ok(tookMs < 1_500, `${tookMs} ms`)
  await consumer.close()
})

test('a wait before connecting to the old leader anew does not keep a partition from the new one', async () => {
  const { cluster, logs, consumer, move } = setUpBrokers([10], {
    retryBackoffMs: 20,
    reconnectBackoffMs: 5_000,
    reconnectBackoffMaxMs: 5_000,
  })
  cluster.on(FetchApi, arrival => logs.fetch(arrival))
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 10), 0, 10)
  cluster.down.add(1)
  cluster.cut(1)
  await pause(200)
  logs.forgetSession()
  move()
  logs.ends[0] = 15
  const tookMs = await timeToNext(consumer, 10)
  assert.ok(tookMs < 4_000, `${tookMs} ms`)
  await consumer.close()
})

test('a fetch that the old leader does not answer does not keep a partition from the new one', async () => {
  const { cluster, topic, logs, consumer, move } = setUpBrokers([10, 0], { retryBackoffMs: 20 })
  topic.leaders[1] = 2
  let frozen = false
  cluster.on(FetchApi, async arrival => {
    if (arrival.brokerId === 2) await pause(5)
    if (arrival.brokerId === 1) return frozen ? silence : logs.fetch(arrival)
    const { request } = arrival
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      sessionId: 0,
      responses: request.topics.map(({ topicId, partitions }) => ({
        topicId,
        partitions: partitions.map(({ partition, fetchOffset }) => logs.answer(partition, fetchOffset)),
      })),
    }
  })
  consumer.assign([0, 1].map(partition => ({ topic: 't', partition, offset: 0 })))
  assertRun(await take(consumer, 10), 0, 10)
  frozen = true
  await pause(50)
  move()
  logs.ends[0] = 15
  await consumer.cluster.refreshMetadata(['t'])
  const tookMs = await timeToNext(consumer, 10)
  assert.ok(tookMs < 10_000, `${tookMs} ms`)
  await consumer.close()
})
