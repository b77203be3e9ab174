// Metrics of the application's own (KIP-1076), and the administrative client's: what a broker that has subscribed gets of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codecById, GetTelemetrySubscriptionsApi, PushTelemetryApi } from '@millrace/protocol'
import { Admin, type ApplicationMetric, ConfigError, Producer, StateError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { readOtlp, type ReadMetrics } from '../support/read-otlp.ts'

const id = 'AAAAAAAAAAAAAAAAAAAABA'

/** A cluster that wants metrics as often as it can have them. */
function setUp(requestedMetrics: readonly string[] = ['*']) {
  const fake = new FakeCluster()
  const pushes: (ReadMetrics & { readonly terminating: boolean })[] = []
  fake.on(GetTelemetrySubscriptionsApi, () => ({
    errorCode: 0,
    clientInstanceId: id,
    subscriptionId: 7,
    acceptedCompressionTypes: [0],
    pushIntervalMs: 10,
    telemetryMaxBytes: 1_000_000,
    deltaTemporality: true,
    requestedMetrics,
  }))
  fake.on(PushTelemetryApi, ({ request }) => {
    const metrics = codecById(request.compressionType)!.decompress(request.metrics)
    pushes.push({ terminating: request.terminating, ...readOtlp(metrics) })
    return { errorCode: 0 }
  })
  const options = { brokers: fake.bootstrap, network: fake.network }
  const more = async () => {
    const before = pushes.length
    const deadline = Date.now() + 8_000
    while (pushes.length < before + 2) {
      assert.ok(Date.now() < deadline, 'a push came in time')
      await new Promise(resolve => setTimeout(resolve, 1))
    }
    return pushes.at(-1)!
  }
  const named = ({ metrics }: ReadMetrics, name: string) => metrics.filter(metric => metric.name === name)
  return { fake, options, pushes, more, named }
}

test('what an application registers is pushed until it is taken back: a value of the moment, and what came to a sum', async () => {
  const { options, pushes, more, named } = setUp()
  await using producer = new Producer(options)
  let [waiting, done] = [3, 10]
  const gauge: ApplicationMetric = { name: 'app.waiting', kind: 'gauge', value: () => waiting }
  const of = (attributes: Readonly<Record<string, string>>): ApplicationMetric => ({
    name: 'app.done',
    kind: 'sum',
    value: () => done,
    attributes,
  })
  producer.registerMetricForSubscription(gauge)
  producer.registerMetricForSubscription(of({ kind: 'mail', zone: 'a' }))
  producer.registerMetricForSubscription(of({ zone: 'a', kind: 'mail' }))
  await producer.cluster.apiRanges()
  await more()
  ;[waiting, done] = [4, 15]
  const last = await more()
  assert.deepEqual(
    named(last, 'app.waiting').map(({ value }) => value),
    [4],
  )
  const sums = pushes.flatMap(push => named(push, 'app.done'))
  assert.equal(
    sums.reduce((sum, { value }) => sum + value, 0),
    15,
    'each of the sum is told once',
  )
  assert.deepEqual(sums[0]!.attributes, { kind: 'mail', zone: 'a' })
  producer.unregisterMetricFromSubscription({ ...gauge })
  assert.equal(named(await more(), 'app.waiting').length, 1, 'another object is another metric')
  producer.unregisterMetricFromSubscription(gauge)
  assert.deepEqual(named(await more(), 'app.waiting'), [])
})

test('a broker gets only what it has subscribed to, and a metric that throws harms no other', async () => {
  const { options, more, named } = setUp(['app.good', 'app.bad', 'app.odd'])
  const warned = new Promise<Error>(resolve => process.once('warning', resolve))
  await using admin = new Admin(options)
  const value = () => 1
  admin.registerMetricForSubscription({ name: 'app.good', kind: 'gauge', value })
  admin.registerMetricForSubscription({ name: 'other', kind: 'gauge', value })
  admin.registerMetricForSubscription({ name: 'app.odd', kind: 'gauge', value: () => Number.NaN })
  admin.registerMetricForSubscription({
    name: 'app.bad',
    kind: 'gauge',
    value: () => {
      throw new Error('mine')
    },
  })
  await admin.cluster.apiRanges()
  const { metrics } = await more()
  assert.deepEqual(
    metrics.map(({ name }) => name),
    ['app.good'],
  )
  assert.equal(named({ metrics } as ReadMetrics, 'app.good')[0]!.value, 1)
  assert.equal((await warned).message, 'mine')
})

test('an administrative client has a name, tells of its connections, and pushes a last time when it is disposed of', async () => {
  const { options, pushes, more, named } = setUp()
  const admin = new Admin(options)
  assert.equal(await admin.clientInstanceId(), id)
  assert.equal(named(await more(), 'org.apache.kafka.admin.client.connection.count')[0]?.value, 1)
  await admin[Symbol.asyncDispose]()
  assert.equal(pushes.at(-1)!.terminating, true)
  await assert.rejects(new Admin({ ...options, metricsPush: false }).clientInstanceId(), StateError)
  const producer = new Producer(options)
  await using shared = new Admin(producer.cluster)
  await assert.rejects(shared.clientInstanceId(), /the cluster is in use by others/)
  await producer.close()
})

test('what is no metric is refused by name', () => {
  const { options } = setUp()
  const admin = new Admin(options)
  const register = (metric: unknown) => () => admin.registerMetricForSubscription(metric as ApplicationMetric)
  assert.throws(register({ name: 'a', kind: 'counter', value: () => 1 }), /kind is "counter": write one of/)
  assert.throws(register({ name: 'a', kind: 'sum', value: 1 }), /metric\.value is 1: write a function/)
  assert.throws(register(undefined), StateError)
  admin.close()
  assert.throws(() => new Admin({ ...options, metricPush: false } as never), ConfigError)
})
