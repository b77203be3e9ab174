// Promises of any make are waited for: those of libraries, whatever they return them from. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AsyncSerde, json, string } from '@millrace/client'
import { events, fixed, Service } from '@millrace/service'
import { eventually, withCluster } from '@millrace/testkit'
import { caughtUp, count, numbersTopic, quick } from './support.ts'

const timeout = 90_000

/** What a library of its own promises returns: `then`, and nothing else. */
function later<T>(make: () => T): PromiseLike<T> {
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- that is what is tested
    then: (onFulfilled, onRejected) =>
      new Promise<T>((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(make())
          } catch (error) {
            reject(error as Error)
          }
        }, 5)
      }).then(onFulfilled, onRejected),
  }
}

test('a filter that answers later is waited for, and one that fails is a failure', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 6)
    const seen: number[] = []
    let failures = 0
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      { counted: ({ data: { n } }) => void seen.push(n) },
      {
        filter: ({ data: { n } }) =>
          later(() => {
            if (n === 2 && failures++ === 0) throw new Error('the list of who is allowed is away')
            return n % 2 === 0
          }),
        retry: { attempts: 3, backoff: fixed(1) },
      },
    )
    await service.start()
    await caughtUp(brokers, name, [topic.name])
    await service.stop()
    assert.deepEqual(seen, [0, 2, 4])
    assert.equal(failures, 2)
    const skipped = service.metrics().find(family => family.name === 'kafka_messages_skipped_total')
    assert.deepEqual(
      Array.from(skipped?.samples ?? [], ({ labels, value }) => [labels?.['reason'], value]),
      [['filtered', 3]],
    )
  }),
)

test('what a handler of batches returns is waited for before the batch is done', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const [input, output] = [
      numbersTopic(await cluster.createTopic()),
      numbersTopic(await cluster.createTopic()),
    ]
    await count(brokers, input, 4)
    const copied: number[] = []
    await using service = new Service({ ...quick(cluster), name: cluster.uniqueName('group') })
    service.handleBatch(input, (batch, context) =>
      later(() => {
        for (const { data } of batch) context.publish(output, { key: 'k', type: 'counted', data })
      }),
    )
    service.handle(output, { counted: ({ data: { n } }) => void copied.push(n) })
    await service.start()
    await eventually('all are copied', () => copied.length === 4)
    assert.deepEqual(copied, [0, 1, 2, 3])
    assert.equal(service.error, undefined)
  }),
)

test('data that a serde promises in its own way is there when the handler is called', { timeout }, () =>
  withCluster(async cluster => {
    const asking = {
      async: true,
      serialize: (value: { n: number }) => later(() => JSON.stringify(value)),
      deserialize: (bytes: Buffer) => later(() => JSON.parse(bytes.toString()) as { n: number }),
    } as unknown as AsyncSerde<{ n: number }>
    const topic = events(await cluster.createTopic(), { counted: asking }, { key: string() })
    const seen: unknown[] = []
    await using service = new Service({ ...quick(cluster), name: cluster.uniqueName('group') })
    service.handle(topic, { counted: ({ data }) => void seen.push(data) })
    await service.start()
    await service.publish(topic, { key: 'k', type: 'counted', data: { n: 7 } })
    await eventually('it is handled', () => seen.length === 1)
    assert.deepEqual(seen, [{ n: 7 }])
  }),
)

test(
  'hooks stand around all of a handler, and a listener that fails later is only warned of',
  {
    timeout,
  },
  () =>
    withCluster(async cluster => {
      const topic = events(await cluster.createTopic(), { noted: json<string>() }, { key: string() })
      const order: string[] = []
      const warnings: string[] = []
      const onWarning = ({ message }: Error) => void warnings.push(message)
      process.on('warning', onWarning)
      await using service = new Service({
        ...quick(cluster),
        name: cluster.uniqueName('group'),
        hooks: [
          {
            async aroundRecord(_record, _client, handle) {
              order.push('before')
              await handle()
              order.push('behind')
            },
          },
        ],
        onServiceEvent: (({ type }) =>
          type === 'service.state' &&
          later(() => {
            throw new Error('the listener is tired')
          })) as (event: { type: string }) => void,
      })
      service.handle(topic, { noted: () => later(() => void order.push('handled')) })
      await service.start()
      await service.publish(topic, { key: 'k', type: 'noted', data: 'x' })
      await eventually('it is handled', () => order.length === 3)
      await eventually('the listener is warned of', () => warnings.includes('the listener is tired'))
      process.off('warning', onWarning)
      assert.deepEqual(order, ['before', 'handled', 'behind'])
    }),
)
