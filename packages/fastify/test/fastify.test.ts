// The plugin in a server: what is decorated, when it starts and closes, what its routes say, and what records of a request carry; against a broker, ours or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClosedError, json, string, topic } from '@millrace/client'
import { events, Service } from '@millrace/service'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import { millrace, type MillraceFastifyOptions } from '@millrace/fastify'
import fastify, { type FastifyInstance } from 'fastify'

const timeout = 60_000

/** A server with the plugin, closed at the end of the block. */
async function serverOf(options: MillraceFastifyOptions): Promise<FastifyInstance & AsyncDisposable> {
  const app = fastify()
  await app.register(millrace, options)
  return Object.assign(app, { [Symbol.asyncDispose]: () => app.close() })
}

const quick = (name: string) => ({
  name,
  commitIntervalMs: 50,
  consumer: { heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000, fetchMaxWaitMs: 50 },
})

async function topicsOf({ uniqueName }: TestCluster) {
  return {
    orders: events(uniqueName('orders'), { created: json<{ total: number }>() }, { key: string() }),
    prices: topic(uniqueName('prices'), { value: json<{ price: number }>() }),
  }
}

test(
  'handlers of requests send to topics, and a service handles what comes, as long as the server lives',
  { timeout },
  () =>
    withCluster(async cluster => {
      const topics = await topicsOf(cluster)
      const seen: unknown[] = []
      const app = await serverOf({
        brokers: cluster.brokers,
        topics,
        createTopics: true,
        service: quick(cluster.uniqueName('billing')),
      })
      app.millrace.service.handle(topics.orders, {
        created: ({ data, metadata }, { key }) =>
          void seen.push([key, data.total, metadata['correlationid']]),
      })
      app.post<{ Body: { total: number } }>('/orders', async (request, reply) => {
        const { total } = request.body
        const sent = await request.millrace.send({
          topic: topics.orders,
          key: 'user-7',
          value: { type: 'created', data: { total } },
        })
        return reply.code(202).send({ offset: sent.offset })
      })
      assert.equal((await app.inject({ url: '/readyz' })).statusCode, 503)
      await app.ready()
      const headers = { 'x-correlation-id': 'request-1' }
      const response = await app.inject({ method: 'POST', url: '/orders', payload: { total: 12 }, headers })
      assert.deepEqual([response.statusCode, response.json()], [202, { offset: 0 }])
      assert.equal(response.headers['x-correlation-id'], 'request-1')
      await eventually('the order is handled', () => seen.length === 1)
      assert.deepEqual(seen, [['user-7', 12, 'request-1']])
      await eventually('it is ready', async () => (await app.inject({ url: '/readyz' })).statusCode === 200)
      const service = app.millrace.service
      const { producer } = app.millrace
      await app.close()
      assert.equal(service.state, 'STOPPED')
      await assert.rejects(producer.send({ topic: topics.prices, value: { price: 1 } }), ClosedError)
    }),
)

test('every record of a request says its correlation id, unless it says one itself', { timeout }, () =>
  withCluster(async cluster => {
    const name = await cluster.createTopic()
    await using app = await serverOf({ brokers: cluster.brokers })
    app.get('/send', async request => {
      await request.millrace.send([
        { topic: name, value: 'a' },
        { topic: name, value: 'b', headers: { 'correlation-id': 'own' } },
        { topic: name, value: 'c', headers: [{ key: 'other', value: 'x' }] },
      ])
      request.millrace.enqueue({ topic: name, value: 'd' })
      return { id: request.millrace.correlationId }
    })
    const first = (await app.inject({ url: '/send' })).json<{ id: string }>().id
    assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const bad = await app.inject({ url: '/send', headers: { 'x-correlation-id': 'two words' } })
    assert.notEqual(bad.json<{ id: string }>().id, 'two words')
    await app.millrace.producer.flush()
    const records = await readTopic(cluster.brokers, name)
    assert.deepEqual(
      records.slice(0, 3).map(record => record.header('correlation-id')),
      [first, 'own', first],
    )
    assert.equal(records.filter(record => record.header('correlation-id') === first).length, 3)
  }),
)

test(
  'several are told apart by name, routes answer for all, and metrics are told where they are wanted',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const name = await cluster.createTopic()
      const failing = new Service({ ...quick(cluster.uniqueName('failing')), brokers })
      failing.handle(
        topic(name),
        () => {
          throw new Error('the database is away')
        },
        { retry: false },
      )
      await using app = await serverOf({
        brokers,
        routes: { live: '/livez', ready: false, metrics: '/metrics' },
      })
      await app.register(millrace, { brokers, name: 'failing', service: failing })
      assert.notEqual(app.millrace.of('failing').producer, app.millrace.producer)
      assert.equal(app.millrace.of('failing').service, failing)
      assert.throws(() => app.millrace.of('nobody'), /there are failing/)
      assert.throws(() => app.millrace.service, /without a service/)
      app.get('/send', async request => request.millrace.of('failing').send({ topic: name, value: 'x' }))
      await app.ready()
      assert.equal((await app.inject({ url: '/livez' })).statusCode, 200)
      assert.equal((await app.inject({ url: '/readyz' })).statusCode, 404)
      assert.equal((await app.inject({ url: '/send' })).statusCode, 200)
      await eventually('the service has failed', () => failing.state === 'FAILED')
      const live = await app.inject({ url: '/livez' })
      assert.equal(live.statusCode, 503)
      assert.equal(
        live.json<{ instances: { failing: { state: string } } }>().instances.failing.state,
        'FAILED',
      )
      const metrics = await app.inject({ url: '/metrics' })
      assert.match(metrics.headers['content-type'] as string, /^text\/plain; version=0\.0\.4/)
      assert.match(metrics.body, /kafka_producer_/)
      assert.match(metrics.body, /service="failing-/)
    }),
)

test('bad options and a name twice are refused, and a server without a broker does not start', {
  timeout,
}, async () => {
  const brokers = ['127.0.0.1:1']
  const registering = (...all: object[]) => {
    const app = fastify()
    for (const options of all) app.register(millrace, { brokers, ...options } as MillraceFastifyOptions)
    return app.ready()
  }
  await assert.rejects(async () => registering({ nonsense: 1 }), /no option "nonsense"/)
  await assert.rejects(
    async () => registering({ topics: { orders: 'orders' } }),
    /topics\.orders is no topic/,
  )
  await assert.rejects(async () => registering({}, {}), /registered already: give the second one a name/)
  await assert.rejects(
    async () => registering({ apiTimeoutMs: 300, connectTimeoutMs: 100 }),
    /127\.0\.0\.1:1/,
  )
  const app = fastify()
  await app.register(millrace, { brokers, connectAtStart: false })
  await app.ready()
  await app.close()
})
