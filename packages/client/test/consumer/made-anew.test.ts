// A topic that is deleted and made anew while it is read: an offset means another record in the new one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, FetchApi, ListOffsetsApi } from '@millrace/protocol'
import { type Consumer, type ConsumerOptions, OffsetSpec, PositionError } from '../../src/index.ts'
import { FakeLogs, assertRun, setUp, take } from '../support/fake-partitions.ts'

const newId = 'AAAAAAAAAAAAAAAAAAC-7w'

/** A topic of twenty records, and what makes it anew with fifty. */
function setUpTwice(options: Partial<ConsumerOptions> = {}) {
  const before = setUp([20], { onWarning: () => {}, ...options })
  const { cluster, topic, logs, consumer } = before
  cluster.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => ({
        partitionIndex,
        errorCode: 0,
        timestamp: -1,
        offset: timestamp === OffsetSpec.earliest ? 0 : 50,
        leaderEpoch: 0,
      })),
    })),
  }))
  const makeAnew = () => {
    const anew = new FakeLogs(newId, [50])
    cluster.topics.set('t', { ...topic, topicId: newId })
    let isKnown = false
    cluster.on(FetchApi, arrival => {
      isKnown ||= arrival.request.topics.some(({ topicId }) => topicId === newId)
      return isKnown ? anew.fetch(arrival) : logs.fetch(arrival, () => ErrorCode.UNKNOWN_TOPIC_ID)
    })
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  return { consumer, makeAnew }
}

for (const autoOffsetReset of ['earliest', 'latest'] as const) {
  test(`${autoOffsetReset}: the new topic is read from its start, though it has the offset that would be next`, async () => {
    const { consumer, makeAnew } = setUpTwice({ autoOffsetReset })
    assertRun(await take(consumer, 20), 0, 20)
    makeAnew()
    assertRun(await take(consumer, 50), 0, 50)
    await consumer.close()
  })
}

test('what was fetched of the old topic and not handed out is dropped', async () => {
  const { consumer, makeAnew } = setUpTwice()
  assertRun(await take(consumer, 3), 0, 3)
  makeAnew()
  await consumer.cluster.refreshMetadata(['t'])
  assertRun(await takeFromStart(consumer, 50), 0, 50)
  await consumer.close()
})

test('without autoOffsetReset the new topic is told until a seek, and nothing is passed over', async () => {
  const { consumer, makeAnew } = setUpTwice({ autoOffsetReset: 'none' })
  assertRun(await take(consumer, 20), 0, 20)
  makeAnew()
  for (let times = 0; times < 2; times++) {
    await assert.rejects(take(consumer, 1), (error: Error) => {
      assert.ok(error instanceof PositionError)
      assert.equal(error.code, 'NO_OFFSET')
      assert.match(error.message, /^t-0: the topic was deleted and made anew .* seek/)
      return true
    })
  }
  consumer.seek({ topic: 't', partition: 0 }, 30)
  assertRun(await take(consumer, 20), 30, 50)
  await consumer.close()
})

/** The next records from the first of the log on: some of before may still be on their way out. */
async function takeFromStart(consumer: Consumer, count: number) {
  const records = []
  for await (const record of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
    if (record.offset === 0) records.length = 0
    records.push(record)
    if (records[0]!.offset === 0 && records.length === count) break
  }
  return records
}
