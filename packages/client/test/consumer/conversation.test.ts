// The consumer against brokers that move leaders, forget sessions, lose answers and truncate logs: every record once, in order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FetchApi, ListOffsetsApi, OffsetCommitApi, OffsetForLeaderEpochApi } from '@millrace/protocol'
import { CorruptRecordError } from '../../src/index.ts'
import { hangUp } from '../support/fake-broker.ts'
import { assertRun, setUp, take } from '../support/fake-partitions.ts'

test('every record comes once, whatever breaks', async () => {
  const { cluster, logs, consumer } = setUp([100])
  let fetches = 0
  cluster.on(FetchApi, arrival => {
    fetches++
    if (fetches % 4 === 1) return hangUp
    if (fetches % 5 === 2) logs.forgetSession()
    return logs.fetch(arrival, () => (fetches % 6 === 3 ? 9 : 0))
  })
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 100), 0, 100)
  await consumer.close()
})

test('reading goes on at the new leader', async () => {
  const { cluster, topic, logs, consumer } = setUp([50], {}, [1, 2])
  cluster.on(FetchApi, arrival => {
    if (logs.asked.length === 4) {
      topic.leaders[0] = 2
      topic.leaderEpoch++
    }
    return logs.fetch(arrival, () => (arrival.brokerId === topic.leaders[0] ? 0 : 6))
  })
  cluster.on(OffsetForLeaderEpochApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic: name, partitions }) => ({
      topic: name,
      partitions: partitions.map(({ partition }) => ({
        errorCode: 0,
        partition,
        leaderEpoch: 0,
        endOffset: 50,
      })),
    })),
  }))
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 50), 0, 50)
  assert.ok(cluster.log.some(({ name, brokerId }) => name === 'Fetch' && brokerId === 2))
  await consumer.close()
})

test('a new leader with a shorter log sends the consumer back to where the logs part', async () => {
  const { cluster, topic, logs, consumer } = setUp([20])
  cluster.on(OffsetForLeaderEpochApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic: name, partitions }) => ({
      topic: name,
      partitions: partitions.map(({ partition }) => ({
        errorCode: 0,
        partition,
        leaderEpoch: 0,
        endOffset: 12,
      })),
    })),
  }))
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 20), 0, 20)
  topic.leaderEpoch = 1
  logs.leaderEpoch = 1
  await consumer.cluster.refreshMetadata(['t'])
  assertRun(await take(consumer, 8), 12, 20)
  await consumer.close()
})

test('what is fetched ahead in a later epoch is not taken for lost, nor anything before it passed over', async () => {
  const { cluster, topic, logs, consumer } = setUp([5])
  // Epoch 0 ended at 5; the one after it goes on to 20.
  cluster.on(OffsetForLeaderEpochApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic: name, partitions }) => ({
      topic: name,
      partitions: partitions.map(({ partition, leaderEpoch }) => ({
        errorCode: 0,
        partition,
        leaderEpoch,
        endOffset: leaderEpoch === 0 ? 5 : 20,
      })),
    })),
  }))
  const raiseEpoch = async () => {
    topic.leaderEpoch++
    logs.leaderEpoch++
    await consumer.cluster.refreshMetadata(['t'])
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 3), 0, 3)
  logs.ends[0] = 20
  await raiseEpoch()
  const until = async (done: () => boolean) => {
    for (let turn = 0; !done(); turn++) {
      assert.ok(turn < 100_000, 'it never happens')
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  // All of it is fetched ahead while the user is still at offset 3 of epoch 0.
  await until(() => logs.asked.some(({ offset }) => offset === 20))
  const validations = () => cluster.log.filter(({ name }) => name === 'OffsetForLeaderEpoch').length
  const before = validations()
  await raiseEpoch()
  await until(() => validations() > before)
  assertRun(await take(consumer, 17), 3, 20)
  await consumer.close()
})

test('a damaged batch stops the loop with its place, and a seek goes past it', async () => {
  const { logs, consumer } = setUp([20])
  logs.damage = (baseOffset, bytes) => {
    if (baseOffset === 5) bytes[bytes.length - 2]! ^= 0xff
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  const seen: number[] = []
  const loop = async () => {
    for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(8_000) })) seen.push(offset)
  }
  await assert.rejects(loop, (error: CorruptRecordError) => {
    assert.ok(error instanceof CorruptRecordError)
    assert.equal(error.offset, 5)
    return true
  })
  assert.deepEqual(seen, [0, 1, 2, 3, 4])
  consumer.seek({ topic: 't', partition: 0 }, 10)
  assertRun(await take(consumer, 10), 10, 20)
  await consumer.close()
})

