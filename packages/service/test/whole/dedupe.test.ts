// Records that come again, in whole services: handled once where that was remembered. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, Producer } from '@millrace/client'
import {
  type ClaimAnswer,
  DeadLetterQueue,
  type DedupeStore,
  fixed,
  MemoryDedupeStore,
  Service,
  type ServiceEvent,
} from '@millrace/service'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import { caughtUp, count, gate, numbersTopic, type NumbersTopic, quick } from './support.ts'

const timeout = 90_000

/** Events with ids that say their numbers: the same number is the same event. */
async function send(brokers: readonly string[], topic: NumbersTopic, ...numbers: number[]): Promise<void> {
  await using producer = new Producer({ brokers })
  await producer.send(
    numbers.map(n => ({
      topic,
      key: `key-${n % 5}`,
      value: { type: 'counted' as const, id: `event-${n}`, data: { n } },
    })),
  )
}

const range = (to: number) => Array.from({ length: to }, (_, n) => n)
const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)

/** Has a group read a topic from the beginning again. */
async function goBack(
  { brokers }: TestCluster,
  groupId: string,
  name: string,
  partitions = 1,
): Promise<void> {
  await using admin = new Admin({ brokers })
  const offsets = range(partitions).map(partition => ({ topic: name, partition, offset: 0 }))
  await eventually('the group is empty', async () => {
    const outcomes = await admin.alterGroupOffsets(groupId, offsets)
    return outcomes.every(({ error }) => error === undefined)
  })
}

test(
  'what was handled is handled once: sent twice, read again after a restart, by one or by many',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic({ partitions: 2 }))
      const output = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      const store = new MemoryDedupeStore()
      const handled: number[] = []
      const told: ServiceEvent[] = []
      const start = async () => {
        const service = new Service({ ...quick(cluster), name, onServiceEvent: event => told.push(event) })
        service.handle(
          topic,
          {
            counted: async ({ data: { n } }, context) => {
              handled.push(n)
              context.publish(output, { key: context.key, type: 'counted', data: { n } })
            },
          },
          { dedupe: { store }, concurrency: { by: 'key', max: 20 } },
        )
        await service.start()
        return service
      }
      await send(brokers, topic, ...range(50))
      await send(brokers, topic, ...range(50))
      const first = await start()
      await caughtUp(brokers, name, [topic.name])
      const metric = first.metrics().find(family => family.name === 'kafka_messages_skipped_total')
      const skipped = [...metric!.samples].find(({ labels }) => labels?.['reason'] === 'duplicate')
      assert.equal(skipped?.value, 50)
      await first.stop()
      await goBack(cluster, name, topic.name, 2)
      const others = await Promise.all([start(), start()])
      await caughtUp(brokers, name, [topic.name])
      await Promise.all(others.map(service => service.stop()))
      assert.deepEqual(sorted(handled), range(50))
      assert.equal((await readTopic(brokers, output.name)).length, 50, 'and so are the outputs')
      const duplicates = told.filter(event => event.type === 'record.skipped' && event.reason === 'duplicate')
      assert.equal(duplicates.length, 150)
    }),
)

test('what failed is handled again: in place, in retry topics, and when it is sent back', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    const store = new MemoryDedupeStore()
    const attempts: number[] = []
    let isMended = false
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      {
        counted: async ({ data: { n } }, { attempt }) => {
          attempts.push(n)
          if (n === 1 && attempt < 2) throw new Error('in place')
          if (n === 2 && attempt < 3) throw new Error('in a retry topic')
          if (n === 3 && !isMended) throw new Error('never, as it is')
        },
      },
      {
        dedupe: { store },
        retry: { attempts: 2, backoff: fixed(1), topicDelaysMs: [10] },
        deadLetter: true,
      },
    )
    await send(brokers, topic, 0, 1, 2, 3)
    await service.start()
    await eventually('it is given up', async () => {
      const letters = await readTopic(brokers, `${topic.name}-${name}-dlt`)
      return letters.length === 1
    })
    isMended = true
    await using queue = new DeadLetterQueue({ brokers, topic: `${topic.name}-${name}-dlt` })
    await queue.redrive()
    await eventually('it is handled', () => attempts.length === 1 + 2 + 3 + 3 + 1)
    // All of it again: nothing is left to be done.
    await send(brokers, topic, 3, 2, 1, 0)
    await caughtUp(brokers, name, [topic.name])
    assert.deepEqual(sorted(attempts), [0, 1, 1, 2, 2, 2, 3, 3, 3, 3])
  }),
)

test('of two that have the same record, one waits for the other', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const store = new MemoryDedupeStore()
    const name = cluster.uniqueName('group')
    const { open, passed } = gate()
    const handled: string[] = []
    const told: ServiceEvent[] = []
    const start = async (who: string, clientId: string) => {
      const { consumer, ...rest } = quick(cluster)
      const service = new Service({
        ...rest,
        name,
        // Of the members of a group the first by its name has the only partition.
        clientId,
        consumer: { ...consumer, assignors: ['range'] },
        // Its partition goes while its handler runs.
        revokeTimeoutMs: 1,
        drainTimeoutMs: 1,
        onServiceEvent: event => told.push(event),
      })
      service.handle(
        topic,
        {
          counted: async () => {
            handled.push(who)
            await passed
          },
        },
        { dedupe: { store } },
      )
      await service.start()
      return service
    }
    await send(brokers, topic, 1)
    const first = await start('first', 'z')
    await eventually('it is in hand', () => handled.length === 1)
    const second = await start('second', 'a')
    await eventually('another has it, and waits', () =>
      told.some(event => event.type === 'record.waits' && event.reason === 'busy'),
    )
    open()
    await caughtUp(brokers, name, [topic.name])
    await Promise.all([first.stop(), second.stop()])
    assert.deepEqual(handled, ['first'])
  }),
)

