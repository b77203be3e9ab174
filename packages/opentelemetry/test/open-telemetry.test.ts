// Real spans and metrics of OpenTelemetry's SDK, of a producer and a consumer on a real broker.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Broker } from '@millrace/broker'
import { Consumer, type ConsumerRecord, Producer } from '@millrace/client'
import { type Attributes, context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  AggregationTemporality,
  type DataPoint,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { openTelemetry, type OpenTelemetryOptions } from '../src/index.ts'

let broker: Broker
const contexts = new AsyncLocalStorageContextManager()

before(async () => {
  context.setGlobalContextManager(contexts.enable())
  broker = await Broker.start({ port: 0, config: { 'log.fsync': 'never' } })
})
after(() => broker.close())

/** Hooks on an SDK that keeps what it exports. */
function setUp(options: OpenTelemetryOptions = {}) {
  const spanExporter = new InMemorySpanExporter()
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
  })
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: spanExporter })],
  })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const telemetry = openTelemetry({
    tracerProvider,
    meterProvider,
    propagator: new W3CTraceContextPropagator(),
    ...options,
  })
  const spans = async (name: string): Promise<ReadableSpan[]> => {
    await tracerProvider.forceFlush()
    return spanExporter.getFinishedSpans().filter(span => span.name === name)
  }
  const points = async (name: string): Promise<DataPoint<unknown>[]> => {
    await reader.forceFlush()
    const found =
      metricExporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? []
    return found
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }): readonly DataPoint<unknown>[] => dataPoints)
  }
  const tracer = tracerProvider.getTracer('test')
  return { telemetry, spans, points, tracer }
}

/** Reads as many records as were sent to a topic, with a handler. */
async function consume(
  topic: string,
  count: number,
  parts: Pick<ReturnType<typeof setUp>, 'telemetry'>,
  handle: (record: ConsumerRecord) => Promise<void> | void,
): Promise<void> {
  const consumer = new Consumer({
    brokers: [broker.address],
    groupId: `group-of-${topic}`,
    clientId: 'reader',
    autoOffsetReset: 'earliest',
    hooks: [parts.telemetry],
  })
  consumer.subscribe(topic)
  const end = new AbortController()
  let seen = 0
  try {
    await consumer.run({
      signal: AbortSignal.any([end.signal, AbortSignal.timeout(20_000)]),
      async eachRecord(record) {
        await handle(record)
        if (++seen === count) end.abort()
      },
    })
    await consumer.commit([{ topic, partition: 0, offset: count }])
  } finally {
    await consumer.close()
  }
}

const common = { 'messaging.system': 'kafka' }

/** Sends two records within a request, and handles them. */
async function sendAndHandle(topic: string) {
  const parts = setUp()
  const { telemetry, spans, tracer } = parts
  const producer = new Producer({ brokers: [broker.address], clientId: 'shop', hooks: [telemetry] })
  const request = tracer.startSpan('a request')
  await context.with(trace.setSpan(context.active(), request), () =>
    producer.send([
      { topic, key: 'user-7', value: 'v', headers: { traceparent: 'of a former life' } },
      { topic, key: null, value: null },
    ]),
  )
  request.end()
  await producer.close()

  const inHandlers: (string | undefined)[] = []
  const headers: string[][] = []
  await consume(topic, 2, parts, record => {
    inHandlers.push(trace.getActiveSpan()?.spanContext().spanId)
    headers.push(record.headers.map(({ key }) => key))
  })
  return { spans, request, inHandlers, headers }
}

test('a trace goes from the producer through the broker, with the attributes of the conventions', async () => {
  const { spans, request, headers } = await sendAndHandle('orders')
  assert.deepEqual(headers, [['traceparent'], ['traceparent']])
  const sends = await spans('send orders')
  const offsets = sends.map(({ attributes }) => attributes['messaging.kafka.offset'])
  assert.deepEqual(offsets, [0, 1])
  for (const send of sends) {
    assert.equal(send.kind, SpanKind.PRODUCER)
    assert.equal(send.parentSpanContext?.spanId, request.spanContext().spanId)
    assert.equal(send.spanContext().traceId, request.spanContext().traceId)
  }
  const sent: Attributes = {
    ...common,
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': 'orders',
    'messaging.destination.partition.id': '0',
    'messaging.client.id': 'shop',
  }
  assert.deepEqual(sends[0]!.attributes, {
    ...sent,
    'messaging.kafka.offset': 0,
    'messaging.kafka.message.key': 'user-7',
  })
  assert.deepEqual(sends[1]!.attributes, {
    ...sent,
    'messaging.kafka.offset': 1,
    'messaging.kafka.message.tombstone': true,
  })
})

test('handlers run in spans that are linked to those of the producer, and polls and commits have theirs', async () => {
  const { spans, inHandlers } = await sendAndHandle('handled')
  const sends = await spans('send handled')
  const processed = await spans('process handled')
  assert.deepEqual(
    processed.map(span => span.spanContext().spanId),
    inHandlers,
  )
  for (const [index, span] of processed.entries()) {
    assert.equal(span.kind, SpanKind.CONSUMER)
    assert.equal(span.parentSpanContext, undefined)
    assert.deepEqual(
      span.links.map(({ context: { traceId, spanId } }) => ({ traceId, spanId })),
      [sends[index]!.spanContext()].map(({ traceId, spanId }) => ({ traceId, spanId })),
    )
  }
  assert.deepEqual(processed[0]!.attributes, {
    ...common,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'handled',
    'messaging.destination.partition.id': '0',
    'messaging.consumer.group.name': 'group-of-handled',
    'messaging.client.id': 'reader',
    'messaging.kafka.offset': 0,
    'messaging.kafka.message.key': 'user-7',
  })
  const [poll] = await spans('poll handled')
  assert.equal(poll!.kind, SpanKind.CLIENT)
  assert.equal(poll!.attributes['messaging.operation.type'], 'receive')
  assert.equal(poll!.attributes['messaging.batch.message_count'], 2)
  const commits = await spans('commit handled')
  assert.deepEqual(
    commits.map(({ attributes }) => [
      attributes['messaging.operation.type'],
      attributes['messaging.kafka.offset'],
    ]),
    [['settle', 2]],
  )
})

