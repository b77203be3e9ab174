// Batches in whole services: gathered by number and time, tried again, and halved until the bad records are found. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Producer } from '@millrace/client'
import {
  BatchError,
  fixed,
  PoisonError,
  readDeadLetter,
  Service,
  servicePrometheusText,
} from '@millrace/service'
import { eventually, readTopic, withCluster } from '@millrace/testkit'
import { caughtUp, committedOf, count, numbersTopic, quick } from './support.ts'

const timeout = 90_000

test('batches of one partition each, in order, as large as they may be', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic({ partitions: 2 }))
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 100, { partitionOf: n => n % 2 })
    const batches: number[][] = []
    const keys: string[] = []
    await using service = new Service({ ...quick(cluster), name })
    service.handleBatch(
      topic,
      async (events, context) => {
        batches.push(events.map(({ data: { n } }) => n))
        keys.push(context.keyAt(0))
        assert.equal(new Set(context.records.map(({ partition }) => partition)).size, 1)
      },
      { batch: { maxRecords: 20 } },
    )
    await service.start()
    await caughtUp(brokers, name, [topic.name])
    assert.ok(batches.every(({ length }) => length <= 20) && batches.some(({ length }) => length === 20))
    for (const parity of [0, 1]) {
      const seen = batches.filter(([first]) => first! % 2 === parity).flat()
      assert.deepEqual(
        seen,
        Array.from({ length: 50 }, (_, index) => index * 2 + parity),
      )
    }
    assert.match(keys[0]!, /^key-/)
  }),
)

test('a batch waits for others, and not for ever', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    const batches: number[] = []
    const times: number[] = []
    await count(brokers, topic, 13)
    await using service = new Service({ ...quick(cluster), name })
    service.handleBatch(
      topic,
      events => {
        batches.push(events.length)
        times.push(performance.now())
      },
      { batch: { maxRecords: 10, maxWaitMs: 400 } },
    )
    await service.start()
    await caughtUp(brokers, name, [topic.name])
    assert.ok(times[1]! - times[0]! >= 390, 'the rest had waited')
    assert.deepEqual(batches, [10, 3])
  }),
)

test(
  'a batch that fails is tried again, then halved: the bad record is a dead letter, the others are handled once more at most',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      await count(brokers, topic, 64)
      let whole = 0
      const done: number[] = []
      await using service = new Service({ ...quick(cluster), name })
      service.handleBatch(
        topic,
        async events => {
          if (events.length === 64) whole++
          if (events.some(({ data: { n } }) => n === 41)) throw new Error('forty-one does not fit')
          done.push(...events.map(({ data: { n } }) => n))
        },
        { retry: { attempts: 3, backoff: fixed(1) }, deadLetter: true },
      )
      await service.start()
      await caughtUp(brokers, name, [topic.name])
      assert.equal(whole, 3)
      assert.deepEqual(
        done,
        Array.from({ length: 64 }, (_, n) => n).filter(n => n !== 41),
      )
      const letters = await readTopic(brokers, `${topic.name}-${name}-dlt`)
      assert.deepEqual(
        letters.map(({ headers }) => readDeadLetter(headers)?.offset),
        [41],
      )
    }),
)

test(
  'a handler that knows which failed says so: the others are done, and retry topics work for batches',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      await count(brokers, topic, 10)
      const calls: number[][] = []
      await using service = new Service({ ...quick(cluster), name })
      service.handleBatch(
        topic,
        events => {
          const numbers = events.map(({ data: { n } }) => n)
          calls.push(numbers)
          const isFirst = calls.length <= 2
          const failures = numbers.flatMap((n, index) =>
            n === 4 && isFirst
              ? [{ index, error: new Error('four, at first') }]
              : n === 7
                ? [{ index, error: new PoisonError('seven') }]
                : [],
          )
          if (failures.length > 0) throw new BatchError(failures)
        },
        { retry: { attempts: 2, backoff: fixed(1), topicDelaysMs: [50] }, deadLetter: true },
      )
      await service.start()
      await eventually('four is done in the end', () => calls.length === 3)
      await caughtUp(brokers, name, [topic.name])
      assert.deepEqual(calls.slice(1), [[4], [4]], 'in place, then from the retry topic')
      const letters = await readTopic(brokers, `${topic.name}-${name}-dlt`)
      assert.deepEqual(
        letters.map(({ headers }) => readDeadLetter(headers)?.errorMessage),
        ['seven'],
      )
    }),
)

test('records that cannot be read leave the batch, and the others are handled', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 3)
    await using service = new Service({ ...quick(cluster), name })
    const seen: number[] = []
    service.handleBatch(topic, events => void seen.push(...events.map(({ data: { n } }) => n)), {
      deadLetter: true,
    })
    await service.start()
    await using producer = new Producer({ brokers })
    await producer.send({ topic: topic.name, value: 'bare' })
    await count(brokers, topic, 5, { from: 3 })
    await caughtUp(brokers, name, [topic.name])
    assert.deepEqual(seen, [0, 1, 2, 3, 4])
    assert.equal((await readTopic(brokers, `${topic.name}-${name}-dlt`)).length, 1)
  }),
)

test('what is gathered for a batch is not committed before it is handled', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 3)
    const calls: number[][] = []
    const handle = (events: readonly { readonly data: { readonly n: number } }[]) =>
      void calls.push(events.map(({ data: { n } }) => n))
    await using first = new Service({ ...quick(cluster), name })
    first.handleBatch(topic, handle, { batch: { maxRecords: 10, maxWaitMs: 600_000 } })
    await first.start()
    await eventually('all are gathered', () =>
      servicePrometheusText([first]).includes(
        `kafka_messages_in_flight{service="${name}",topic="${topic.name}",partition="0",consumer_group="${name}"} 3`,
      ),
    )
    // Commits come every 50 ms; stopping makes the last one.
    await first.stop()
    const [committed] = await committedOf(brokers, name, topic)
    assert.equal(committed?.offset ?? 0, 0)
    assert.deepEqual(calls, [])
    await using second = new Service({ ...quick(cluster), name })
    second.handleBatch(topic, handle, { batch: { maxRecords: 3 } })
    await second.start()
    await caughtUp(brokers, name, [topic.name])
    assert.deepEqual(calls.flat(), [0, 1, 2])
  }),
)

test(
  'a record that is redriven for others is passed over within a batch, and the order is kept',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      await using producer = new Producer({ brokers })
      for (const [n, group] of [undefined, 'others', undefined, name, undefined].entries())
        await producer.send({
          topic,
          key: 'k',
          value: { type: 'counted', data: { n } },
          ...(group && { headers: { '__millrace.redrive.group': group } }),
        })
      const seen: number[] = []
      await using service = new Service({ ...quick(cluster), name })
      service.handleBatch(topic, events => void seen.push(...events.map(({ data: { n } }) => n)))
      await service.start()
      await caughtUp(brokers, name, [topic.name])
      assert.deepEqual(seen, [0, 2, 3, 4])
      const [committed] = await committedOf(brokers, name, topic)
      assert.equal(committed?.offset, 5)
    }),
)
