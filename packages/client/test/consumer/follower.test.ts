// Reading from the replica that the leader names (KIP-392): for how long, and when the leader is asked again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, FetchApi, ListOffsetsApi, OffsetForLeaderEpochApi } from '@millrace/protocol'
import type { ConsumerOptions } from '../../src/index.ts'
import { assertRun, setUp, take } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }

/** Broker 1 leads and names broker 2 to a consumer in rack `b`: always, as a leader does that takes it for alive, and never to one without a rack. */
function setUpFollower(end: number, options: Partial<ConsumerOptions> = {}) {
  const set = setUp([end], { rack: 'b', fetchMaxWaitMs: 5, ...options }, [1, 2])
  const { cluster, topic, logs } = set
  /** Who gave records away, in order. */
  const served: number[] = []
  const racks = new Set<string>()
  /** What the follower has to say. */
  const follower = { errorCode: 0 }
  cluster.on(FetchApi, async ({ request, brokerId }) => {
    racks.add(request.rackId)
    const asked = request.topics[0]?.partitions[0]
    // Sessions are left out of it: every request says everything.
    const head = { throttleTimeMs: 0, errorCode: 0, sessionId: 0 }
    if (!asked) return { ...head, responses: [] }
    const leads = topic.leaders[0] === brokerId
    const names = leads && request.rackId === 'b'
    const answer = logs.answer(0, asked.fetchOffset, leads ? 0 : follower.errorCode)
    if (!names && answer.records) served.push(brokerId)
    // Whoever names another does so at once.
    else if (!names && answer.errorCode === 0)
      await new Promise(resolve => setTimeout(resolve, request.maxWaitMs))
    const other = brokerId === 1 ? 2 : 1
    const partition = names ? { ...answer, records: null, preferredReadReplica: other } : answer
    return { ...head, responses: [{ topicId: topic.topicId, partitions: [partition] }] }
  })
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
  return { ...set, served, racks, follower }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 1))
}

test('records come from the follower that the leader names', async () => {
  const { consumer, served, racks } = setUpFollower(10)
  consumer.assign([{ ...place, offset: 0 }])
  assertRun(await take(consumer, 10), 0, 10)
  assert.deepEqual([...new Set(served)], [2])
  assert.deepEqual([...racks], ['b'])
  await consumer.close()
})

test('the choice expires: the leader is asked again', async () => {
  const { consumer, cluster, logs } = setUpFollower(5, { metadataMaxAgeMs: 50 })
  const fetchesOf = (brokerId: number) =>
    cluster.log.filter(entry => entry.name === 'Fetch' && entry.brokerId === brokerId).length
  consumer.assign([{ ...place, offset: 0 }])
  assertRun(await take(consumer, 5), 0, 5)
  const asked = fetchesOf(1)
  assert.ok(asked >= 1)
  await until(() => fetchesOf(1) > asked)
  logs.ends[0] = 10
  assertRun(await take(consumer, 5), 5, 10)
  await consumer.close()
})

test('an offset that a follower does not have is asked of the leader, and is no reason to start elsewhere', async () => {
  const { consumer, cluster, served, follower } = setUpFollower(10, { autoOffsetReset: 'earliest' })
  follower.errorCode = ErrorCode.OFFSET_OUT_OF_RANGE
  cluster.on(ListOffsetsApi, () => assert.fail('nothing is reset'))
  consumer.assign([{ ...place, offset: 0 }])
  assertRun(await take(consumer, 10), 0, 10)
  assert.deepEqual([...new Set(served)], [1])
  await consumer.close()
})

test('a follower that is down holds up nothing: the leader gives the records, and is not asked without a pause', async () => {
  // Of the default age, metadata would be looked up again after minutes only.
  const { consumer, cluster, logs, served } = setUpFollower(5)
  consumer.assign([{ ...place, offset: 0 }])
  assertRun(await take(consumer, 5), 0, 5)
  cluster.down.add(2)
  cluster.cut(2)
  logs.ends[0] = 10
  assertRun(await take(consumer, 5), 5, 10)
  assert.equal(served.at(-1), 1)
  const asked = cluster.count('Fetch')
  const since = performance.now()
  await new Promise(resolve => setTimeout(resolve, 100))
  const tookMs = performance.now() - since
  assert.ok(
    cluster.count('Fetch') - asked < tookMs,
    `${cluster.count('Fetch') - asked} fetches in ${tookMs} ms`,
  )
  await consumer.close()
})

test('a new leader chooses anew', async () => {
  const { consumer, cluster, topic, logs, served } = setUpFollower(5, { metadataMaxAgeMs: 40 })
  consumer.assign([{ ...place, offset: 0 }])
  assertRun(await take(consumer, 5), 0, 5)
  topic.leaders[0] = 2
  topic.leaderEpoch++
  logs.leaderEpoch = 0
  const asked = cluster.count('Fetch')
  // Until the metadata that names the new leader is there, fetches go to the old one in vain.
  await until(() => cluster.log.slice(asked).some(({ name, brokerId }) => name === 'Fetch' && brokerId === 2))
  logs.ends[0] = 10
  assertRun(await take(consumer, 5), 5, 10)
  assert.equal(served.at(-1), 1, 'broker 2 leads and names broker 1')
  await consumer.close()
})
