// Pushes to a broker that has subscribed: what is in them, what they leave out, and what a client pushes last.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  codecById,
  ErrorCode,
  GetTelemetrySubscriptionsApi,
  type GetTelemetrySubscriptionsResponseInit,
  ProduceApi,
  type PushTelemetryRequest,
  PushTelemetryApi,
  zeroUuid,
} from '@millrace/protocol'
import { Producer, type ProducerOptions } from '../../src/index.ts'
import { encodeMetrics } from '../../src/telemetry/otlp.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { setUp as setUpConsumer, take } from '../support/fake-partitions.ts'
import { readOtlp, type ReadMetrics } from '../support/read-otlp.ts'

const id = 'AAAAAAAAAAAAAAAAAAAABA'

interface Push extends ReadMetrics {
  readonly request: PushTelemetryRequest
}

/** Has a cluster subscribe to metrics. */
function subscribed(fake: FakeCluster, wish: Partial<GetTelemetrySubscriptionsResponseInit> = {}) {
  const asked: string[] = []
  const pushes: Push[] = []
  const answers = { errorCode: 0 }
  fake.on(GetTelemetrySubscriptionsApi, ({ request }) => {
    asked.push(request.clientInstanceId)
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      clientInstanceId: id,
      subscriptionId: 7,
      acceptedCompressionTypes: [4],
      pushIntervalMs: 20,
      telemetryMaxBytes: 1_000_000,
      deltaTemporality: true,
      requestedMetrics: ['*'],
      ...wish,
    }
  })
  fake.on(PushTelemetryApi, ({ request }) => {
    const bytes = codecById(request.compressionType)!.decompress(request.metrics)
    pushes.push({ request, ...readOtlp(bytes) })
    return { throttleTimeMs: 0, errorCode: answers.errorCode }
  })
  return { asked, pushes, answers }
}

function setUp(
  wish: Partial<GetTelemetrySubscriptionsResponseInit> = {},
  options: Partial<ProducerOptions> = {},
) {
  const fake = new FakeCluster([1])
  fake.topic('t', [1])
  fake.on(ProduceApi, ({ request }) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode: 0, baseOffset: 0 })),
    })),
  }))
  const telemetry = subscribed(fake, wish)
  const producer = new Producer({ brokers: fake.bootstrap, network: fake.network, ...options })
  return { fake, producer, ...telemetry }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 8_000
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'it came about in time')
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}

function valueOf({ metrics }: ReadMetrics, name: string): number | undefined {
  return metrics.find(metric => metric.name === `org.apache.kafka.${name}`)?.value
}

test('a producer pushes what KIP-714 requires of it, deltas since the last push, and a last time when it closes', async () => {
  const { producer, pushes, asked } = setUp()
  await producer.send([
    { topic: 't', value: 'v' },
    { topic: 't', value: 'w' },
  ])
  await until(() => pushes.length >= 2)
  assert.equal(await producer.clientInstanceId(), id)
  await producer.send({ topic: 't', value: 'x' })
  await producer.close()

  assert.deepEqual(asked, [zeroUuid])
  const [first] = pushes
  assert.equal(first!.request.clientInstanceId, id)
  assert.equal(first!.request.subscriptionId, 7)
  assert.equal(first!.request.compressionType, 4)
  for (const name of [
    'producer.connection.creation.rate',
    'producer.connection.creation.total',
    'producer.node.request.latency.avg',
    'producer.node.request.latency.max',
    'producer.produce.throttle.time.avg',
    'producer.produce.throttle.time.max',
    'producer.record.queue.time.avg',
    'producer.record.queue.time.max',
  ]) {
    assert.ok(
      pushes.some(push => valueOf(push, name) !== undefined),
      name,
    )
  }
  const total = (name: string) => pushes.reduce((sum, push) => sum + (valueOf(push, name) ?? 0), 0)
  assert.equal(total('producer.record.send.total'), 3)
  assert.equal(total('producer.topic.record.send.total'), 3)
  assert.equal(total('producer.connection.creation.total'), 2)
  assert.ok(first!.metrics.filter(({ kind }) => kind === 'cumulative').length === 0)
  const metrics = pushes.flatMap(push => push.metrics)
  const latency = metrics.find(({ name }) => name.endsWith('node.request.latency.avg'))
  assert.deepEqual(latency?.attributes, { node_id: 'node-1' })
  // The pushes follow on each other without a gap.
  for (let index = 1; index < pushes.length; index++) {
    const sum = (push: Push) => push.metrics.find(({ kind }) => kind === 'delta')!
    assert.equal(sum(pushes[index]!).startMs, sum(pushes[index - 1]!).timeMs)
  }
  assert.deepEqual(
    pushes.map(({ request }) => request.terminating),
    pushes.map((_, index) => index === pushes.length - 1),
  )
})