test('a record’s span continues the producer’s trace where that is wanted, and keys stay out', async () => {
  const parts = setUp({ producerSpan: 'parent', keys: false })
  const producer = new Producer({ brokers: [broker.address], hooks: [parts.telemetry] })
  await producer.send({ topic: 'continued', key: 'secret', value: 'v' })
  await producer.close()
  await consume('continued', 1, parts, () => {})
  const [send] = await parts.spans('send continued')
  const [processed] = await parts.spans('process continued')
  assert.equal(processed!.spanContext().traceId, send!.spanContext().traceId)
  assert.equal(processed!.parentSpanContext?.spanId, send!.spanContext().spanId)
  assert.deepEqual(processed!.links, [])
  assert.ok(!JSON.stringify([send!.attributes, processed!.attributes]).includes('secret'))
})

test('what a handler throws, and what a broker refuses, is in the span', async () => {
  const parts = setUp()
  const producer = new Producer({ brokers: [broker.address], hooks: [parts.telemetry] })
  await producer.send({ topic: 'failing', value: 'v' })
  await assert.rejects(
    producer.send({ topic: 'failing', value: 'v', partition: 77 }),
    /there is no partition 77/,
  )
  await producer.close()
  await assert.rejects(
    consume('failing', 1, parts, () => {
      throw new RangeError('the handler failed')
    }),
    /the handler failed/,
  )
  const [processed] = await parts.spans('process failing')
  assert.equal(processed!.status.code, SpanStatusCode.ERROR)
  assert.equal(processed!.attributes['error.type'], 'RangeError')
  assert.equal(processed!.events[0]?.name, 'exception')
  const sends = await parts.spans('send failing')
  const refused = sends.find(({ status }) => status.code === SpanStatusCode.ERROR)
  assert.ok(typeof refused!.attributes['error.type'] === 'string')
  assert.equal(sends.length, 2)
})

test('the metrics of the conventions count what was sent, consumed and processed', async () => {
  const parts = setUp()
  const producer = new Producer({ brokers: [broker.address], hooks: [parts.telemetry] })
  await producer.sendBatch(
    Array.from({ length: 50 }, (_, index) => ({ topic: 'counted', value: `${index}` })),
  )
  await producer.close()
  await consume('counted', 50, parts, () => {})
  const attributes = (operation: string, type: string) => ({
    ...common,
    'messaging.operation.name': operation,
    'messaging.operation.type': type,
    'messaging.destination.name': 'counted',
  })
  const group = { 'messaging.consumer.group.name': 'group-of-counted' }
  const sent = await parts.points('messaging.client.sent.messages')
  assert.deepEqual(
    sent.map(point => [point.value, point.attributes]),
    [[50, attributes('send', 'send')]],
  )
  const consumed = await parts.points('messaging.client.consumed.messages')
  assert.deepEqual(
    consumed.map(point => [point.value, point.attributes]),
    [[50, { ...attributes('poll', 'receive'), ...group }]],
  )
  const [processed] = await parts.points('messaging.process.duration')
  assert.equal((processed!.value as Histogram).count, 50)
  assert.deepEqual((processed!.value as Histogram).buckets.boundaries.slice(0, 3), [0.005, 0.01, 0.025])
  const operations = await parts.points('messaging.client.operation.duration')
  assert.deepEqual(
    new Set(operations.map(point => point.attributes['messaging.operation.name'])),
    new Set(['send', 'poll', 'commit']),
  )
})

test('withSpan wraps the work of a loop, and runs a thenable once', async () => {
  const { telemetry, spans } = setUp()
  const producer = new Producer({ brokers: [broker.address], hooks: [telemetry] })
  await producer.send({ topic: 'looped', value: 'v' })
  await producer.close()
  const consumer = new Consumer({ brokers: [broker.address] })
  consumer.assign([{ topic: 'looped', partition: 0, offset: 0 }])
  let runs = 0
  const query = {} as PromiseLike<string>
  Reflect.set(query, 'then', (resolve: (value: string) => void) => {
    runs++
    resolve('a row')
  })
  for await (const record of consumer.records({ signal: AbortSignal.timeout(20_000) })) {
    assert.equal(await telemetry.withSpan(record, () => query, consumer), 'a row')
    assert.equal(
      telemetry.withSpan(record, () => 5),
      5,
    )
    break
  }
  await consumer.close()
  assert.equal(runs, 1)
  const [send] = await spans('send looped')
  const processed = await spans('process looped')
  assert.equal(processed.length, 2)
  for (const { links } of processed) assert.equal(links[0]!.context.spanId, send!.spanContext().spanId)
  assert.equal(processed[0]!.attributes['messaging.client.id'], 'millrace')
})
