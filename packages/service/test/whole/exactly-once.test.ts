// Exactly-once handlers: outputs, dead letters and offsets in the same transactions. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, Producer } from '@millrace/client'
import { fixed, readDeadLetter, Service } from '@millrace/service'
import { eventually, readTopic, withCluster } from '@millrace/testkit'
import { caughtUp, count, numbersTopic, quick } from './support.ts'

const timeout = 120_000

async function numbersIn(brokers: readonly string[], topic: string): Promise<number[]> {
  const records = await readTopic(brokers, topic, 1, 'read_committed')
  return records.map(({ value }) => (JSON.parse(String(value)) as { n: number }).n)
}

test('each input has its output once, over members that are killed and come', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const input = numbersTopic(await cluster.createTopic({ partitions: 3 }))
    const output = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    const total = 600
    await count(brokers, input, total, { partitionOf: n => n % 3 })
    let handled = 0
    const start = () => {
      const service = new Service({ ...quick(cluster), name, transactionIntervalMs: 30 })
      service.handle(
        input,
        {
          counted: async ({ data: { n } }, context) => {
            await sleep(n % 4)
            if (n % 50 === 0 && context.attempt === 1) throw new Error('not at first')
            handled++
            context.publish(output, { key: context.key, type: 'counted', data: { n } })
          },
        },
        { guarantee: 'exactly-once', concurrency: { by: 'key', max: 20 }, retry: { backoff: fixed(5) } },
      )
      return service
    }
    const first = start()
    await first.start()
    await eventually('it works', () => handled > 60)
    await using second = start()
    await second.start()
    await eventually('both work', () => handled > 250)
    await first.stop()
    await caughtUp(brokers, name, [input.name])
    await second.stop()
    const numbers = await numbersIn(brokers, output.name)
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      Array.from({ length: total }, (_, n) => n),
    )
  }),
)

test('dead letters stand in the transaction, too', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const input = numbersTopic(await cluster.createTopic())
    const output = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, input, 20)
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      input,
      {
        counted: ({ data: { n } }, context) => {
          context.publish(output, { key: context.key, type: 'counted', data: { n } })
          if (n % 7 === 3) throw new Error('never')
        },
      },
      { guarantee: 'exactly-once', retry: { attempts: 2, backoff: fixed(1) }, deadLetter: true },
    )
    await service.start()
    await caughtUp(brokers, name, [input.name])
    await service.stop()
    const bad = [3, 10, 17]
    assert.deepEqual(
      await numbersIn(brokers, output.name),
      Array.from({ length: 20 }, (_, n) => n).filter(n => !bad.includes(n)),
      'what a failed attempt wanted to send is not sent',
    )
    const letters = await readTopic(brokers, `${input.name}-${name}-dlt`, 1, 'read_committed')
    assert.deepEqual(
      letters.map(({ headers }) => readDeadLetter(headers)?.offset),
      bad,
    )
  }),
)

test(
  'a static member that is back ends what it had left open when it died: nobody waits for its transaction',
  {
    timeout,
  },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const input = numbersTopic(await cluster.createTopic())
      const output = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      await count(brokers, input, 20)
      // What was left: outputs and offsets of a transaction that lasts longer than anybody has patience for.
      await using dead = new Producer({
        brokers,
        transactionalId: `${name}-the-one`,
        transactionTimeoutMs: 600_000,
      })
      await using member = new Consumer({ brokers, groupId: name })
      await dead.beginTransaction()
      const value = { type: 'counted' as const, data: { n: -1 } }
      await dead.send({ topic: output, key: 'lost', value })
      await dead.sendOffsets([{ topic: input.name, partition: 0, offset: 10 }], member.groupMetadata())
      const options = quick(cluster)
      await using service = new Service({
        ...options,
        name,
        consumer: { ...options.consumer, groupInstanceId: 'the-one' },
      })
      service.handle(
        input,
        {
          counted: ({ data: { n } }, context) =>
            context.publish(output, { key: context.key, type: 'counted', data: { n } }),
        },
        { guarantee: 'exactly-once' },
      )
      await service.start()
      await caughtUp(brokers, name, [input.name])
      await service.stop()
      assert.deepEqual(
        await numbersIn(brokers, output.name),
        Array.from({ length: 20 }, (_, n) => n),
      )
      await dead.close({ timeoutMs: 0 }).catch(() => {})
    }),
)

test('handlers of a group agree on what they guarantee', () => {
  const service = new Service({ name: 'a', brokers: ['127.0.0.1:1'] })
  service.handle(numbersTopic('one'), { counted: () => {} }, { guarantee: 'exactly-once' })
  assert.throws(() => service.handle(numbersTopic('two'), { counted: () => {} }), /different guarantees/)
})
