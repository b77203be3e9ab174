// What such code gets wrong elsewhere, beside what other files here show: serdes that wait, explicit partitions, sends at the end, several members. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AsyncSerde, json, string } from '@millrace/client'
import { events, fixed, Service } from '@millrace/service'
import { eventually, readTopic, withCluster } from '@millrace/testkit'
import { caughtUp, count, numbersTopic, quick } from './support.ts'

const timeout = 90_000

/** A serde that asks somebody who may be away. */
function asking(isAway: () => boolean): AsyncSerde<{ n: number }> {
  return {
    async: true,
    serialize: value => JSON.stringify(value),
    async deserialize(bytes) {
      await new Promise(resolve => setTimeout(resolve, 1))
      if (isAway()) throw Object.assign(new Error('the registry is away'), { retriable: true })
      return JSON.parse(bytes.toString()) as { n: number }
    },
  }
}

for (const style of ['each', 'batch'] as const) {
  test(
    `${style}: a registry that is away is waited for, in order, and makes no dead letters`,
    { timeout },
    () =>
      withCluster(async cluster => {
        const { brokers } = cluster
        let answers = 0
        // Away for a while, in the middle of it.
        const topic = events(
          await cluster.createTopic(),
          { counted: asking(() => ++answers > 3 && answers < 15) },
          { key: string() },
        )
        const name = cluster.uniqueName('group')
        await using sender = new Service({ ...quick(cluster), name: cluster.uniqueName('sender') })
        for (let n = 0; n < 8; n++) await sender.publish(topic, { key: 'k', type: 'counted', data: { n } })
        const seen: number[] = []
        await using service = new Service({ ...quick(cluster), name })
        const options = { retry: { attempts: 2, backoff: fixed(5) }, deadLetter: true }
        if (style === 'each')
          service.handle(topic, { counted: ({ data: { n } }) => void seen.push(n) }, options)
        else
          service.handleBatch(topic, batch => void seen.push(...batch.map(({ data: { n } }) => n)), options)
        await service.start()
        await caughtUp(brokers, name, [topic.name])
        await service.stop()
        assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7])
        assert.deepEqual(await readTopic(brokers, `${topic.name}-${name}-dlt`), [])
      }),
  )
}

test('a key whose serde waits is there when the handler asks', { timeout }, () =>
  withCluster(async cluster => {
    const key: AsyncSerde<string> = {
      async: true,
      serialize: value => value,
      deserialize: async bytes => bytes.toString().toUpperCase(),
    }
    const topic = events(await cluster.createTopic(), { noted: json<string>() }, { key })
    const seen: string[] = []
    await using service = new Service({ ...quick(cluster), name: cluster.uniqueName('group') })
    service.handle(topic, { noted: (_event, context) => void seen.push(context.key) })
    await service.start()
    await service.publish(topic, { key: 'user-7', type: 'noted', data: 'x' })
    await eventually('it is handled', () => seen.length === 1)
    assert.deepEqual(seen, ['USER-7'])
  }),
)

test(
  'an explicit partition wins over the key, and what publish returns is where it stands',
  { timeout },
  () =>
    withCluster(async cluster => {
      const topic = numbersTopic(await cluster.createTopic({ partitions: 3 }))
      await using service = new Service({ ...quick(cluster), name: cluster.uniqueName('group') })
      for (const partition of [0, 1, 2]) {
        for (const offset of [0, 1]) {
          const message = {
            key: 'always the same',
            type: 'counted',
            data: { n: partition },
            partition,
          } as const
          const written = await service.publish(topic, message)
          assert.deepEqual(
            [written.topic, written.partition, written.offset],
            [topic.name, partition, offset],
          )
        }
      }
    }),
)

test('stopping drops nothing that was published', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const service = new Service({ ...quick(cluster), name: cluster.uniqueName('group') })
    const sends = Array.from({ length: 500 }, (_, n) =>
      service.publish(topic, { key: 'k', type: 'counted', data: { n } }),
    )
    await service.stop()
    await Promise.all(sends)
    assert.equal((await readTopic(brokers, topic.name)).length, 500)
  }),
)

