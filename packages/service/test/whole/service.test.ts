// A service as a whole: events in, handlers, outputs, retries, dead letters and commits, against a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, json, Producer, string } from '@millrace/client'
import { events, fixed, PoisonError, readDeadLetter, Service } from '@millrace/service'
import { eventually, readTopic, withCluster } from '@millrace/testkit'

const timeout = 90_000

test('events reach their handlers by type, in order, and what handlers publish is written', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const orders = events(
      await createTopic({ partitions: 2 }),
      { 'order.created': json<{ total: number }>(), 'order.cancelled': json<{ reason: string }>() },
      { key: string() },
    )
    const invoices = events(
      await createTopic(),
      { 'invoice.issued': json<{ total: number }>() },
      { key: string() },
    )
    await using service = new Service({ name: uniqueName('billing'), brokers })
    const seen: string[] = []
    service.handle(orders, {
      'order.created': (event, context) => {
        seen.push(`${context.key} created ${event.data.total}`)
        context.publish(invoices, {
          key: context.key,
          type: 'invoice.issued',
          data: { total: event.data.total },
        })
      },
      'order.cancelled': async event => {
        seen.push(`cancelled ${event.data.reason}`)
      },
    })
    await service.start()
    assert.equal(service.state, 'RUNNING')
    for (let total = 1; total <= 5; total++)
      await service.publish(orders, { key: 'user-7', type: 'order.created', data: { total } })
    await service.publish(orders, { key: 'user-7', type: 'order.cancelled', data: { reason: 'too late' } })
    await eventually('all events are handled', () => seen.length === 6)
    assert.deepEqual(seen, [...[1, 2, 3, 4, 5].map(n => `user-7 created ${n}`), 'cancelled too late'])
    await service.stop()
    assert.equal(service.state, 'STOPPED')
    const written = await readTopic(brokers, invoices.name)
    assert.deepEqual(
      written.map(({ value }) => JSON.parse(String(value))),
      [1, 2, 3, 4, 5].map(total => ({ total })),
    )
    await using admin = new Admin({ brokers })
    const [lag] = await admin.describeGroupLag([service.name])
    assert.deepEqual(
      lag?.partitions.map(({ lag: left }) => left ?? 0).reduce((a, b) => a + b, 0),
      0,
    )
  }),
)

test(
  'a record that fails for good is a dead letter that says why, and the others are handled',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const orders = events(
        await createTopic(),
        { 'order.created': json<{ total: number }>() },
        { key: string() },
      )
      const name = uniqueName('billing')
      await using service = new Service({ name, brokers })
      const seen: number[] = []
      let attempts = 0
      service.handle(
        orders,
        {
          'order.created': async (event, context) => {
            if (event.data.total === 2) throw new PoisonError('two is no total')
            if (event.data.total === 3) {
              attempts = context.attempt
              throw new Error('three never works')
            }
            seen.push(event.data.total)
          },
        },
        { deadLetter: true, retry: { attempts: 4, backoff: fixed(5) } },
      )
      await service.start()
      for (let total = 1; total <= 5; total++)
        await service.publish(orders, { key: 'k', type: 'order.created', data: { total } })
      await eventually('the last one is handled', () => seen.includes(5))
      await service.stop()
      assert.deepEqual(seen, [1, 4, 5])
      assert.equal(attempts, 4)
      const letters = await readTopic(brokers, `${orders.name}-${name}-dlt`)
      const said = letters.map(({ headers }) => readDeadLetter(headers))
      assert.deepEqual(
        said.map(letter => [
          letter?.topic,
          letter?.offset,
          letter?.reason,
          letter?.attempts,
          letter?.errorMessage,
        ]),
        [
          [orders.name, 1, 'poison', 1, 'two is no total'],
          [orders.name, 2, 'attempts-exhausted', 4, 'three never works'],
        ],
      )
      assert.deepEqual(
        letters.map(({ key }) => String(key)),
        ['k', 'k'],
      )
    }),
)

test('a sender of bare values is told apart from an event: dead letters, never silence', { timeout }, () =>
  withCluster(async ({ brokers, createTopic, uniqueName }) => {
    const orders = events(await createTopic(), { 'order.created': json<{ total: number }>() })
    const name = uniqueName('billing')
    await using service = new Service({ name, brokers })
    const seen: number[] = []
    service.handle(
      orders,
      { 'order.created': event => void seen.push(event.data.total) },
      { deadLetter: true },
    )
    await using producer = new Producer({ brokers })
    await producer.send({ topic: orders.name, value: '{"total":1}' })
    await producer.send({ topic: orders, value: { type: 'order.created', data: { total: 2 } } })
    await service.start()
    await eventually('the event is handled', () => seen.length === 1)
    await service.stop()
    const [letter] = await readTopic(brokers, `${orders.name}-${name}-dlt`)
    assert.match(readDeadLetter(letter!.headers)!.errorMessage!, /no event: it has neither a header ce_type/)
  }),
)
