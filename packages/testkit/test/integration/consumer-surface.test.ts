// Event style, what commits promise, seeking inside a group, lag and patterns, against a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, Consumer, Producer, throwFirst } from '@millrace/client'
import { eventually, takeRecords, withCluster } from '@millrace/testkit'

const timeout = 90_000
const quick = { autoOffsetReset: 'earliest', heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 } as const

async function fill(brokers: readonly string[], topic: string, count: number, partition = 0): Promise<void> {
  await using producer = new Producer({ brokers })
  await producer.sendBatch(
    Array.from({ length: count }, (_, index) => ({
      topic,
      partition,
      value: String(index),
      timestamp: 1_700_000_000_000 + index,
    })),
  )
}

test('events: records of all partitions, and the end of each', { timeout }, () =>
  withCluster(async ({ brokers, createTopic }) => {
    const topic = await createTopic({ partitions: 2 })
    await fill(brokers, topic, 30, 0)
    await fill(brokers, topic, 20, 1)
    await using consumer = new Consumer({ brokers })
    consumer.assign([0, 1].map(partition => ({ topic, partition, offset: 'earliest' })))
    const seen = [0, 0]
    const ends = new Map<number, number>()
    for await (const event of consumer.events({ signal: AbortSignal.timeout(20_000) })) {
      if (event.type === 'record') {
        assert.equal(event.record.offset, seen[event.record.partition]!++)
      } else if (event.type === 'partitionEnd') {
        assert.equal(seen[event.partition], event.offset, 'the end comes behind the last record')
        ends.set(event.partition, event.offset)
      } else assert.fail(event.error)
      if (ends.size === 2) break
    }
    assert.deepEqual(
      [...ends].sort(([a], [b]) => a - b),
      [
        [0, 30],
        [1, 20],
      ],
    )
    await fill(brokers, topic, 1, 1)
    const next = await consumer.pollEvent({ timeoutMs: 20_000 })
    assert.equal(next?.type, 'record')
    assert.deepEqual(await consumer.pollEvent({ timeoutMs: 20_000 }), {
      type: 'partitionEnd',
      topic,
      partition: 1,
      offset: 21,
    })
  }),
)

test('at most once: what a consumer crashed over does not come again', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    const groupId = uniqueName('group')
    await fill(brokers, topic, 100)
    const options = {
      brokers,
      groupId,
      processingGuarantee: 'at_most_once',
      commitEveryRecords: 10,
      ...quick,
    } as const
    const crashing = new Consumer(options)
    crashing.subscribe(topic)
    const seen: number[] = []
    for await (const { offset } of crashing.records({ signal: AbortSignal.timeout(30_000) })) {
      seen.push(offset)
      if (offset === 24) break
    }
    crashing.cluster.close()
    await using next = new Consumer(options)
    next.subscribe(topic)
    const rest = await takeRecords(next, 70, 40_000)
    assert.deepEqual(
      rest.map(({ offset }) => offset),
      Array.from({ length: 70 }, (_, index) => 30 + index),
      'ten offsets are committed at a time, and those are not handed out twice',
    )
    await crashing.close({ timeoutMs: 0 })
  }),
)

test('at least once: every few records are committed without waiting for the interval', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 100)
    await using consumer = new Consumer({
      brokers,
      groupId: uniqueName('group'),
      commitEveryRecords: 20,
      autoCommitIntervalMs: 60_000,
      ...quick,
    })
    consumer.subscribe(topic)
    for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(30_000) })) {
      if (offset < 50) continue
      await eventually('a commit of what is processed', async () => {
        const [committed] = await consumer.committed()
        assert.ok(committed === undefined || committed.offset <= 50, String(committed?.offset))
        return committed !== undefined && committed.offset >= 40
      })
      break
    }
  }),
)

test('a member goes on at a time or an end, in the hook and while its loop runs', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 100)
    const partition = { topic, partition: 0 }
    await using consumer = new Consumer({ brokers, groupId: uniqueName('group'), ...quick })
    consumer.subscribe(topic, {
      async onAssigned() {
        consumer.seek(partition, { timestamp: 1_700_000_000_040 })
        assert.equal(await consumer.awaitPosition(partition), 40)
      },
    })
    const seen: number[] = []
    for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(30_000) })) {
      seen.push(offset)
      if (seen.length === 2) {
        consumer.seek(partition, 'earliest')
        assert.equal(await consumer.awaitPosition(partition), 0)
      }
      if (seen.length === 4) {
        consumer.seek(partition, 'latest')
        assert.equal(await consumer.awaitPosition(partition), 100)
        await fill(brokers, topic, 1)
      }
      if (seen.length === 5) break
    }
    assert.deepEqual(seen, [40, 41, 0, 1, 100])
  }),
)

test('the lag of a group is told by its member and by the administration alike', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic({ partitions: 2 })
    const groupId = uniqueName('group')
    await fill(brokers, topic, 50, 0)
    await fill(brokers, topic, 5, 1)
    await using consumer = new Consumer({ brokers, groupId, autoCommit: false, ...quick })
    consumer.subscribe(topic)
    await takeRecords(consumer, 1)
    await eventually('both partitions', () => consumer.assignment.length === 2)
    consumer.seek({ topic, partition: 0 }, 20)
    await consumer.commit([{ topic, partition: 0, offset: 20 }])
    await eventually('a fetch', () => consumer.lag({ topic, partition: 0 }) !== undefined)
    const [own] = consumer.lags([{ topic, partition: 0 }])
    assert.deepEqual([own!.position, own!.committed, own!.endOffset, own!.lag], [20, 20, 50, 30])
    await using admin = new Admin({ brokers })
    const [group] = throwFirst(await admin.describeGroupLag([groupId]))
    const [first, second] = group!.partitions
    assert.deepEqual(
      [first!.committed, first!.logStartOffset, first!.endOffset, first!.lag, first!.member?.memberId],
      [20, 0, 50, 30, consumer.memberId],
    )
    assert.deepEqual([second!.committed, second!.endOffset, second!.lag], [undefined, 5, undefined])
    assert.equal(group!.lag, 30)
  }),
)

test('patterns pass over internal topics, unless they are asked for', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const topic = await createTopic()
    await fill(brokers, topic, 1)
    const pattern = [/^__consumer_offsets$/, topic]
    await using plain = new Consumer({ brokers, groupId: uniqueName('group'), ...quick })
    plain.subscribe(pattern)
    await takeRecords(plain, 1)
    assert.deepEqual(
      plain.assignment.map(assigned => assigned.topic),
      [topic],
    )
    await using curious = new Consumer({
      brokers,
      groupId: uniqueName('group'),
      excludeInternalTopics: false,
      ...quick,
    })
    curious.subscribe(pattern)
    await eventually('the internal topic', () =>
      curious.assignment.some(assigned => assigned.topic === '__consumer_offsets'),
    )
  }),
)
