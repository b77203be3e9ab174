// Records that are sent on by their content, and what becomes of those that fit nowhere. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, Producer, string, topic } from '@millrace/client'
import { forward, hasHeader, ofType, route, transform } from '@millrace/patterns'
import { events, readDeadLetter, Service } from '@millrace/service'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import { quick } from './support.ts'

const timeout = 90_000

async function ordering(cluster: TestCluster) {
  const orders = events(
    await cluster.createTopic(),
    { created: json<{ total: number }>(), cancelled: json<{ reason: string }>() },
    { key: string() },
  )
  const names = await Promise.all([0, 1, 2].map(() => cluster.createTopic()))
  const service = new Service({ ...quick(cluster), name: cluster.uniqueName('router') })
  const valuesOf = async (name: string) =>
    (await readTopic(cluster.brokers, name)).map(({ value }) => JSON.parse(String(value)) as unknown)
  return { orders, names: names as [string, string, string], service, valuesOf }
}

test('rules in their order, a default, and records as they were', { timeout }, () =>
  withCluster(async cluster => {
    const { orders, names, service, valuesOf } = await ordering(cluster)
    const [big, cancelled, others] = names
    const routing = route(orders, {
      rules: [
        { when: async event => event.type === 'created' && event.data.total > 100, to: forward(big) },
        { when: ofType('cancelled'), to: forward(topic(cancelled)) },
        { when: hasHeader('urgent'), to: [forward(big), forward(cancelled)] },
      ],
      otherwise: forward(others),
    })
    await using router = service
    let failed = false
    router.handle(orders, routing.handlers, {
      // Through a retry topic, whose headers are nobody else's.
      middleware: [
        (_item, _context, next) => {
          if (failed) return next()
          failed = true
          throw new Error('not yet')
        },
      ],
      retry: { attempts: 1, topicDelaysMs: [1] },
    })
    await router.start()
    const timestamp = 1_700_000_000_000
    await router.publish(orders, {
      key: 'k',
      type: 'created',
      data: { total: 500 },
      timestamp,
      headers: { trace: 'abc' },
    })
    await router.publish(orders, { key: 'k', type: 'created', data: { total: 1 } })
    await router.publish(orders, { key: 'k', type: 'created', data: { total: 2 }, headers: { urgent: '' } })
    await router.publish(orders, { key: 'k', type: 'cancelled', data: { reason: 'late' } })
    await eventually('all are sent on', async () => (await valuesOf(big)).length === 2)
    await eventually('all are sent on', async () => (await valuesOf(cancelled)).length === 2)
    assert.deepEqual(
      ((await valuesOf(big)) as { total: number }[]).map(({ total }) => total).sort((a, b) => a - b),
      [2, 500],
    )
    assert.deepEqual(await valuesOf(others), [{ total: 1 }])
    const record = (await readTopic(cluster.brokers, big)).find(({ timestamp: at }) => at === timestamp)!
    assert.equal(String(record.key), 'k')
    assert.equal(record.header('trace'), 'abc')
    assert.equal(record.header('ce_type'), 'created')
    assert.deepEqual(
      record.headers.filter(({ key }) => key.startsWith('__millrace')),
      [],
    )
    assert.deepEqual(Object.fromEntries(routing.counts), {
      [big]: 2,
      [cancelled]: 2,
      [others]: 1,
      nowhere: 0,
    })
  }),
)

test('what fits nowhere is a dead letter, is counted, or stops the service: never silence', { timeout }, () =>
  withCluster(async cluster => {
    const { orders, names, service, valuesOf } = await ordering(cluster)
    const rules = [{ when: ofType('cancelled'), to: forward(names[0]) }]
    await using strict = service
    strict.handle(orders, route(orders, { rules }).handlers, { deadLetter: true })
    await using lenient = new Service({ ...quick(cluster), name: cluster.uniqueName('lenient') })
    const counted = route(orders, { rules, otherwise: 'skip' })
    lenient.handle(orders, counted.handlers)
    await using stopping = new Service({ ...quick(cluster), name: cluster.uniqueName('stopping') })
    stopping.handle(orders, route(orders, { rules }).handlers)
    await Promise.all([strict.start(), lenient.start(), stopping.start()])
    await strict.publish(orders, { key: 'k', type: 'created', data: { total: 1 } })
    await strict.publish(orders, { key: 'k', type: 'cancelled', data: { reason: 'late' } })
    const letters = `${orders.name}-${strict.name}-dlt`
    await eventually(
      'it is a dead letter',
      async () => (await readTopic(cluster.brokers, letters)).length === 1,
    )
    const [letter] = await readTopic(cluster.brokers, letters)
    assert.equal(readDeadLetter(letter!.headers)?.errorMessage, 'no route fits it: none of 1 rules wants it')
    await stopping.ended
    assert.match(stopping.error!.message, /no route fits it/)
    await eventually('both have gone on', async () => (await valuesOf(names[0])).length === 2)
    assert.equal(counted.counts.get('nowhere'), 1)
    const skipped = lenient.metrics().find(({ name }) => name === 'kafka_messages_skipped_total')
    assert.deepEqual(
      Array.from(skipped?.samples ?? [], ({ labels, value }) => [labels?.['reason'], value]),
      [['no route', 1]],
    )
  }),
)

test('a function routes values, to as many topics as it says and as something else', { timeout }, () =>
  withCluster(async cluster => {
    const { names, valuesOf } = await ordering(cluster)
    const readings = topic(await cluster.createTopic(), { key: string(), value: json<{ celsius: number }>() })
    const alarms = events(names[0], { 'too.hot': json<{ by: number }>() }, { key: string() })
    const alarm = transform(alarms, ({ celsius }: { celsius: number }, context) => ({
      key: String(context.key),
      type: 'too.hot',
      data: { by: celsius - 30 },
    }))
    const all = forward(names[1])
    const routing = route(readings, { by: ({ celsius }) => (celsius > 30 ? [all, alarm] : all) })
    const rules = route(readings, {
      rules: [{ to: forward(names[2]) }, { when: ({ celsius }) => celsius > 30, to: forward(names[2]) }],
      match: 'all',
    })
    await using one = new Service({ ...quick(cluster), name: cluster.uniqueName('one') })
    one.handle(readings, routing.handlers)
    await using two = new Service({ ...quick(cluster), name: cluster.uniqueName('two') })
    two.handle(readings, rules.handlers)
    await Promise.all([one.start(), two.start()])
    await using producer = new Producer({ brokers: cluster.brokers })
    await producer.send([20, 33].map(celsius => ({ topic: readings, key: 'sensor', value: { celsius } })))
    await eventually('all are sent on', async () => (await valuesOf(names[2])).length === 3)
    await eventually('all are sent on', async () => (await valuesOf(names[1])).length === 2)
    assert.deepEqual(await valuesOf(names[0]), [{ by: 3 }])
    assert.deepEqual(Object.fromEntries(rules.counts), { [names[2]]: 3, nowhere: 0 })
  }),
)

test('routes that cannot be are refused', () => {
  const source = topic('readings', { value: json<number>() })
  assert.throws(() => route(source, {}), /give rules, or by/)
  assert.throws(() => route(source, { rules: [], by: () => null }), /give rules, or by/)
  assert.throws(
    () => route(source, { rules: [{ to: 'high' as never }] }),
    /rules\[0\].to is no destination; write forward\(…\) or transform\(…\)/,
  )
  assert.throws(
    () => route(source, { rules: [], otherwise: 'drop' as never }),
    /otherwise: it is "drop"|otherwise is "drop"/,
  )
})