test('a push that is refused is told with the next one, and cumulative sums are those since the start', async () => {
  const { producer, pushes, answers, asked } = setUp()
  answers.errorCode = ErrorCode.UNKNOWN_SUBSCRIPTION_ID
  await producer.send({ topic: 't', value: 'v' })
  await until(() => pushes.length >= 2)
  answers.errorCode = 0
  const refused = pushes.length
  await until(() => pushes.length > refused)
  assert.ok(asked.length >= 3 && asked.slice(1).every(name => name === id), asked.join())
  assert.equal(valueOf(pushes[refused]!, 'producer.record.send.total'), 1)
  await producer.close()

  const cumulative = setUp({ deltaTemporality: false })
  await cumulative.producer.send({ topic: 't', value: 'v' })
  await until(() => cumulative.pushes.length >= 3)
  const sends = cumulative.pushes.map(push => valueOf(push, 'producer.record.send.total'))
  assert.ok(sends.at(-1) === 1, sends.join())
  assert.ok(cumulative.pushes[0]!.metrics.every(({ kind }) => kind !== 'delta'))
  await cumulative.producer.close()
})

test('only what begins with a wanted prefix is pushed, and details stay out where there is no room', async () => {
  const { producer, pushes } = setUp({ requestedMetrics: ['org.apache.kafka.producer.record.'] })
  await producer.send({ topic: 't', value: 'v' })
  await until(() => pushes.length > 0)
  await producer.close()
  const names = new Set(pushes.flatMap(({ metrics }) => metrics.map(({ name }) => name)))
  assert.deepEqual(
    [...names].sort(),
    ['queue.time.avg', 'queue.time.max', 'send.total', 'error.total']
      .map(name => `org.apache.kafka.producer.record.${name}`)
      .sort(),
  )

  const small = setUp({ telemetryMaxBytes: 10 })
  await small.producer.send({ topic: 't', value: 'v' })
  await until(() => small.pushes.length >= 2)
  assert.equal(valueOf(small.pushes.at(-1)!, 'producer.topic.record.send.total'), undefined)
  assert.ok(valueOf(small.pushes.at(-1)!, 'producer.connection.creation.total') !== undefined)
  await small.producer.close()
})

test('a consumer says who it is in its group, and how far behind', async () => {
  const { consumer, cluster } = setUpConsumer([10], { groupId: 'g', rack: 'r1', autoCommit: false })
  const { pushes } = subscribed(cluster)
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  await take(consumer, 7)
  await until(() => pushes.length > 0)
  await consumer.close()
  const last = pushes.at(-1)!
  assert.equal(last.request.terminating, true)
  assert.deepEqual(last.resource, { client_rack: 'r1', group_id: 'g' })
  assert.equal(valueOf(last, 'consumer.coordinator.assigned.partitions'), 1)
  const lag = last.metrics.find(({ name }) => name.endsWith('records.lag'))
  assert.deepEqual([lag?.value, lag?.attributes], [3, { topic: 't', partition: '0' }])
  const idle = pushes.map(push => valueOf(push, 'consumer.poll.idle.ratio.avg'))
  assert.ok(
    idle.every(ratio => ratio! >= 0 && ratio! <= 1),
    idle.join(),
  )
  assert.equal(
    pushes.reduce((sum, push) => sum + valueOf(push, 'consumer.fetch.manager.records.consumed.total')!, 0),
    7,
  )
})

test('nothing is asked or measured where brokers take no metrics, or where they are not to have any', async () => {
  const plain = new FakeCluster([1])
  const { asked, producer: silent } = setUp({}, { metricsPush: false })
  await silent.send({ topic: 't', value: 'v' })
  await assert.rejects(silent.clientInstanceId(), /metricsPush is false/)
  await silent.close()
  assert.deepEqual(asked, [])

  const producer = new Producer({ brokers: plain.bootstrap, network: plain.network })
  await producer.cluster.refreshMetadata('all')
  await assert.rejects(
    producer.clientInstanceId({ timeoutMs: 5 }),
    /no broker has named this client within 5 ms/,
  )
  assert.equal(producer.cluster.hooks.request.active, false)
  await producer.close()
})

test('a client whose brokers want nothing measures nothing, and pushes nothing at its end', async () => {
  const { producer, pushes, asked } = setUp({ requestedMetrics: [] })
  await producer.send({ topic: 't', value: 'v' })
  await until(() => asked.length >= 2)
  assert.equal(producer.cluster.hooks.request.active, false)
  await producer.close()
  assert.equal(pushes.length, 0)
})

test('long messages have lengths of several bytes', () => {
  const long = 'a'.repeat(40_000)
  const { metrics, resource } = readOtlp(
    encodeMetrics({
      resource: { group_id: 'ü' },
      measures: [{ name: long, kind: 'gauge', value: -1.5, attributes: { long } }],
      delta: false,
      startMs: 1,
      nowMs: 1_700_000_000_123,
    }),
  )
  assert.deepEqual(resource, { group_id: 'ü' })
  assert.deepEqual(metrics, [
    {
      name: long,
      kind: 'gauge',
      value: -1.5,
      attributes: { long },
      startMs: 0,
      timeMs: 1_700_000_000_123,
    },
  ])
})
