// Services under OpenTelemetry's SDK: one trace from the first record to the dead letter, and counters of what services tell.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, Producer } from '@millrace/client'
import { openTelemetry, serviceTelemetry } from '@millrace/opentelemetry'
import { DeadLetterQueue, events, PoisonError, Service } from '@millrace/service'
import { eventually, withCluster } from '@millrace/testkit'
import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  AggregationTemporality,
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

const timeout = 60_000
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

function setUp() {
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
  return {
    telemetry: openTelemetry({
      tracerProvider,
      meterProvider,
      propagator: new W3CTraceContextPropagator(),
      producerSpan: 'parent',
    }),
    count: serviceTelemetry({ meterProvider }),
    tracer: tracerProvider.getTracer('test'),
    spans: async (): Promise<ReadableSpan[]> => {
      await tracerProvider.forceFlush()
      return spanExporter.getFinishedSpans()
    },
    points: async (name: string) => {
      await reader.forceFlush()
      const all =
        metricExporter
          .getMetrics()
          .at(-1)
          ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? []
      return all
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPoints }) => dataPoints as { value: number; attributes: Record<string, unknown> }[])
    },
  }
}

type Numbers = ReturnType<typeof numbersTopic>

function numbersTopic(name: string) {
  return events(name, { counted: json<{ n: number }>() })
}

/** Passes on what comes, and fails over what it has passed on: once so that it is tried again from a retry topic, then for good. */
async function startFailing(service: Service, first: Numbers, second: Numbers, guarantee: Guarantee) {
  const options = { guarantee, deadLetter: true, retry: { attempts: 1, topicDelaysMs: [10] } }
  service.handle(
    first,
    { counted: ({ data }, attempt) => attempt.publish(second, { type: 'counted', data }) },
    options,
  )
  let attempts = 0
  const counted = () => {
    if (++attempts === 2) throw new PoisonError('never')
    throw new Error('not yet')
  }
  service.handle(second, { counted }, options)
  await service.start()
}

/** Sends an event within a span of its own. */
async function request(
  brokers: readonly string[],
  { telemetry, tracer }: ReturnType<typeof setUp>,
  topic: Numbers,
) {
  await using producer = new Producer({ brokers, hooks: [telemetry] })
  const span = tracer.startSpan('a request')
  await context.with(trace.setSpan(context.active(), span), () =>
    producer.send({ topic, value: { type: 'counted', data: { n: 1 } } }),
  )
  span.end()
}

/** Names of a span and those above it. */
function chainOf(all: readonly ReadableSpan[], name: string): string[] {
  const chain: string[] = []
  let span = all.find(each => each.name === name)
  while (span) {
    chain.push(span.name)
    const above = span.parentSpanContext?.spanId
    span = all.find(each => each.spanContext().spanId === above)
  }
  return chain
}

type Guarantee = 'at-least-once' | 'exactly-once'

for (const guarantee of ['at-least-once', 'exactly-once'] satisfies Guarantee[]) {
  test(
    `what a record leads to is one trace, through outputs, retry topics and dead letters, ${guarantee}`,
    { timeout },
    () =>
      withCluster(async ({ brokers, createTopic, uniqueName }) => {
        const telemetry = setUp()
        const [first, second] = [numbersTopic(await createTopic()), numbersTopic(await createTopic())]
        const name = uniqueName('traced')
        await using service = new Service({
          name,
          brokers,
          hooks: [telemetry.telemetry],
          onServiceEvent: telemetry.count,
          transactionIntervalMs: 20,
          consumer: { heartbeatIntervalMs: 100 },
        })
        await startFailing(service, first, second, guarantee)
        await request(brokers, telemetry, first)
        const [dead, retry] = [`${second.name}-${name}-dlt`, `${second.name}-${name}-retry-10`]
        await eventually('the dead letter is written', async () =>
          (await telemetry.spans()).some(span => span.name === `send ${dead}`),
        )
        await service.stop()
        const all = await telemetry.spans()
        assert.deepEqual(chainOf(all, `send ${dead}`), [
          `send ${dead}`,
          `process ${retry}`,
          `send ${retry}`,
          `process ${second.name}`,
          `send ${second.name}`,
          `process ${first.name}`,
          `send ${first.name}`,
          'a request',
        ])
        const failed = all.filter(({ status }) => status.code === SpanStatusCode.ERROR).map(span => span.name)
        assert.deepEqual(failed, [`process ${second.name}`, `process ${retry}`])
        const [letters] = await telemetry.points('millrace.service.dead_letters')
        assert.equal(letters!.value, 1)
        assert.deepEqual(letters!.attributes, {
          'messaging.system': 'kafka',
          'millrace.service.name': name,
          'messaging.destination.name': second.name,
          'messaging.consumer.group.name': name,
          'error.type': 'PoisonError',
          'millrace.dead_letter.reason': 'poison',
        })
        const [retried] = await telemetry.points('millrace.service.retries')
        assert.deepEqual([retried!.value, retried!.attributes['millrace.retry.where']], [1, 'retry-topic'])
        assert.ok((await telemetry.points('millrace.service.rebalances')).length > 0)
      }),
  )
}

test(
  'handlers of batches have spans, in which their outputs are sent, and a dead letter that is sent back goes on in its trace',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const parts = setUp()
      const { telemetry, spans } = parts
      const [numbers, doubled] = [numbersTopic(await createTopic()), numbersTopic(await createTopic())]
      const name = uniqueName('batches')
      await using service = new Service({ name, brokers, hooks: [telemetry] })
      let isMended = false
      service.handleBatch(
        numbers,
        (batch, batchContext) => {
          if (!isMended) throw new PoisonError('not yet')
          for (const { data } of batch)
            batchContext.publish(doubled, { type: 'counted', data: { n: data.n * 2 } })
        },
        { deadLetter: true, retry: false },
      )
      await service.start()
      await request(brokers, parts, numbers)
      const dead = `${numbers.name}-${name}-dlt`
      await eventually('it is a dead letter', async () =>
        (await spans()).some(span => span.name === `send ${dead}`),
      )
      isMended = true
      {
        await using queue = new DeadLetterQueue({ brokers, topic: dead, hooks: [telemetry] })
        await queue.redrive()
      }
      await eventually('it is handled', async () =>
        (await spans()).some(span => span.name === `send ${doubled.name}`),
      )
      await service.stop()
      const all = await spans()
      const parentOf = (span: ReadableSpan) =>
        all.find(each => each.spanContext().spanId === span.parentSpanContext?.spanId)
      const output = all.find(span => span.name === `send ${doubled.name}`)!
      assert.equal(parentOf(output)?.name, `process ${numbers.name}`)
      const sends = all.filter(span => span.name === `send ${numbers.name}`)
      assert.deepEqual(
        sends.map(span => parentOf(span)?.name),
        ['a request', `send ${dead}`],
      )
    }),
)