test('a loop that is started again meets the damage again, instead of losing the batch', async () => {
  const { logs, consumer } = setUp([20])
  logs.damage = (baseOffset, bytes) => {
    if (baseOffset === 5) bytes[bytes.length - 2]! ^= 0xff
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 5), 0, 5)
  for (let attempt = 0; attempt < 3; attempt++) await assert.rejects(take(consumer, 1), CorruptRecordError)
  await consumer.close()
})

test('a header that cannot be read is an error of its partition, behind what comes before it, however often one asks', async () => {
  const { logs, consumer } = setUp([20, 20])
  logs.damage = (baseOffset, bytes) => {
    // A magic that nobody knows.
    if (baseOffset === 5) bytes[16] = 9
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 5), 0, 5)
  for (let attempt = 0; attempt < 3; attempt++) {
    await assert.rejects(take(consumer, 1), (error: CorruptRecordError) => {
      assert.ok(error instanceof CorruptRecordError)
      assert.deepEqual([error.partition, error.offset], [0, 5])
      return true
    })
  }
  for (let attempt = 0; attempt < 3; attempt++)
    await assert.rejects(consumer.poll({ timeoutMs: 8_000 }), CorruptRecordError)
  consumer.seek({ topic: 't', partition: 0 }, 10)
  assertRun(await take(consumer, 10), 10, 20)
  await consumer.close()
})

test('poll returns what comes before the damage first, then the damage', async () => {
  const { logs, consumer } = setUp([20])
  logs.damage = (baseOffset, bytes) => {
    if (baseOffset === 5) bytes[bytes.length - 2]! ^= 0xff
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await consumer.poll({ timeoutMs: 8_000 }), 0, 5)
  for (let attempt = 0; attempt < 3; attempt++) await assert.rejects(consumer.poll(), CorruptRecordError)
  assert.equal(consumer.position({ topic: 't', partition: 0 }), 5)
  await consumer.close()
})

test('poll waits for records until its time is over, whatever else happens', async () => {
  const { logs, consumer } = setUp([0])
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  const polled = consumer.poll({ timeoutMs: 8_000 })
  for (let turns = 0; turns < 5; turns++) {
    await new Promise(setImmediate)
    consumer.pause()
    consumer.resume()
  }
  logs.ends[0] = 5
  assertRun(await polled, 0, 5)
  assert.deepEqual(await consumer.poll({ timeoutMs: 1 }), [])
  await consumer.close()
})

test('one partition that cannot be read does not hold up the others', async () => {
  const { cluster, logs, consumer } = setUp([20, 20])
  cluster.on(FetchApi, arrival => logs.fetch(arrival, partition => (partition === 0 ? 5 : 0)))
  consumer.assign([0, 1].map(partition => ({ topic: 't', partition, offset: 0 })))
  assertRun(await take(consumer, 20), 0, 20)
  await consumer.close()
})

test('no more is fetched ahead than the budget allows', async () => {
  const { logs, consumer } = setUp([1_000], { partitionFetchMaxBytes: 300 })
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  await take(consumer, 1)
  await new Promise(resolve => setTimeout(resolve, 30))
  const fetched = Math.max(...logs.asked.map(({ offset }) => offset))
  assert.ok(fetched <= 25, `fetched up to ${fetched}`)
  assertRun(await take(consumer, 100), 1, 101)
  await consumer.close()
})

test('a fetch that leaves out a full partition does not wait for the empty ones', async () => {
  const { logs, consumer } = setUp([1_000, 0], { partitionFetchMaxBytes: 100 })
  consumer.assign([0, 1].map(partition => ({ topic: 't', partition, offset: 0 })))
  await take(consumer, 1)
  // The user is slow: the first partition fills up.
  await new Promise(resolve => setTimeout(resolve, 30))
  await take(consumer, 50)
  const withoutFirst = logs.requests.filter(({ partitions }) => !partitions.includes(0))
  assert.ok(withoutFirst.length > 0)
  for (const { maxWaitMs } of withoutFirst) assert.equal(maxWaitMs, 0)
  await consumer.close()
})

