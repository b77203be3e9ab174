// What an application gives its clients as `hooks`: it makes spans and metrics of their work.
import type { ClientHooks, ClientIdentity, Handled, HandledRecord } from '@millrace/client'
import {
  context,
  type MeterProvider,
  metrics,
  propagation,
  type TextMapPropagator,
  trace,
  type TracerProvider,
} from '@opentelemetry/api'
import { ClientMetrics } from './client-metrics.ts'
import { ClientSpans, type Processing } from './client-spans.ts'
import { schemaUrl } from './conventions.ts'
import { monotonicMs } from './node-time.ts'

export const scope = { name: '@millrace/opentelemetry', version: '0.1.0' } as const

/** Options of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** Who makes spans. Default: the global one. */
  readonly tracerProvider?: TracerProvider
  /** Who keeps metrics. Default: the global one. */
  readonly meterProvider?: MeterProvider
  /** How context goes through headers. Default: the global one, which is W3C's `traceparent` and `tracestate` in most set-ups. */
  readonly propagator?: TextMapPropagator
  /**
   * How a record's `process` span is tied to the `send` span that its headers name: by a `link`, as the conventions have it by default, or as its `parent`, so
   * that both are of one trace. Default `link`.
   */
  readonly producerSpan?: 'link' | 'parent'
  /** Whether spans have keys of records that are text. Default true; false where keys are nobody's business. */
  readonly keys?: boolean
}

/** Hooks for the clients of an application, all of them or some, and what a loop over records wraps its work in. */
export interface OpenTelemetryHooks extends ClientHooks {
  /**
   * Runs `handle` in a `process` span of the record, as handlers of `run` are run. `consumer`: whose record it is, for its group and name. Returns what `handle`
   * returns, and throws what it throws.
   *
   * @example
   * for await (const record of consumer) await telemetry.withSpan(record, () => work(record), consumer)
   */
  withSpan<R>(record: HandledRecord, handle: () => R, consumer?: TelemetrySource): R
}

/** A client, as far as spans need to know it. */
export interface TelemetrySource {
  /** Its connections, which know whose they are. */
  readonly cluster: { readonly hooks: { readonly client: ClientIdentity } }
}

/**
 * Makes hooks: `new Producer({ brokers, hooks: [telemetry] })`. Spans are `send {topic}` of each record, `poll {topic}` of each fetch that brought something,
 * `process {topic}` around handlers of `run`, `commit {topic}`, `acknowledge {topic}` of share groups; metrics are those of the conventions for messaging clients.
 *
 * @example
 * const telemetry = openTelemetry()
 * const consumer = new Consumer({ brokers: ['localhost:9092'], groupId: 'billing', hooks: [telemetry] })
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): OpenTelemetryHooks {
  const { tracerProvider = trace, meterProvider = metrics, producerSpan = 'link', keys = true } = options
  const spans = new ClientSpans({
    tracer: tracerProvider.getTracer(scope.name, scope.version, { schemaUrl }),
    propagation: options.propagator ?? propagation,
    continuesTrace: producerSpan === 'parent',
    keys,
  })
  const meters = new ClientMetrics(meterProvider.getMeter(scope.name, scope.version, { schemaUrl }))
  return {
    onSend: (record, client) => spans.sent(record, client),
    onBatch: meters.onBatch,
    onHandedOut: meters.onHandedOut,
    onFetch(facts, client) {
      meters.onFetch(facts, client)
      spans.fetched(facts, client)
    },
    onCommit(facts, client) {
      meters.onCommit(facts, client)
      spans.committed(facts, client)
    },
    onAcknowledge(facts, client) {
      meters.onAcknowledge(facts, client)
      spans.acknowledged(facts, client)
    },
    aroundRecord: (record, client, handle): Handled =>
      inSpan(spans.processing(record, client), handle, (ms, error) =>
        meters.processed(record.topic, ms, client, error),
      ),
    aroundBatch: (batch, client, handle): Handled =>
      inSpan(spans.processingBatch(batch, client), handle, (ms, error) =>
        meters.processed(batch.topic, ms, client, error),
      ),
    withSpan(record, handle, consumer) {
      const client = consumer?.cluster.hooks.client
      return inSpan(spans.processing(record, client), handle, (ms, error) =>
        meters.processed(record.topic, ms, client, error),
      )
    },
  }
}

/** Runs work in a span's context. The span ends when the work does, or its promise. */
function inSpan<R>(
  { context: inside, end }: Processing,
  work: () => R,
  measured: (ms: number, error: unknown) => void,
): R {
  const startedAt = monotonicMs()
  const finish = (error?: unknown) => {
    measured(monotonicMs() - startedAt, error)
    end(error)
  }
  let result: R
  try {
    result = context.with(inside, work)
  } catch (error) {
    finish(error)
    throw error
  }
  if (!isThenable(result)) {
    finish()
    return result
  }
  // Waited for once, and not by the caller as well: a query builder runs its query each time.
  return Promise.resolve(result).then(
    value => {
      finish()
      return value
    },
    (error: unknown) => {
      finish(error)
      throw error
    },
  ) as R
}

function isThenable(result: unknown): result is PromiseLike<unknown> {
  return typeof (result as { then?: unknown } | null | undefined)?.then === 'function'
}
