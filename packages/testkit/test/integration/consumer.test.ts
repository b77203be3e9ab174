// A consumer without a group against a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, Consumer, int32, json, PositionError, Producer, string } from '@millrace/client'
import { eventually, takeRecords, withCluster } from '@millrace/testkit'

const timeout = 60_000

/** Writes `count` records with values "0", "1", … to one partition. */
async function fill(brokers: readonly string[], topic: string, count: number, partition = 0): Promise<void> {
  await using producer = new Producer({ brokers })
  await producer.sendBatch(
    Array.from({ length: count }, (_, index) => ({
      topic,
      partition,
      value: String(index),
      timestamp: 1_000 + index,
    })),
  )
}

test('a loop over records sees each record once, in order', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 3_000)
    await using consumer = new Consumer({ brokers })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const records = await takeRecords(consumer, 3_000)
    records.forEach((record, index) => {
      assert.equal(record.offset, index)
      assert.equal(record.value!.toString(), String(index))
    })
    assert.equal(consumer.position({ topic, partition: 0 }), 3_000)
    assert.equal(consumer.lag({ topic, partition: 0 }), 0)
  }),
)

test('a loop over batches can be left and taken up again', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 500)
    await using consumer = new Consumer({ brokers })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    let seen = 0
    for await (const batch of consumer.batches({ signal: AbortSignal.timeout(10_000) })) {
      assert.equal(batch.firstOffset, 0)
      seen += batch.toArray().length
      consumer.markProcessed(batch)
      if (seen === 500) break
    }
    await fill(brokers, topic, 10)
    const [next] = await takeRecords(consumer, 1)
    assert.equal(next!.offset, 500)
  }),
)

test('serdes give types to keys and values', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    const valueSerde = json<{ readonly id: number; readonly name: string }>()
    await using producer = new Producer({ brokers, keySerde: int32(), valueSerde })
    await producer.send({ topic, key: -7, value: { id: 1, name: 'ä' } })
    await producer.send({ topic, key: 8, value: null })
    await using consumer = new Consumer({ brokers, keySerde: int32(), valueSerde })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const [first, second] = await takeRecords(consumer, 2)
    assert.equal(first!.key, -7)
    assert.equal(first!.value!.name, 'ä')
    assert.equal(second!.value, null)
  }),
)

test('a value that cannot be deserialized fails where it is read, and the loop goes on', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using producer = new Producer({ brokers })
    await producer.send([
      { topic, value: '{"ok":1}' },
      { topic, value: 'poison' },
      { topic, value: '{"ok":2}' },
    ])
    await using consumer = new Consumer({
      brokers,
      keySerde: string(),
      valueSerde: json<{ ok: number }>(),
    })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const seen: (number | string)[] = []
    for (const record of await takeRecords(consumer, 3)) {
      try {
        seen.push(record.value!.ok)
      } catch {
        seen.push(record.valueBytes!.toString())
      }
    }
    assert.deepEqual(seen, [1, 'poison', 2])
  }),
)

test('seek goes to offsets, times and ends', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 100)
    await using consumer = new Consumer({ brokers })
    const place = { topic, partition: 0 }
    consumer.assign([{ ...place, offset: 40 }])
    assert.equal((await takeRecords(consumer, 1))[0]!.offset, 40)
    consumer.seek(place, 90)
    assert.equal((await takeRecords(consumer, 1))[0]!.offset, 90)
    consumer.seek(place, 'earliest')
    assert.equal((await takeRecords(consumer, 1))[0]!.offset, 0)
    consumer.seek(place, { timestamp: 1_055 })
    assert.equal((await takeRecords(consumer, 1))[0]!.offset, 55)
    consumer.seek(place, 'latest')
    await fill(brokers, topic, 1)
    await eventually('the position is known', () => consumer.position(place) !== undefined)
    const late = consumer.position(place)!
    assert.ok(late === 100 || late === 101, `position ${late}`)
  }),
)

test('a seek within a loop takes effect with the next record', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 20)
    await using consumer = new Consumer({ brokers })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const offsets: number[] = []
    for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(10_000) })) {
      offsets.push(offset)
      if (offsets.length === 3) consumer.seek({ topic, partition: 0 }, 18)
      if (offsets.length === 5) break
    }
    assert.deepEqual(offsets, [0, 1, 2, 18, 19])
  }),
)

test('a paused partition is silent, the others go on, and nothing is lost', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 2 })
    await fill(brokers, topic, 50, 0)
    await fill(brokers, topic, 50, 1)
    await using consumer = new Consumer({ brokers })
    consumer.assign([0, 1].map(partition => ({ topic, partition, offset: 'earliest' as const })))
    const seen: [number[], number[]] = [[], []]
    let pausedPartition = -1
    for await (const { partition, offset } of consumer.records({ signal: AbortSignal.timeout(10_000) })) {
      seen[partition as 0 | 1].push(offset)
      if (pausedPartition === -1) {
        pausedPartition = partition
        consumer.pause([{ topic, partition }])
      }
      const running = seen[(1 - pausedPartition) as 0 | 1]
      if (running.length === 50 && consumer.paused.length > 0) {
        assert.equal(seen[pausedPartition as 0 | 1].length, 1)
        consumer.resume()
      }
      if (seen[0].length + seen[1].length === 100) break
    }
    const all = Array.from({ length: 50 }, (_, index) => index)
    assert.deepEqual(seen, [all, all])
  }),
)