test(
  'what handlers publish while the service stops is written before their records count as done',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const input = numbersTopic(await cluster.createTopic())
      const output = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      await count(brokers, input, 300)
      await using working = new Service({ ...quick(cluster), name })
      let began = 0
      working.handle(
        input,
        {
          counted: async ({ data: { n } }, context) => {
            began++
            await new Promise(resolve => setTimeout(resolve, 5))
            context.publish(output, { key: context.key, type: 'counted', data: { n } })
          },
        },
        { concurrency: { by: 'unordered', max: 20 } },
      )
      await working.start()
      await eventually('it is in the middle of it', () => began > 60)
      await working.stop()
      const written = (await readTopic(brokers, output.name)).map(
        ({ value }) => (JSON.parse(String(value)) as { n: number }).n,
      )
      assert.equal(new Set(written).size, began, 'everything that began was written')
    }),
)

test('several members in one process share the partitions', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic({ partitions: 4 }))
    const name = cluster.uniqueName('group')
    const seen: number[] = []
    await using service = new Service({ ...quick(cluster), name, consumers: 2 })
    service.handle(topic, { counted: ({ data: { n } }) => void seen.push(n) })
    await service.start()
    await eventually('each has some', () => {
      const { groups } = service.health()
      return groups.length === 2 && groups.every(({ partitions }) => partitions === 2)
    })
    await count(brokers, topic, 100, { partitionOf: n => n % 4 })
    await caughtUp(brokers, name, [topic.name])
    assert.equal(seen.length, 100)
  }),
)

/** Time that passes when as many sleep as may: what handlers take by it is the same on every machine. */
class SleepersClock {
  readonly #sleepers: { readonly dueAt: number; readonly wake: () => void }[] = []
  readonly #awaited: () => number
  now = 0

  /** `awaited`: how many sleep at the same time before time passes. */
  constructor(awaited: () => number) {
    this.#awaited = awaited
  }

  sleep(ms: number): Promise<void> {
    return new Promise(wake => {
      this.#sleepers.push({ dueAt: this.now + ms, wake })
      this.look()
    })
  }

  /** Something changed that may let time pass. */
  look(): void {
    if (this.#sleepers.length === 0 || this.#sleepers.length < this.#awaited()) return
    const first = this.#sleepers.reduce((a, b) => (b.dueAt < a.dueAt ? b : a))
    this.#sleepers.splice(this.#sleepers.indexOf(first), 1)
    this.now = first.dueAt
    first.wake()
  }
}

test(
  'ten thousand records of one partition, by key: a hundred at a time, and those of a key in order',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      const [total, max, keys] = [10_000, 100, 1_000]
      await count(brokers, topic, total, { keyOf: n => `user-${n % keys}` })
      const clock = new SleepersClock(() => Math.min(max, total - handled))
      const lastOf = new Map<number, number>()
      let handled = 0
      let running = 0
      let runningMost = 0
      let serialMs = 0
      await using service = new Service({ ...quick(cluster), name })
      service.handle(
        topic,
        {
          counted: async ({ data: { n } }) => {
            runningMost = Math.max(runningMost, ++running)
            assert.ok((lastOf.get(n % keys) ?? -1) < n, 'those of a key come one after the other')
            lastOf.set(n % keys, n)
            const ms = n % 6
            serialMs += ms
            if (ms > 0) await clock.sleep(ms)
            running--
            handled++
            clock.look()
          },
        },
        { concurrency: { by: 'key', max }, deadLetter: true },
      )
      await service.start()
      await eventually('all are handled', () => handled === total, 60_000)
      await caughtUp(brokers, name, [topic.name])
      assert.equal(runningMost, max)
      // What they take is what they would take one by one, divided by as many as run at the same time: bench/micro/service.ts has it in seconds.
      assert.ok(clock.now <= (serialMs / max) * 1.1, `${clock.now} ms, and ${serialMs} ms one by one`)
    }),
)