test(
  'batches: what was handled is left out, what failed is handled again, the same one twice is one',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      const store = new MemoryDedupeStore()
      const done: number[] = []
      const sizes: number[] = []
      const start = async () => {
        const service = new Service({ ...quick(cluster), name })
        service.handleBatch(
          topic,
          async events => {
            sizes.push(events.length)
            const numbers = events.map(({ data: { n } }) => n)
            if (numbers.includes(7)) throw new Error('seven')
            done.push(...numbers)
          },
          {
            dedupe: { store },
            batch: { maxWaitMs: 200 },
            retry: { attempts: 2, backoff: fixed(1) },
            deadLetter: true,
          },
        )
        await service.start()
        return service
      }
      await send(brokers, topic, ...range(10), ...range(10), 10)
      const first = await start()
      await caughtUp(brokers, name, [topic.name])
      await first.stop()
      assert.equal(sizes[0], 11, 'each once')
      const others = range(11).filter(n => n !== 7)
      assert.deepEqual(sorted(done), others)
      await goBack(cluster, name, topic.name)
      const { length } = sizes
      const second = await start()
      await caughtUp(brokers, name, [topic.name])
      await second.stop()
      assert.deepEqual(sorted(done), others, 'nothing is done again')
      assert.ok(
        sizes.slice(length).every(size => size === 1),
        'but what failed',
      )
    }),
)

test(
  'exactly once: what is sent twice has its output once, and is remembered when it is committed',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic({ partitions: 2 }))
      const output = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      const store = new MemoryDedupeStore()
      await send(brokers, topic, ...range(100), ...range(100))
      await using service = new Service({ ...quick(cluster), name, transactionIntervalMs: 20 })
      service.handle(
        topic,
        {
          counted: ({ data: { n } }, context) => {
            if (n % 10 === 0 && context.attempt === 1) throw new Error('not at first')
            context.publish(output, { key: context.key, type: 'counted', data: { n } })
          },
        },
        {
          dedupe: { store },
          guarantee: 'exactly-once',
          concurrency: { by: 'key', max: 10 },
          retry: { backoff: fixed(1) },
        },
      )
      await service.start()
      await caughtUp(brokers, name, [topic.name])
      await service.stop()
      const records = await readTopic(brokers, output.name, 1, 'read_committed')
      const numbers = records.map(({ value }) => (JSON.parse(String(value)) as { n: number }).n)
      assert.deepEqual(sorted(numbers), range(100))
      assert.equal(store.size, 100)
    }),
)

/** A store that is away for a while. */
class AwayStore implements DedupeStore {
  readonly #inner = new MemoryDedupeStore()
  isAway = true
  refused = 0

  #check(): void {
    if (!this.isAway) return
    this.refused++
    throw new Error('the store is away')
  }

  async claim(request: Parameters<DedupeStore['claim']>[0]): Promise<readonly ClaimAnswer[]> {
    this.#check()
    return this.#inner.claim(request)
  }

  async complete(request: Parameters<DedupeStore['complete']>[0]): Promise<void> {
    this.#check()
    return this.#inner.complete(request)
  }

  async release(request: Parameters<DedupeStore['release']>[0]): Promise<void> {
    this.#check()
    return this.#inner.release(request)
  }
}

test('while the store is away nothing is handled, and no attempt is counted', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    const store = new AwayStore()
    const attempts: number[] = []
    await count(brokers, topic, 5)
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      { counted: (_event, { attempt }) => void attempts.push(attempt) },
      { dedupe: { store }, retry: false },
    )
    await service.start()
    await eventually('it is asked again', () => store.refused >= 3)
    assert.deepEqual(attempts, [])
    assert.equal(service.state, 'RUNNING')
    store.isAway = false
    await caughtUp(brokers, name, [topic.name])
    assert.deepEqual(attempts, [1, 1, 1, 1, 1])
  }),
)

test('options that make no sense are refused', () => {
  const service = new Service({ name: 'a', brokers: ['127.0.0.1:1'] })
  const topic = numbersTopic('numbers')
  const handle = (dedupe: object) => () =>
    service.handle(topic, { counted: () => {} }, { dedupe: dedupe as { store: DedupeStore } })
  const store = new MemoryDedupeStore()
  assert.throws(handle({}), /dedupe\.store is no store/)
  assert.throws(handle({ store, leaseMs: 5 }), /leaseMs is 5/)
  assert.throws(handle({ store, ttlMs: Number.POSITIVE_INFINITY }), /have an end/)
  assert.throws(handle({ store, id: 'id' }), /dedupe\.id is no function/)
  assert.throws(handle({ store, lease: 5 }), /did you mean "leaseMs"/)
})
