// Metrics and health of services over HTTP, while they start, work, fail and stop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serveHealth, Service } from '@millrace/service'
import { eventually, withCluster } from '@millrace/testkit'
import { count, gate, numbersTopic, quick } from './support.ts'

const timeout = 60_000

async function ask(url: string | undefined, path: string, method = 'GET') {
  const response = await fetch(`${url}${path}`, { method })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

test('a service serves its metrics, its health and its readiness from start to stop', { timeout }, () =>
  withCluster(async cluster => {
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('served')
    await using service = new Service({ ...quick(cluster), name, http: { port: 0 } })
    const { open, passed } = gate()
    service.handle(topic, { counted: () => passed })
    assert.equal(service.url, undefined)
    await count(cluster.brokers, topic, 3)
    await service.start()
    const { url } = service
    await eventually('it is ready', async () => (await ask(url, '/readyz')).status === 200)
    await eventually('a record is in hand', async () =>
      /in_flight\{[^}]*\} 1/.test((await ask(url, '/metrics')).text),
    )
    const { type, text } = await ask(url, '/metrics')
    assert.equal(type, 'text/plain; version=0.0.4; charset=utf-8')
    const labels = `{service="${name}",topic="${topic.name}",partition="0",consumer_group="${name}"}`
    assert.ok(text.includes(`kafka_consumer_lag${labels} 3\n`))
    assert.match(text, new RegExp(`kafka_consumer_lag_seconds${labels} [0-9.e-]+\n`))
    open()
    await eventually('all is done', async () =>
      (await ask(url, '/metrics')).text.includes(`kafka_consumer_lag_seconds${labels} 0\n`),
    )
    const health = await ask(url, '/healthz?x=1')
    assert.deepEqual([health.status, health.type], [200, 'application/json'])
    const [own] = (JSON.parse(health.text) as { services: { service: string; state: string }[] }).services
    assert.deepEqual([own!.service, own!.state], [name, 'RUNNING'])
    assert.equal((await ask(url, '/metrics', 'HEAD')).text, '')
    assert.equal((await ask(url, '/metrics', 'POST')).status, 405)
    assert.equal((await ask(url, '/else')).status, 404)
    await service.stop()
    await assert.rejects(ask(url, '/healthz'))
  }),
)

test(
  'a service that has failed says so until its process ends, beside those that have not',
  { timeout },
  () =>
    withCluster(async cluster => {
      const topic = numbersTopic(await cluster.createTopic())
      await using failing = new Service({ ...quick(cluster), name: cluster.uniqueName('failing') })
      failing.handle(topic, { counted: () => Promise.reject(new Error('never')) }, { retry: false })
      await using idle = new Service({ ...quick(cluster), name: cluster.uniqueName('idle') })
      await using endpoint = await serveHealth([failing, idle], { port: 0, more: () => 'more_metrics 1\n' })
      assert.match(endpoint.url, /^http:\/\/127\.0\.0\.1:\d+$/)
      const waiting = await ask(endpoint.url, '/readyz')
      assert.equal(waiting.status, 503)
      assert.match(waiting.text, /the service is CREATED/)
      await failing.start()
      await count(cluster.brokers, topic, 1)
      await failing.ended
      const { status, text } = await ask(endpoint.url, '/healthz')
      assert.equal(status, 503)
      const { services } = JSON.parse(text) as { services: { healthy: boolean; error?: string }[] }
      assert.deepEqual(
        services.map(({ healthy }) => healthy),
        [false, true],
      )
      assert.match(services[0]!.error!, /never; the service stops before it/)
      const page = (await ask(endpoint.url, '/metrics')).text
      assert.ok(page.endsWith('more_metrics 1\n'))
      assert.equal(page.match(/^# TYPE kafka_service_ready /gm)?.length, 1)
    }),
)

test('an address that cannot be is refused, and one that is taken keeps a service from starting', {
  timeout,
}, async () => {
  await using endpoint = await serveHealth([], { port: 0 })
  const port = Number(new URL(endpoint.url).port)
  await assert.rejects(
    serveHealth([], { port }),
    /metrics and health cannot be served at 127\.0\.0\.1:\d+: listen EADDRINUSE/,
  )
  await assert.rejects(
    serveHealth([], { prot: 1 } as never),
    /serveHealth: there is no option "prot"; did you mean "port"\?/,
  )
  assert.throws(
    () => new Service({ name: 'a', brokers: ['a:1'], http: { port: -1 } }),
    /Service: http: port is -1/,
  )
  assert.throws(
    () => new Service({ name: 'a', brokers: ['a:1'], http: { host: '' } }),
    /Service: http: host is no address/,
  )
  await using service = new Service({ name: 'a', brokers: ['127.0.0.1:1'], http: { port } })
  service.handle(numbersTopic('numbers'), { counted: () => {} })
  await assert.rejects(service.start(), /EADDRINUSE/)
  assert.equal(service.state, 'FAILED')
})