test('poll returns what is there and waits no longer than it is told', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 25)
    await using consumer = new Consumer({ brokers, maxPollRecords: 10 })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const sizes: number[] = []
    for (let total = 0; total < 25; ) {
      const records = await consumer.poll({ timeoutMs: 10_000 })
      sizes.push(records.length)
      total += records.length
    }
    assert.deepEqual(sizes, [10, 10, 5])
    assert.deepEqual(await consumer.poll({ timeoutMs: 1 }), [])
  }),
)

test('the end of a partition is told, and told again when it has moved', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 2 })
    await fill(brokers, topic, 5)
    const ends: string[] = []
    const allTold = Promise.withResolvers<void>()
    await using consumer = new Consumer({
      brokers,
      onPartitionEnd: ({ partition, offset }) => {
        // The partitions may have leaders of their own: when the empty one's has answered says nothing.
        ends.push(partition === 0 ? `0@${offset} after ${seen}` : `1@${offset}`)
        if (ends.includes('0@7 after 7') && ends.includes('1@0')) allTold.resolve()
      },
    })
    consumer.assign([0, 1].map(partition => ({ topic, partition, offset: 'earliest' as const })))
    let seen = 0
    for await (const _ of consumer.records({ signal: AbortSignal.timeout(10_000) })) {
      if (++seen === 5) await fill(brokers, topic, 2)
      if (seen === 8) break
      if (seen === 7) void allTold.promise.then(() => fill(brokers, topic, 1))
    }
    assert.deepEqual(
      ends.filter(end => end.startsWith('1')),
      ['1@0'],
    )
    assert.equal(
      ends.findLast(end => end.startsWith('0')),
      '0@7 after 7',
    )
  }),
)

test('an offset out of range follows autoOffsetReset, or is an error', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 10)
    await using lenient = new Consumer({ brokers, autoOffsetReset: 'earliest' })
    lenient.assign([{ topic, partition: 0, offset: 1_000 }])
    assert.equal((await takeRecords(lenient, 1))[0]!.offset, 0)
    await using strict = new Consumer({ brokers, autoOffsetReset: 'none' })
    strict.assign([{ topic, partition: 0, offset: 1_000 }])
    await assert.rejects(takeRecords(strict, 1), (error: PositionError) => {
      assert.ok(error instanceof PositionError)
      assert.equal(error.code, 'OFFSET_OUT_OF_RANGE')
      return true
    })
    strict.seek({ topic, partition: 0 }, 9)
    assert.equal((await takeRecords(strict, 1))[0]!.offset, 9)
  }),
)

test('offsets by time, start and end', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 100)
    await using admin = new Admin({ brokers })
    await admin.deleteRecords([{ topic, partition: 0, beforeOffset: 10 }])
    await using consumer = new Consumer({ brokers })
    const place = { topic, partition: 0 }
    assert.deepEqual(await consumer.beginningOffsets([place]), [{ ...place, offset: 10 }])
    assert.deepEqual(await consumer.endOffsets([place]), [{ ...place, offset: 100 }])
    assert.deepEqual(await consumer.offsetsForTimes([{ ...place, timestamp: 1_050 }]), [
      { ...place, offset: 50 },
    ])
    assert.deepEqual(await consumer.offsetsForTimes([{ ...place, timestamp: 9_000 }]), [
      { ...place, offset: -1 },
    ])
  }),
)

test('a small prefetch budget slows nothing down to a halt', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 3 })
    for (const partition of [0, 1, 2]) await fill(brokers, topic, 2_000, partition)
    await using consumer = new Consumer({ brokers, prefetchMaxBytes: 4_000, partitionFetchMaxBytes: 1_000 })
    consumer.assign([0, 1, 2].map(partition => ({ topic, partition, offset: 'earliest' as const })))
    assert.equal((await takeRecords(consumer, 6_000)).length, 6_000)
  }),
)

test('run calls handlers partition by partition, in order, as many at once as it may', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 3 })
    for (const partition of [0, 1, 2]) await fill(brokers, topic, 30, partition)
    await using consumer = new Consumer({ brokers })
    consumer.assign([0, 1, 2].map(partition => ({ topic, partition, offset: 'earliest' as const })))
    const seen: number[][] = [[], [], []]
    let active = 0
    let activeMax = 0
    const controller = new AbortController()
    await consumer.run({
      partitionConcurrency: 2,
      signal: controller.signal,
      async eachRecord({ partition, offset }) {
        activeMax = Math.max(activeMax, ++active)
        await new Promise(resolve => setTimeout(resolve, 1))
        active--
        seen[partition]!.push(offset)
        if (seen.flat().length === 90) controller.abort()
      },
    })
    await consumer.close()
    const all = Array.from({ length: 30 }, (_, index) => index)
    assert.deepEqual(seen, [all, all, all])
    assert.equal(activeMax, 2)
  }),
)

test('an error of a handler ends run and comes out of it', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 5)
    await using consumer = new Consumer({ brokers })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const run = consumer.run({
      eachRecord({ offset }) {
        if (offset === 2) throw new Error('no more')
      },
    })
    await assert.rejects(run, /no more/)
  }),
)

test('close ends a loop that waits', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic()
    await using consumer = new Consumer({ brokers })
    consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
    const loop = (async () => {
      for await (const record of consumer) assert.fail(`record ${record.offset}`)
    })()
    await new Promise(resolve => setTimeout(resolve, 50))
    await consumer.close()
    await loop
  }),
)