test('an offset that is gone leads to where autoOffsetReset says', async () => {
  const { cluster, logs, consumer } = setUp([40], { autoOffsetReset: 'earliest' })
  cluster.on(FetchApi, arrival =>
    logs.fetch(arrival, () => (arrival.request.topics[0]?.partitions[0]?.fetchOffset === 3 ? 1 : 0)),
  )
  cluster.on(ListOffsetsApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => {
        assert.equal(timestamp, -2)
        return { partitionIndex, errorCode: 0, timestamp: -1, offset: 30, leaderEpoch: 0 }
      }),
    })),
  }))
  consumer.assign([{ topic: 't', partition: 0, offset: 3 }])
  assertRun(await take(consumer, 10), 30, 40)
  await consumer.close()
})

test('an error of authorization reaches the loop', async () => {
  const { cluster, logs, consumer } = setUp([10])
  cluster.on(FetchApi, arrival => logs.fetch(arrival, () => 29))
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  await assert.rejects(take(consumer, 1), { code: 'TOPIC_AUTHORIZATION_FAILED' })
  await consumer.close()
})

test('an offset that is gone is told once, and not any more after a seek', async () => {
  const { cluster, logs, consumer } = setUp([20], { autoOffsetReset: 'none' })
  cluster.on(FetchApi, arrival => logs.fetch(arrival, () => (logs.asked.at(-1)!.offset >= 500 ? 1 : 0)))
  const missed = async () => {
    const before = logs.asked.length
    while (logs.asked.length < before + 3) await new Promise(resolve => setImmediate(resolve))
  }
  consumer.assign([{ topic: 't', partition: 0, offset: 500 }])
  await missed()
  await assert.rejects(consumer.poll({ timeoutMs: 8_000 }), { code: 'OFFSET_OUT_OF_RANGE' })
  consumer.seek({ topic: 't', partition: 0 }, 0)
  assertRun(await consumer.poll({ timeoutMs: 8_000, maxRecords: 5 }), 0, 5)
  consumer.seek({ topic: 't', partition: 0 }, 600)
  await missed()
  consumer.seek({ topic: 't', partition: 0 }, 10)
  assertRun(await consumer.poll({ timeoutMs: 8_000, maxRecords: 5 }), 10, 15)
  await consumer.close()
})

test('a broker that metadata does not name is waited for, not an error of the loop', async () => {
  const { cluster, topic, consumer } = setUp([10], {}, [1, 2])
  topic.leaders[0] = 3
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  setTimeout(() => {
    topic.leaders[0] = 1
  }, 30)
  assertRun(await take(consumer, 10), 0, 10)
  assert.equal(cluster.count('Fetch') > 0, true)
  await consumer.close()
})

test('a truncation of what is fetched ahead does not count what is in hand as processed', async () => {
  const { cluster, topic, logs, consumer } = setUp([20], { groupId: 'g', partitionFetchMaxBytes: 10_000 })
  const committed: number[] = []
  cluster.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset }) => {
        committed.push(committedOffset)
        return { partitionIndex, errorCode: 0 }
      }),
    })),
  }))
  let asked = 0
  cluster.on(OffsetForLeaderEpochApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic: name, partitions }) => ({
      topic: name,
      partitions: partitions.map(({ partition }) => {
        asked++
        return { errorCode: 0, partition, leaderEpoch: 0, endOffset: 12 }
      }),
    })),
  }))
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  const batches = consumer.batches({ signal: AbortSignal.timeout(8_000) })
  assert.equal((await batches.next()).value?.endOffset, 5)
  assert.equal((await batches.next()).value?.endOffset, 10)
  while (!logs.asked.some(({ offset }) => offset === 20)) await new Promise(resolve => setImmediate(resolve))
  topic.leaderEpoch = 1
  await consumer.cluster.refreshMetadata(['t'])
  while (asked === 0) await new Promise(resolve => setImmediate(resolve))
  await new Promise(resolve => setTimeout(resolve, 5))
  assert.equal(consumer.position({ topic: 't', partition: 0 }), 10)
  await consumer.close()
  assert.deepEqual(committed, [5])
})
